"""Ask about places. `find_` may be empty, `get_` answers or raises NotFound."""

from datetime import date

from django.db.models import F, Q, QuerySet, Sum

from chongdich.core.errors import NotFound
from chongdich.registry.places.gazetteer import Gazetteer, Match, PlaceEntry
from chongdich.registry.places.kinds import PlaceKind
from chongdich.registry.places.models import Border, Place, Population, Succession, Within


def _lives(on: date, since: str = "valid_from", until: str = "valid_until") -> Q:
    return Q(**{f"{since}__lte": on}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": on}))


def get_place(code: str, on: date) -> Place:
    """The place that bore a code on a day."""
    place = Place.objects.filter(_lives(on), code=code).first()
    if place is None:
        raise NotFound(f"Không có đơn vị hành chính mã {code} vào ngày {on:%d/%m/%Y}.", where="code")
    return place


def get_place_by_key(key: str) -> Place:
    """The place of a key such as "01894@2020-02-01"."""
    code, _, day = key.partition("@")
    try:
        return Place.objects.get(code=code, valid_from=date.fromisoformat(day))
    except (Place.DoesNotExist, ValueError) as wrong:
        raise NotFound(f"Không có đơn vị hành chính “{key}”.", where="place") from wrong


def load_gazetteer() -> Gazetteer:
    """Every place in memory, from one query; keep it while many names are looked up."""
    rows = Within.objects.filter(distance__lte=1).order_by("distance").values_list(
        "place_id", "distance", "above__code", "above__valid_from", "place__code", "place__valid_from",
        "place__valid_until", "place__kind", "place__name",
    )  # fmt: skip
    parents = {row[0]: f"{row[2]}@{row[3]:%Y-%m-%d}" for row in rows if row[1] == 1}
    return Gazetteer(
        PlaceEntry(f"{code}@{since:%Y-%m-%d}", code, PlaceKind(kind), name, since, until, parents.get(pk), pk)
        for pk, distance, _, _, code, since, until, kind, name in rows
        if distance == 0
    )


def find_places(text: str, on: date, within: Place | None = None) -> list[Match]:
    """The places a text may mean on a day; see `Gazetteer.find`. For many names keep a `load_gazetteer()`."""
    return load_gazetteer().find(text, on, within.key if within else None)


def descendants(place: Place, on: date) -> QuerySet[Place]:
    """Everything that lies in a place on a day, without the place itself."""
    edges = Within.objects.filter(_lives(on, "since", "until"), above=place, distance__gt=0)
    return Place.objects.filter(pk__in=edges.values("place"))


def territory(place: Place, on: date) -> QuerySet[Place]:
    """A place and everything that lies in it on a day: what somebody bounded by the place may see."""
    return Place.objects.filter(pk__in=Within.objects.filter(_lives(on, "since", "until"), above=place).values("place"))


def ancestors(place: Place, on: date) -> list[Place]:
    """What a place lies in on a day, the nearest first."""
    edges = Within.objects.filter(_lives(on, "since", "until"), place=place, distance__gt=0)
    return [edge.above for edge in edges.select_related("above").order_by("distance")]


def place_today(place: Place, on: date) -> list[Place]:
    """The places that hold, on a day, the land of a place: itself, or its successors' successors.

    Several when the land was divided; empty when no source in the registry says what became of it.
    """
    later: dict[int, list[Place]] = {}
    for link in Succession.objects.select_related("later"):
        later.setdefault(link.earlier_id, []).append(link.later)
    found, waiting, seen = [], [place], {place.pk}
    while waiting:
        here = waiting.pop(0)
        if here.valid_until is None or on < here.valid_until:
            found.append(here)
            continue
        waiting += [next_ for next_ in later.get(here.pk, []) if next_.pk not in seen]
        seen.update(next_.pk for next_ in waiting)
    return found


def places_before(place: Place) -> QuerySet[Place]:
    """The places whose land a place took over."""
    return Place.objects.filter(became__later=place)


def find_centre(place: Place) -> tuple[float, float] | None:
    """Latitude and longitude of a place, degrees; of a merged one the mean of its parts, weighted by area."""
    if place.latitude is not None and place.longitude is not None:
        return place.latitude, place.longitude
    parts = places_before(place).exclude(latitude=None).exclude(area_km2=None)
    sums = parts.aggregate(
        area=Sum("area_km2"), north=Sum(F("latitude") * F("area_km2")), east=Sum(F("longitude") * F("area_km2"))
    )
    return (sums["north"] / sums["area"], sums["east"] / sums["area"]) if sums["area"] else None


def find_neighbours(place: Place) -> QuerySet[Place]:
    """The places that border a place."""
    ahead = Border.objects.filter(place=place).values("other")
    behind = Border.objects.filter(other=place).values("place")
    return Place.objects.filter(Q(pk__in=ahead) | Q(pk__in=behind))


def find_population(place: Place, on: date) -> Population | None:
    """The latest figure known on a day; a verified one of the same day stands first."""
    return Population.objects.filter(place=place, day__lte=on).order_by("-day", "-verified").first()
