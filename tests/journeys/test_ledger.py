"""The ledger: chained, append-only, settled once, whatever happens in between."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from chongdich.core.facts import Fact
from chongdich.jobs.timetable import TIMETABLE
from chongdich.registry.accounts import operations as accounts
from chongdich.registry.accounts.models import Account
from chongdich.registry.inbox.models import Message
from chongdich.registry.ledger import history, operations, settlement
from chongdich.registry.ledger.chain import GENESIS, Link, canonical, find_breaks, link_hash, moment
from chongdich.registry.ledger.models import Entry, Head, History, Settlement
from chongdich.registry.ledger.operations import Author, record
from chongdich.registry.ledger.queries import fact_of, find_ledger_breaks, find_story
from chongdich.registry.ledger.sealing import count_unsealed, seal
from tests.conftest import entropy
from tests.journeys.house import House

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
    for table in ("entry", "subject", "history"):
        for name in ("update", "delete"):
            run(f"DROP TRIGGER IF EXISTS ledger_{table}_no_{name}")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_subject SET subject = 'thing:7' WHERE subject = 'thing:1'",
        "DELETE FROM ledger_subject WHERE entry_id = 2",
        "UPDATE ledger_subject SET entry_id = 3 WHERE entry_id = 2",
        "INSERT INTO ledger_subject (entry_id, subject) VALUES (2, 'thing:9')",
        "INSERT INTO ledger_subject (entry_id, subject) VALUES (6, 'thing:9')",
    ],
)
def test_changed_subjects_are_found(author: Author, statement: str) -> None:
    write(author, about=True)
    write(author, 1)
    with connection.cursor() as cursor:
        _lift_protection(cursor)
        cursor.execute(statement)
    assert "bị sửa" in " ".join(b.message for b in find_ledger_breaks())


def test_entries_from_before_subjects_were_hashed_still_hold_and_new_ones_cannot_pass_as_such(author: Author) -> None:
    link = Link(1, uuid4(), "SomethingTested", {}, author.at, author.at, None, None, None, ("thing:1",))
    old = replace(link, about=())
    old_hash = hashlib.sha256(
        canonical([GENESIS, 1, str(link.id), link.kind, {}, *(2 * [moment(author.at)]), None, None, ""])
    ).hexdigest()
    assert list(find_breaks([(link, GENESIS, old_hash)], (1, old_hash))) == []
    new_hash = link_hash(old, GENESIS)
    assert new_hash != old_hash
    assert [one.seq for one in find_breaks([(link, GENESIS, new_hash)], (1, new_hash))] == [1]


def change_rows(count: int) -> None:
    """Leave so many rows in the history."""
    account, _ = Account.objects.get_or_create(username="lich.su", defaults={"created_at": datetime.now(UTC)})
    for n in range(count):
        Account.objects.filter(pk=account.pk).update(display_name=f"Lần {n}")


def test_history_is_sealed_one_run_later(author: Author) -> None:
    assert seal(by=author) is None
    change_rows(3)
    first = seal(by=author)
    change_rows(2)
    second, third = seal(by=author), seal(by=author)
    assert [one.payload["rows"] for one in (first, second, third) if one] == [0, 3, 2]
    assert seal(by=author) is None
    assert count_unsealed() == 0
    assert list(find_ledger_breaks()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ledger_history WHERE id = {}",
        "UPDATE ledger_history SET before = '{{}}' WHERE id = {}",
        "UPDATE ledger_history SET after_seq = 9 WHERE id = {}",
        "UPDATE ledger_history SET id = id + 1000 WHERE id = {}",
    ],
)
def test_changed_history_is_found_once_sealed(author: Author, statement: str) -> None:
    change_rows(3)
    seal(by=author)
    seal(by=author)
    middle = History.objects.order_by("pk")[1].pk
    with connection.cursor() as cursor:
        _lift_protection(cursor)
        cursor.execute(statement.format(middle))
    assert "lịch sử" in " ".join(b.message for b in find_ledger_breaks())


def history_triggers() -> int:
    names = "pg_trigger WHERE tgname" if connection.vendor == "postgresql" else "sqlite_master WHERE name"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {names} LIKE 'history%%account%%'", [])
        return int(cursor.fetchone()[0])


def test_a_column_that_history_keeps_can_be_dropped_by_a_migration(author: Author) -> None:
    before = history_triggers()
    history.lift(plan=[])
    assert history_triggers() == before > 0
    history.lift(plan=["a step"])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_account DROP COLUMN display_name")
    history.install()
    assert history_triggers() == before
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_account SET username = username")


def test_every_day_the_machine_checks_and_breaks_are_told(house: House) -> None:
    from chongdich.application.journeys import watching

    account = accounts.open_account(username="qt", display_name="Q", email="", by=house.machine().author)
    accounts.appoint(account_id=account.pk, unit_id=house.unit("ubnd", "06").pk, role="administrator",
                     since=date(2021, 1, 1), by=house.machine().author)  # fmt: skip
    for job in TIMETABLE:
        if job.name in ("seal_history", "verify_ledger"):
            job.work(house.machine())
    assert not Message.objects.filter(account=account).exists()
    with connection.cursor() as cursor:
        _lift_protection(cursor)
        cursor.execute("UPDATE ledger_entry SET payload = '{}' WHERE seq = 1")
    assert watching.verify_ledger(house.machine()) >= 1
    assert "không khớp" in Message.objects.get(account=account).title


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


def test_a_crowd_of_the_same_work_shares_a_transaction_and_one_bad_fact_stops_no_other(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    from chongdich.application import flow
    from chongdich.application.settling import settle_all
    from chongdich.domain.lab.operations import NewResult, record_results
    from chongdich.registry.ledger.models import Settlement
    from tests.conftest import entropy
    from tests.journeys.test_confirming import person

    people = [person(house) for _ in range(4)]
    taken = house.at - timedelta(hours=4)
    record_results(by=house.machine().author, results=[
        NewResult(person_id=one.pk, kind="pcr", outcome="negative", taken_at=taken, resulted_at=taken)
        for one in people])  # fmt: skip
    seen: list[int] = []

    def confirm(desk: object, fact: object) -> None:
        person_id: int = fact.person_id  # type: ignore[attr-defined]
        if person_id == people[2].pk:
            raise ValueError("bad")
        seen.append(person_id)

    monkeypatch.setattr(flow, "journey", lambda name: confirm)
    settle_all(worker="w", clock=lambda: house.at, entropy=entropy)
    rows = Settlement.objects.filter(journey="confirm_case")
    assert rows.filter(state="settled").count() == 3
    bad = rows.exclude(state="settled").get()
    assert (bad.state, "bad" in bad.error) == ("waiting", True)
    assert set(seen) == {one.pk for one in people} - {people[2].pk}
