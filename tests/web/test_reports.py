"""Reports upward: the same figures on the page, in the document and in the workbook, within what one may see."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest

from chongdich.application.journeys import work
from chongdich.application.journeys.reporting import make_report
from chongdich.application.lenses.reporting import Asked, get_statistics
from chongdich.application.wording import plain_text
from chongdich.core.errors import NotAllowed, Refused
from chongdich.domain.directives.models import Task
from chongdich.domain.directives.states import standing
from tests.journeys import outgoing_desk as desk_work
from tests.journeys.house import House
from tests.web.client import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(house: House) -> House:
    """Two tasks of the city; one due and done late, one overdue; one of Ba Bể that the city may not see."""
    desk_work.received(house)
    desk_work.received(house, "babe.ubnd", "ubnd", "061")
    desk_work.hire(house, "tp.canbo", "unit_staff", house.unit("ubnd", "058"))
    Task.objects.update(due=house.machine().today + timedelta(days=1))
    first = Task.objects.filter(unit=house.unit("ubnd", "058")).order_by("pk")[0]
    later = house.later(days=4)
    work.start_task(later.desk("tp.canbo"), task_id=first.pk)
    work.report_task(later.desk("tp.canbo"), task_id=first.pk, text="Xong.")
    work.judge_report(later.desk("tp.chuyenvien"), task_id=first.pk, accept=True)
    return later


def test_the_lines_are_those_of_the_plain_rule(at_work: House) -> None:
    desk = at_work.desk("tp.chuyenvien")
    figures = get_statistics(desk, Asked())
    mine = Task.objects.filter(unit=at_work.unit("ubnd", "058"))
    plain = sorted(standing(t.state, t.due, t.done_on, desk.today) for t in mine)
    counted = sorted(name for name, number in figures.total.counts.items() for _ in range(number))
    assert counted == plain == ["done_late", "overdue"]
    assert (figures.total.total, figures.total.done, figures.total.with_deadline) == (2, 1, 2)


def test_page_document_and_workbook_say_the_same(at_work: House) -> None:
    client = signed_in(at_work, "tp.chuyenvien")
    shown = client.get("/bao-cao/").content.decode()
    assert "UBND thành phố Bắc Kạn" in shown
    assert "Ba Bể" not in shown
    sheet = openpyxl.load_workbook(BytesIO(client.get("/bao-cao/tai/xlsx/").content)).active
    assert sheet is not None
    rows = [row for row in sheet.iter_rows(values_only=True) if row and "UBND thành phố Bắc Kạn" in row]
    assert rows[0][2:10] == (2, 0, 1, 0, 0, 1, 0, 0)
    assert client.get("/bao-cao/tai/pdf/").content.startswith(b"%PDF")
    assert client.get("/bao-cao/tai/docx/").content.startswith(b"PK")
    city = at_work.unit("ubnd", "058")
    text = plain_text(make_report(at_work.desk("tp.chuyenvien"), unit_id=city.pk, asked=Asked()))
    assert "Tổng số 2 nhiệm vụ, trong đó 2 nhiệm vụ có thời hạn" in text
    assert "- Ủy ban nhân dân tỉnh Bắc Kạn (b/c)" in text
    assert "số liệu đến 19 giờ 00 ngày 03/12/2021" in text


def test_a_period_counts_by_the_day_given(at_work: House) -> None:
    desk = at_work.desk("tp.chuyenvien")
    given = date(2021, 11, 29)
    assert get_statistics(desk, Asked(since=given, until=given)).total.total == 2
    assert get_statistics(desk, Asked(since=given + timedelta(days=1))).total.total == 0
    assert get_statistics(desk, Asked(until=given - timedelta(days=1))).total.total == 0
    with pytest.raises(Refused, match="Ngày cuối"):
        get_statistics(desk, Asked(since=given, until=given - timedelta(days=1)))


def test_what_makes_no_sense_is_said_and_kept(at_work: House) -> None:
    client = signed_in(at_work, "tp.chuyenvien")
    wrong = client.get("/bao-cao/?since=31/02/2021&until=01/01/2021")
    assert wrong.status_code == 422
    assert "31/02/2021" in wrong.content.decode()
    assert client.get("/bao-cao/?unit=999999").status_code == 422
    assert client.get("/bao-cao/tai/pdf/?since=x").status_code == 422


def test_it_becomes_a_draft_to_be_signed_and_sent_up(at_work: House) -> None:
    client = signed_in(at_work, "tp.chuyenvien")
    answer = client.post("/bao-cao/du-thao/?by=directive")
    assert answer.status_code == 302
    shown = client.get(answer.url).content.decode()
    assert "BC-UBND" in shown


def test_only_who_makes_reports_may(at_work: House) -> None:
    assert signed_in(at_work, "ducxuan.canbo").get("/bao-cao/").status_code == 403
    with pytest.raises(NotAllowed):
        get_statistics(at_work.desk("ducxuan.canbo"), Asked())
    with pytest.raises(NotAllowed):
        make_report(at_work.desk("tp.chuyenvien"), unit_id=at_work.unit("ubnd", "061").pk, asked=Asked())
