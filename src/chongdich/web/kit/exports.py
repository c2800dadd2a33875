"""Lists as files: CSV that a spreadsheet opens without running anything in it, and XLSX."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


def harmless(value: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before what begins like one (OWASP)."""
    return f"'{value}" if value.lstrip(" \u00a0\ufeff").startswith(_RISKY) else value


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A CSV file in UTF-8 with a mark so that Excel reads the Vietnamese.

    Made whole before it is sent: a file cut short by an error half way would look complete.
    """
    kept = io.StringIO()
    kept.write("\ufeff")
    csv.writer(kept).writerows([_csv_cell(value) for value in row] for row in chain([head], rows))
    response = HttpResponse(kept.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _csv_cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, (int, float)):
        return value
    return harmless(as_text(value))


def as_text(value: Any) -> str:
    """How a value is written in a file: days as day/month/year, moments in Viet Nam's time."""
    if isinstance(value, datetime):
        return (
            timezone.localtime(value).strftime("%d/%m/%Y %H:%M") if value.tzinfo else value.strftime("%d/%m/%Y %H:%M")
        )
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def xlsx_response(name: str, title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """An XLSX file: text stays text, numbers numbers, days days."""
    response = HttpResponse(xlsx_bytes(title, head, rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def xlsx_bytes(title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The file itself; one sheet, its first row frozen and filterable."""
    kept = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    with xlsxwriter.Workbook(kept, options) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for column, label in enumerate(head):
            sheet.write_string(0, column, str(label), bold)
            sheet.set_column(column, column, min(max(len(str(label)) + 4, 14), 40))
        sheet.freeze_panes(1, 0)
        last = 0
        for last, row in enumerate(rows, start=1):
            _write_row(sheet, last, row, day)
        sheet.autofilter(0, 0, last, max(len(head) - 1, 0))
    return kept.getvalue()


def _write_row(sheet: Any, at: int, row: Sequence[Any], day: Any) -> None:
    for column, value in enumerate(row):
        if value is None or value == "":
            continue
        if isinstance(value, date) and not isinstance(value, datetime):
            sheet.write_datetime(at, column, datetime(value.year, value.month, value.day), day)
        elif isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _EXACT:
            sheet.write_number(at, column, value)
        else:
            sheet.write_string(at, column, "x" if value is True else as_text(value or ""))


def _sheet_name(title: str) -> str:
    return "".join(" " if c in "[]:*?/\\'" else c for c in title)[:31].strip() or "Sheet1"
