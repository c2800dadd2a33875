"""Who stands at or below whom: the dated closure of the standings, rebuilt whenever these change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction

from chongdich.registry.accounts.models import Reach
from chongdich.registry.organisations.models import Organisation, Standing

Edge = tuple[int, int, date, date | None]  # parent, child, since, until


def closure(bodies: Iterable[tuple[int, date, date | None]], edges: Iterable[Edge]) -> set[Edge]:
    """Every (ancestor, descendant, since, until), each body below itself while it exists. Cycles end."""
    below: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    for parent, child, since, until in edges:
        below[parent].append((child, since, until))
    found: set[Edge] = set()
    for body, since, until in bodies:
        found.update((body, unit, start, end) for unit, start, end in _walk(body, since, until, below, frozenset()))
    return found


def _walk(
    body: int,
    since: date,
    until: date | None,
    below: dict[int, list[tuple[int, date, date | None]]],
    seen: frozenset[int],
) -> Iterator[tuple[int, date, date | None]]:
    yield body, since, until
    for child, start, end in below[body]:
        later = max(since, start)
        earlier = min((day for day in (until, end) if day), default=None)
        if child not in seen and child != body and (earlier is None or later < earlier):
            yield from _walk(child, later, earlier, below, seen | {body})


@transaction.atomic
def rebuild_reach() -> int:
    """Write the closure anew; how many rows it has."""
    bodies = Organisation.objects.values_list("id", "since", "until")
    edges = Standing.objects.values_list("parent_id", "child_id", "since", "until")
    rows = [Reach(ancestor_id=a, descendant_id=d, since=s, until=u) for a, d, s, u in sorted(
        closure(bodies, edges), key=lambda row: (row[0], row[1], row[2]))]  # fmt: skip
    Reach.objects.all().delete()
    Reach.objects.bulk_create(rows, batch_size=1000)
    return len(rows)
