"""A dispatch becomes tasks, tasks become deeds: the whole way, at the desks of the people who walk it."""

from datetime import date

import pytest

from chongdich.application.journeys import press, receive, review, work
from chongdich.application.journeys.files import Upload
from chongdich.core.errors import Conflict, NotAllowed, Refused
from chongdich.domain.directives.models import Clause, Directive, Task
from chongdich.domain.directives.operations import clauses, intake
from chongdich.domain.directives.operations.intake import ReadClause, ReadDocument
from chongdich.domain.directives.states import standing
from chongdich.registry.inbox.models import Message
from chongdich.registry.ledger.queries import find_ledger_breaks
from tests.journeys.house import House


@pytest.fixture
def confirmed(house: House) -> Directive:
    """A dispatch of the province with two clauses for the steering committee of Ba Bể."""
    return give(house, due=date(2021, 12, 3))


def give(house: House, due: date | None = None, period: str = "") -> Directive:
    office = house.desk("tinh.chuyenvien")
    unit_id = house.unit("ubnd", "06").pk
    babe = house.unit("bcd", "061")
    directive = intake.receive(
        unit_id=unit_id, text="…", files=[], arrived_on=office.today, by=office.author
    )  # fmt: skip
    read = ReadDocument(
        number="8005",
        symbol="UBND-VXNV",
        kind="công văn",
        subject="06 ca bệnh tại xã Phúc Lộc",
        clauses=(
            ReadClause("1", "Truy vết triệt để F1, F2.", lead_units=((babe.pk, "BCĐ huyện Ba Bể"),), due=due,
                       area="tracing", period=period),
            ReadClause("2", "Đánh giá cấp độ dịch.", lead_units=((babe.pk, "BCĐ huyện Ba Bể"),), area="level"),
        ),
    )  # fmt: skip
    intake.keep_reading(directive_id=directive.pk, read=read, by=office.author)
    for clause in Clause.objects.filter(directive=directive):
        review.confirm_clause(office, clause_id=clause.pk)
    review.confirm_directive(office, directive_id=directive.pk)
    settled(house)
    return Directive.objects.get(pk=directive.pk)


def settled(house: House) -> None:
    from chongdich.registry.ledger.models import Settlement

    Settlement.objects.filter(journey="read_directive").update(state="settled")  # the text is no document here
    house.settle()


def test_a_confirmed_dispatch_becomes_one_task_per_unit_and_clause(house: House, confirmed: Directive) -> None:
    tasks = Task.objects.filter(directive=confirmed)
    assert tasks.count() == 2
    assert {task.unit.key.split(":")[0] for task in tasks} == {"bcd"}
    told = Message.objects.filter(account__username="babe.bcd", topic="task_given")
    assert told.count() == 1
    assert "2 nhiệm vụ mới" in told[0].title
    assert list(find_ledger_breaks()) == []


def test_confirming_twice_gives_no_task_twice(house: House, confirmed: Directive) -> None:
    with pytest.raises(Conflict):
        review.confirm_directive(house.desk("tinh.chuyenvien"), directive_id=confirmed.pk)
    house.settle()
    assert Task.objects.filter(directive=confirmed).count() == 2


def test_from_start_to_accepted(house: House, confirmed: Directive) -> None:
    task = Task.objects.get(directive=confirmed, area="tracing")
    _give_worker(house, task)
    worker = house.desk("babe.canbo")
    work.report_task(worker, task_id=task.pk, text="Đã truy vết 42 F1.", files=[Upload("ds.txt", b"42")])
    house.settle()
    assert Message.objects.filter(account__username="tinh.chuyenvien", topic="task_answered").exists()
    work.judge_report(house.desk("tinh.chuyenvien"), task_id=task.pk, accept=True)
    task.refresh_from_db()
    assert task.state == "accepted"
    assert standing(task.state, task.due, task.done_on, house.machine().today) == "done_in_time"
    assert task.reports.get().evidence.get().file.name == "ds.txt"


