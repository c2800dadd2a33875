"""One task whole: what it is, what was reported, what stands below it, and what this person may do with it now."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from chongdich.application.desk import Desk
from chongdich.application.lenses.boards import find_visible_tasks, get_visible_task
from chongdich.core.errors import NotFound
from chongdich.domain.directives.models import Evidence, Extension, Report, SourceFile, Task
from chongdich.domain.directives.states import TASK
from chongdich.registry.accounts.models import Account, Reach
from chongdich.registry.accounts.queries import units_below
from chongdich.registry.organisations.models import Organisation
from chongdich.registry.places.models import Place

# action -> (permission, whose it must be held for)
_RIGHTS: dict[str, tuple[str, str]] = {
    "start": ("tasks.work", "unit"),
    "report": ("tasks.work", "unit"),
    "decline": ("tasks.work", "unit"),
    "report_period": ("tasks.work", "unit"),
    "ask_extension": ("tasks.work", "unit"),
    "pass_down": ("directives.assign", "unit"),
    "accept": ("tasks.judge", "giver"),
    "return": ("tasks.judge", "giver"),
    "reopen": ("tasks.judge", "giver"),
    "decide_extension": ("tasks.judge", "giver"),
    "cancel": ("directives.assign", "giver"),
}


@dataclass(frozen=True)
class Written:
    """One report with its evidence, and the names of who wrote and who judged it."""

    report: Report
    by: str
    judged_by: str
    files: list[Evidence]
    indicators: list[Evidence]


@dataclass(frozen=True)
class Asked:
    """One request for more time with the names of who asked and who decided."""

    extension: Extension
    by: str
    decided_by: str


@dataclass(frozen=True)
class TaskView:
    """Everything the page of a task shows."""

    task: Task
    reports: list[Written]
    extensions: list[Asked]
    parent: Task | None  # when the person may see it
    children: list[Task]  # those the person may see
    deeds: frozenset[str]

    @property
    def open_request(self) -> Asked | None:
        return next((one for one in self.extensions if one.extension.state == "asked"), None)

    @property
    def moved_by(self) -> Asked | None:
        """The granted request that set the present deadline."""
        granted = [one for one in self.extensions if one.extension.state == "granted"]
        return granted[-1] if granted else None


def get_task_view(desk: Desk, task_id: int) -> TaskView:
    """One task, or NotFound also when it exists but may not be seen. Seven queries at most."""
    task = get_visible_task(desk, task_id)
    reports = list(task.reports.order_by("order"))
    extensions = list(task.extensions.order_by("pk"))
    names = _names(
        [row.by for row in reports]
        + [row.by for row in extensions]
        + [row.judged_by for row in reports]
        + [row.decided_by for row in extensions]
    )
    parent, children = _family(desk, task)
    asked = [Asked(row, names.get(row.by, ""), names.get(row.decided_by, "")) for row in extensions]
    return TaskView(task, _written(reports, names), asked, parent, children, _deeds(desk, task, extensions))


def _family(desk: Desk, task: Task) -> tuple[Task | None, list[Task]]:
    """The task above and those below, as far as the person may see them. One query."""
    near = find_visible_tasks(desk).filter(Q(parent=task) | Q(pk=task.parent_id)).select_related("unit")
    rows = list(near.order_by("unit__short_name"))
    children = [row for row in rows if row.parent_id == task.pk]
    return next((row for row in rows if row.pk == task.parent_id), None), children


def _names(accounts: Iterable[int | None]) -> dict[int | None, str]:
    wanted = {key for key in accounts if key}
    if not wanted:
        return {}
    return dict(Account.objects.filter(pk__in=wanted).values_list("pk", "display_name"))


def _written(reports: list[Report], names: dict[int | None, str]) -> list[Written]:
    if not reports:
        return []
    evidence: dict[int, list[Evidence]] = {}
    rows = Evidence.objects.filter(report__in=reports).select_related("file", "place").order_by("pk")
    for row in rows:
        evidence.setdefault(row.report_id, []).append(row)
    return [
        Written(
            row,
            names.get(row.by, ""),
            names.get(row.judged_by, ""),
            [one for one in evidence.get(row.pk, ()) if one.kind == "file"],
            [one for one in evidence.get(row.pk, ()) if one.kind == "indicator"],
        )
        for row in reversed(reports)
    ]


def find_deeds(desk: Desk, task: Task) -> frozenset[str]:
    """What this person may do with a task now: its state allows it and a right covers it."""
    return _deeds(desk, task, list(task.extensions.filter(state="asked")))


def _deeds(desk: Desk, task: Task, extensions: list[Extension]) -> frozenset[str]:
    possible = _possible(task, any(row.state == "asked" for row in extensions))
    wanted = {_RIGHTS[action][0] for action in possible}
    held = _held(desk, wanted, (task.unit_id, task.giver_id))
    sides = {"unit": task.unit_id, "giver": task.giver_id}
    return frozenset(a for a in possible if (_RIGHTS[a][0], sides[_RIGHTS[a][1]]) in held)


def _possible(task: Task, asked: bool) -> set[str]:
    state = TASK[task.state]
    found = set(state.actions)
    if state.final:
        return found
    found.add("pass_down")
    if task.period and task.next_report_on:
        found.add("report_period")
    if task.due:
        found.add("decide_extension" if asked else "ask_extension")
    return found


def _held(desk: Desk, permissions: set[str], units: tuple[int, ...]) -> set[tuple[str, int]]:
    """Which of these permissions hold for which of these units: `desk.may` for all of them in one query."""
    bounds = {name: desk.actor.bounds(name) for name in permissions}
    below = frozenset().union(*(bound.below for bound in bounds.values())) if bounds else frozenset()
    reach = _reach(desk, below, [unit for unit in units if unit not in below])
    return {
        (name, unit)
        for name, bound in bounds.items()
        for unit in units
        if bound.everywhere
        or unit in bound.own
        or any(above == unit or (above, unit) in reach for above in bound.below)
    }


def _reach(desk: Desk, above: frozenset[int], units: list[int]) -> set[tuple[int, int]]:
    if not above or not units:
        return set()
    alive = Reach.objects.filter(since__lte=desk.today, ancestor__in=above, descendant__in=units)
    return set(alive.exclude(until__lte=desk.today).values_list("ancestor_id", "descendant_id"))


def get_evidence_file(desk: Desk, task_id: int, file_id: int) -> SourceFile:
    """A file that a report on a visible task rests on; NotFound also when it may not be seen."""
    task = get_visible_task(desk, task_id)
    found = Evidence.objects.select_related("file").filter(report__task=task, file_id=file_id).first()
    if found is None or found.file is None:
        raise NotFound("Không tìm thấy tệp này trong phạm vi của bạn.")
    return found.file


def find_units_under(desk: Desk, unit_id: int) -> list[Organisation]:
    """The units that stand under one today, nearest level first: whom its tasks may be passed down to."""
    below = units_below(frozenset({unit_id}), desk.today)
    rows = Organisation.objects.filter(pk__in=below).exclude(pk=unit_id).select_related("place")
    return list(rows.order_by("place__level", "kind", "short_name"))


def find_places_of(desk: Desk, unit: Organisation) -> list[tuple[int, str]]:
    """The places an indicator of a unit may be about: its own and those within it today."""
    rows = Place.objects.filter(within__above_id=unit.place_id, within__since__lte=desk.today)
    rows = rows.exclude(within__until__lte=desk.today).order_by("level", "name").distinct()
    return [(row.pk, str(row)) for row in rows]
