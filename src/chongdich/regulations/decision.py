"""What a decision was, and the tree of rows it rests on: enough to tell it again years later, without the tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chongdich.core.errors import NotFound, Refused
from chongdich.regulations import wording
from chongdich.regulations.table import Line, Table, Version


class NotRecorded(NotFound):
    """No rule is recorded for this question on this day; nothing is invented in its place."""

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(message, where)
        self.code = "law_not_recorded"


class Missing(Refused):
    """The rule cannot be applied before something more is known. `asks` names those inputs."""

    def __init__(self, message: str, where: str, asks: tuple[str, ...]) -> None:
        super().__init__(message, where, "law_missing_input")
        self.asks = asks


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer of one table on one day.

    `outcome` is None when no rule is recorded; then `gap` says so in words. `because` holds the decisions that
    told an input. `assumed` are the inputs that took their default. `outdated` marks the last recorded rule
    used, on request, in place of a gap.
    """

    table: Table
    on: date
    known_on: date | None
    given: Mapping[str, Any]
    assumed: tuple[str, ...] = ()
    outcome: Mapping[str, Any] | None = None
    version: Version | None = None
    line: Line | None = None
    because: tuple["Decision", ...] = ()
    gap: str = ""
    outdated: bool = False

    def __bool__(self) -> bool:
        return self.outcome is not None

    def __getitem__(self, output: str) -> Any:
        """One answer; None where the deciding row says nothing of it."""
        found = self.require()
        return found[output] if output in found or output not in self.table.outputs else None

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def value(self) -> Any:
        """The first answer."""
        return next(iter(self.require().values()))

    @property
    def verified(self) -> bool:
        """Whether every row in the tree has been checked against its document."""
        own = self.line is not None and self.line.verified and not self.outdated
        return own and all(one.verified for one in self.because)

    @property
    def document(self) -> str:
        """The number of the document the row rests on."""
        basis = self.line.document if self.line else self.version.document if self.version else None
        return basis.number if basis else ""

    @property
    def row(self) -> str:
        """The row's lasting name: table, day of the edition, number."""
        if not self.version:
            return self.name
        layer = "" if self.version.kind == "law" else f"+{self.version.kind}"
        return f"{self.name}@{self.version.day.isoformat()}{layer}" + (f"#{self.line.number}" if self.line else "")

    def require(self) -> Mapping[str, Any]:
        """The answers; NotRecorded when there is none."""
        if self.outcome is None:
            raise NotRecorded(self.gap, self.name)
        return self.outcome

    def rows(self) -> tuple[str, ...]:
        """Every row used, the deciding one first."""
        return (self.row, *(row for one in self.because for row in one.rows()))

    def tree(self) -> Iterator["Decision"]:
        yield self
        for one in self.because:
            yield from one.tree()

    def record(self) -> dict[str, Any]:
        """The whole tree as JSON values, to be kept beside what was decided; `explain` reads it back."""
        return {
            "table": self.name,
            "label": self.table.label,
            "on": self.on.isoformat(),
            "known_on": self.known_on.isoformat() if self.known_on else None,
            "row": self.row,
            "given": {name: _plain(value) for name, value in self.given.items()},
            "outcome": None if self.outcome is None else {n: _plain(v) for n, v in self.outcome.items()},
            "gap": self.gap,
            "verified": self.verified,
            "outdated": self.outdated,
            "kind": self.version.kind if self.version else "",
            "basis": self._basis(),
            "because_of": [condition.text for condition in self.line.conditions] if self.line else [],
            "assumed": [self._said(name) for name in self.assumed],
            "answers": self._answers(),
            "notes": [note for note in (self.version and self.version.note, self.line and self.line.note) if note],
            "because": [one.record() for one in self.because],
        }

    def _basis(self) -> dict[str, Any] | None:
        if not self.version:
            return None
        document = self.line.document if self.line else self.version.document
        return {
            "document": document.number,
            "signed_on": document.date.isoformat() if document.date else None,
            "issuer": document.issuer,
            "signatory": document.signatory,
            "clause": self.line.clause if self.line else self.version.clause,
            "since": self.version.day.isoformat(),
            "verified": (self.line or self.version).verified,
        }

    def _answers(self) -> list[list[str]]:
        if self.outcome is None:
            return []
        outputs = self.table.outputs
        said = ((outputs[name], value) for name, value in self.outcome.items())
        return [[output.label, wording.value(value, output.choices, output.unit)] for output, value in said]

    def _said(self, name: str) -> str:
        asked = self.table.inputs[name]
        return f"{asked.label}: {wording.value(asked.default, asked.choices, asked.unit)}"


def _plain(value: Any) -> Any:
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value
