"""The lists of places and bodies as screens show them: trees, centres, who became whom, who stands under whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from chongdich.registry.organisations.models import Line, Organisation, Standing
from chongdich.registry.organisations.queries import load_directory
from chongdich.registry.organisations.resolution import Resolution, Resolver
from chongdich.registry.places.gazetteer import Match
from chongdich.registry.places.kinds import Level
from chongdich.registry.places.models import Place, Population, Succession, Within
from chongdich.registry.places.queries import ancestors, find_neighbours, load_gazetteer, place_today
from chongdich.registry.places.spelling import Written, read_chain

SHOWN_BELOW = 300  # bodies directly under one that its page lists


def alive(on: date, since: str = "since", until: str = "until") -> Q:
    """Rows whose period holds a day."""
    return Q(**{f"{since}__lte": on}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": on}))


def find_places_on(on: date) -> QuerySet[Place]:
    """Provinces, districts and communes that exist on a day."""
    return Place.objects.filter(alive(on, "valid_from", "valid_until"), level__gt=Level.COUNTRY)


def find_parents(on: date) -> dict[int, int]:
    """For each place what it lies in directly on a day."""
    return dict(Within.objects.filter(alive(on), distance=1).values_list("place_id", "above_id"))


def find_people(on: date, places: Iterable[int] | None = None) -> dict[int, Population]:
    """The latest figure of each place known on a day; a verified one of the same day stands first."""
    rows = Population.objects.filter(day__lte=on).order_by("day", "verified")
    if places is not None:
        rows = rows.filter(place__in=list(places))
    return {row.place_id: row for row in rows}


@dataclass
class Node:
    """A place in the tree with its figure and what lies in it."""

    place: Place
    people: Population | None
    children: list["Node"] = field(default_factory=list)


def get_tree(on: date) -> list[Node]:
    """The provinces of a day with all that lies in them. Three queries."""
    people, parents = find_people(on), find_parents(on)
    rows = find_places_on(on).order_by("level", "code")
    nodes = {place.pk: Node(place, people.get(place.pk)) for place in rows}
    tops: list[Node] = []
    for key, node in nodes.items():
        above = nodes.get(parents.get(key, 0))
        (above.children if above else tops).append(node)
    return tops


@dataclass(frozen=True)
class Spot:
    """A commune's centre: degrees, square kilometres where known; `group` is the place it lies in."""

    key: str
    label: str
    code: str
    group: str
    latitude: float
    longitude: float
    area_km2: float | None


@dataclass(frozen=True)
class Spots:
    """The centres of a day's communes, and how many communes have none."""

    spots: tuple[Spot, ...]
    unknown: int


def get_spots(on: date, province: Place | None = None) -> Spots:
    """Centres of the communes of a day; of a merged one the mean of its parts weighted by area. Four queries."""
    rows = find_places_on(on).filter(level=Level.COMMUNE)
    if province is not None:
        rows = rows.filter(pk__in=Within.objects.filter(alive(on), above=province).values("place"))
    places = list(rows.order_by("code"))
    parents = find_parents(on)
    names = dict(Place.objects.filter(pk__in=set(parents.values())).values_list("pk", "full_name"))
    merged = _merged_centres(place.pk for place in places if place.latitude is None)
    found = []
    for place in places:
        centre = _centre(place) or merged.get(place.pk)
        if centre:
            group = names.get(parents.get(place.pk, 0), "")
            found.append(Spot(place.key, place.full_name, place.code, group, *centre))
    return Spots(tuple(found), len(places) - len(found))


Centre = tuple[float, float, float | None]


def _centre(place: Place) -> Centre | None:
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude, place.area_km2


def _merged_centres(places: Iterable[int]) -> dict[int, Centre]:
    parts: dict[int, list[Place]] = defaultdict(list)
    links = Succession.objects.filter(later__in=list(places), earlier__latitude__isnull=False)
    for link in links.exclude(earlier__area_km2=None).select_related("earlier"):
        parts[link.later_id].append(link.earlier)
    return {key: _mean(several) for key, several in parts.items()}


def _mean(parts: list[Place]) -> Centre:
    area = sum(part.area_km2 or 0.0 for part in parts)
    north = sum((part.latitude or 0.0) * (part.area_km2 or 0.0) for part in parts) / area
    east = sum((part.longitude or 0.0) * (part.area_km2 or 0.0) for part in parts) / area
    return north, east, area


@dataclass(frozen=True)
class PlaceView:
    """One place: where it lies, its figures, what it came from and became, what touches it, who is there."""

    place: Place
    above: list[Place]
    inside: list[Place]
    people: list[Population]
    came_from: list[Succession]
    became: list[Succession]
    today: list[Place]
    neighbours: list[Place]
    bodies: list[Organisation]
    day: date


