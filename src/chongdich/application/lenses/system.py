"""How the house is, for those who watch over it.

What stands in the ledger for one unit is shown to who watches that unit; what belongs to no unit, and the house as a
whole, to who watches a province.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from chongdich.application.desk import Desk
from chongdich.application.lenses.story import title_of
from chongdich.core.errors import NotFound
from chongdich.domain.directives.models import SourceFile
from chongdich.registry.accounts.models import Appointment
from chongdich.registry.accounts.queries import in_force
from chongdich.registry.accounts.roles import roles_with
from chongdich.registry.ledger.models import Entry, Heartbeat, Settlement
from chongdich.registry.ledger.queries import get_head
from chongdich.registry.organisations.models import Organisation
from chongdich.registry.places.kinds import Level

PERMISSION = "system.watch"
SILENT = timedelta(minutes=2)
VERIFIED = "ledger:verified"  # the mark of the last whole check of the chain


def watches_all(desk: Desk) -> bool:
    """Whether the actor watches a province, and with it the whole house."""
    bounds = desk.actor.bounds(PERMISSION)
    below = sorted(bounds.below)
    return bounds.everywhere or Organisation.objects.filter(pk__in=below, place__level__lte=Level.PROVINCE).exists()


def find_watchers(today: date) -> list[int]:
    """The accounts that watch the whole house."""
    posts = Appointment.objects.filter(in_force(today), role__in=roles_with(PERMISSION), account__is_active=True)
    whole = posts.filter(unit__place__level__lte=Level.PROVINCE)
    return sorted(set(whole.values_list("account_id", flat=True)))


def find_settlements(desk: Desk) -> QuerySet[Settlement]:
    """What still has to follow from facts, and what stopped, as far as the actor may see."""
    rows = Settlement.objects.exclude(state=Settlement.State.SETTLED).select_related("entry")
    return rows if watches_all(desk) else rows.filter(desk.visible(PERMISSION, "entry__unit_id"))


def get_settlement(desk: Desk, settlement_id: int) -> Settlement:
    """One of them; NotFound also when it may not be seen."""
    found = find_settlements(desk).filter(pk=settlement_id).first()
    if found is None:
        raise NotFound("Không tìm thấy việc này trong phạm vi của bạn.")
    return found


def fact_title(entry: Entry) -> str:
    """What a settlement follows from, in words."""
    return title_of(entry)


@dataclass(frozen=True)
class Beat:
    """Who was last alive when."""

    name: str
    at: datetime
    detail: str
    silent: bool


@dataclass(frozen=True)
class House:
    """The state of the house at a glance."""

    worker: Beat | None
    jobs: list[Beat]
    waiting: int
    late: int
    dead: int
    seq: int
    hash: str
    last_entry: datetime | None
    verified: Beat | None
    failed_files: int
    whole: bool


def get_house(desk: Desk) -> House:
    """A dozen small questions."""
    beats = [_beat(row, desk.at) for row in Heartbeat.objects.order_by("name")]
    named = {beat.name: beat for beat in beats}
    states = list(find_settlements(desk).values_list("state", "due_at")[:10_000])
    seq, digest = get_head()
    files = SourceFile.objects.filter(role="failed")
    whole = watches_all(desk)
    return House(
        worker=named.get("worker"),
        jobs=[beat for beat in beats if beat.name.startswith("job:")],
        waiting=sum(state == Settlement.State.WAITING for state, _ in states),
        late=sum(state == Settlement.State.WAITING and due < desk.at - SILENT for state, due in states),
        dead=sum(state == Settlement.State.DEAD for state, _ in states),
        seq=seq,
        hash=digest,
        last_entry=Entry.objects.order_by("-seq").values_list("recorded_at", flat=True).first(),
        verified=named.get(VERIFIED),
        failed_files=(files if whole else files.filter(desk.visible(PERMISSION, "unit_id"))).count(),
        whole=whole,
    )


def _beat(row: Heartbeat, at: datetime) -> Beat:
    return Beat(row.name, row.at, row.detail, at - row.at > SILENT)


def narrow(rows: QuerySet[Settlement], state: str, at: datetime) -> QuerySet[Settlement]:
    """The list narrowed by how the work stands: dead, late, or waiting."""
    late = Q(state=Settlement.State.WAITING, due_at__lt=at - SILENT)
    return rows.filter(late if state == "late" else Q(state=state))
