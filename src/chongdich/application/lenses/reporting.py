"""Reports upward: the official statistics of tasks for a document, a unit or a period, within what one may see.

The lines are those of Quyết định 42/2014/QĐ-TTg: done in time, done late, open in time, overdue, with and without
deadline; tasks dropped with the giver's consent stand apart.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from chongdich.application.desk import Desk
from chongdich.application.lenses.boards import (
    find_visible_directives,
    find_visible_parts,
    find_visible_tasks,
    standing_of,
)
from chongdich.core.errors import Refused
from chongdich.core.periods import start_of_day
from chongdich.domain.directives.areas import AREAS
from chongdich.domain.directives.models import Directive, Task
from chongdich.domain.directives.states import STANDINGS
from chongdich.registry.organisations.models import Organisation

GROUPINGS = {"unit": "đơn vị", "directive": "văn bản", "area": "lĩnh vực"}
KEYS = {"unit": "unit_id", "directive": "directive_id", "area": "area"}
MOST_LINES = 500
MOST_TASKS = 5000
LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True)
class Asked:
    """What a report is about. Days are Vietnam days, both included; tasks count by the day they were given."""

    since: date | None = None
    until: date | None = None
    directive_id: int | None = None
    unit_ids: tuple[int, ...] = ()
    by: str = "unit"


@dataclass(frozen=True)
class Line:
    """One row of a report: tasks by the lines of the statistics."""

    label: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        return sum(self.counts.get(name, 0) for name in ("done_in_time", "done_late", "done"))

    @property
    def with_deadline(self) -> int:
        return sum(self.counts.get(name, 0) for name in ("done_in_time", "done_late", "open_in_time", "overdue"))

    @property
    def numbers(self) -> list[int]:
        """In the order of the statistics."""
        return [self.counts.get(name, 0) for name in STANDINGS]


@dataclass(frozen=True)
class Statistics:
    """A report's figures as of a moment: its rows, worst first, and their sum."""

    asked: Asked
    as_of: datetime
    lines: list[Line] = field(default_factory=list)
    more: int = 0

    @property
    def total(self) -> Line:
        sums = {name: sum(line.counts.get(name, 0) for line in self.lines) for name in STANDINGS}
        return Line("", sums)


def find_reported_tasks(desk: Desk, asked: Asked) -> QuerySet[Task]:
    """The tasks a report counts: those the person may see, narrowed; cancelled ones are no tasks."""
    return _narrowed(desk, asked, find_visible_tasks(desk))


def _narrowed(desk: Desk, asked: Asked, rows: QuerySet[Task]) -> QuerySet[Task]:
    desk.require("reports.make")
    _sensible(asked)
    rows = rows.exclude(state="cancelled")
    if asked.since:
        rows = rows.filter(given_at__gte=start_of_day(asked.since))
    if asked.until:
        rows = rows.filter(given_at__lt=start_of_day(asked.until + timedelta(days=1)))
    if asked.directive_id is not None:
        rows = rows.filter(directive_id=asked.directive_id)
    return rows.filter(unit_id__in=asked.unit_ids) if asked.unit_ids else rows


def _sensible(asked: Asked) -> None:
    if asked.since and asked.until and asked.until < asked.since:
        raise Refused("Ngày cuối kỳ phải sau ngày đầu kỳ.", "until")
    if asked.since and asked.until and asked.until - asked.since > LONGEST:
        raise Refused("Kỳ báo cáo dài quá 3 năm.", "until")
    if asked.by not in GROUPINGS:
        raise Refused("Chọn cách tổng hợp trong danh sách.", "by")


def area_words(area: str) -> str:
    """An area in Vietnamese, as documents say it."""
    return AREAS.get(area, area)


def get_statistics(desk: Desk, asked: Asked, name_of_area: Callable[[str], str] = area_words) -> Statistics:
    """The figures, three queries: rows by unit, document or area, those with most overdue first."""
    counted: dict[Any, Counter[str]] = defaultdict(Counter)
    for part in find_visible_parts(desk):
        rows = _narrowed(desk, asked, part).order_by().values(key=F(KEYS[asked.by]), line=standing_of(desk.today))
        for row in rows.annotate(number=Count("*")):
            counted[row["key"]][row["line"]] += row["number"]
    labels = _labels(asked.by, counted, name_of_area)
    lines = [Line(labels[key], dict(counts)) for key, counts in counted.items()]
    lines.sort(key=lambda line: (-line.counts.get("overdue", 0), -line.total, line.label))
    return Statistics(asked, desk.at, _with_rest(lines), max(0, len(lines) - MOST_LINES))


def _with_rest(lines: list[Line]) -> list[Line]:
    """The rows shown; what is beyond them is one row, so that sums stay true."""
    rest = lines[MOST_LINES:]
    if not rest:
        return lines
    sums = {name: sum(line.counts.get(name, 0) for line in rest) for name in STANDINGS}
    return [*lines[:MOST_LINES], Line(f"{len(rest)} dòng còn lại", sums)]


def _labels(by: str, keys: Iterable[Any], name_of_area: Callable[[str], str]) -> dict[Any, str]:
    """What each row is called; one query."""
    if by == "area":
        return {area: name_of_area(area) for area in keys}
    if by == "unit":
        return dict(Organisation.objects.filter(pk__in=list(keys)).values_list("pk", "short_name"))
    rows = Directive.objects.filter(pk__in=list(keys)).values_list("pk", "number", "symbol", "subject")
    return {pk: _label("/".join(filter(None, (number, symbol))), subject[:160]) for pk, number, symbol, subject in rows}


def _label(number: str, subject: str) -> str:
    return f"{number}: {subject}" if number else subject


def find_detail(desk: Desk, asked: Asked) -> QuerySet[Task]:
    """Each task of a report, by unit and deadline, for the file that lists them."""
    rows = find_reported_tasks(desk, asked).select_related("unit", "directive", "giver")
    return rows.annotate(line=standing_of(desk.today)).order_by("unit__short_name", "due", "pk")[:MOST_TASKS]


def find_reported_units(desk: Desk) -> list[tuple[int, str]]:
    """Units to choose from: those the person sees, and whom its own gave tasks; (id, short name), by name."""
    bounds = desk.actor.bounds("tasks.read")
    given = Task.objects.filter(giver_id__in=sorted(bounds.own | bounds.below)).order_by().values("unit_id").distinct()
    found = Organisation.objects.filter(desk.visible("tasks.read", "pk") | Q(pk__in=given))
    return list(found.order_by("short_name", "pk").values_list("pk", "short_name"))


def find_reported_directives(desk: Desk) -> QuerySet[Directive]:
    """Documents to choose from: those the person sees that gave tasks, the newest first."""
    gave = Task.objects.filter(directive=OuterRef("pk"))
    return find_visible_directives(desk).filter(Exists(gave)).order_by("-pk")
