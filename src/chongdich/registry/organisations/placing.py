"""Which bodies a mention means at its scope, seen from the issuer's place. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from chongdich.registry.organisations.directory import DayDirectory, Directory
from chongdich.registry.organisations.generation import Body
from chongdich.registry.organisations.grammar import Mention, Part, Scope
from chongdich.registry.places.gazetteer import PlaceEntry
from chongdich.registry.places.kinds import Level, PlaceKind

SHOWN = 12  # suggestions kept when one of several must be chosen


@dataclass(slots=True)
class Placed:
    """The bodies of one mention, or a question with suggestions."""

    found: list[Body] = field(default_factory=list)
    suggested: list[Body] = field(default_factory=list)
    question: str = ""


class Placing:
    """Finds bodies from the viewpoint of one place on one day."""

    def __init__(self, directory: Directory, day: DayDirectory, viewpoint: str | None) -> None:
        self.directory = directory
        self.day = day
        self.viewpoint = viewpoint
        self.chain = day.chain(viewpoint)

    def bodies(self, part: Part) -> Placed:
        """The bodies of a mention that names kinds of body."""
        mention, scope = part.mention, part.scope
        if scope is None:
            placed = self._relative(mention)
        elif scope.misspelt and not scope.named:
            placed = self._misspelt(mention, scope)
        else:
            placed = self._scoped(mention, scope)
            if not placed.found and part.shared and not placed.suggested:
                placed = self._relative(mention)
        return placed if placed.found or placed.suggested else self._gone(mention, placed)

    def _relative(self, mention: Mention) -> Placed:
        """No place is written: the issuer's own body, else the nearest above, else the only one below."""
        below = self._pick(mention, self.day.inside(self.viewpoint) if self.viewpoint else self.day.places)
        if mention.plural and below:
            return Placed(found=below)
        for place in self.chain:
            own = self._pick(mention, [place])
            if own:
                return self._only(mention, own)
        return self._only(mention, below)

    def _only(self, mention: Mention, bodies: list[Body]) -> Placed:
        if len(bodies) == 1:
            return Placed(found=bodies)
        if bodies:
            return Placed(suggested=bodies[:SHOWN], question=f"“{mention.text}” của nơi nào?")
        return Placed()

    def _scoped(self, mention: Mention, scope: Scope) -> Placed:
        if scope.named:
            return self._named(mention, scope)
        if scope.plural or (scope.whole_level and not self._own(scope)):
            places = self.places(scope)
            return Placed(found=self._pick(mention, places)) if places else self._no_places(scope)
        own = self._own(scope)
        if own is not None:
            return self._only(mention, self._pick(mention, [own]))
        return self._only(mention, self._pick(mention, self._all_below(scope)))

    def _named(self, mention: Mention, scope: Scope) -> Placed:
        """Named places: of places that share a name, those in the issuer's province."""
        placed = Placed()
        for choice in scope.choices:
            bodies = self._pick(mention, self._near([place for place in choice if self._inside(place, scope)]))
            if len(bodies) == 1:
                placed.found += bodies
            elif bodies:
                placed.suggested += bodies
                placed.question = f"“{mention.text} {choice[0].name}” là của nơi nào?"
        return placed

    def _misspelt(self, mention: Mention, scope: Scope) -> Placed:
        suggested = self._pick(mention, scope.misspelt)
        names = ", ".join(dict.fromkeys(place.full_name for place in scope.misspelt))
        return Placed(suggested=suggested, question=f"Có phải “{mention.text}” của {names}?")

    @staticmethod
    def _no_places(scope: Scope) -> Placed:
        kinds = ", ".join(dict.fromkeys(kind.label for kind in scope.kinds)) or "đơn vị hành chính"
        return Placed(question=f"Địa bàn không có {kinds} vào ngày của văn bản")

    def _gone(self, mention: Mention, placed: Placed) -> Placed:
        """The body does not exist there on that day: say when it ended, suggest what took over."""
        heirs = [heir for kind in mention.bodies for heir in self.directory.kinds[kind].becomes]
        near = [body for heir in heirs for place in self.chain if (body := self.day.body(heir, place.key))]
        question = placed.question or f"Không có “{mention.text}” ở nơi này vào ngày của văn bản"
        ended = self._ended(mention)
        return Placed(
            suggested=near, question=f"{question} (chấm dứt từ {ended:%d/%m/%Y})." if ended else f"{question}."
        )

    def _ended(self, mention: Mention) -> date | None:
        """When the last body that the mention may mean ended, None while one still exists."""
        bodies = [b for kind, where in mention.bodies.items() for b in self.directory.kind_on_any_day(kind, where)]
        ends = [body.until or date.max for body in bodies if body.since <= self.day.day]
        return max(ends) if ends and max(ends) <= self.day.day else None

    # collectives

    def members(self, scope: Scope | None, families: set[str], owners: list[str]) -> list[Body]:
        """Every body of these families at the scope, else at the issuer's place, else at the nearest above.

        With owners, those only that stand under one of them; the vertical services stand under their ministry.
        """
        for place in self._grounds(scope):
            here = [body for body in self.day.bodies_of(place.key) if self.directory.family(body) in families]
            members = [body for body in here if self._stands_under(body, owners)]
            if members:
                return members
        return []

    def _stands_under(self, body: Body, owners: list[str]) -> bool:
        kind = self.directory.kinds[body.kind]
        above = {*kind.territorial, *kind.professional}
        return not owners or (self.directory.family(body) != "nganh" and not above.isdisjoint(owners))

    def hinted(self, scope: Scope | None, families: set[str], owners: list[str]) -> list[Body]:
        """Bodies an open word may mean: of the localities the next level down, of others those at the place."""
        here = self.members(scope, families - {"chinh_quyen"}, owners)
        if "chinh_quyen" not in families:
            return here
        places = self._next_level()
        if scope and (scope.named or scope.plural):
            places = scope.named or self.places(scope)
        return here + [body for place in places if (body := self.day.body("ubnd", place.key))]

    def _grounds(self, scope: Scope | None) -> list[PlaceEntry]:
        if scope is None:
            return self.chain
        if scope.named:
            return scope.named
        own = self._own(scope)
        below = self._all_below(scope)
        return [own] if own else below if len(below) == 1 else []

    def _next_level(self) -> list[PlaceEntry]:
        inside = self.day.inside(self.viewpoint) if self.viewpoint else []
        nearest = min((place.level for place in inside), default=None)
        return [place for place in inside if place.level == nearest]

    # places

    def places(self, scope: Scope) -> list[PlaceEntry]:
        """All places of a plural scope in the issuer's territory, or in the territory around it."""
        if self.viewpoint is None:
            return []
        if scope.all_levels:
            return [self.chain[0], *self.day.inside(self.viewpoint)]
        if not scope.kinds:
            return []
        kinds = set(scope.kinds)
        if PlaceKind.PROVINCE in kinds:  # "các tỉnh, thành phố": cities of the centre, not of a province
            kinds.discard(PlaceKind.CITY)
        level = min(kind.level for kind in kinds)
        around = next((place for place in self.chain if place.level < level), None)
        inside = self.day.inside(around.key) if around else []
        return [place for place in inside if place.kind in kinds]

    def _all_below(self, scope: Scope) -> list[PlaceEntry]:
        inside = self.day.inside(self.viewpoint) if self.viewpoint else self.day.places
        return [place for place in inside if place.kind in scope.kinds]

    def _own(self, scope: Scope) -> PlaceEntry | None:
        return next((place for place in self.chain if place.kind in scope.kinds), None)

    def _inside(self, place: PlaceEntry, scope: Scope) -> bool:
        chain = self.day.gazetteer.chain(place.key)
        return not scope.inside or any(around.key in chain for around in scope.inside)

    def _near(self, places: list[PlaceEntry]) -> list[PlaceEntry]:
        province = next((place for place in self.chain if place.level == Level.PROVINCE), None)
        near = [place for place in places if province and self.day.gazetteer.lies_in(place.key, province.key)]
        return near or places

    def _pick(self, mention: Mention, places: Iterable[PlaceEntry]) -> list[Body]:
        """The bodies of a mention at places; where two kinds of one form meet at a place both are given."""
        return [
            body
            for place in places
            for kind, where in mention.bodies.items()
            if place.kind in where and (body := self.day.body(kind, place.key))
        ]
