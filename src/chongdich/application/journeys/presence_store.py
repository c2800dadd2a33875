"""What the clock does for the tracing store: taking in, tidying, sealing, looking whether it is sound, warming up."""

from typing import TYPE_CHECKING

from django.db import transaction

from chongdich.application.desk import Desk
from chongdich.application.tracing import keeping, rebuilding
from chongdich.domain.contacts.models import StoreMark

if TYPE_CHECKING:
    from chongdich.kernels.tracing.store import TracingStore

TIDY_ABOVE = 8  # recent segments; each question looks into all of them


@transaction.atomic
def keep_presences(desk: Desk) -> int:
    """Take in what waits, so that it counts within seconds; put small segments together. How many rows there are."""
    desk.require("system.act")
    store = _caught_up(desk)
    if store is None:
        return 0
    store.snapshot()  # mapped before anybody waits for it
    recent = [name for name, span in store.manifest().segments.items() if span is None]
    if len(recent) > TIDY_ABOVE:
        store.tidy()
        StoreMark.objects.update(version=store.manifest().version)
    return store.manifest().rows


def _caught_up(desk: Desk) -> "TracingStore | None":
    """The store, or None with the loss written down for `doctor`: other timed work goes on."""
    try:
        return keeping.catch_up(desk.at)
    except keeping.StoreLost as lost:
        StoreMark.objects.update(problem=lost.message[:300], checked_at=desk.at)
        return None


@transaction.atomic
def seal_presences(desk: Desk) -> None:
    """Once a night: recent rows go to the sealed segments of their days, superseded ones are left out."""
    desk.require("system.act")
    store = _caught_up(desk)
    if store is not None:
        store.seal()
        StoreMark.objects.update(version=store.manifest().version)


def check_presences(desk: Desk) -> str:
    """Whether the store is what the tables say, check sums included; what is wrong, in words."""
    desk.require("system.act")
    return rebuilding.check(desk.at)


def rebuild_presences(desk: Desk) -> int:
    """Make the store anew from the tables and the vault; how many rows."""
    desk.require("system.act")
    return rebuilding.rebuild(desk.at)


def warm_tracing(desk: Desk) -> None:
    """Load the compiled loops and map the store before anybody waits for them."""
    desk.require("system.act")
    if StoreMark.objects.filter(rows__gt=0).exists():
        from chongdich.kernels.tracing import warm

        warm()
        keeping.open_store(StoreMark.objects.get(pk=1)).snapshot()
