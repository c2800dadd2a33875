"""The ledger: chained, append-only, settled once, whatever happens in between."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from chongdich.core.facts import Fact
from chongdich.registry.ledger import operations, settlement
from chongdich.registry.ledger.models import Entry, Head, Settlement
from chongdich.registry.ledger.operations import Author, record
from chongdich.registry.ledger.queries import fact_of, find_ledger_breaks, find_story
from tests.conftest import entropy

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class SomethingTested(Fact):
    number: int


@pytest.fixture
def author(at: datetime) -> Author:
    return Author(None, None, at, entropy)


def write(author: Author, count: int = 5, *, about: bool = False) -> list[Entry]:
    with transaction.atomic():
        return [
            record(SomethingTested(number=n), by=author, about=[f"thing:{n % 2}"] if about else [])
            for n in range(count)
        ]


def test_a_whole_chain_has_no_break(author: Author) -> None:
    write(author, about=True)
    assert list(find_ledger_breaks()) == []
    assert [entry.seq for entry in Entry.objects.order_by("seq")] == [1, 2, 3, 4, 5]
    assert fact_of(Entry.objects.get(seq=3)) == SomethingTested(number=2)
    assert [entry.seq for entry in find_story("thing:1")] == [2, 4]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE ledger_entry SET kind = 'Other' WHERE seq = 3", "bị sửa"),
        ("UPDATE ledger_entry SET seq = 9 WHERE seq = 3", "thiếu"),
        ("DELETE FROM ledger_entry WHERE seq = 5", "dòng cuối"),
        ("DELETE FROM ledger_entry WHERE seq = 1", "thiếu"),
    ],
)
def test_tampering_is_found(author: Author, statement: str, expected: str) -> None:
    write(author)
    with connection.cursor() as cursor:
        _lift_protection(cursor)
        cursor.execute(statement)
    assert expected in " ".join(b.message for b in find_ledger_breaks())


def test_swapped_rows_are_found(author: Author) -> None:
    write(author)
    with connection.cursor() as cursor:
        _lift_protection(cursor)
        for before, after in ((2, 99), (3, 2), (99, 3)):
            cursor.execute("UPDATE ledger_entry SET seq = %s WHERE seq = %s", [after, before])
    assert list(find_ledger_breaks())


def _lift_protection(cursor: object) -> None:
    """What somebody with full power over the database would do first."""
    run = cursor.execute  # type: ignore[attr-defined]
    if connection.vendor == "postgresql":
        run("SET session_replication_role = replica")
        return
    for name in ("update", "delete"):
        run(f"DROP TRIGGER ledger_entry_no_{name}")


@pytest.mark.parametrize("statement", ["UPDATE ledger_entry SET kind = 'x'", "DELETE FROM ledger_entry"])
def test_the_database_refuses_to_change_entries(author: Author, statement: str) -> None:
    write(author)
    with pytest.raises(DatabaseError, match="ghi thêm"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_a_transaction_is_refused(author: Author) -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record(SomethingTested(number=1), by=author)


def test_a_rolled_back_fact_leaves_no_gap(author: Author) -> None:
    write(author, 2)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(SomethingTested(number=7), by=author)
        _ = 1 / 0
    write(author, 1)
    assert [entry.seq for entry in Entry.objects.order_by("seq")] == [1, 2, 3]
    assert Head.objects.get().seq == 3


@pytest.fixture
def two_journeys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations.router, "journeys_of", lambda kind: ("first", "second"))


def test_each_journey_settles_once(author: Author, two_journeys: None, at: datetime) -> None:
    write(author, 1)
    ran: list[str] = []
    while claimed := settlement.claim(worker="w", at=at):
        assert settlement.settle(claimed, lambda name, entry: ran.append(name), at=at)
    assert sorted(ran) == ["first", "second"]
    assert Settlement.objects.filter(state="settled").count() == 2


def test_a_killed_workers_lease_runs_out(author: Author, two_journeys: None, at: datetime) -> None:
    write(author, 1)
    first = settlement.claim(worker="dies", at=at)
    second = settlement.claim(worker="dies", at=at)
    assert settlement.claim(worker="lives", at=at) is None
    later = at + settlement.LEASE
    again = settlement.claim(worker="lives", at=later)
    assert first is not None
    assert second is not None
    assert again is not None
    assert again.pk in (first.pk, second.pk)
    stale = first if again.pk == first.pk else second
    assert not settlement.settle(stale, lambda name, entry: None, at=later), "a lost lease must not settle"
    assert settlement.settle(again, lambda name, entry: None, at=later)


def test_errors_are_retried_then_given_up_visibly(author: Author, two_journeys: None, at: datetime) -> None:
    write(author, 1)

    def fails(name: str, entry: Entry) -> None:
        raise ValueError("không gửi được")

    for _ in range(2 * (len(settlement.BACKOFF) + 1)):
        at += timedelta(hours=1)
        claimed = settlement.claim(worker="w", at=at)
        assert claimed is not None
        settlement.settle(claimed, fails, at=at)
    assert settlement.claim(worker="w", at=at + timedelta(days=9)) is None
    dead = Settlement.objects.filter(state="dead")
    assert dead.count() == 2
    assert "không gửi được" in dead[0].error
    assert settlement.revive(dead[0].pk, at=at)
    assert settlement.claim(worker="w", at=at) is not None


def test_a_failing_journey_leaves_nothing_half_done(author: Author, two_journeys: None, at: datetime) -> None:
    write(author, 1)
    claimed = settlement.claim(worker="w", at=at)
    assert claimed is not None

    def half(name: str, entry: Entry) -> None:
        record(SomethingTested(number=8), by=author)
        raise ValueError("half way")

    assert not settlement.settle(claimed, half, at=at)
    assert Entry.objects.count() == 1
