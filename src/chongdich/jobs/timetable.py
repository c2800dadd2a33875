"""What the clock sets off: (name, every how often, what). Marks are in the database: a restart repeats nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from chongdich.application.desk import Desk
from chongdich.application.journeys.contacts import release_due
from chongdich.application.journeys.exchange import take_packets
from chongdich.application.journeys.post import send_digests, send_due_mail
from chongdich.application.journeys.presence_store import check_presences, keep_presences, seal_presences
from chongdich.application.journeys.press import press_overdue
from chongdich.application.journeys.watching import seal_history, verify_ledger
from chongdich.jobs import clock
from chongdich.registry.accounts.actor import THE_MACHINE
from chongdich.registry.ledger.models import Heartbeat


@dataclass(frozen=True)
class TimedJob:
    """Run `work(desk)` when `every` has passed since it last ran.

    `commits` says that the work commits step by step itself: each step is answered for outside the database, or the
    work is long and may not keep others from writing.
    """

    name: str
    every: timedelta
    work: Callable[[Desk], object]
    commits: bool = False


TIMETABLE: list[TimedJob] = [
    TimedJob("press_overdue", timedelta(minutes=10), press_overdue),
    TimedJob("send_digests", timedelta(hours=1), send_digests),  # writes once a day: the message's key carries the day
    TimedJob("send_due_mail", timedelta(seconds=30), send_due_mail),
    TimedJob("keep_presences", timedelta(seconds=5), keep_presences),
    TimedJob("seal_presences", timedelta(hours=24), seal_presences),
    TimedJob("check_presences", timedelta(hours=24), check_presences),
    TimedJob("release_due", timedelta(hours=1), release_due),
    TimedJob("take_packets", timedelta(seconds=10), take_packets, commits=True),
    TimedJob("seal_history", timedelta(hours=1), seal_history, commits=True),  # hash first, lock late
    TimedJob("verify_ledger", timedelta(days=1), verify_ledger, commits=True),
]


def run_due(at: datetime) -> None:
    """Run each job that is due; its mark and its work are one transaction."""
    for job in TIMETABLE:
        last = Heartbeat.objects.filter(name=f"job:{job.name}").values_list("at", flat=True).first()
        if last is None or at - last >= job.every:
            _run(job, at)


def _run(job: TimedJob, at: datetime) -> None:
    desk = Desk(THE_MACHINE, at, clock.entropy)
    if job.commits:
        _mark(job, at)
        job.work(desk)
        return
    with transaction.atomic():
        _mark(job, at)
        job.work(desk)


def _mark(job: TimedJob, at: datetime) -> None:
    Heartbeat.objects.update_or_create(name=f"job:{job.name}", defaults={"at": at})
