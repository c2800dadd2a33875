"""Does a table answer everything it can be asked, and can every row be reached?

The space of questions is walked by the values at which some row turns (a bound and its neighbours, every choice),
branching only on what the first row still possible wants to know, so tables of many inputs stay cheap to check.
"""

from collections.abc import Iterator
from itertools import chain, combinations
from typing import Any

from chongdich.regulations import wording
from chongdich.regulations.conditions import Condition, Mark
from chongdich.regulations.sources import Input
from chongdich.regulations.table import Line, Table, Version

Values = dict[str, Any]
SMALL_SET = 7


def unanswered(table: Table, version: Version) -> Iterator[Values]:
    """Combinations that no row answers."""
    for values, lines in _leaves(table, version, first=True):
        if not lines:
            yield values


def contested(table: Table, version: Version) -> Iterator[tuple[Values, tuple[Line, ...]]]:
    """Combinations that more than one row answers; of interest where the match must be unique."""
    for values, lines in _leaves(table, version, first=False):
        if len(lines) > 1:
            yield values, lines


def unreachable(table: Table, version: Version) -> list[Line]:
    """Rows that never decide, because rows before them take all their cases."""
    reached = {lines[0].number for _, lines in _leaves(table, version, first=True) if lines}
    return [line for line in version.lines if line.number not in reached]


def told(table: Table, values: Values) -> str:
    """A combination in words."""
    said = ((table.inputs[name], value) for name, value in values.items())
    return "; ".join(f"{one.label}: {wording.value(value, one.choices, one.unit)}" for one, value in said)


def _leaves(table: Table, version: Version, first: bool) -> Iterator[tuple[Values, tuple[Line, ...]]]:
    tries = {name: representatives(table.inputs[name], version, name) for name in table.inputs}
    yield from _walk(version.lines, {}, tries, first)


def _walk(
    lines: tuple[Line, ...], values: Values, tries: dict[str, list[Any]], first: bool
) -> Iterator[tuple[Values, tuple[Line, ...]]]:
    possible = tuple(line for line in lines if not any(_fails(c, values) for c in line.conditions))
    wanted = _wanted(possible[:1] if first else possible, values)
    if wanted is None:
        yield values, possible
        return
    for value in tries[wanted]:
        yield from _walk(possible, {**values, wanted: value}, tries, first)


def _fails(condition: Condition, values: Values) -> bool:
    return condition.name in values and not condition.holds(values[condition.name])


def _wanted(lines: tuple[Line, ...], values: Values) -> str | None:
    """The next input to branch on; None when nothing is open."""
    return next((c.name for line in lines for c in line.conditions if c.name not in values), None)


def representatives(asked: Input, version: Version, name: str) -> list[Any]:
    """Values of an input such that every answer the version can give is given for some of them."""
    if asked.kind == "flag":
        return [True, False]
    if asked.kind == "choice":
        return list(asked.choices)
    marks = [mark for line in version.lines for c in line.conditions if c.name == name for mark in c.marks]
    return _sets(marks) if asked.kind == "set" else _numbers(asked, marks)


def _numbers(asked: Input, marks: list[float]) -> list[Any]:
    step = 1 if asked.kind == "integer" else 0.001
    near = {round(mark + shift, 3) for mark in marks for shift in (-step, 0, step)}
    low, high = asked.minimum, asked.maximum
    fitting = sorted(n for n in near if (low is None or n >= low) and (high is None or n <= high))
    return fitting or [low or 0]


def _sets(marks: list[Mark]) -> list[frozenset[str]]:
    codes = sorted({code for mark in marks for code in mark.codes})
    if len(codes) <= SMALL_SET:
        sizes = range(len(codes) + 1)
        return [frozenset(some) for some in chain.from_iterable(combinations(codes, n) for n in sizes)]
    edges = {edge for mark in marks for edge in _edges(mark)}
    return sorted({a | b for a in edges for b in edges}, key=sorted)


def _edges(mark: Mark) -> Iterator[frozenset[str]]:
    """Sets on both sides of where one condition turns."""
    least = mark.count if isinstance(mark.count, int) else {"all": len(mark.codes)}.get(mark.word, 1)
    yield frozenset()
    yield frozenset(mark.codes)
    for codes in (mark.codes, mark.codes[::-1]):
        yield frozenset(codes[:least])
        yield frozenset(codes[: least - 1])
