"""From the bytes of a file, or text pasted from a spreadsheet, to rows of text cells. Limits hold before parsing."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from openpyxl import load_workbook

from chongdich.core.errors import Refused
from chongdich.core.vietnamese import nfc
from chongdich.kernels.text.encodings import NotText, decode

MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_CELL = 32_000  # characters
MOST_UNPACKED = 200 * 1024 * 1024  # bytes
MOST_RATIO = 100  # unpacked to packed
FORMULA = "\x01"  # stands before a formula's text: no typed cell can hold it
SUSPICIOUS = {65_536: "giới hạn dòng của tệp .xls", 1_048_576: "giới hạn dòng của tệp .xlsx"}

Row = list[str]


@dataclass(frozen=True)
class Sheet:
    """Rows of cells as text (days as ISO), the empty ones left out; `numbers` are their row numbers in the file.

    `kind` is xlsx or text; `encoding` and `notes` say in Vietnamese how a text file was understood.
    """

    kind: str
    rows: list[Row]
    numbers: list[int]
    encoding: str = ""
    notes: tuple[str, ...] = ()
    last_line_cut: bool = False


def read_sheet(data: bytes, name: str) -> Sheet:
    """A workbook or a delimited text. Refused, naming the file, for what cannot be a line list."""
    if not data.strip():
        raise Refused("Tệp rỗng.", name)
    if data.startswith(b"PK"):
        return _read_workbook(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("Tệp .xls đời cũ: hãy mở bằng bảng tính rồi lưu lại thành .xlsx.", name)
    return _read_text(data, name)


def _read_workbook(data: bytes, name: str) -> Sheet:
    check_archive(data, name)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
        if sheet is None:
            raise Refused("Tệp không có trang tính nào.", name)
        sheet.reset_dimensions()
        rows, numbers = _kept(([_cell(value) for value in line] for line in sheet.iter_rows(values_only=True)), name)
        notes = () if len(book.worksheets) == 1 else (f"tệp có {len(book.worksheets)} trang, chỉ đọc “{sheet.title}”",)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise Refused("Không mở được tệp .xlsx: tệp hỏng hoặc bị cắt cụt.", name) from error
    return Sheet("xlsx", rows, numbers, notes=notes)


def check_archive(data: bytes, name: str) -> None:
    """Refuse an archive that would unpack into more than a sheet can honestly be."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile as error:
        raise Refused("Không mở được tệp .xlsx: tệp hỏng hoặc bị cắt cụt.", name) from error
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > 2_000 or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(len(data), 10_000):
        raise Refused("Tệp bung ra quá lớn nên không đọc; hãy tách thành nhiều tệp nhỏ.", name)
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise Refused("Đây không phải tệp bảng tính .xlsx.", name)


def _cell(value: object) -> str:
    """A value as text: days ISO, whole numbers without ".0", a formula marked."""
    if value is None:
        return ""
    if isinstance(value, str):
        return FORMULA + value if value.startswith("=") else nfc(value).strip()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _kept(lines: Iterator[Sequence[str]] | Iterator[Row], name: str) -> tuple[list[Row], list[int]]:
    rows: list[Row] = []
    numbers: list[int] = []
    for number, line in enumerate(lines, start=1):
        cells = _trimmed(line)
        if not cells:
            continue
        _check_row(cells, number, len(rows), name)
        rows.append(cells)
        numbers.append(number)
    if not rows:
        raise Refused("Tệp không có dòng nào.", name)
    return rows, numbers


def _trimmed(line: Sequence[str]) -> Row:
    cells = list(line)
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _check_row(cells: Row, number: int, kept: int, name: str) -> None:
    if kept >= MOST_ROWS:
        raise Refused(f"Danh sách dài quá {MOST_ROWS:,} dòng; hãy tách thành nhiều tệp.".replace(",", "."), name)
    if len(cells) > MOST_COLUMNS:
        raise Refused(f"Dòng {number} có {len(cells)} cột; nhiều nhất {MOST_COLUMNS} cột.", name)
    if any(len(cell) > MOST_CELL for cell in cells):
        raise Refused(f"Dòng {number} có một ô dài quá {MOST_CELL} ký tự.", name)


def _read_text(data: bytes, name: str) -> Sheet:
    try:
        decoded = decode(data)
    except NotText as error:
        raise Refused("Tệp không phải văn bản, cũng không phải .xlsx.", name) from error
    rows, numbers = _kept(_lines(decoded.text), name)
    cut = _is_cut(decoded.text, rows)
    return Sheet("text", rows, numbers, decoded.encoding, decoded.notes, cut)


def delimiter_of(text: str) -> str:
    """The sign that splits the first lines into the most columns: tab, semicolon, comma or bar."""
    head = text[:20_000].split("\n")[:30]
    return max(
        "\t;,|", key=lambda sign: (sorted(line.count(sign) for line in head)[len(head) // 2], -"\t;,|".index(sign))
    )


def _lines(text: str) -> Iterator[Row]:
    csv.field_size_limit(10_000_000)
    for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)):
        yield [_typed(cell) for cell in line]


def _typed(cell: str) -> str:
    """A cell of text: `="0123"`, the spreadsheet's way to keep a zero, is the text; any other "=…" a formula."""
    text = cell.strip()
    if text.startswith("'") and text[1:2] in ("=", "+", "-", "@"):
        return text[1:]
    if not text.startswith("="):
        return text
    inner = text[1:].strip()
    return inner[1:-1] if len(inner) > 1 and inner[0] == inner[-1] == '"' else FORMULA + text


def _is_cut(text: str, rows: list[Row]) -> bool:
    """The last line stops in the middle of a quoted cell, or far before the columns that every other line has."""
    if text.count('"') % 2:
        return True
    usual = sorted(len(row) for row in rows[-50:])[len(rows[-50:]) // 2]
    return not text.endswith("\n") and len(rows) > 3 and len(rows[-1]) * 2 < usual


def suspicions(sheet: Sheet) -> list[str]:
    """Shapes that have cost countries their cases: a row limit exactly reached, a last line cut off."""
    found = [
        f"Tệp có đúng {count:,} dòng, là {what}: rất có thể phần sau đã mất.".replace(",", ".")
        for count, what in SUSPICIOUS.items()
        if sheet.numbers[-1] == count
    ]
    if sheet.last_line_cut:
        found.append("Dòng cuối bị cắt giữa chừng: tệp chưa được gửi hết.")
    if max(len(row) for row in sheet.rows[:1000]) == 256:
        found.append("Tệp có đúng 256 cột, là giới hạn cột của .xls: có thể thiếu cột.")
    return found
