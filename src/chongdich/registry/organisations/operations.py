"""Put the organisations of the shipped places into the database. Safe to run again: rows are matched by key."""

from dataclasses import dataclass

from django.db import transaction

from chongdich.core.vietnamese import fold_words
from chongdich.registry.organisations.catalogue import body_kinds
from chongdich.registry.organisations.generation import Body, Under, plan_bodies, plan_standings
from chongdich.registry.organisations.models import Organisation, Standing
from chongdich.registry.places.queries import load_gazetteer

BATCH = 500
_COLUMNS = ["name", "short_name", "kind", "symbol", "place", "since", "until", "search"]


@dataclass(frozen=True)
class Generated:
    """How many rows there are afterwards."""

    organisations: int
    standings: int


@transaction.atomic
def generate_organisations() -> Generated:
    """Every body of the catalogue at every place in the database where it exists, and who stands under whom.

    Bodies added by hand keep their rows. Needs `load_places()` before.
    """
    places, kinds = load_gazetteer(), body_kinds()
    bodies = plan_bodies(places, kinds)
    place_ids = {entry.key: entry.id for entry in places.places.values() if entry.id is not None}
    Organisation.objects.bulk_create(
        [_row(body, place_ids[body.place]) for body in bodies],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=_COLUMNS,
    )
    _write_standings(plan_standings(places, kinds, bodies))
    return Generated(Organisation.objects.count(), Standing.objects.count())


def _row(body: Body, place_id: int) -> Organisation:
    return Organisation(
        key=body.key,
        name=body.name,
        short_name=body.short_name,
        kind=body.kind,
        symbol=body.symbol,
        place_id=place_id,
        since=body.since,
        until=body.until,
        search=search_form(body.name, body.short_name),
    )


def search_form(name: str, short_name: str) -> str:
    """Both names folded, as kept in the search column."""
    return fold_words(f"{name} | {short_name}")


def _write_standings(planned: list[Under]) -> None:
    ids = dict(Organisation.objects.values_list("key", "pk"))
    Standing.objects.bulk_create(
        [
            Standing(
                parent_id=ids[edge.parent], child_id=ids[edge.child], line=edge.line, since=edge.since, until=edge.until
            )
            for edge in planned
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["parent", "child", "line", "since"],
        update_fields=["until"],
    )
