"""The tables check themselves: every document is known, every question is answered, nothing hangs in the air."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chongdich.core.errors import Refused
from chongdich.regulations.asking import check_given
from chongdich.regulations.completeness import contested, told, unanswered, unreachable
from chongdich.regulations.law import Law
from chongdich.regulations.table import Table, Version

RESERVED = {"name", "on", "known_on", "assume_last", "self"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a table: where, and what in Vietnamese."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def check(law: Law) -> list[Problem]:
    """All problems of the tables one law reaches; a table that cannot be read is one problem and stops nothing."""
    return [problem for name in law.names() for problem in _table(law, name)]


def _table(law: Law, name: str) -> Iterator[Problem]:
    try:
        table = law.table(name)
        law.inputs(name)
        yield from _inputs(law, table)
        yield from _cited(table)
        yield from _days(table)
        for version in table.versions:
            yield from _rows(table, version)
    except Refused as refused:
        yield Problem(refused.where or name, refused.message)


def _inputs(law: Law, table: Table) -> Iterator[Problem]:
    for name, asked in table.inputs.items():
        if name in RESERVED:
            yield Problem(table.name, f"“{name}” là từ dành riêng, không đặt tên điều kiện được")
        if asked.kind in ("choice", "set") and not asked.choices:
            yield Problem(table.name, f"“{name}” thiếu choices")
        if asked.default is not None:
            check_given(table, table.inputs, {name: asked.default})
        if asked.source:
            yield from _told_by(law, table, name)


def _told_by(law: Law, table: Table, name: str) -> Iterator[Problem]:
    asked = table.inputs[name]
    other, output = law.catalogue.named(asked.source)
    told_as = other.outputs[output]
    if told_as.kind != asked.kind or set(told_as.choices) != set(asked.choices):
        yield Problem(table.name, f"“{name}” không cùng kiểu với {other.name}.{output}")


def _cited(table: Table) -> Iterator[Problem]:
    for version in table.versions:
        where = f"{table.name}, từ {version.day.isoformat()}"
        if version.kind == "law" and version.checked_on is None:
            yield Problem(where, "thiếu checked_on (ngày kiểm tra)")
        for number, verified in _citations(version):
            if number and number not in table.documents:
                yield Problem(where, f"văn bản {number} chưa có trong pack.yaml")
            if verified and not number:
                yield Problem(where, "không dẫn văn bản thì không thể là đã xác minh")


def _citations(version: Version) -> Iterator[tuple[str, bool]]:
    if version.gap:
        yield version.document.number, False
    yield from ((line.document.number, line.verified) for line in version.lines)


def _days(table: Table) -> Iterator[Problem]:
    seen: set[tuple[int, int, int]] = set()
    for version in table.versions:
        key = (version.layer, version.since, version.known_since)
        if key in seen:
            day = date.fromordinal(version.since).isoformat()
            yield Problem(table.name, f"hai bản cùng áp dụng từ {day} và cùng được biết một ngày")
        seen.add(key)


def _rows(table: Table, version: Version) -> Iterator[Problem]:
    if version.gap:
        return
    where = f"{table.name}, từ {version.day.isoformat()}"
    hole = next(unanswered(table, version), None)
    if hole is not None and table.source.complete and not version.falls_through:
        yield Problem(where, f"không dòng nào trả lời: {told(table, hole) or 'mọi trường hợp'}")
    for line in unreachable(table, version):
        yield Problem(where, f"dòng {line.number} không bao giờ được dùng")
    if table.source.match == "unique":
        yield from _contests(table, version, where)


def _contests(table: Table, version: Version, where: str) -> Iterator[Problem]:
    found = next(contested(table, version), None)
    if found:
        values, lines = found
        numbers = ", ".join(str(line.number) for line in lines)
        yield Problem(where, f"các dòng {numbers} cùng trả lời: {told(table, values)}")
