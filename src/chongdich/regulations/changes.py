"""The page "law in force on a day, and what changed when"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chongdich.core.periods import Period
from chongdich.regulations.law import Law
from chongdich.regulations.table import Table, Version


@dataclass(frozen=True, slots=True)
class InForce:
    """A table and the editions that rule it on a day, topmost first; none when the day is not covered."""

    table: Table
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What took over in a table on a day. `before` or `after` is None where nothing rules."""

    day: date
    table: Table
    before: Version | None
    after: Version | None


@dataclass(frozen=True, slots=True)
class Ruling:
    """A period in which the same editions rule a table, topmost first; none where nothing is recorded."""

    period: Period
    versions: tuple[Version, ...]


def history(table: Table, known_on: date | None = None) -> list[Ruling]:
    """What ruled a table when, from its first day on, as known on a day."""
    cuts = [date.fromordinal(cut) for cut in _cuts(table)]
    found: list[Ruling] = []
    for since, until in zip(cuts, [*cuts[1:], None]):
        versions = table.timeline.at(since, known_on)
        if found and found[-1].versions == versions:
            found[-1] = Ruling(Period(found[-1].period.since, until), versions)
        else:
            found.append(Ruling(Period(since, until), versions))
    return found


def in_force(law: Law, day: date, known_on: date | None = None) -> list[InForce]:
    """Every table with what rules it on a day, in the order of names."""
    return [InForce(table, table.timeline.at(day, known_on)) for table in law.tables()]


def changes(law: Law, from_day: date, to_day: date, known_on: date | None = None) -> list[Change]:
    """What changed on the days from `from_day` to `to_day`, both included, in order of days."""
    found = (change for table in law.tables() for change in _of_table(table, from_day, to_day, known_on))
    return sorted(found, key=lambda change: (change.day, change.table.name))


def _of_table(table: Table, from_day: date, to_day: date, known_on: date | None) -> Iterator[Change]:
    for ordinal in (cut for cut in _cuts(table) if from_day.toordinal() <= cut <= to_day.toordinal()):
        day = date.fromordinal(ordinal)
        before = _top(table, day - timedelta(days=1), known_on)
        after = _top(table, day, known_on)
        if before is not after:
            yield Change(day, table, before, after)


def _cuts(table: Table) -> list[int]:
    """The days, as ordinals, on which an edition begins or has ended."""
    return sorted({v.since for v in table.versions} | {v.until for v in table.versions if v.until})


def _top(table: Table, day: date, known_on: date | None) -> Version | None:
    return next(iter(table.timeline.at(day, known_on)), None)
