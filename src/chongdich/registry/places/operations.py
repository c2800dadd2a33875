"""Put the shipped places into the database. Safe to run again: rows are matched by (code, valid_from)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from chongdich.core.vietnamese import fold_words
from chongdich.registry.places import data_files
from chongdich.registry.places.data_files import PlaceData
from chongdich.registry.places.gazetteer import Gazetteer, earliest
from chongdich.registry.places.models import Border, Place, Population, Succession, Within


@dataclass(frozen=True)
class Loaded:
    """How many rows there are after loading."""

    places: int
    successions: int
    populations: int
    borders: int


@transaction.atomic
def load_places() -> Loaded:
    """Write data/*.csv in a handful of bulk statements and rebuild the closure of "lies in"."""
    data = data_files.read_places()
    _write_places(data)
    rows = {place.key: place for place in Place.objects.all()}
    _rebuild_within(Gazetteer(item.entry for item in data), rows)
    _write_links(rows)
    return Loaded(Place.objects.count(), Succession.objects.count(), Population.objects.count(), Border.objects.count())


def _write_places(data: Iterable[PlaceData]) -> None:
    columns = [field.name for field in Place._meta.fields if field.name not in ("id", "code", "valid_from")]
    Place.objects.bulk_create(
        [_place_row(item) for item in data],
        update_conflicts=True,
        unique_fields=["code", "valid_from"],
        update_fields=columns,
    )


def _place_row(item: PlaceData) -> Place:
    entry = item.entry
    return Place(
        code=entry.code,
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
        kind=entry.kind.value,
        level=entry.level.value,
        name=entry.name,
        full_name=entry.full_name,
        search=fold_words(entry.full_name),
        latitude=item.latitude,
        longitude=item.longitude,
        area_km2=item.area_km2,
        source=item.source,
        dates_verified=item.dates_verified,
    )


def _rebuild_within(gazetteer: Gazetteer, rows: dict[str, Place]) -> None:
    Within.objects.filter(place__in=[rows[key].pk for key in gazetteer.places]).delete()
    Within.objects.bulk_create(edge for key in gazetteer.places for edge in _edges(gazetteer.chain(key), rows))


def _edges(chain: tuple[str, ...], rows: dict[str, Place]) -> list[Within]:
    place = rows[chain[0]]
    edges = []
    for distance, key in enumerate(chain):
        above = rows[key]
        since = max(place.valid_from, above.valid_from)
        until = earliest(place.valid_until, above.valid_until)
        edges.append(Within(place=place, above=above, distance=distance, since=since, until=until))
    return edges


def _write_links(rows: dict[str, Place]) -> None:
    def resolved(item: dict[str, Any], *names: str) -> dict[str, Any]:
        return {**item, **{name: rows[item[name]] for name in names}}

    Succession.objects.bulk_create(
        [Succession(**resolved(item, "earlier", "later")) for item in data_files.read_successions()],
        update_conflicts=True,
        unique_fields=["earlier", "later"],
        update_fields=["day", "source", "verified"],
    )
    Population.objects.bulk_create(
        [Population(**resolved(item, "place")) for item in data_files.read_populations()],
        update_conflicts=True,
        unique_fields=["place", "day", "source"],
        update_fields=["people", "verified"],
    )
    borders = [Border(place=rows[one], other=rows[other]) for one, other in data_files.read_borders()]
    Border.objects.bulk_create(borders, ignore_conflicts=True)
