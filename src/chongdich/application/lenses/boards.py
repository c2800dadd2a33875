"""Boards of tasks: my unit's work, what I gave out, one directive's progress, units against directives."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from chongdich.application.desk import Desk
from chongdich.core.errors import NotFound
from chongdich.domain.directives.models import Directive, Task
from chongdich.domain.directives.queries import visible_directives, visible_tasks
from chongdich.domain.directives.states import STANDINGS

MATRIX_UNITS = 200
MATRIX_DIRECTIVES = 30
LOOKED_THROUGH = 200  # newest documents that are asked one by one whether they gave a task that is seen
HEAVY = ("directive__text", "directive__reading", "directive__content", "directive__search")  # never needed in a list


def _of_units(desk: Desk, field: str) -> Q:
    """Tasks whose unit, or giver, the person may see."""
    if connection.vendor == "postgresql":
        return desk.visible_by_number("tasks.read", field)
    return desk.visible("tasks.read", field)


def find_my_tasks(desk: Desk) -> QuerySet[Task]:
    """Tasks of the unit the person acts for, and of every unit it may see below."""
    rows = Task.objects.filter(_of_units(desk, "unit_id"))
    return rows.select_related("unit", "giver", "directive").defer(*HEAVY)


def find_own_tasks(desk: Desk) -> QuerySet[Task]:
    """Tasks of exactly the unit the person acts for."""
    return find_my_tasks(desk).filter(unit_id=desk.actor.unit_id)


def find_given_tasks(desk: Desk) -> QuerySet[Task]:
    """Tasks given by units the person may see."""
    rows = Task.objects.filter(_of_units(desk, "giver_id"))
    return rows.select_related("unit", "giver", "directive").defer(*HEAVY)


def find_visible_tasks(desk: Desk) -> QuerySet[Task]:
    """All tasks the person may see: of its units, or given by them."""
    return visible_tasks(_of_units(desk, "unit_id"), _of_units(desk, "giver_id"))


def find_visible_parts(desk: Desk) -> list[QuerySet[Task]]:
    """The same as lists without a task in common: each is counted from one index, their union from none."""
    if desk.actor.bounds("tasks.read").everywhere:
        return [Task.objects.all()]
    of_units = _of_units(desk, "unit_id")
    return [Task.objects.filter(of_units), Task.objects.filter(_of_units(desk, "giver_id")).exclude(of_units)]


def get_visible_task(desk: Desk, task_id: int) -> Task:
    """One task, or NotFound also when it exists but may not be seen."""
    rows = find_visible_tasks(desk).select_related("unit", "giver", "directive", "clause", "parent")
    found = rows.filter(pk=task_id).first()
    if found is None:
        raise NotFound("Không tìm thấy nhiệm vụ này trong phạm vi của bạn.")
    return found


def find_visible_directives(desk: Desk) -> QuerySet[Directive]:
    """Documents in the registers the person may see, and those that gave a task it may see."""
    return visible_directives(desk.visible("directives.read", "unit_id"), find_visible_tasks(desk))


def get_visible_directive(desk: Desk, directive_id: int) -> Directive:
    """One document, or NotFound also when it exists but may not be seen."""
    rows = find_visible_directives(desk).select_related("unit", "issuer", "implements", "replaces")
    found = rows.filter(pk=directive_id).first()
    if found is None:
        raise NotFound("Không tìm thấy văn bản này trong phạm vi của bạn.")
    return found


def standing_of(today: date) -> Case:
    """The line of the official statistics, computed by the database (`states.standing` is the same in Python)."""
    return Case(
        When(state__in=("closed", "cancelled"), then=Value("dropped")),
        When(state="accepted", due=None, then=Value("done")),
        When(state="accepted", done_on__lte=F("due"), then=Value("done_in_time")),
        When(state="accepted", then=Value("done_late")),
        When(due=None, then=Value("open")),
        When(due__lt=today, then=Value("overdue")),
        default=Value("open_in_time"),
        output_field=CharField(),
    )


def count_standings(rows: QuerySet[Task], today: date) -> dict[str, int]:
    """How many tasks stand in each line of the statistics, every line named, in order. One query."""
    plain = rows.order_by().values(line=standing_of(today)).annotate(number=Count("*"))
    counted = {row["line"]: row["number"] for row in plain}
    return {name: counted.get(name, 0) for name in STANDINGS}


@dataclass(frozen=True)
class Cell:
    """One unit under one directive: how many tasks, done, overdue."""

    total: int
    done: int
    overdue: int


@dataclass(frozen=True)
class Matrix:
    """Units down, directives across; `cells[unit id, directive id]` where there are tasks."""

    units: list[tuple[int, str]]
    directives: list[Directive]
    cells: dict[tuple[int, int], Cell]
    more_units: int = 0


def get_matrix(desk: Desk, directive_ids: Iterable[int] | None = None) -> Matrix:
    """Units × directives over what the person gave out or may see; the newest directives, the units with most to do."""
    tasks = find_visible_tasks(desk).exclude(state="cancelled")
    directives = _matrix_directives(tasks, directive_ids)
    chosen = tasks.filter(directive__in=[row.pk for row in directives]).order_by()
    late = Q(due__lt=desk.today) & ~Q(state__in=("accepted", "closed"))
    rows = chosen.values("unit_id", "unit__short_name", "directive_id").annotate(
        total=Count("*"),
        done=Count("state", filter=Q(state__in=("accepted", "closed"))),
        overdue=Count("state", filter=late),
    )
    cells: dict[tuple[int, int], Cell] = {}
    names: dict[int, str] = {}
    waiting: dict[int, int] = {}
    for row in rows:
        key = row["unit_id"]
        cells[key, row["directive_id"]] = Cell(row["total"], row["done"], row["overdue"])
        names[key] = row["unit__short_name"]
        waiting[key] = waiting.get(key, 0) + row["overdue"] * 1000 + row["total"] - row["done"]
    order = sorted(names, key=lambda key: (-waiting[key], names[key]))
    shown = [(key, names[key]) for key in order[:MATRIX_UNITS]]
    return Matrix(shown, directives, cells, max(0, len(order) - MATRIX_UNITS))


def _matrix_directives(tasks: QuerySet[Task], directive_ids: Iterable[int] | None) -> list[Directive]:
    """Most people find enough among the newest documents; for the others their tasks lead to theirs."""
    fields = ("pk", "number", "symbol", "subject", "arrived_on", "created_at", "due")
    rows = Directive.objects.order_by("-created_at").only(*fields)
    if directive_ids is not None:
        rows = rows.filter(pk__in=list(directive_ids))
    last = rows.values_list("created_at", flat=True)[LOOKED_THROUGH : LOOKED_THROUGH + 1].first()
    recent = rows.filter(created_at__gte=last) if last else rows
    found = list(recent.filter(Exists(tasks.filter(directive=OuterRef("pk"))))[:MATRIX_DIRECTIVES])
    if last is None or len(found) == MATRIX_DIRECTIVES:
        return found
    return list(rows.filter(pk__in=tasks.order_by().values("directive"))[:MATRIX_DIRECTIVES])


@dataclass(frozen=True)
class ClauseProgress:
    """One clause of a directive with its units' tasks."""

    clause_id: int
    path: str
    text: str
    tasks: list[Task]

    @property
    def done(self) -> int:
        return sum(task.state in ("accepted", "closed") for task in self.tasks)


def get_progress(desk: Desk, directive: Directive) -> list[ClauseProgress]:
    """One directive clause by clause, with the tasks the person may see. A group clause shows as one."""
    rows = find_visible_tasks(desk).filter(directive=directive, parent=None).exclude(state="cancelled")
    groups: dict[int, list[Task]] = {}
    for task in rows.select_related("unit", "clause").order_by("clause__order", "unit__short_name"):
        groups.setdefault(task.clause_id, []).append(task)
    return [ClauseProgress(key, tasks[0].clause.path, tasks[0].clause.text, tasks) for key, tasks in groups.items()]
