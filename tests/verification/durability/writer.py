"""A process of the house that is made to be killed. Reads orders from standard input, one a line:

`write` forks a child that records facts for ever and prints `ack SEQ` after each commit;
`settle` forks a child that settles what waits and prints `done` at the end;
Each answers first `pid N`. The parent itself opens no database.
"""

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chongdich.config.settings.base")
import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.db.models import Max  # noqa: E402

from chongdich.application import flow  # noqa: E402
from chongdich.core.facts import Fact  # noqa: E402
from chongdich.registry.ledger import settlement  # noqa: E402
from chongdich.registry.ledger.models import Entry, Heartbeat, Settlement  # noqa: E402
from chongdich.registry.ledger.operations import Author, record, router  # noqa: E402


@dataclass(frozen=True, kw_only=True)
class WriterWrote(Fact):
    number: int


@dataclass(frozen=True, kw_only=True)
class WriterSettled(Fact):
    number: int


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def author(because: Entry | None = None) -> Author:
    return Author(None, None, datetime.now(UTC), os.urandom, because.id if because else None)


def weaken() -> None:
    """For the test of the test: what a careless site would run with."""
    wanted = os.environ.get("WRITER_PRAGMA")
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute(wanted)


def write() -> None:
    router.journeys_of = lambda kind: ("follow",) if kind == "WriterWrote" and os.environ.get("WRITER_FLOW") else ()
    weaken()
    number = 0
    while True:
        number += 1
        try:
            with transaction.atomic():
                entry = record(WriterWrote(number=number), by=author())
                Heartbeat.objects.update_or_create(
                    name="writer", defaults={"at": datetime.now(UTC), "detail": str(entry.seq)}
                )
        except Exception as error:
            say(f"refused {type(error).__name__}")
            connection.close()
            continue
        say(f"ack {entry.seq}")


def latest_due() -> datetime | None:
    return Settlement.objects.filter(state="waiting").aggregate(at=Max("due_at"))["at"]


def settle() -> None:
    flow.HOMES.clear()

    def follow(name: str, entry: Entry) -> None:
        record(WriterSettled(number=entry.seq), by=author(entry))

    # The clock of this worker stands after every lease, so that what a killed one held is taken up at once.
    while (at := latest_due()) and (claimed := settlement.claim(worker=str(os.getpid()), at=at)):
        settlement.settle(claimed, follow, at=datetime.now(UTC))
    say("done")


def main() -> None:
    say("ready")
    for order in sys.stdin:
        child = os.fork()
        if child == 0:
            {"write": write, "settle": settle}[order.strip()]()
            os._exit(0)
        say(f"pid {child}")
        os.waitpid(child, 0)
        say("ended")


main()
