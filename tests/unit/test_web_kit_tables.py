"""Lists: only what is declared may be asked, every row is on exactly one page, files hold what is shown."""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from chongdich.core.errors import NotAllowed
from chongdich.core.vietnamese import fold_words
from chongdich.web.kit import paging
from chongdich.web.kit.columns import Column, DayColumn, DueColumn, NumberColumn, StateColumn
from chongdich.web.kit.filters import ChoiceFilter, PeriodFilter, YesFilter
from chongdich.web.kit.paging import page_of
from chongdich.web.kit.tables import BulkAction, Table

TODAY = date(2021, 11, 29)
STATES = [("received", "Đã nhận"), ("accepted", "Hoàn thành"), ("returned", "Bị trả lại")]


@dataclass(frozen=True)
class Task:
    pk: int
    text: str
    state: str
    due: date | None
    people: int

    @property
    def search_key(self) -> str:
        return fold_words(self.text)


TEXTS = ["Truy vết ở Hoà Mục", "Xét nghiệm tại Đức Xuân", "<b>Phong tỏa</b>"]


def some(count: int = 30) -> list[Task]:
    return [
        Task(
            n,
            f"{TEXTS[n % 3]} {n:03}",
            STATES[n % 3][0],
            None if n % 10 == 9 else TODAY + timedelta(n % 7 - 3),
            n * 1000,
        )
        for n in range(count)
    ]


class Tasks(Table):
    name = "viec"
    caption = "Việc"
    columns = (
        Column(name="text", label="Nội dung", title=True, sort="text", link=lambda row: f"/viec/{row.pk}/"),
        StateColumn(name="state", label="Trạng thái"),
        DueColumn(name="due", label="Hạn", sort="due"),
        NumberColumn(name="people", label="Số người", sort=("people",)),
        DayColumn(name="day", label="Ngày", path="due", export=False),
    )
    filters = (
        ChoiceFilter(name="state", label="Trạng thái", path="state", choices=STATES),
        ChoiceFilter(name="states", label="Các trạng thái", path="state", choices=lambda: STATES, many=True),
        PeriodFilter(name="due", label="Hạn", path="due"),
        YesFilter(name="big", label="Đông", narrow=lambda rows, on: [row for row in rows if row.people > 9000]),
    )
    search = ("search_key",)
    default_sort = "due"
    per_page = 7


def ask(query: str = "", rows: list[Task] | None = None, **headers: str) -> Tasks:
    request = RequestFactory().get(f"/viec/?{query}", headers=headers)
    return Tasks(some() if rows is None else rows, request, today=TODAY)


def keys(table: Tasks) -> list[int]:
    return [row.pk for row in table.rows_found]


def body(response: HttpResponse) -> str:
    return response.content.decode()


def test_search_needs_no_diacritics() -> None:
    assert keys(ask("q=hoa+muc")) == keys(ask("q=Hòa Mục"))
    assert {pk % 3 for pk in keys(ask("q=duc+xuan"))} == {1}


def test_filters_narrow_and_show_as_chips_with_the_way_back() -> None:
    table = ask("state=accepted&due_from=29/11/2021&big=1&sort=-people")
    assert all(row.state == "accepted" and row.due >= TODAY and row.people > 9000 for row in table.rows_found)
    texts = {chip.text: chip.url for chip in table.chips}
    assert set(texts) == {"Trạng thái: Hoàn thành", "Hạn: từ 29/11/2021", "Đông"}
    assert texts["Đông"] == "/viec/?state=accepted&due_from=29%2F11%2F2021&sort=-people"


def test_one_of_several_choices_is_taken_away_alone() -> None:
    table = ask("states=accepted&states=returned")
    assert {row.state for row in table.rows_found} == {"accepted", "returned"}
    assert [chip.url for chip in table.chips] == ["/viec/?states=returned", "/viec/?states=accepted"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("due_from=31/02/2021", "“31/02/2021” không phải là ngày"),
        ("due_from=2/12/2021&due_to=1/12/2021", "ngày cuối trước ngày đầu"),
        ("state=nonsense", "không có lựa chọn đã gửi"),
    ],
)
def test_a_condition_without_sense_is_said_and_left_out(query: str, words: str) -> None:
    table = ask(query)
    assert any(words in error for error in table.errors)
    assert len(table.rows_found) == 30


def test_the_last_day_of_a_period_is_in_it() -> None:
    assert {row.due for row in ask("due_from=29/11/2021&due_to=29/11/2021").rows_found} == {TODAY}


def test_only_declared_columns_sort() -> None:
    assert ask("sort=pk").sort == "due"
    assert ask("sort=-__class__").sort == "due"
    assert ask("sort=-people").sort == "-people"


