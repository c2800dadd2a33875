"""A table as a workbook in which nothing a person typed can become a formula."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from numbers import Integral, Real
from typing import Any

import xlsxwriter

from chongdich.core.errors import Refused
from chongdich.core.official_document import Cell, Table
from chongdich.core.periods import VIETNAM
from chongdich.core.printable import clean
from chongdich.integrations.typesetting.cells import cell_text

# OWASP's list with the full-width forms that some programs take for the narrow ones.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\x00", "＝", "＋", "－", "＠")
MOST_ROWS = 1_000_000
_LONGEST_CELL = 32_767
_EXACT_DIGITS = 15


def neutralised(text: str) -> str:
    """Text for a CSV cell: what a spreadsheet would run is kept readable behind an apostrophe.

    Plain numbers and phone numbers ("-3,5", "+84 209 387 0001") start with a sign and are no formulas: they stay.
    """
    if text.startswith(DANGEROUS) and not _plain_number(text):
        return f"'{text}"
    return text


def _plain_number(text: str) -> bool:
    return text[0] in "+-" and len(text) > 1 and all(sign in "0123456789.,  " for sign in text[1:])


def render_xlsx(table: Table, sheet: str = "Báo cáo") -> bytes:
    """One sheet: a bold head row that stays in view, numbers as numbers, days as days, all else as text.

    Text that begins like a formula is stored as text and marked with a quote prefix, so that editing the cell does
    not run it either. Whole numbers longer than 15 digits are kept as text: a spreadsheet would round them.
    Refused with more than a million rows.
    """
    if len(table.rows) > MOST_ROWS:
        raise Refused(f"Bảng có {len(table.rows)} dòng, tệp .xlsx chỉ chứa được {MOST_ROWS}.", table.caption or sheet)
    written = BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1)})
    _fill(_Sheet(book, clean(sheet)), table)
    book.close()
    return written.getvalue()


class _Sheet:
    """A worksheet with its few formats."""

    def __init__(self, book: Any, name: str) -> None:
        self.page = book.add_worksheet("".join("_" if sign in "[]:*?/\\'" else sign for sign in name)[:31] or None)
        base = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter", "border": 1}
        self.head = book.add_format(base | {"bold": True, "align": "center", "text_wrap": True})
        self.formats = {bold: _formats(book, base | ({"bold": True} if bold else {})) for bold in (False, True)}

    def put(self, row: int, column: int, value: Cell, bold: bool = False) -> None:
        formats = self.formats[bold]
        match value:
            case None:
                self.page.write_blank(row, column, None, formats["text"])
            case bool():
                self.page.write_string(row, column, cell_text(value), formats["text"])
            case Integral() | Decimal() | Real() if _exact(value):
                kind = "whole" if isinstance(value, Integral) else "number"
                self.page.write_number(row, column, float(value), formats[kind])
            case datetime():
                local = value.astimezone(VIETNAM).replace(tzinfo=None) if value.tzinfo else value
                self.page.write_datetime(row, column, local, formats["moment"])
            case date():
                self.page.write_datetime(row, column, value, formats["day"])
            case _:
                text = clean(str(value))[:_LONGEST_CELL]
                self.page.write_string(row, column, text, formats["quoted" if text.startswith(DANGEROUS) else "text"])


def _exact(value: Any) -> bool:
    """Whether a spreadsheet's number holds this one: finite and within 15 digits."""
    return float(value) - float(value) == 0 and abs(value) < 10**_EXACT_DIGITS


def _formats(book: Any, base: dict[str, Any]) -> dict[str, Any]:
    return {
        "text": book.add_format(base | {"num_format": "@", "text_wrap": True}),
        "quoted": book.add_format(base | {"num_format": "@", "text_wrap": True, "quote_prefix": True}),
        "whole": book.add_format(base | {"num_format": "#,##0"}),
        "number": book.add_format(base | {"num_format": "#,##0.##"}),
        "day": book.add_format(base | {"num_format": "dd/mm/yyyy"}),
        "moment": book.add_format(base | {"num_format": "dd/mm/yyyy hh:mm"}),
    }


def _fill(sheet: _Sheet, table: Table) -> None:
    shares = sum(column.width for column in table.columns)
    for place, column in enumerate(table.columns):
        sheet.page.write_string(0, place, clean(column.title), sheet.head)
        sheet.page.set_column(place, place, max(8, min(60, column.width / shares * 110)))
    for number, row in enumerate(table.rows, start=1):
        bold = table.total and number == len(table.rows)
        for place, value in enumerate(row):
            sheet.put(number, place, value, bold)
    sheet.page.freeze_panes(1, 0)
    if table.rows:
        sheet.page.autofilter(0, 0, len(table.rows) - table.total, len(table.columns) - 1)