def _give_worker(house: House, task: Task) -> None:
    from chongdich.registry.accounts import operations

    machine = house.machine()
    account = operations.open_account(username="babe.canbo", display_name="Nông Thị Mẫu", email="", by=machine.author)
    operations.appoint(
        account_id=account.pk, unit_id=task.unit_id, role="unit_staff", since=date(2021, 1, 1), by=machine.author
    )
    work.start_task(house.desk("babe.canbo"), task_id=task.pk)


def test_a_returned_report_needs_a_reason_and_can_be_reported_anew(house: House, confirmed: Directive) -> None:
    task = Task.objects.filter(directive=confirmed).first()
    assert task
    _give_worker(house, task)
    worker, office = house.desk("babe.canbo"), house.desk("tinh.chuyenvien")
    work.report_task(worker, task_id=task.pk, text="Xong.")
    with pytest.raises(Refused, match="lý do"):
        work.judge_report(office, task_id=task.pk, accept=False)
    work.judge_report(office, task_id=task.pk, accept=False, note="Thiếu danh sách F2.")
    work.report_task(worker, task_id=task.pk, text="Đã bổ sung F2.")
    work.judge_report(office, task_id=task.pk, accept=True)
    assert [report.state for report in task.reports.order_by("order")] == ["returned", "accepted"]


def test_others_may_not_touch_it(house: House, confirmed: Directive) -> None:
    task = Task.objects.filter(directive=confirmed).first()
    assert task
    for stranger in ("phucloc.canbo", "tp.chuyenvien", "syt.canbo"):
        with pytest.raises(NotAllowed):
            work.report_task(house.desk(stranger), task_id=task.pk, text="Không phải việc của tôi.")
        with pytest.raises(NotAllowed):
            work.judge_report(house.desk(stranger), task_id=task.pk, accept=True)


def test_who_sees_a_unit_below_does_not_act_for_it(house: House, confirmed: Directive) -> None:
    task = Task.objects.filter(directive=confirmed).first()
    assert task
    province = house.desk("tinh.chuyenvien")
    assert province.may("tasks.read", task.unit_id)
    with pytest.raises(NotAllowed):
        work.report_task(province, task_id=task.pk, text="Thay cho huyện.")
    work.report_task(house.desk("babe.bcd"), task_id=task.pk, text="Huyện tự báo cáo.")
    with pytest.raises(NotAllowed):
        work.judge_report(house.desk("babe.bcd"), task_id=task.pk, accept=True)


def test_passing_down_keeps_the_link_and_shows_progress(house: House, confirmed: Directive) -> None:
    task = Task.objects.get(directive=confirmed, area="tracing")
    officer = house.desk("babe.bcd")
    commune = house.unit("bcd", "01894")
    with pytest.raises(NotAllowed, match="trực thuộc"):
        work.pass_down(officer, task_id=task.pk, unit_ids=[house.unit("ubnd", "058").pk])
    with pytest.raises(Refused, match="không được sau"):
        work.pass_down(officer, task_id=task.pk, unit_ids=[commune.pk], due=date(2022, 1, 1))
    children = work.pass_down(officer, task_id=task.pk, unit_ids=[commune.pk, commune.pk])
    assert [child.parent_id for child in children] == [task.pk]
    assert work.pass_down(officer, task_id=task.pk, unit_ids=[commune.pk]) == []
    task.refresh_from_db()
    assert (task.children_done, task.children_total) == (0, 1)


def test_extension_moves_the_deadline_only_when_granted(house: House, confirmed: Directive) -> None:
    task = Task.objects.get(directive=confirmed, area="tracing")
    _give_worker(house, task)
    worker, office = house.desk("babe.canbo"), house.desk("tinh.chuyenvien")
    first = work.ask_extension(worker, task_id=task.pk, until=date(2021, 12, 6), reason="Địa bàn rộng.")
    with pytest.raises(Conflict):
        work.ask_extension(worker, task_id=task.pk, until=date(2021, 12, 7), reason="Lần nữa.")
    with pytest.raises(Refused, match="lý do"):
        work.decide_extension(office, extension_id=first.pk, grant=False)
    work.decide_extension(office, extension_id=first.pk, grant=False, note="Phải xong đúng hạn.")
    task.refresh_from_db()
    assert task.due == date(2021, 12, 3)
    second = work.ask_extension(worker, task_id=task.pk, until=date(2021, 12, 6), reason="Lũ.")
    work.decide_extension(office, extension_id=second.pk, grant=True)
    task.refresh_from_db()
    assert task.due == date(2021, 12, 6)


