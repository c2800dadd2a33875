"""Files that leave the house: nothing in them runs, days and numbers stay what they are."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from chongdich.web.kit import exports


def read_csv(rows: list[list[object]]) -> list[list[str]]:
    sent = exports.csv_response("viec", ["Cột"], rows).content
    return list(csv.reader(io.StringIO(sent.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text", ["=1+1", "+84912", "-2+3", "@SUM(A1)", "\t=1", "  =1", "＝1", '=HYPERLINK("http://x")']
)
def test_what_looks_like_a_formula_is_written_as_text(text: str) -> None:
    assert read_csv([[text]])[1] == [f"'{text}"]


@given(st.text(max_size=40))
def test_no_text_at_all_begins_a_formula(text: str) -> None:
    assert not exports.harmless(text).lstrip(" \u00a0\ufeff").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_plain_words_numbers_and_days_are_untouched() -> None:
    at = datetime(2021, 11, 28, 23, 5, tzinfo=UTC)
    assert read_csv([["Đức Xuân", -5, 1.5, date(2021, 12, 25), at, None, True]])[1] == [
        "Đức Xuân", "-5", "1.5", "25/12/2021", "29/11/2021 06:05", "", "x",
    ]  # fmt: skip


def test_csv_begins_with_the_mark_by_which_spreadsheets_know_utf8() -> None:
    sent = exports.csv_response("viec", ["Đơn vị"], []).content
    assert sent.startswith(b"\xef\xbb\xbf")


def test_xlsx_keeps_types_and_runs_nothing() -> None:
    made = exports.xlsx_bytes("Việc: quá hạn?", ["Nội dung", "Số", "Ngày"], [["=1+1", 7, date(2021, 12, 25)]])
    sheet = load_workbook(io.BytesIO(made)).active
    assert sheet is not None
    text, number, day = sheet[2]
    assert (text.value, text.data_type) == ("=1+1", "s")
    assert number.value == 7
    assert (day.value, day.number_format) == (datetime(2021, 12, 25), "dd/mm/yyyy")
    assert sheet.title == "Việc  quá hạn"


def test_numbers_too_long_for_a_spreadsheet_stay_exact() -> None:
    made = exports.xlsx_bytes("x", ["CCCD"], [[12345678901234567]])
    sheet = load_workbook(io.BytesIO(made)).active
    assert sheet is not None
    assert sheet["A2"].value == "12345678901234567"
