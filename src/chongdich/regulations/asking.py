"""Asking a table: what is given is checked, what a row needs is fetched, the first row that holds decides."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from chongdich.core.errors import Refused
from chongdich.regulations import wording
from chongdich.regulations.conditions import Condition
from chongdich.regulations.decision import Decision, Missing
from chongdich.regulations.sources import Input
from chongdich.regulations.table import Line, Table, Version

Find = Callable[[str], tuple[Table, str]]  # a name as written in a table -> the table and the output meant


class Asking:
    """One question on one day. Derived inputs are decided by the tables they name, only when a row turns on them."""

    def __init__(
        self, find: Find, on: date, known_on: date | None, given: Mapping[str, Any], assume_last: bool = False
    ) -> None:
        self.find, self.on, self.known_on, self.given, self.assume_last = find, on, known_on, given, assume_last

    def decide(self, table: Table) -> Decision:
        """The decision of a table; Missing when a row turns on what is not known."""
        return _OneTable(self, table).decide()


class _OneTable:
    """The state of asking one table: values seen, defaults taken, decisions leaned on."""

    def __init__(self, asking: Asking, table: Table) -> None:
        self.asking, self.table = asking, table
        self.values = {n: v for n, v in asking.given.items() if n in table.inputs and v is not None}
        self.used: dict[str, Any] = {}
        self.assumed: list[str] = []
        self.because: dict[str, Decision] = {}
        self.filled_gap = ""

    def decide(self) -> Decision:
        stack = self._stack()
        for version in stack:
            if version.gap:
                return self._without(version, version.gap)
            line = self._line(version)
            if isinstance(line, Decision):
                return line
            if line:
                return self._with(version, line)
        return self._without(stack[0] if stack else None, self._silence(bool(stack)))

    def _stack(self) -> tuple[Version, ...]:
        """The editions to ask; in place of a gap, when that is asked for, the last recorded one, marked as such."""
        asking, timeline = self.asking, self.table.timeline
        stack = timeline.at(asking.on, asking.known_on)
        if not asking.assume_last or (stack and not stack[0].gap):
            return stack
        last = next((v for v in timeline.before(asking.on, asking.known_on) if not v.gap), None)
        if last is None:
            return stack
        self.filled_gap = stack[0].gap if stack else self._silence(False)
        return (last,)

    def _line(self, version: Version) -> Line | Decision | None:
        """The deciding row; or the gap that a needed input fell into; or None when no row holds."""
        for line in version.lines:
            verdict = self._holds(line)
            if isinstance(verdict, Decision):
                return self._without(version, verdict.gap)
            if verdict:
                return line
        return None

    def _holds(self, line: Line) -> bool | Decision:
        """A row that a known value rules out asks for nothing more."""
        if any(not c.holds(self.values[c.name]) for c in line.conditions if c.name in self.values):
            return False
        lacking: list[str] = []
        for condition in line.conditions:
            if condition.name not in self.values:
                found = self._fetch(condition, lacking)
                if isinstance(found, Decision):
                    return found
                if found is False:
                    return False
        if lacking:
            raise self._missing(lacking)
        return True

    def _fetch(self, condition: Condition, lacking: list[str]) -> bool | Decision:
        asked = self.table.inputs[condition.name]
        if asked.source:
            found = self._ask_other(condition.name, asked)
            if not found:
                return found
        elif asked.default is not None:
            self.values[condition.name] = asked.default
            self.assumed.append(condition.name)
        else:
            lacking.append(condition.name)
            return True
        return condition.holds(self.values[condition.name])

    def _ask_other(self, name: str, asked: Input) -> Decision:
        table, output = self.asking.find(asked.source)
        decision = self.because[name] = self.asking.decide(table)
        if decision:
            self.values[name] = decision[output]
        return decision

    def _missing(self, lacking: list[str]) -> Missing:
        words = "; ".join(self.table.inputs[name].label for name in lacking)
        return Missing(f"Cần biết thêm: {words}.", self.table.name, tuple(lacking))

    def _with(self, version: Version, line: Line) -> Decision:
        return self._decision(
            version, line=line, outcome=self._outcome(line), gap=self.filled_gap, outdated=bool(self.filled_gap)
        )

    def _outcome(self, line: Line) -> dict[str, Any]:
        outcome = dict(line.then)
        for name, value in outcome.items():
            if isinstance(value, str) and value.startswith("$"):
                outcome[name] = self._copied(value[1:])
        return outcome

    def _copied(self, name: str) -> Any:
        asked = self.table.inputs[name]
        if name not in self.values and asked.source:
            self._ask_other(name, asked)
        if name not in self.values:
            raise self._missing([name])
        return self.values[name]

    def _without(self, version: Version | None, gap: str) -> Decision:
        return self._decision(version, gap=gap)

    def _decision(self, version: Version | None, **more: Any) -> Decision:
        asking = self.asking
        return Decision(
            self.table, asking.on, asking.known_on, self.values,
            assumed=tuple(self.assumed), version=version, because=tuple(self.because.values()), **more,
        )  # fmt: skip

    def _silence(self, covered: bool) -> str:
        day = wording.day(self.asking.on)
        known = f" (theo những gì đã biết đến ngày {wording.day(self.asking.known_on)})" if self.asking.known_on else ""
        about = "cho trường hợp này" if covered else f"áp dụng ngày {day}"
        return f"{wording.NOT_RECORDED} {about}{known}: {self.table.label}."


def check_given(table: Table, inputs: Mapping[str, Input], given: Mapping[str, Any]) -> None:
    """Refused when something is given that no table of the question asks, or of the wrong kind."""
    for name, value in given.items():
        if name not in inputs:
            raise Refused(f"bảng này không hỏi “{name}”; các điều kiện: {', '.join(inputs) or 'không có'}.", table.name)
        if value is not None and not _right_kind(inputs[name], value):
            raise Refused(
                f"“{inputs[name].label}” không thể là {value!r}{_allowed(inputs[name])}.", f"{table.name}.{name}"
            )


def _right_kind(asked: Input, value: Any) -> bool:
    if asked.kind == "flag":
        return isinstance(value, bool)
    if asked.kind == "choice":
        return value in asked.choices
    if asked.kind == "set":
        return isinstance(value, (set, frozenset, list, tuple)) and set(value) <= set(asked.choices)
    if asked.kind in ("integer", "number"):
        return _number_in(asked, value)
    return isinstance(value, str)


def _number_in(asked: Input, value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float) if asked.kind == "number" else int):
        return False
    low, high = asked.minimum, asked.maximum
    return value == value and (low is None or value >= low) and (high is None or value <= high)


def _allowed(asked: Input) -> str:
    if asked.choices:
        return f"; chọn một trong: {', '.join(asked.choices)}"
    if asked.minimum is not None or asked.maximum is not None:
        return f" (từ {asked.minimum if asked.minimum is not None else '…'} đến {asked.maximum or '…'})"
    return ""
