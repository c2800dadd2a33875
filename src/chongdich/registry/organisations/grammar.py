"""The grammar of unit phrases: who is mentioned, and at which places. Pure; knows no organisation.

"UBND và Trạm Y tế các xã, phường" is two mentions sharing one scope; "các sở, ban, ngành" is one collective.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chongdich.registry.organisations.vocabulary import Sort, Token
from chongdich.registry.places.gazetteer import PlaceEntry
from chongdich.registry.places.kinds import PlaceKind
from chongdich.registry.places.spelling import same_name


@dataclass(slots=True)
class Mention:
    """A body (`bodies`: kind -> kinds of place) or a collective (`families`)."""

    text: str
    bodies: dict[str, set[PlaceKind]] = field(default_factory=dict)
    families: list[str] = field(default_factory=list)  # whose bodies all belong
    hinted: list[str] = field(default_factory=list)  # whose bodies may be meant by an open word
    plural: bool = False
    open: bool = False  # members are not named and not listed
    units: bool = False  # "đơn vị" was among the words
    persons: list[str] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)  # kinds the members stand under

    @property
    def collective(self) -> bool:
        return not self.bodies


@dataclass(slots=True)
class Scope:
    """Where: places of these kinds, all of them (`plural`), or the named ones, or the issuer's own."""

    kinds: tuple[PlaceKind, ...] = ()
    named: list[PlaceEntry] = field(default_factory=list)
    choices: list[list[PlaceEntry]] = field(default_factory=list)  # of each written name, the places it may be
    misspelt: list[PlaceEntry] = field(default_factory=list)
    plural: bool = False
    whole_level: bool = False
    all_levels: bool = False
    inside: list[PlaceEntry] = field(default_factory=list)  # "xã Phúc Lộc, huyện Ba Bể": the district


@dataclass(slots=True)
class Part:
    """A mention at a scope; `shared` when the scope was written after a later mention."""

    mention: Mention
    scope: Scope | None
    shared: bool = False


@dataclass(slots=True)
class Parsed:
    """What a phrase says."""

    parts: list[Part] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)  # people of no body
    same_as_addressees: bool = False


def parse(tokens: Sequence[Token]) -> Parsed:
    """The parts of a phrase in the order they were written."""
    return _Parser(tokens).run()