def test_empty_deadlines_come_last_both_ways() -> None:
    for direction in ("due", "-due"):
        found = [row.due for row in ask(f"sort={direction}").rows_found]
        assert found[-3:] == [None] * 3
        assert None not in found[:-3]


def test_a_head_turns_its_own_order_around() -> None:
    urls = {head.column.name: (head.direction, head.url) for head in ask("sort=people&page=3").heads}
    assert urls["people"] == ("ascending", "/viec/?sort=-people")
    assert urls["due"] == ("", "/viec/")
    assert urls["state"] == ("", "")


def test_addresses_carry_nothing_foreign() -> None:
    table = ask("evil=<script>&state=accepted&sort=x")
    assert table.address() == "/viec/?state=accepted"


@given(st.integers(0, 60), st.integers(1, 9))
def test_every_row_is_on_exactly_one_page(count: int, per_page: int) -> None:
    kind = type("Some", (Tasks,), {"per_page": per_page})
    request = RequestFactory()
    last = kind(some(count), request.get("/viec/"), today=TODAY).page.last
    seen: list[int] = []
    for number in range(1, last + 1):
        table = kind(some(count), request.get(f"/viec/?page={number}"), today=TODAY)
        seen += [row.pk for row in table.rows_found[table.page.start : table.page.until]]
    assert sorted(seen) == list(range(count))


@given(st.text(max_size=12), st.integers(0, 20_000))
def test_any_page_asked_for_is_a_page(asked: str, count: int) -> None:
    page = page_of(asked, count=min(count, paging.COUNTED + 1), per_page=50, address=str)
    assert 1 <= page.number <= page.last
    assert page.start <= min(count, paging.COUNTED)
    here = [link.number for link in page.links if link.here]
    assert here == [page.number]


def test_long_lists_are_counted_only_so_far() -> None:
    page = page_of("999", count=paging.COUNTED + 1, per_page=50, address=str)
    assert (page.more, page.last, page.number, page.next) == (True, 200, 200, "")


def test_text_is_escaped_and_numbers_are_grouped() -> None:
    shown = Template("{% load kit %}{% table table %}").render(Context({"table": ask("q=phong+toa&sort=-people")}))
    assert "<b>" not in shown
    assert "&lt;b&gt;Phong tỏa" in shown
    assert "29.000" in shown


def test_htmx_gets_only_the_part_it_replaces() -> None:
    part = ask("page=2", **{"HX-Request": "true", "HX-Target": "viec-results"}).respond("kit/table.html")
    assert body(part).startswith('<div id="viec-results"')
    assert part["HX-Push-Url"] == "/viec/?page=2"
    assert "HX-Request" in part["Vary"]


def test_going_back_gets_the_whole_page() -> None:
    headers = {"HX-Request": "true", "HX-Target": "viec-results", "HX-History-Restore-Request": "true"}
    assert '<div id="viec" ' in body(ask("", **headers).respond("kit/table.html"))


def test_a_file_holds_what_the_filters_leave_in_the_order_shown() -> None:
    response = ask("state=accepted&sort=-people&export=csv").respond("unused")
    lines = list(csv.reader(io.StringIO(body(response).removeprefix("\ufeff"))))
    assert lines[0] == ["Nội dung", "Trạng thái", "Hạn", "Số người"]
    assert len(lines) == 11
    assert lines[1][1:] == ["Hoàn thành", "26/11/2021", "28000"]


def test_a_kind_of_file_that_is_not_offered_is_no_file() -> None:
    assert ask("export=exe").respond("kit/table.html")["Content-Type"].startswith("text/html")


def test_who_may_not_export_gets_no_file_and_no_link() -> None:
    table = Tasks(some(), RequestFactory().get("/viec/?export=csv"), today=TODAY, may_export=False)
    assert table.file_links == []
    with pytest.raises(NotAllowed):
        table.respond("kit/table.html")


def test_an_empty_list_says_why() -> None:
    assert "Chưa có mục nào" in body(ask(rows=[]).respond("kit/table.html"))
    assert "Không có mục nào khớp" in body(ask("q=khong+co").respond("kit/table.html"))


def test_rows_can_be_chosen_for_a_deed() -> None:
    kind = type("Chosen", (Tasks,), {"bulk": (BulkAction("remind", "Nhắc", "Nhắc thật?"),)})
    shown = body(kind(some(3), RequestFactory().get("/viec/"), today=TODAY).respond("kit/table.html"))
    assert shown.count('name="selected"') == 3
    assert 'name="action" value="remind" data-confirm="Nhắc thật?"' in shown
