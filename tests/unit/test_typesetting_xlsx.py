"""The workbook: numbers stay numbers, and nothing typed becomes a formula."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from chongdich.core.errors import Refused
from chongdich.core.official_document import Cell, Column, Table
from chongdich.integrations.typesetting import neutralised, render_xlsx, xlsx


def _sheet(*rows: tuple[Cell, ...], total: bool = False) -> Any:
    table = Table(tuple(Column(f"Cột {number}") for number in range(len(rows[0]))), rows, total=total)
    return openpyxl.load_workbook(BytesIO(render_xlsx(table))).active


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_text_that_begins_like_a_formula_is_quoted_text(sign: str) -> None:
    cell = _sheet((f"{sign}cmd|' /C calc'!A0",))["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value == f"{sign}cmd|' /C calc'!A0"


def test_a_heading_like_a_formula_is_text_too() -> None:
    sheet = openpyxl.load_workbook(BytesIO(render_xlsx(Table((Column("=1+1"),))))).active
    assert sheet is not None
    assert sheet["A1"].data_type == "s"


def test_values_keep_their_kinds() -> None:
    sheet = _sheet((1351, -97.5, Decimal("0.5"), date(2021, 11, 30), datetime(2021, 11, 30, 3, tzinfo=UTC), None, True))
    values = [cell.value for cell in sheet[2]]
    assert values == [1351, -97.5, 0.5, datetime(2021, 11, 30), datetime(2021, 11, 30, 10), None, "Có"]


def test_a_number_a_spreadsheet_would_round_is_kept_as_text() -> None:
    assert _sheet((10**15 + 1, float("nan"), float("inf")))["A2"].value == "1000000000000001"


def test_codes_with_leading_zeros_stay_whole() -> None:
    assert _sheet(("006099001234",))["A2"].value == "006099001234"


def test_the_last_row_is_bold_only_as_a_total() -> None:
    assert _sheet((1,), (2,), total=True)["A3"].font.b
    assert not _sheet((1,), (2,))["A3"].font.b


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 1)
    with pytest.raises(Refused, match="2 dòng"):
        _sheet((1,), (2,))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1", "'=1"),
        ("-3,5", "-3,5"),
        ("+84 209 387 0001", "+84 209 387 0001"),
        ("-2+3", "'-2+3"),
        ("an", "an"),
        ("+", "'+"),
    ],
)
def test_csv_text_is_neutralised_and_numbers_stay_readable(text: str, safe: str) -> None:
    assert neutralised(text) == safe
