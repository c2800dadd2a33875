"""What was given out: one row per clause, bulk decisions, the sheet of units and documents."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from chongdich.application.journeys import bulk, review, work
from chongdich.core.errors import NotAllowed
from chongdich.domain.directives.models import Clause, Task
from chongdich.domain.directives.operations import intake
from chongdich.domain.directives.operations.intake import ReadClause, ReadDocument
from tests.journeys.house import House
from tests.journeys.test_tasks import give, settled
from tests.web.client import HouseClient, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(house: House) -> list[Task]:
    """One clause of the province for three communes; two have reported."""
    office = house.desk("tinh.chuyenvien")
    communes = [house.unit("ubnd", code) for code in ("01894", "01840", "01891")]
    directive = intake.receive(
        unit_id=house.unit("ubnd", "06").pk, text="…", files=[], arrived_on=office.today, by=office.author
    )
    units = tuple((unit.pk, unit.short_name) for unit in communes)
    words = "Rà soát người về từ vùng dịch."
    clause = ReadClause("1", words, lead_units=units, due=date(2021, 12, 3), area="tracing")
    read = ReadDocument(number="77", symbol="CĐ-UBND", subject="Rà soát", clauses=(clause,))
    intake.keep_reading(directive_id=directive.pk, read=read, by=office.author)
    review.confirm_clause(office, clause_id=Clause.objects.get(directive=directive).pk)
    review.confirm_directive(office, directive_id=directive.pk)
    settled(house)
    tasks = list(Task.objects.filter(directive=directive).order_by("pk"))
    for username in ("phucloc.canbo", "ducxuan.canbo"):
        desk = house.desk(username)
        mine = next(task for task in tasks if task.unit_id == desk.actor.unit_id)
        work.report_task(desk, task_id=mine.pk, text="Đã rà soát.")
    return list(Task.objects.filter(directive=directive).order_by("pk"))


@pytest.fixture
def office(house: House) -> HouseClient:
    return signed_in(house, "tinh.chuyenvien")


def key_of(task: Task) -> str:
    return f"{task.clause_id}-{task.giver_id}"


def test_a_group_is_one_row_with_its_progress(office: HouseClient, group: list[Task]) -> None:
    page = office.get("/nhiem-vu/da-giao/").content.decode()
    assert page.count("Rà soát người về từ vùng dịch.") == 1
    assert "0/3" in page
    assert "2 chờ duyệt" in page
    assert f'value="{key_of(group[0])}"' in page


def test_a_row_opens_to_its_units(office: HouseClient, group: list[Task]) -> None:
    url = f"/nhiem-vu/da-giao/{group[0].clause_id}/{group[0].giver_id}/"
    part = office.get(f"{url}?gon=1", HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in part
    assert all(f'href="/nhiem-vu/{task.pk}/"' in part for task in group)
    assert "Rà soát người về" in office.get(url).content.decode()


def test_accepting_a_group_accepts_what_waits_and_nothing_else(
    office: HouseClient, house: House, group: list[Task]
) -> None:
    answer = office.post(
        "/nhiem-vu/da-giao/lam/?next=/nhiem-vu/da-giao/", {"action": "accept", "selected": key_of(group[0])}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/nhiem-vu/da-giao/")
    states = sorted(Task.objects.filter(directive=group[0].directive_id).values_list("state", flat=True))
    assert states == ["accepted", "accepted", "received"]
    assert "2/3" in office.get("/nhiem-vu/da-giao/").content.decode()


def test_single_tasks_are_accepted_and_taken_back(office: HouseClient, group: list[Task]) -> None:
    waiting = next(task for task in group if task.state == "reported")
    office.post("/nhiem-vu/da-giao/lam/", {"action": "accept", "selected": [waiting.pk]})
    waiting.refresh_from_db()
    assert waiting.state == "accepted"
    rest = [task.pk for task in group if task.pk != waiting.pk]
    office.post("/nhiem-vu/da-giao/lam/", {"action": "cancel", "selected": rest})
    assert set(Task.objects.filter(pk__in=rest).values_list("state", flat=True)) == {"cancelled"}


def test_taking_back_takes_all_levels_below(house: House, office: HouseClient) -> None:
    task = Task.objects.get(directive=give(house), area="tracing")
    commune = house.unit("bcd", "01894")
    child = work.pass_down(house.desk("babe.bcd"), task_id=task.pk, unit_ids=[commune.pk])[0]
    office.post("/nhiem-vu/da-giao/lam/", {"action": "cancel", "selected": [task.pk]})
    child.refresh_from_db()
    assert child.state == "cancelled"


@pytest.mark.parametrize("username", ["phucloc.canbo", "tp.chuyenvien", "babe.bcd", "tinh.vanthu"])
def test_strangers_decide_nothing(house: House, group: list[Task], username: str) -> None:
    client = signed_in(house, username)
    before = sorted(Task.objects.values_list("pk", "state"))
    for action in ("accept", "cancel", "", "x"):
        selected = [key_of(group[0]), *[task.pk for task in group]]
        assert client.post("/nhiem-vu/da-giao/lam/", {"action": action, "selected": selected}).status_code == 302
    assert sorted(Task.objects.values_list("pk", "state")) == before
    url = f"/nhiem-vu/da-giao/{group[0].clause_id}/{group[0].giver_id}/"
    expected = 200 if username == "tinh.vanthu" else 404
    assert client.get(url).status_code == expected


def test_the_journeys_guard_themselves(house: House, group: list[Task]) -> None:
    ids = [task.pk for task in group]
    for username in ("phucloc.lanhdao", "tp.chuyenvien"):
        with pytest.raises(NotAllowed):
            bulk.accept_reports(house.desk(username), task_ids=ids)
        with pytest.raises(NotAllowed):
            bulk.take_back(house.desk(username), task_ids=ids)
    assert not Task.objects.filter(state__in=("accepted", "cancelled")).exists()


def test_filters_of_groups(office: HouseClient, group: list[Task]) -> None:
    def found(query: str) -> bool:
        return "Rà soát người về" in office.get(f"/nhiem-vu/da-giao/?{query}").content.decode()

    assert found("tien_do=cho-duyet")
    assert not found("tien_do=xong")
    assert not found("tien_do=qua-han")
    assert found("tien_do=tat-ca&q=nguoi+ve")
    assert not found("q=tiem+chung")
    assert found(f"don_vi={group[0].unit_id}")
    assert not found("linh_vuc=vaccination")
    assert not found("sort=khong-co&van_ban=99999")


def test_the_groups_as_a_file(office: HouseClient, group: list[Task]) -> None:
    file = office.get("/nhiem-vu/da-giao/?export=csv").content.decode("utf-8-sig")
    assert "Rà soát người về từ vùng dịch." in file
    assert "0/3" in file


def test_the_sheet(office: HouseClient, house: House, group: list[Task]) -> None:
    page = office.get("/nhiem-vu/bang/").content.decode()
    assert "77/CĐ-UBND" in page
    assert f"don_vi={group[0].unit_id}&amp;van_ban={group[0].directive_id}" in page
    late = signed_in(house.later(days=10), "tinh.chuyenvien").get("/nhiem-vu/bang/").content.decode()
    assert "1 quá hạn" in late
    assert "77/CĐ-UBND</a>" not in office.get("/nhiem-vu/bang/?tu_ngay=01/12/2021").content.decode()
    assert office.get("/nhiem-vu/bang/?tu_ngay=31/02/2021").status_code == 422
    book = ZipFile(BytesIO(office.get("/nhiem-vu/bang/?export=xlsx").content))
    assert b"0/1" in b"".join(book.read(name) for name in book.namelist() if name.endswith(".xml"))


def test_a_cell_leads_to_its_tasks(office: HouseClient, group: list[Task]) -> None:
    query = f"don_vi={group[0].unit_id}&van_ban={group[0].directive_id}&trang_thai=tat-ca"
    assert "Rà soát người về" in office.get(f"/nhiem-vu/tat-ca/?{query}").content.decode()
    assert office.get("/nhiem-vu/tat-ca/").status_code == 302


def test_others_sheets_are_empty(house: House, group: list[Task]) -> None:
    page = signed_in(house, "tp.chuyenvien").get("/nhiem-vu/bang/").content.decode()
    assert "01894" not in page
    commune = signed_in(house, "phucloc.canbo")
    page = commune.get("/nhiem-vu/bang/").content.decode()
    assert "Phúc Lộc" in page
    assert "Đức Xuân" not in page
    assert commune.get("/nhiem-vu/bang/?export=xlsx").status_code == 403


def test_queries_stay_few(office: HouseClient, group: list[Task], django_assert_max_num_queries: object) -> None:
    one = group[0]
    for path in (
        "/nhiem-vu/da-giao/",
        "/nhiem-vu/da-giao/?q=ra+soat",
        "/nhiem-vu/da-giao/tung-viec/",
        "/nhiem-vu/bang/",
        f"/nhiem-vu/da-giao/{one.clause_id}/{one.giver_id}/",
        f"/nhiem-vu/da-giao/?van_ban={one.directive_id}",
        f"/nhiem-vu/tat-ca/?van_ban={one.directive_id}",
    ):
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            assert office.get(path).status_code == 200