def get_place_view(place: Place, on: date) -> PlaceView:
    """Everything about a place; `on` is a day of its life, or the nearest one to the day asked for."""
    day = _day_of_its_life(place, on)
    edges = Within.objects.filter(alive(day), above=place, distance=1).values("place")
    return PlaceView(
        place=place,
        above=[one for one in ancestors(place, day) if one.level > Level.COUNTRY],
        inside=list(Place.objects.filter(pk__in=edges).order_by("code")),
        people=list(place.populations.order_by("-day", "-verified")),
        came_from=list(Succession.objects.filter(later=place).select_related("earlier").order_by("earlier__code")),
        became=list(Succession.objects.filter(earlier=place).select_related("later").order_by("later__code")),
        today=place_today(place, on) if place.valid_until and place.valid_until <= on else [],
        neighbours=list(find_neighbours(place).order_by("code")),
        bodies=list(Organisation.objects.filter(alive(day), place=place).order_by("kind")),
        day=day,
    )


def _day_of_its_life(place: Place, on: date) -> date:
    if on < place.valid_from:
        return place.valid_from
    if place.valid_until and on >= place.valid_until:
        return date.fromordinal(place.valid_until.toordinal() - 1)
    return on


@dataclass(frozen=True)
class Understood:
    """How a text was taken apart, and the places it may mean on a day."""

    parts: list[Written]
    matches: list[tuple[Match, str]]


def understand_place(text: str, on: date) -> Understood:
    """A place in any spelling. Each match carries where it lies, in words."""
    gazetteer = load_gazetteer()
    matches = gazetteer.find(text, on)
    told = []
    for match in matches:
        chain = [gazetteer.places[key] for key in gazetteer.chain(match.place.key)[1:]]
        told.append((match, ", ".join(place.full_name for place in chain if place.level > Level.COUNTRY)))
    return Understood(read_chain(text), told)


def find_bodies(on: date) -> QuerySet[Organisation]:
    """Bodies of a day, each with the name of the first one it stands under (`superior`)."""
    above = Standing.objects.filter(alive(on), child=OuterRef("pk"), line=Line.TERRITORIAL).order_by("pk")
    rows = Organisation.objects.filter(alive(on)).select_related("place")
    return rows.annotate(superior=Subquery(above.values("parent__short_name")[:1]))


@dataclass(frozen=True)
class BodyView:
    """One body: whom it stands under and who stands under it, on each line."""

    body: Organisation
    above: dict[str, list[Organisation]]
    below: dict[str, list[Organisation]]
    more_below: bool
    day: date


def get_body_view(body: Organisation, on: date) -> BodyView:
    """One body on a day of its life. Two queries."""
    day = on if body.since <= on and (body.until is None or on < body.until) else body.since
    upward = Standing.objects.filter(alive(day), child=body).select_related("parent__place").order_by("parent__key")
    downward = Standing.objects.filter(alive(day), parent=body).select_related("child__place")
    rows = list(downward.order_by("child__place__level", "child__place__code", "child__kind")[: SHOWN_BELOW + 1])
    above = _by_line((row.line, row.parent) for row in upward)
    below = _by_line((row.line, row.child) for row in rows[:SHOWN_BELOW])
    return BodyView(body, above, below, len(rows) > SHOWN_BELOW, day)


def _by_line(pairs: Iterable[tuple[str, Organisation]]) -> dict[str, list[Organisation]]:
    found: dict[str, list[Organisation]] = {}
    for line, body in pairs:
        found.setdefault(line, []).append(body)
    return {str(Line(line).label): bodies for line, bodies in sorted(found.items(), reverse=True)}


@dataclass(frozen=True)
class Answer:
    """What a unit phrase of a document means: the certain bodies, and those to choose from."""

    resolution: Resolution
    certain: list[Organisation]
    likely: list[Organisation]


def resolve_phrase(phrase: str, *, place_key: str | None, on: date) -> Answer:
    """A phrase as a document of a place would use it on a day."""
    answer = Resolver(load_directory(), on, place_key).resolve(phrase)
    keys = [int(key) for key in (*answer.organisations, *answer.suggestions)]
    bodies = Organisation.objects.select_related("place").in_bulk(keys)
    certain = [bodies[int(key)] for key in answer.organisations if int(key) in bodies]
    likely = [
        bodies[int(key)] for key in answer.suggestions if int(key) in bodies and int(key) not in answer.organisations
    ]
    return Answer(answer, certain, likely)
