"""A province at full size (20,000 directives, 400,000 tasks, 5,000 accounts), in bulk around the sample's people."""

import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection

from chongdich.application.desk import Desk
from chongdich.config.first_start import load_lists
from chongdich.core.vietnamese import fold_words
from chongdich.domain.directives.areas import AREAS
from chongdich.domain.directives.models import Clause, Directive, Task
from chongdich.registry.accounts.actor import NOBODY
from chongdich.registry.accounts.models import Account, Appointment
from chongdich.registry.organisations.models import Organisation
from chongdich.universe.province import open_posts

TEXT = """truy vết cách ly xét nghiệm điều trị tiêm chủng khai báo y tế kiểm tra giám sát chợ trường học bến xe
phương án kịch bản hậu cần vật tư kinh phí tuyên truyền phong tỏa chốt kiểm soát tổ cộng đồng xã phường"""
WORDS = TEXT.split()
STATES = ("received", "in_progress", "reported", "accepted", "accepted", "accepted", "returned")
TODAY = date(2021, 11, 29)


def build(desk: Desk, directives: int = 20_000, tasks: int = 400_000, accounts: int = 5_000) -> None:
    """Fill an empty, migrated database. Deterministic."""
    chance = random.Random(11)
    load_lists()
    open_posts(desk)
    units = list(
        Organisation.objects.filter(place__code__in=_codes(), since__lte=TODAY).exclude(until__lte=TODAY).order_by("pk")
    )
    _accounts(desk, units, accounts, chance)
    givers = [unit.pk for unit in units if unit.key.startswith("ubnd:06")] or [units[0].pk]
    ids = _directives(desk, givers, directives, chance)
    _tasks(desk, ids, [unit.pk for unit in units], tasks, chance)
    _analyze()


def batched(items: Iterable[Any], size: int) -> Iterator[tuple[Any, ...]]:
    """Runs of at most `size` items (itertools has it from Python 3.12 on)."""
    walk = iter(items)
    while part := tuple(islice(walk, size)):
        yield part


def _codes() -> list[str]:
    from chongdich.registry.places.models import Place

    return list(Place.objects.filter(within__above__code="06").values_list("code", flat=True).distinct())


def _accounts(desk: Desk, units: list[Organisation], count: int, chance: random.Random) -> None:
    rows = Account.objects.bulk_create(
        [Account(username=f"nguoi{n}", display_name=f"Nguyễn Văn Số {n}", password="!", created_at=desk.at)
         for n in range(count)],
        batch_size=1000,
    )  # fmt: skip
    Appointment.objects.bulk_create(
        [
            Appointment(account=row, unit=chance.choice(units), role="unit_staff", since=date(2021, 1, 1))
            for row in rows
        ],
        batch_size=1000,
    )


def _sentence(chance: random.Random, length: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(length)).capitalize()


def _directives(desk: Desk, givers: list[int], count: int, chance: random.Random) -> list[tuple[int, int]]:
    """(directive id, giver id) of each; every tenth goes out, the others came in."""
    made: list[tuple[int, int]] = []
    for numbers in batched(range(1, count + 1), 1000):
        rows = Directive.objects.bulk_create(
            [_directive(desk, number, chance.choice(givers), chance) for number in numbers]
        )
        made += [(row.pk, row.unit_id) for row in rows]
    return made


def _directive(desk: Desk, number: int, unit_id: int, chance: random.Random) -> Directive:
    day = TODAY - timedelta(days=chance.randrange(600))
    subject = _sentence(chance, 9)
    outgoing = number % 10 == 0
    return Directive(
        direction="out" if outgoing else "in", state="issued" if outgoing else "confirmed", unit_id=unit_id,
        number=str(number), symbol="UBND-VXNV", reference=f"{number}/ubnd-vxnv", kind="công văn", subject=subject,
        year=day.year, month=day.month, day=day.day, arrival_number=None if outgoing else number, arrived_on=day,
        issuer_name="Ủy ban nhân dân tỉnh Bắc Kạn", text=subject,
        created_at=desk.at - timedelta(days=(TODAY - day).days), search=fold_words(f"{number} UBND-VXNV {subject}"),
    )  # fmt: skip


def _tasks(desk: Desk, directives: list[tuple[int, int]], units: list[int], count: int, chance: random.Random) -> None:
    per = max(1, count // len(directives))
    for part in batched(directives, 500):
        clauses = Clause.objects.bulk_create(
            [Clause(directive_id=key, order=n * 10, path=str(n + 1), text=_sentence(chance, 14), state="confirmed")
             for key, _ in part for n in range(2)]
        )  # fmt: skip
        Task.objects.bulk_create(_tasks_of(desk, part, clauses, units, per, chance), batch_size=2000)


def _tasks_of(
    desk: Desk, part: tuple[tuple[int, int], ...], clauses: list[Clause], units: list[int], per: int,
    chance: random.Random,
) -> Iterator[Task]:  # fmt: skip
    for index, (directive_id, giver_id) in enumerate(part):
        for number, unit_id in enumerate(chance.sample(units, per)):
            clause = clauses[index * 2 + number % 2]
            due = TODAY + timedelta(days=chance.randrange(-300, 60)) if chance.random() < 0.6 else None
            state = chance.choice(STATES)
            yield Task(
                clause=clause, directive_id=directive_id, unit_id=unit_id, giver_id=giver_id, title=clause.text,
                area=chance.choice(list(AREAS)), state=state, due=due, given_at=desk.at, changed_at=desk.at,
                done_on=due if state == "accepted" else None, search=fold_words(clause.text),
            )  # fmt: skip


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")  # as autovacuum would


def fixed_desk() -> Desk:
    """A desk with a fixed moment and reproducible randomness."""
    from datetime import UTC

    source = random.Random(5)
    return Desk(NOBODY, datetime(2021, 11, 29, 3, 0, tzinfo=UTC), source.randbytes)
