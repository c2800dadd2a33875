"""The fast ways to the law, held to plain references."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chongdich.regulations import Decision, Law, Missing, Overlay
from chongdich.regulations.asking import Asking
from chongdich.regulations.completeness import contested, unanswered, unreachable
from chongdich.regulations.explanation import explain
from chongdich.regulations.sources import Input, TableSource
from chongdich.regulations.spans import months_after, months_between
from chongdich.regulations.table import Table
from chongdich.regulations.timeline import Timeline, stack

LAW = Law.load(cache=False)
DAYS = st.dates(date(2019, 12, 1), date(2027, 1, 1))


class Span(NamedTuple):
    since: int
    until: int | None
    known_since: int
    layer: int
    falls_through: bool


FIRST = date(2021, 1, 1).toordinal()
SPANS = st.lists(
    st.builds(
        lambda since, length, known, layer, through: Span(
            FIRST + since, FIRST + since + length if length else None, FIRST + known, layer, through
        ),
        st.integers(0, 20),
        st.none() | st.integers(1, 10),
        st.integers(0, 20),
        st.integers(0, 2),
        st.booleans(),
    ),
    max_size=6,
)


@given(SPANS, st.integers(-2, 35), st.none() | st.integers(-2, 25))
def test_the_cut_timeline_is_the_plain_one(spans: list[Span], on: int, known: int | None) -> None:
    day = date.fromordinal(FIRST + on)
    known_on = None if known is None else date.fromordinal(FIRST + known)
    seen = [s for s in Timeline(spans).editions if known is None or s.known_since <= FIRST + known]
    assert Timeline(spans).at(day, known_on) == stack(seen, FIRST + on)


CHOICES = {"a": "A", "b": "B", "c": "C"}
NUMBERS = range(6)


@st.composite
def small_tables(draw: st.DrawFn) -> Table:
    """A table of a flag, a choice and a small integer, with random rows."""
    bound = st.builds("{} {}".format, st.sampled_from(["<", "<=", ">", ">="]), st.integers(0, 5))
    code = st.sampled_from(list(CHOICES))
    condition = {
        "flag": st.booleans(),
        "choice": code | st.lists(code, min_size=1, max_size=2),
        "number": st.integers(0, 5) | bound,
    }
    rows = draw(st.lists(st.fixed_dictionaries({}, optional=condition), min_size=1, max_size=4))
    source = {
        "label": "t",
        "type": "integer",
        "inputs": {
            "flag": {"label": "f", "type": "flag"},
            "choice": {"label": "c", "type": "choice", "choices": CHOICES},
            "number": {"label": "n", "type": "integer", "minimum": 0, "maximum": 5},
        },
        "editions": [{"since": "2021-01-01", "rows": [{"when": when, "value": n} for n, when in enumerate(rows)]}],
    }
    return Table("p/s/t", TableSource.model_validate(source), {})


def everything() -> list[dict[str, Any]]:
    return [dict(zip(("flag", "choice", "number"), one)) for one in product((True, False), CHOICES, NUMBERS)]


def holding(table: Table, values: dict[str, Any]) -> list[int]:
    """The rows that hold, by trying each."""
    return [line.number for line in table.versions[0].lines if all(c.holds(values[c.name]) for c in line.conditions)]


@given(small_tables())
@settings(max_examples=60)
def test_the_first_row_that_holds_decides(table: Table) -> None:
    for values in everything():
        decision = Asking(lambda name: (table, "value"), date(2021, 1, 1), None, values).decide(table)
        rows = holding(table, values)
        assert (decision.line.number if decision.line else None) == (rows[0] if rows else None)


@given(small_tables())
@settings(max_examples=60)
def test_the_completeness_walk_sees_what_trying_everything_sees(table: Table) -> None:
    version = table.versions[0]
    tried = [holding(table, values) for values in everything()]
    assert any(unanswered(table, version)) == any(not rows for rows in tried)
    assert any(contested(table, version)) == any(len(rows) > 1 for rows in tried)
    deciding = {rows[0] for rows in tried if rows}
    assert {line.number for line in unreachable(table, version)} == {line.number for line in version.lines} - deciding


@given(small_tables(), st.sampled_from(everything()), st.sets(st.sampled_from(["flag", "choice", "number"])))
def test_what_is_not_told_is_either_not_needed_or_asked(table: Table, values: dict[str, Any], hidden: set[str]) -> None:
    known = {name: value for name, value in values.items() if name not in hidden}
    full = Asking(lambda name: (table, "value"), date(2021, 1, 1), None, values).decide(table)
    part = or_missing(lambda: Asking(lambda name: (table, "value"), date(2021, 1, 1), None, known).decide(table))
    assert set(part.asks) <= hidden if isinstance(part, Missing) else part.outcome == full.outcome


def or_missing(deed: Callable[[], Decision]) -> Decision | Missing:
    try:
        return deed()
    except Missing as missing:
        return missing


def answers(asked: Input) -> st.SearchStrategy[Any]:
    if asked.kind == "flag":
        return st.booleans()
    if asked.kind == "choice":
        return st.sampled_from(list(asked.choices))
    if asked.kind == "set":
        return st.frozensets(st.sampled_from(list(asked.choices)))
    low, high = int(asked.minimum or 0), int(asked.maximum if asked.maximum is not None else 1000)
    return st.integers(low, high)


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """Any shipped table with any part of what it may be told."""
    name = draw(st.sampled_from(LAW.names()))
    return name, draw(st.fixed_dictionaries({}, optional={n: answers(i) for n, i in LAW.inputs(name).items()}))


@given(questions(), DAYS, st.none() | DAYS, st.booleans())
@settings(max_examples=300)
def test_any_question_gets_an_answer_a_gap_or_a_question(
    question: tuple[str, dict[str, Any]], on: date, known_on: date | None, assume_last: bool
) -> None:
    name, told = question
    decision = or_missing(lambda: LAW.decide(name, on=on, known_on=known_on, assume_last=assume_last, **told))
    if isinstance(decision, Missing):
        assert set(decision.asks) <= set(LAW.inputs(name)) - set(told)
        return
    assert bool(decision) != (decision.outcome is None)
    assert decision or decision.gap
    assert explain(decision.record()).text() == explain(decision).text()
    if decision and not assume_last:
        first = next(iter(decision.table.outputs))
        assert LAW.value(name, on=on, known_on=known_on, **told) == decision[first]


def ruling(law: Law, name: str, day: date) -> list[tuple[date, str, str]]:
    return [(v.day, v.kind, v.document.number) for v in law.table(name).timeline.at(day)]


@given(st.sampled_from(LAW.names()), DAYS, st.integers(1, 400), st.integers(1, 60))
@settings(max_examples=150)
def test_an_overlay_touches_its_days_only(name: str, since: date, length: int, away: int) -> None:
    until = since + timedelta(days=length)
    gap = Overlay.what_if("thử", {name: {"since": since, "until": until, "gap": "chưa biết"}})
    tried = LAW.with_overlay(gap)
    assert tried.table(name).timeline.at(since)[0].gap == "chưa biết"
    assert tried.table(name).timeline.at(until - timedelta(days=1))[0].gap == "chưa biết"
    for day in (since - timedelta(days=away), until, until + timedelta(days=away)):
        assert ruling(tried, name, day) == ruling(LAW, name, day)


@pytest.mark.parametrize("name", LAW.names())
def test_every_row_of_every_table_can_be_told(name: str) -> None:
    """Each compiled row has words for its conditions, and an unverified or uncited one says so."""
    for version in LAW.table(name).versions:
        assert version.gap or version.lines
        for line in version.lines:
            assert all(condition.text.strip() for condition in line.conditions)
            assert line.document.number or not line.verified


@given(st.dates(date(2019, 1, 1), date(2026, 1, 1)), st.integers(0, 800), st.integers(0, 24))
def test_within_so_many_months_means_up_to_that_day(since: date, days: int, months: int) -> None:
    on = since + timedelta(days=days)
    assert (months_between(since, on) <= months) == (on <= months_after(since, months))
