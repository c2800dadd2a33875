"""A table ready to be asked: its editions on a timeline, its rows as tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from chongdich.core.errors import Refused
from chongdich.regulations.conditions import Condition, compile_condition
from chongdich.regulations.sources import Document, Edition, Input, Output, Row, TableSource
from chongdich.regulations.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its conditions, its answers, and the clause it rests on."""

    number: int
    conditions: tuple[Condition, ...]
    then: Mapping[str, Any]
    document: Document
    clause: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One edition, compiled. Days are ordinals so that a lookup compares integers."""

    since: int
    until: int | None
    known_since: int
    layer: int
    falls_through: bool
    gap: str
    note: str
    kind: str  # "law", "province" or "what_if"
    document: Document
    clause: str
    verified: bool
    checked_on: date | None
    lines: tuple[Line, ...]

    @property
    def day(self) -> date:
        return date.fromordinal(self.since)

    @property
    def last_day(self) -> date | None:
        """The last day it applies by its own words; None when it names none."""
        return date.fromordinal(self.until - 1) if self.until else None


class Table:
    """A compiled table. `name` is `<pack>/<subject>/<name>`."""

    def __init__(self, name: str, source: TableSource, documents: Mapping[str, Document]) -> None:
        self.name, self.source, self.documents = name, source, documents
        self.inputs: dict[str, Input] = dict(source.inputs)
        self.outputs: dict[str, Output] = source.answers()
        self.versions = tuple(compile_edition(self, edition, documents) for edition in source.editions)

    @property
    def label(self) -> str:
        return self.source.label

    @property
    def short_name(self) -> str:
        """`<subject>/<table>`, as rooms ask it."""
        return self.name.partition("/")[2]

    @property
    def subject(self) -> str:
        return self.name.split("/")[1]

    @cached_property
    def timeline(self) -> Timeline[Version]:
        return Timeline(self.versions)

    @cached_property
    def plain(self) -> tuple[list[int], list[Any]] | None:
        """Cuts and values of a table without conditions, for the shortest way to a number; None for any other."""
        if self.inputs or set(self.outputs) != {"value"}:
            return None
        steps = self.timeline.whole
        return steps.cuts, [
            stack[0].lines[0].then["value"] if stack and stack[0].lines else None for stack in steps.stacks
        ]

    def with_version(self, version: Version) -> "Table":
        """The same table with a further version on top."""
        twin = object.__new__(Table)
        twin.name, twin.source, twin.inputs, twin.outputs = self.name, self.source, self.inputs, self.outputs
        twin.documents = {**self.documents, version.document.number: version.document}
        twin.versions = (*self.versions, version)
        return twin


def compile_edition(
    table: Table, edition: Edition, documents: Mapping[str, Document], layer: int = 0, kind: str = "law"
) -> Version:
    """Raises Refused naming table, day and row of what cannot be understood."""
    document = documents.get(edition.document, Document(number=edition.document))
    known = edition.known_since or document.date or edition.since
    return Version(
        since=edition.since.toordinal(),
        until=edition.until.toordinal() if edition.until else None,
        known_since=known.toordinal(),
        layer=layer,
        falls_through=edition.falls_through,
        gap=edition.gap,
        note=edition.note,
        kind=kind,
        document=document,
        clause=edition.clause,
        verified=edition.verified,
        checked_on=edition.checked_on or table.source.checked_on,
        lines=tuple(_line(table, edition, documents, n, row) for n, row in enumerate(edition.all_rows(), 1)),
    )


def _line(table: Table, edition: Edition, documents: Mapping[str, Document], n: int, row: Row) -> Line:
    where = f"{table.name}, từ {edition.since.isoformat()}, dòng {n}"
    number = edition.document if row.document is None else row.document
    return Line(
        number=n,
        conditions=tuple(_condition(table, name, spec, where) for name, spec in row.when.items()),
        then=_answers(table, row, where),
        document=documents.get(number, Document(number=number)),
        clause=edition.clause if row.clause is None else row.clause,
        verified=edition.verified if row.verified is None else row.verified,
        note=row.note,
    )


def _condition(table: Table, name: str, spec: Any, where: str) -> Condition:
    if name not in table.inputs:
        raise Refused(f"điều kiện “{name}” không được khai báo trong inputs", where, "law_table")
    try:
        return compile_condition(name, table.inputs[name], spec)
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        raise Refused(f"không hiểu điều kiện “{name}: {spec}” ({error})", where, "law_table") from error


def _answers(table: Table, row: Row, where: str) -> dict[str, Any]:
    single = next(iter(table.outputs))
    given = row.then or {single: row.value}
    unknown = set(given) - set(table.outputs)
    if unknown:
        raise Refused(f"kết quả “{', '.join(sorted(unknown))}” không được khai báo trong outputs", where, "law_table")
    answers = {name: _frozen(table.outputs[name], value) for name, value in given.items()}
    for name, value in answers.items():
        _fits(table, name, value, where)
    return answers


def _frozen(output: Output, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return date.fromisoformat(value) if output.kind == "date" and isinstance(value, str) else value


def _fits(table: Table, name: str, value: Any, where: str) -> None:
    output = table.outputs[name]
    if isinstance(value, str) and value.startswith("$"):
        if value[1:] not in table.inputs:
            raise Refused(f"kết quả “{name}” chép từ “{value[1:]}”, là điều kiện không có", where, "law_table")
        return
    fits = {
        "flag": isinstance(value, bool),
        "integer": isinstance(value, int) and not isinstance(value, bool),
        "number": isinstance(value, (int, float)) and not isinstance(value, bool),
        "choice": str(value) in output.choices,
        "list": isinstance(value, tuple) and (not output.choices or all(str(one) in output.choices for one in value)),
        "text": isinstance(value, str),
        "date": isinstance(value, date),
    }
    if value is not None and not fits.get(output.kind, True):
        raise Refused(f"kết quả “{name}: {value}” không hợp kiểu {output.kind}", where, "law_table")
