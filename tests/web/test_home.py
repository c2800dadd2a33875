"""The first page shows each person what waits for them, and nothing of others."""

from datetime import date

import pytest

from chongdich.application.journeys import work
from chongdich.domain.directives.models import Directive, Task
from chongdich.registry.accounts import operations
from tests.journeys.house import House
from tests.journeys.test_tasks import give
from tests.web.client import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def directive(house: House) -> Directive:
    return give(house, due=date(2021, 12, 1))


@pytest.fixture
def task(house: House, directive: Directive) -> Task:
    found = Task.objects.get(directive=directive, area="tracing")
    machine = house.machine()
    account = operations.open_account(username="babe.canbo", display_name="Nông Thị Mẫu", email="", by=machine.author)
    operations.appoint(
        account_id=account.pk, unit_id=found.unit_id, role="unit_staff", since=date(2021, 1, 1), by=machine.author
    )
    return found


def shown(house: House, username: str) -> str:
    return signed_in(house, username).get("/").content.decode()


def test_a_worker_sees_what_is_due(house: House, task: Task) -> None:
    page = shown(house, "babe.canbo")
    assert "Sắp đến hạn" in page
    assert "Truy vết triệt để F1, F2." in page
    assert "Việc quá hạn" not in page
    assert "Việc quá hạn" in shown(house.later(days=5), "babe.canbo")


def test_a_worker_sees_what_came_back(house: House, task: Task) -> None:
    work.report_task(house.desk("babe.canbo"), task_id=task.pk, text="Xong.")
    work.judge_report(house.desk("tinh.chuyenvien"), task_id=task.pk, accept=False, note="Thiếu F2.")
    assert "Báo cáo bị trả lại, cần làm lại" in shown(house, "babe.canbo")


def test_an_officer_sees_what_waits_for_judgement(house: House, task: Task) -> None:
    assert "Báo cáo chờ duyệt" not in shown(house, "tinh.chuyenvien")
    work.ask_extension(house.desk("babe.canbo"), task_id=task.pk, until=date(2021, 12, 6), reason="Rộng.")
    work.report_task(house.desk("babe.canbo"), task_id=task.pk, text="Xong.")
    page = shown(house, "tinh.chuyenvien")
    assert "Báo cáo chờ duyệt" in page
    assert "xin đến 06/12/2021" in page


def test_a_leader_sees_the_statistics_and_who_is_behind(house: House, task: Task) -> None:
    page = shown(house.later(days=5), "tinh.lanhdao")
    assert "Quá hạn</a>: <strong>1" in page
    assert "1 việc quá hạn" in page
    assert "BCĐ" in page
    assert "8005/UBND-VXNV" in page


def test_strangers_see_nothing_of_it(house: House, task: Task) -> None:
    for stranger in ("tp.lanhdao", "tp.chuyenvien", "syt.canbo", "phucloc.canbo", "ducxuan.canbo"):
        page = shown(house.later(days=5), stranger)
        assert "Truy vết triệt để" not in page
        assert "8005" not in page


def test_queries_stay_few(house: House, task: Task, django_assert_max_num_queries: object) -> None:
    people = (
        "babe.canbo",
        "tinh.chuyenvien",
        "tinh.lanhdao",
        "tinh.vanthu",
        "babe.bcd",
        "phucloc.lanhdao",
        "syt.lanhdao",
    )
    for username in people:
        client = signed_in(house, username)
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            assert client.get("/").status_code == 200
