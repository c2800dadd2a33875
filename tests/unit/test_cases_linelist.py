"""How a line list is read: shapes, headers, habits of days, codes, cells one by one."""

import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from chongdich.core.errors import Refused
from chongdich.domain.cases.linelist.codes import code_key, references
from chongdich.domain.cases.linelist.columns import find_header, guess, match_label
from chongdich.domain.cases.linelist.counting import count_rows
from chongdich.domain.cases.linelist.days import DMY, MDY, Habit, Unreadable, habit_of, read_cell
from chongdich.domain.cases.linelist.sheets import FORMULA, MOST_ROWS, read_sheet, suspicions


@pytest.mark.parametrize(
    ("label", "field"),
    [("Họ và tên", "name"), ("HỌ TÊN BỆNH NHÂN", "name"), ("Ngay khoi phat", "onset_on"), ("Onset date", "onset_on"),
     ("Giới tính", "sex"), ("Số ĐT", "phone"), ("Xã/Phường", "commune"), ("date_of_onset", "onset_on"), ("xyz", None)],
)  # fmt: skip
def test_names_of_columns(label: str, field: str | None) -> None:
    assert match_label(label)[0] == field


@pytest.mark.parametrize(
    ("text", "day"),
    [("25/12/2021", date(2021, 12, 25)), ("2021-12-25", date(2021, 12, 25)), ("44555", date(2021, 12, 25)),
     ("25-Dec-21", date(2021, 12, 25)), ("25.12.2021 08:30", date(2021, 12, 25)), ("25122021", date(2021, 12, 25)),
     ("ngày 25 tháng 12 năm 2021", date(2021, 12, 25)), ("Dec 25, 2021", date(2021, 12, 25)), ("", None)],
)  # fmt: skip
def test_ways_to_write_a_day(text: str, day: date | None) -> None:
    assert read_cell(text, Habit(DMY)).day == day


@pytest.mark.parametrize("text", ["31/02/2021", "00/05/2021", "2021-13-01", "32.01.2021"])
def test_days_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="Không có ngày"):
        read_cell(text, Habit(DMY))


def test_words_are_no_day() -> None:
    with pytest.raises(Unreadable):
        read_cell("trước khi bay", Habit(DMY))


def test_a_column_shows_its_order_or_is_asked_about() -> None:
    assert habit_of(["1/22/2020", "3/4/2020"]).order == MDY
    assert habit_of(["22/1/2020", "3/4/2020"]).order == DMY
    assert habit_of(["3/4/2020", "5/6/2020"]).asked
    mixed = habit_of(["1/22/2020", "22/01/2020", "3/4/2020"])
    assert mixed.mixed
    assert read_cell("04/03/2020", mixed).day == date(2020, 3, 4)  # padded like the cell that puts the day first
    assert read_cell("4/3/2020", mixed).day == date(2020, 4, 3)
    assert not read_cell("4/3/2020", mixed).doubtful


@given(st.dates(date(1990, 1, 1), date(2079, 1, 1)), st.sampled_from([DMY, MDY]), st.sampled_from("/-."))
def test_every_day_is_read_back_in_its_order(day: date, order: str, sign: str) -> None:
    parts = (day.day, day.month) if order == DMY else (day.month, day.day)
    text = sign.join(f"{part:02}" for part in parts) + f"{sign}{day.year}"
    assert read_cell(text, Habit(order)).day == day
    assert read_cell(str((day - date(1899, 12, 30)).days), Habit(order)).day == day


def test_codes_and_references() -> None:
    assert {code_key(text, "NB") for text in ("NB001", "nb 1", "NB1", "1", "1.0")} == {"NB1"}
    known = {"NB45", "NB48", "NB9"}
    assert references("NB 45, 48 và NB9", "NB", known) == ["NB45", "NB48", "NB9"]
    assert references("F1", "NB", known) == references("GB", "NB", known) == references("50", "NB", known) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_encodings(encoding: str) -> None:
    import unicodedata

    text = "Họ và tên;Năm sinh;Quê quán\n" + "Nguyễn Thị Hường;1980;Phúc Lộc, Ba Bể\n" * 5
    plain = unicodedata.normalize("NFD", text) if encoding == "cp1258" else text
    data = _cp1258(text) if encoding == "cp1258" else plain.encode(encoding)
    sheet = read_sheet(data, "x.csv")
    assert sheet.rows[1] == ["Nguyễn Thị Hường", "1980", "Phúc Lộc, Ba Bể"]
    assert count_rows(data) == 6


def _cp1258(text: str) -> bytes:
    """Vowels with their hats composed, tones apart, as Windows writes it."""
    import unicodedata

    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    out = []
    for sign in text:
        parts = unicodedata.normalize("NFD", sign)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        out.append(base + "".join(part for part in parts if part in tones))
    return "".join(out).encode("cp1258")


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_a_workbook_with_a_title_formulas_and_days() -> None:
    data = workbook(["SỞ Y TẾ"], [], ["Họ tên", "Ngày khởi phát"], ["A B", date(2021, 11, 20)], ["C D", "=A1"])
    sheet = read_sheet(data, "x.xlsx")
    header = find_header(sheet)
    assert (sheet.numbers[header.last], sheet.rows[header.last + 1 :]) == (
        3,
        [["A B", "2021-11-20"], ["C D", FORMULA + "=A1"]],
    )
    assert count_rows(data) == len(sheet.rows)


def test_no_header_is_said() -> None:
    with pytest.raises(Refused, match="dòng tiêu đề"):
        find_header(read_sheet(b"1;2;3\n4;5;6\n", "x.csv"))


def test_too_many_rows_are_refused_before_anything_is_kept() -> None:
    with pytest.raises(Refused, match=r"200\.000 dòng"):
        read_sheet(b"a;b\n" * (MOST_ROWS + 1), "x.csv")


def test_exactly_65536_rows_is_suspicious() -> None:
    assert "65.536" in suspicions(read_sheet(b"a;b\n" * 65_536, "x.csv"))[0]


@pytest.mark.parametrize("data", [b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old", b"", b"\x00\x01\x02" * 50])
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        read_sheet(data, "x.xlsx")


cells = st.text(
    st.characters(
        codec="utf-8", exclude_characters="\r\x00\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e", exclude_categories=["Cs", "Cc"]
    ),
    max_size=8,
)


@given(st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=12))
def test_the_second_reader_counts_what_the_first_reads(rows: list[list[str]]) -> None:
    import csv

    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows([["Họ tên", "Năm sinh"], *rows])
    data = out.getvalue().encode()
    try:
        sheet = read_sheet(data, "x.csv")
    except Refused:
        return
    assert count_rows(data) == len(sheet.rows)


def test_infector_or_place_by_the_cells() -> None:
    sheet = read_sheet(b"from,to,age\nBN1,BN2,30\nBN1,BN3,20\n,BN1,60\n", "x.csv")
    header = find_header(sheet)
    assert guess(header, sheet.rows[1:]).fields == ["source", "code", "age"]
    sheet = read_sheet("id,from,age\n1,Anh,30\n2,Hà Nội,20\n".encode(), "x.csv")
    assert guess(find_header(sheet), sheet.rows[1:]).fields == ["code", "travel_from", "age"]


def test_serials_are_days_since_the_spreadsheets_epoch() -> None:
    assert read_cell("44527", Habit(DMY)).day == date(1899, 12, 30) + timedelta(days=44527)
