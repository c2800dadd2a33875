"""C4: between every two statements of a use case the power may fail; then all of it happened, or none of it."""

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from chongdich.application.journeys import work
from chongdich.domain.directives.models import Clause, Task
from chongdich.domain.directives.operations import clauses, intake, outgoing, tasks
from chongdich.domain.directives.operations.intake import KeptFile, ReadClause, ReadDocument
from chongdich.domain.directives.operations.tasks import Giving
from chongdich.registry.accounts import operations as accounts
from tests.journeys.house import House

TABLES = (
    "ledger_entry", "ledger_head", "ledger_settlement", "ledger_subject", "directives_directive", "directives_clause",
    "directives_clauseunit", "directives_task", "directives_report", "directives_evidence", "directives_extension",
    "directives_numberbook", "directives_issuednumber", "directives_delivery", "directives_sourcefile",
    "directives_citation", "directives_recipient", "directives_draftversion", "accounts_account",
    "accounts_appointment", "accounts_invitation",
)  # fmt: skip


class PowerFailure(Exception):
    """What the failpoint raises."""


class FailAt:
    """Lets `count` statements through, then fails; statements of transactions themselves do not count."""

    def __init__(self, count: int) -> None:
        self.left, self.fired = count, False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")):
            if self.left == 0:
                self.fired = True
                raise PowerFailure
            self.left -= 1
        return execute(sql, params, many, context)


def fingerprint() -> str:
    """A hash over the rows of every table that the use cases write."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
            digest.update(repr(cursor.fetchall()).encode())
    return digest.hexdigest()


@pytest.fixture
def stage(house: House) -> dict[str, Any]:
    """A document with two clauses, one of them a task already reported; and a draft that was signed."""
    office = house.desk("tinh.chuyenvien")
    unit, babe = house.unit("ubnd", "06"), house.unit("bcd", "061")
    directive = intake.receive(unit_id=unit.pk, text="…", files=[], arrived_on=office.today, by=office.author)
    read = ReadDocument(
        number="1",
        symbol="UBND-VX",
        citations=(("128/NQ-CP", "2021-10-11", "", True),),
        clauses=tuple(ReadClause(str(n), f"Việc {n}", lead_units=((babe.pk, ""),)) for n in (1, 2)),
    )
    intake.keep_reading(directive_id=directive.pk, read=read, by=office.author)
    rows = list(Clause.objects.filter(directive=directive).order_by("order"))
    task = tasks.assign(
        directive_id=directive.pk, giver_id=unit.pk, givings=[Giving(rows[0], babe.pk, due=date(2021, 12, 3))],
        by=office.author,
    )[0]  # fmt: skip
    reported = tasks.assign(
        directive_id=directive.pk, giver_id=unit.pk, givings=[Giving(rows[1], babe.pk)], by=office.author
    )[0]
    tasks.report(task_id=reported.pk, text="Xong", by=office.author)
    fresh = intake.receive(unit_id=unit.pk, text="…", files=[], arrived_on=office.today, by=office.author)
    draft = outgoing.draft(
        unit_id=unit.pk, issuer_name="UBND", kind="công văn", symbol="UBND-VP", subject="x", content={"a": 1},
        by=office.author,
    )  # fmt: skip
    outgoing.submit(directive_id=draft.pk, by=office.author)
    outgoing.sign(directive_id=draft.pk, sha256="0" * 64, signatory="A", signatory_title="B", by=office.author)
    return {"office": office, "directive": directive, "clauses": rows, "task": task, "reported": reported,
            "draft": draft, "fresh": fresh, "read": read, "babe": babe, "unit": unit}  # fmt: skip


FILE = KeptFile("a.txt", "text/plain", 1, "0" * 64)

USE_CASES: dict[str, Callable[[dict[str, Any]], object]] = {
    "receive": lambda s: intake.receive(
        unit_id=s["unit"].pk, text="y", files=[FILE], arrived_on=s["office"].today, by=s["office"].author
    ),
    "keep_reading": lambda s: intake.keep_reading(directive_id=s["fresh"].pk, read=s["read"], by=s["office"].author),
    "set_units": lambda s: clauses.set_units(
        clause_id=s["clauses"][0].pk, lead=[s["babe"].pk, s["unit"].pk], coordinating=[], by=s["office"].author
    ),
    "split": lambda s: clauses.split(clause_id=s["clauses"][0].pk, at=4, by=s["office"].author),
    "merge": lambda s: clauses.merge(clause_ids=[c.pk for c in s["clauses"]], by=s["office"].author),
    "report": lambda s: tasks.report(task_id=s["task"].pk, text="Đã làm", files=[FILE], by=s["office"].author),
    "judge": lambda s: tasks.judge(task_id=s["reported"].pk, accept=True, note="", by=s["office"].author),
    "pass_down": lambda s: tasks.pass_down(task_id=s["task"].pk, unit_ids=[s["unit"].pk], by=s["office"].author),
    "ask_extension": lambda s: tasks.ask_extension(
        task_id=s["task"].pk, until=date(2021, 12, 9), reason="x", by=s["office"].author
    ),
    "issue": lambda s: outgoing.number_and_issue(directive_id=s["draft"].pk, content={}, by=s["office"].author),
    "open_account": lambda s: accounts.open_account(
        username="moi", display_name="Mới", email="", by=s["office"].author
    ),
}


@pytest.mark.parametrize("name", USE_CASES)
def test_all_or_nothing_at_every_statement(stage: dict[str, Any], name: str) -> None:
    before = fingerprint()
    for step in range(200):
        failing = FailAt(step)
        try:
            with transaction.atomic(), connection.execute_wrapper(failing):
                USE_CASES[name](stage)
        except PowerFailure:
            assert fingerprint() == before, f"{name} left something behind after statement {step}"
            continue
        assert not failing.fired, "an error on the way was swallowed"
        assert fingerprint() != before, "and when nothing fails, it is done"
        assert step > 2, "the use case has steps at all"
        return
    raise AssertionError(f"{name} has more than 200 statements")


def test_the_journey_of_a_report_keeps_its_files_first(stage: dict[str, Any], house: House) -> None:
    """A file handed in is in the vault before the report says so: a failure after it loses nothing."""
    from chongdich.application.journeys.files import Upload
    from chongdich.registry import vault

    account = accounts.open_account(username="babe.canbo", display_name="Mẫu", email="", by=house.machine().author)
    accounts.appoint(
        account_id=account.pk, unit_id=stage["babe"].pk, role="unit_staff", since=date(2021, 1, 1),
        by=house.machine().author,
    )  # fmt: skip
    desk = house.desk("babe.canbo")
    with pytest.raises(PowerFailure), connection.execute_wrapper(FailAt(9)):
        work.report_task(desk, task_id=stage["task"].pk, text="Đã làm", files=[Upload("ds.txt", b"danh sach")])
    sha256 = hashlib.sha256(b"danh sach").hexdigest()
    assert vault.fetch(sha256) == b"danh sach"
    assert Task.objects.get(pk=stage["task"].pk).state == "received"