def test_the_overdue_ladder_climbs_each_rung_once(house: House, confirmed: Directive) -> None:
    task = Task.objects.get(directive=confirmed, area="tracing")
    seen = []
    for days in range(0, 9):
        day = house.later(days=days)
        for _ in range(2):
            press.press_overdue(day.machine())
            day.settle()
        task.refresh_from_db()
        seen.append(task.warned)
    assert seen == ["", "", "", "soon", "today", "late", "late", "very_late", "very_late"]
    topics = Message.objects.filter(account__username="babe.bcd", key__startswith=f"pressed:{task.pk}")
    assert topics.count() == 2, "the unit is told before and on the day; then its head; then who gave it"
    assert Message.objects.filter(account__username="babe.lanhdao", key__contains=":late").count() == 1
    assert Message.objects.filter(account__username="tinh.lanhdao", key__contains=":very_late").count() == 1


def test_periodic_tasks_recur(house: House) -> None:
    directive = give(house, period="weekly")
    task = Task.objects.get(directive=directive, area="tracing")
    assert task.next_report_on == date(2021, 12, 3)
    _give_worker(house, task)
    worker = house.later(days=4).desk("babe.canbo")
    report = work.report_period(worker, task_id=task.pk, text="Tuần này: 12 F1.")
    task.refresh_from_db()
    assert (report.for_period, task.next_report_on) == (date(2021, 12, 3), date(2021, 12, 10))
    assert task.state == "in_progress"


def test_not_executable_needs_the_givers_word(house: House, confirmed: Directive) -> None:
    task = Task.objects.filter(directive=confirmed).first()
    assert task
    _give_worker(house, task)
    work.decline_task(house.desk("babe.canbo"), task_id=task.pk, reason="Không có phòng xét nghiệm.")
    work.judge_report(house.desk("tinh.chuyenvien"), task_id=task.pk, accept=True)
    task.refresh_from_db()
    assert task.state == "closed"


def test_an_unreadable_file_is_kept_and_nothing_registered(house: House) -> None:
    from chongdich.domain.directives.models import SourceFile

    office = house.desk("tinh.vanthu")
    with pytest.raises(Refused):
        receive.receive_directive(
            office, unit_id=office.actor.unit_id or 0, main=Upload("hong.pdf", b"%PDF-1.7 broken")
        )
    assert Directive.objects.count() == 0
    kept = SourceFile.objects.get()
    assert kept.role == "failed"
    assert kept.problem


def test_arrival_numbers_have_no_gap(house: House) -> None:
    office = house.desk("tinh.vanthu")
    for text in ("một", "hai", "ba"):
        receive.receive_text(office, unit_id=office.actor.unit_id or 0, text=f"Số: 1/UBND {text}")
    numbers = Directive.objects.order_by("arrival_number").values_list("arrival_number", flat=True)
    assert list(numbers) == [1, 2, 3]


def test_split_and_merge_keep_the_words(house: House) -> None:
    office = house.desk("tinh.chuyenvien")
    directive = intake.receive(
        unit_id=house.unit("ubnd", "06").pk, text="x", files=[], arrived_on=office.today, by=office.author
    )
    read = ReadDocument(clauses=(ReadClause("1", "Lập danh sách; lấy mẫu toàn bộ.", 10, 41),))
    intake.keep_reading(directive_id=directive.pk, read=read, by=office.author)
    clause = Clause.objects.get()
    first, second = review.split_clause(office, clause_id=clause.pk, at=14)
    assert (first.text, second.text) == ("Lập danh sách", "lấy mẫu toàn bộ.")
    merged = review.merge_clauses(office, clause_ids=[second.pk, first.pk])
    assert merged.text == "Lập danh sách\nlấy mẫu toàn bộ."
    with pytest.raises(Refused, match="chủ trì"):
        review.confirm_clause(office, clause_id=merged.pk)
    with pytest.raises(Refused, match="tách"):
        clauses.split(clause_id=merged.pk, at=0, by=office.author)
