"""Lists of tasks: whose, in which line of the statistics, of which document; and one group clause as one row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from chongdich.application.desk import Desk
from chongdich.application.lenses.boards import find_given_tasks, find_visible_directives
from chongdich.domain.directives.models import Clause, Directive, Extension, Task
from chongdich.domain.directives.states import OPEN_TASK_STATES
from chongdich.registry.accounts.models import Reach
from chongdich.registry.organisations.models import Organisation

SOON_DAYS = 3
WAITING = ("reported", "not_executable")  # states in which the giver has to judge
DONE = ("accepted", "closed")


def where_standing(rows: QuerySet[Task], line: str, today: date) -> QuerySet[Task]:
    """Tasks that stand in one line of the official statistics, or that are due soon (`due_soon`)."""
    return rows.filter(_standing(line, today))


def _standing(line: str, today: date) -> Q:
    open_now = Q(state__in=OPEN_TASK_STATES)
    return {
        "done_in_time": Q(state="accepted", due__isnull=False, done_on__lte=F("due")),
        "done_late": Q(state="accepted", due__isnull=False) & (Q(done_on=None) | Q(done_on__gt=F("due"))),
        "done": Q(state="accepted", due=None),
        "open_in_time": open_now & Q(due__gte=today),
        "overdue": open_now & Q(due__lt=today),
        "open": open_now & Q(due=None),
        "dropped": Q(state__in=("closed", "cancelled")),
        "due_soon": open_now & Q(due__gte=today, due__lte=today + timedelta(days=SOON_DAYS)),
        "report_due": open_now & Q(next_report_on__lte=today),
    }[line]


def find_units(rows: QuerySet[Task]) -> list[tuple[int, str]]:
    """Whose tasks these are: (id, short name), by name. Reads all of them: for a narrowed list only."""
    found = Organisation.objects.filter(pk__in=rows.order_by().values("unit_id"))
    return list(found.order_by("short_name").values_list("pk", "short_name"))


def find_units_of(desk: Desk, permission: str = "tasks.read") -> list[tuple[int, str]]:
    """The units the person sees with a right, as choices: (id, short name), by name."""
    rows = Organisation.objects.filter(desk.visible(permission, "pk"))
    return list(rows.order_by("short_name").values_list("pk", "short_name"))


def find_givers_above(desk: Desk) -> list[tuple[int, str]]:
    """Who usually gives tasks to the person's units: these themselves and whom they stand under."""
    bounds = desk.actor.bounds("tasks.read")
    reach = Reach.objects.filter(since__lte=desk.today, descendant__in=sorted(bounds.own | bounds.below))
    above = reach.exclude(until__lte=desk.today).values("ancestor")
    return list(Organisation.objects.filter(pk__in=above).order_by("short_name").values_list("pk", "short_name"))


def find_unit_name(unit_id: int) -> str:
    """The short name of any unit; empty when there is none."""
    return Organisation.objects.filter(pk=unit_id).values_list("short_name", flat=True).first() or ""


def find_document(desk: Desk, directive_id: int) -> Directive | None:
    """The document a list is narrowed to, when the person may see it."""
    rows = find_visible_directives(desk).filter(pk=directive_id)
    return rows.only("number", "symbol", "subject").first()


def group_given(desk: Desk, rows: QuerySet[Task] | None = None) -> QuerySet[Task, Any]:
    """What was given out, one row per clause and giver however many units got it.

    Each row: clause_id, giver_id, total, done, waiting (reports to judge), overdue, nearest (open deadline), first
    (task).
    """
    given = find_given_tasks(desk) if rows is None else rows
    open_now = Q(state__in=OPEN_TASK_STATES)
    return (
        given.exclude(state="cancelled")
        .order_by()
        .values("clause_id", "giver_id")
        .annotate(
            total=Count("*"),
            done=Count("state", filter=Q(state__in=DONE)),
            waiting=Count("state", filter=Q(state__in=WAITING)),
            overdue=Count("state", filter=open_now & Q(due__lt=desk.today)),
            nearest=Min("due", filter=open_now),
            first=Min("pk"),
        )
    )


@dataclass(frozen=True)
class Group:
    """One clause given to some units, with its progress; `task_id` when one unit alone got it."""

    clause: Clause
    giver_id: int
    giver_name: str
    total: int
    done: int
    waiting: int
    overdue: int
    nearest: date | None
    task_id: int | None = None

    @property
    def key(self) -> str:
        return f"{self.clause.pk}-{self.giver_id}"


def load_groups(rows: Iterable[dict[str, Any]], names: Mapping[int, str]) -> list[Group]:
    """The rows of `group_given` with their clauses and documents, one query however many; `names` are the givers'."""
    given = list(rows)
    ids = {row["clause_id"] for row in given}
    fields = ("text", "path", "directive__number", "directive__symbol", "directive__subject")
    clauses = Clause.objects.select_related("directive").only(*fields).in_bulk(ids)
    return [
        Group(
            clauses[row["clause_id"]],
            row["giver_id"],
            names.get(row["giver_id"], ""),
            row["total"],
            row["done"],
            row["waiting"],
            row["overdue"],
            row["nearest"],
            row["first"] if row["total"] == 1 else None,
        )
        for row in given
    ]


def find_group(desk: Desk, clause_id: int, giver_id: int) -> QuerySet[Task]:
    """The tasks of one group, those that wait for judgement first."""
    rows = find_given_tasks(desk).filter(clause_id=clause_id, giver_id=giver_id).exclude(state="cancelled")
    return rows.order_by("unit__short_name", "pk")


def find_asked_extensions(desk: Desk) -> QuerySet[Extension]:
    """Requests for more time that wait for the decision of a unit the person may judge for, oldest first."""
    rows = Extension.objects.filter(desk.visible("tasks.judge", "task__giver_id"), state="asked")
    return rows.select_related("task", "task__unit").order_by("pk")
