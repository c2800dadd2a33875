"""`chongdich read FILE…`: what the reader finds in official documents, as a table or as JSON."""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from chongdich.core.errors import Refused
from chongdich.domain.directives.areas import AREAS
from chongdich.domain.directives.reading import Reading, read

_LABELS = (
    ("kind", "Loại"), ("issuer", "Cơ quan ban hành"), ("superior", "Cơ quan cấp trên"), ("place", "Địa danh"),
    ("subject", "Trích yếu"), ("urgency", "Độ khẩn"), ("archive", "Lưu"),
)  # fmt: skip


@click.command(short_help="Đọc văn bản: số, ngày, nơi nhận, nhiệm vụ, đơn vị, thời hạn.")
@click.argument("files", nargs=-1, required=True, metavar="TỆP…")
@click.option("--json", "as_json", is_flag=True, help="In JSON, một đối tượng có khóa là tên tệp.")
@click.option("--spans", is_flag=True, help="Cùng --json: mọi giá trị kèm vị trí trong văn bản.")
def command(files: tuple[str, ...], as_json: bool, spans: bool) -> None:
    """Đọc các văn bản và in những gì tìm thấy. Thoát với mã 1 nếu có tệp không đọc được."""
    readings: dict[str, Reading] = {}
    failed = False
    for name in files:
        try:
            readings[_free_key(name, readings)] = read(_text_of(name))
        except Refused as refusal:
            failed = True
            click.echo(_said(name, refusal), err=True)
    if as_json:
        found = {name: reading.to_json() if spans else reading.to_gold() for name, reading in readings.items()}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _print_tables(readings)
    sys.exit(1 if failed else 0)


def _said(name: str, refusal: Refused) -> str:
    """The file as it was given on the command line, the place in it, what is wrong; the name once."""
    place = refusal.where.removeprefix(Path(name).name).lstrip(", ")
    return f"{name}{f', {place}' if place else ''}: {refusal.message}"


def _free_key(name: str, taken: dict[str, Reading]) -> str:
    """The base name; the whole path where two files share it."""
    base = Path(name).name
    return base if base not in taken else name


def _text_of(name: str) -> str:
    try:
        data = Path(name).read_bytes()
    except IsADirectoryError as error:
        raise Refused("đây là thư mục, hãy chỉ ra từng tệp.", code="unreadable") from error
    except OSError as error:
        raise Refused("không mở được tệp (không có, hoặc không có quyền đọc).", code="unreadable") from error
    return _extracted(data, Path(name).name)


def _extracted(data: bytes, name: str) -> str:
    try:
        extraction = importlib.import_module("chongdich.integrations.extraction")
        extract = extraction.extract
    except (ImportError, AttributeError):
        return _decoded(data)
    text: str = extract(data, name).text
    return text


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"không phải văn bản UTF-8 (byte thứ {error.start}).", code="encoding") from error


def _print_tables(readings: dict[str, Reading]) -> None:
    console = Console()
    for name, reading in readings.items():
        console.rule(name)
        console.print(_header(reading))
        console.print(_clauses(reading))
        for doubt in reading.doubts:
            console.print(f"[yellow]?[/] {doubt.field}: {doubt.message}", highlight=False)


def _header(reading: Reading) -> Table:
    table = Table(show_header=False, box=None, padding=(0, 1))
    gold = reading.to_gold()
    table.add_row("Số, ký hiệu", f"{gold['number'] or '…'}/{gold['symbol'] or '…'}")
    table.add_row("Ngày", gold["date"] or "…")
    for key, label in _LABELS:
        if gold[key]:
            table.add_row(label, gold[key])
    table.add_row("Kính gửi", "; ".join(gold["addressees"]) or "–")
    table.add_row("Người ký", _signature(gold["signatory"]))
    table.add_row("Viện dẫn", "; ".join(f"{c['number']} ({c['date'] or '?'})" for c in gold["citations"]) or "–")
    table.add_row("Nơi nhận", "; ".join(r["name"] for r in gold["recipients"]) or "–")
    return table


def _area(read: str) -> str:
    """The reader's "logistics and finance" in the words of the screens."""
    return AREAS.get(read.split(" ", 1)[0], AREAS["other"])


def _signature(signatory: dict[str, Any]) -> str:
    return ", ".join(filter(None, (signatory["name"], signatory["capacity"], signatory["position"]))) or "…"


def _clauses(reading: Reading) -> Table:
    table = Table(title=f"{len(reading.clauses)} nhiệm vụ", show_lines=True)
    for label in ("Mục", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn, cách thức", "Lĩnh vực"):
        table.add_column(label, overflow="fold")
    for clause in reading.clauses:
        when = [clause.deadline.text] if clause.deadline else []
        table.add_row(
            clause.path,
            clause.text if len(clause.text) < 160 else clause.text[:157] + "…",
            "\n".join(unit.name for unit in clause.lead),
            "\n".join(unit.name for unit in clause.coordinating),
            "; ".join([*when, *clause.manner]),
            _area(clause.areas[0]),
        )
    return table