class _Parser:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.pending: list[Mention] = []
        self.last: list[Mention] = []
        self.last_scope: Scope | None = None
        self.plural = False
        self.owned = False
        self.persons: list[str] = []
        self.parsed = Parsed()

    def run(self) -> Parsed:
        steps = {
            Sort.BODY: self._body, Sort.FAMILY: self._collective, Sort.OPEN: self._collective,
            Sort.NARROWING: self._narrowing, Sort.PERSON: self._person, Sort.LEVEL: self._level,
            Sort.ALL_LEVELS: self._all_levels, Sort.PLURAL: self._plural, Sort.PLACE: self._bare_place,
            Sort.SAME: self._same, Sort.OWNER: self._owner, Sort.UNKNOWN: self._unknown,
        }  # fmt: skip
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            self.owned = self.owned and token.sort in (Sort.BODY, Sort.FILLER, Sort.PLURAL)
            if token.sort in steps:
                steps[token.sort](token)
        self.parsed.parts += [Part(mention, None) for mention in self.pending]
        self.parsed.persons = self.persons
        return self.parsed

    def _body(self, token: Token) -> None:
        if self.owned:
            self.owned = False
            self.pending[-1].owners += token.meaning.bodies
            return
        people = token.text.split()[: token.meaning.person_words]
        persons = [" ".join(people)] if people else self._taken_persons()
        plural = self._taken_plural() or token.meaning.plural
        self.pending.append(Mention(token.text, dict(token.meaning.bodies), plural=plural, persons=persons))

    def _collective(self, token: Token) -> None:
        self._taken_plural()
        if not (self.pending and self.pending[-1].collective):
            self.pending.append(Mention(token.text, persons=self._taken_persons()))
        mention = self.pending[-1]
        if token.sort is Sort.FAMILY:
            mention.families += token.meaning.families
        elif token.words == ("don", "vi"):
            mention.units = True
        else:
            mention.open = True
            mention.hinted += token.meaning.families

    def _owner(self, token: Token) -> None:
        self.owned = bool(self.pending) and self.pending[-1].collective

    def _narrowing(self, token: Token) -> None:
        mentions = self.pending or self.last
        for mention in mentions[-1:]:
            mention.open = True

    def _person(self, token: Token) -> None:
        self._taken_plural()
        self.persons.append(token.text)

    def _plural(self, token: Token) -> None:
        self.plural = True

    def _same(self, token: Token) -> None:
        self.parsed.same_as_addressees = True

    def _unknown(self, token: Token) -> None:
        self.parsed.unknown.append(token.text)

    def _taken_plural(self) -> bool:
        taken, self.plural = self.plural, False
        return taken

    def _taken_persons(self) -> list[str]:
        taken, self.persons = self.persons, []
        return taken

    # places

    def _all_levels(self, token: Token) -> None:
        self._close(Scope(all_levels=True, plural=True))

    def _bare_place(self, token: Token) -> None:
        scope = Scope(kinds=self.last_scope.kinds if self.last_scope and not self.pending else ())
        _name(scope, token)
        self._close(scope)

    def _level(self, token: Token) -> None:
        run = [token, *self._following_levels()]
        plural = self._taken_plural() or any(mention.plural for mention in self.pending)
        if self._next_is_place():
            if len(run) > 1:
                self._close(_scope_of(run[:-1], plural))
            self._close(self._named_scope(run[-1]))
        else:
            self._close(_scope_of(run, plural or len(run) > 1))

    def _following_levels(self) -> list[Token]:
        run: list[Token] = []
        while not self._next_is_place() and (step := self._steps_to(Sort.LEVEL)):
            self.at += step
            run.append(self.tokens[self.at - 1])
        return run

    def _named_scope(self, level: Token) -> Scope:
        scope = _scope_of([level], plural=False)
        while step := self._steps_to(Sort.PLACE):
            self.at += step
            _name(scope, self.tokens[self.at - 1])
        return scope

    def _steps_to(self, sort: Sort) -> int:
        """How many tokens to the next one of a sort, over "và" and "các" only; 0 when another comes first."""
        for step, token in enumerate(self.tokens[self.at :], start=1):
            if token.sort is sort:
                return step
            if token.sort is Sort.PLURAL:
                self.plural = self.plural or sort is Sort.LEVEL
            elif token.words != ("va",):
                return 0
        return 0

    def _next_is_place(self) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].sort is Sort.PLACE

    def _close(self, scope: Scope) -> None:
        """Give the waiting mentions their scope; without any, qualify or lengthen the scope before."""
        if self.pending:
            self.last, self.pending = self.pending, []
        elif self.last_scope is not None and _is_around(scope, self.last_scope):
            self.last_scope.inside += scope.named
            return
        mentions = self.last or [_localities()]
        final = len(mentions) - 1
        for at, mention in enumerate(mentions):
            own = None if mention.collective and scope.plural and at < final else scope
            self.parsed.parts.append(Part(mention, own, shared=at < final))
        self.last_scope = scope


def _localities() -> Mention:
    """ "Các huyện, thành phố" without a body: the localities, to be asked."""
    return Mention("", hinted=["chinh_quyen"], open=True)


def _scope_of(levels: Sequence[Token], plural: bool) -> Scope:
    kinds = tuple(kind for token in levels for kind in token.meaning.levels)
    return Scope(kinds, plural=plural, whole_level=any(token.meaning.whole_level for token in levels))


def _name(scope: Scope, token: Token) -> None:
    fitting = [place for place in token.places if not scope.kinds or place.kind in scope.kinds]
    alike = [(place, same_name(token.text, place.name)) for place in fitting]
    spelt = [place for place, how in alike if how == "exact"] or [place for place, how in alike if how]
    scope.named += spelt
    scope.choices += [spelt] if spelt else []
    scope.misspelt += fitting if not spelt else []
    if not fitting:
        scope.misspelt += token.places


def _is_around(scope: Scope, inner: Scope) -> bool:
    """Whether a named scope is a higher level than the named one before: "…, huyện Ba Bể"."""
    if not (scope.named and inner.named):
        return False
    return max(place.level for place in scope.named) < min(place.level for place in inner.named)
