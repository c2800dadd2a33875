"""What waits for a person today, by what they may do: work of their units, papers on their desk, who is behind."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, FloatField, Q, QuerySet
from django.db.models.functions import Cast

from chongdich.application.desk import Desk
from chongdich.application.lenses.boards import count_standings, find_my_tasks
from chongdich.application.lenses.tasks import DONE, SOON_DAYS, WAITING, find_asked_extensions
from chongdich.domain.directives.models import Directive, Extension, Task
from chongdich.domain.directives.states import OPEN_TASK_STATES
from chongdich.registry.organisations.models import Organisation

SHOWN = 5
RECENT_DAYS = 60  # documents of which a leader sees how far they are
WORKING = ("received", "in_progress", "returned")  # states in which the unit has to act


@dataclass(frozen=True)
class Mine:
    """Work of the units where the person does the work: numbers, and the first few of each kind."""

    numbers: dict[str, int]
    overdue: list[Task]
    soon: list[Task]
    returned: list[Task]
    new: list[Task]
    periodic: list[Task]

    @property
    def nothing(self) -> bool:
        return not any(self.numbers.values())


@dataclass(frozen=True)
class Desktop:
    """Papers that wait for this person; lists hold at most `SHOWN`, `more` names those that go on."""

    review: list[Directive] = field(default_factory=list)
    papers: list[Directive] = field(default_factory=list)  # to sign, to issue
    reports: list[Task] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    more: frozenset[str] = frozenset()

    @property
    def nothing(self) -> bool:
        return not (self.review or self.papers or self.reports or self.extensions)


@dataclass(frozen=True)
class Behind:
    """A unit and how many of its tasks are overdue."""

    unit: Organisation
    overdue: int


@dataclass(frozen=True)
class Slow:
    """A document and how far its tasks are."""

    directive: Directive
    done: int
    total: int


@dataclass(frozen=True)
class Overview:
    """What a leader looks at: the official statistics, the units most behind, the documents least done."""

    standings: dict[str, int]
    behind: list[Behind]
    slow: list[Slow]


def find_work(desk: Desk) -> Mine | None:
    """Work of the person's units; None for who does no such work. Two queries."""
    bounds = desk.actor.bounds("tasks.work")
    if not bounds:
        return None
    rows = Task.objects.filter(unit_id__in=sorted(bounds.own | bounds.below), state__in=WORKING)
    kinds = _kinds(desk)
    numbers = rows.aggregate(**{name: Count("pk", filter=which) for name, which in kinds.items()})
    firsts = Q(pk__in=[])
    for name, which in kinds.items():
        order = ("next_report_on", "pk") if name == "periodic" else ("due", "pk") if name != "new" else ("-pk",)
        firsts |= Q(pk__in=rows.filter(which).order_by(*order).values("pk")[:SHOWN])
    found = Task.objects.filter(firsts).select_related("unit", "giver", "directive")
    return _sorted(desk, numbers, list(found.order_by(F("due").asc(nulls_last=True), "pk")))


def _kinds(desk: Desk) -> dict[str, Q]:
    today = desk.today
    return {
        "overdue": Q(due__lt=today),
        "soon": Q(due__gte=today, due__lte=today + timedelta(days=SOON_DAYS)),
        "returned": Q(state="returned"),
        "new": Q(state="received"),
        "periodic": Q(next_report_on__lte=today + timedelta(days=1)),
    }


def _sorted(desk: Desk, numbers: dict[str, int], tasks: list[Task]) -> Mine:
    last, tomorrow = desk.today + timedelta(days=SOON_DAYS), desk.today + timedelta(days=1)

    def due_in(task: Task) -> int:
        return (task.due - desk.today).days if task.due else SOON_DAYS + 1

    return Mine(
        numbers,
        [task for task in tasks if due_in(task) < 0][:SHOWN],
        [task for task in tasks if task.due and desk.today <= task.due <= last][:SHOWN],
        [task for task in tasks if task.state == "returned"][:SHOWN],
        sorted((task for task in tasks if task.state == "received"), key=lambda task: -task.pk)[:SHOWN],
        [task for task in tasks if task.next_report_on and task.next_report_on <= tomorrow][:SHOWN],
    )


def find_desktop(desk: Desk) -> Desktop:
    """Papers that wait for the person. Four queries at most: none for what the person may not do."""
    lists: dict[str, list[Any]] = {
        "review": list(_to_review(desk)[: SHOWN + 1]) if desk.may("directives.review") else [],
        "papers": _papers(desk),
        "reports": list(_to_judge(desk)[: SHOWN + 1]) if desk.may("tasks.judge") else [],
        "extensions": list(find_asked_extensions(desk)[: SHOWN + 1]) if desk.may("tasks.judge") else [],
    }
    more = frozenset(name for name, rows in lists.items() if len(rows) > SHOWN)
    return Desktop(**{name: rows[:SHOWN] for name, rows in lists.items()}, more=more)


_FIELDS = ("number", "symbol", "subject", "state", "created_at", "arrived_on", "direction", "urgency", "unit")


def _to_review(desk: Desk) -> QuerySet[Directive]:
    own = _own(desk, "directives.review")
    rows = Directive.objects.filter(unit_id__in=own, direction="in", state__in=("received", "read"))
    return rows.order_by("-created_at").only(*_FIELDS)


def _papers(desk: Desk) -> list[Directive]:
    to_sign, to_issue = _own(desk, "directives.sign"), _own(desk, "directives.issue")
    if not to_sign and not to_issue:
        return []
    waiting = Q(unit_id__in=to_sign, state="submitted") | Q(unit_id__in=to_issue, state="signed")
    rows = Directive.objects.filter(waiting, direction="out").order_by("created_at")
    return list(rows.only(*_FIELDS)[: SHOWN + 1])


def _to_judge(desk: Desk) -> QuerySet[Task]:
    rows = Task.objects.filter(giver_id__in=_own(desk, "tasks.judge"), state__in=WAITING)
    return rows.select_related("unit", "directive").order_by("changed_at", "pk")


def _own(desk: Desk, permission: str) -> list[int]:
    """The units of the posts that carry a permission: what waits on one's own desk, not on those below."""
    bounds = desk.actor.bounds(permission)
    return sorted(bounds.own | bounds.below)


def find_overview(desk: Desk) -> Overview | None:
    """For who makes reports over others: three queries; None for everybody else."""
    if not desk.may("reports.make"):
        return None
    rows = find_my_tasks(desk).select_related(None)
    return Overview(count_standings(rows, desk.today), _behind(desk, rows), _slow(desk))


def _behind(desk: Desk, rows: QuerySet[Task]) -> list[Behind]:
    late = rows.filter(state__in=OPEN_TASK_STATES, due__lt=desk.today).order_by()
    counted = late.values("unit_id", "unit__short_name").annotate(number=Count("pk")).order_by("-number", "unit_id")
    return [
        Behind(Organisation(pk=row["unit_id"], short_name=row["unit__short_name"]), row["number"])
        for row in counted[:SHOWN]
    ]


def _slow(desk: Desk) -> list[Slow]:
    since = desk.at - timedelta(days=RECENT_DAYS)
    recent = Directive.objects.filter(desk.visible("tasks.read", "unit_id"), created_at__gte=since)
    given = Task.objects.filter(directive__in=recent.values("pk")).exclude(state="cancelled").order_by()
    done = Count("pk", filter=Q(state__in=DONE))
    rows = given.values("directive_id").annotate(total=Count("pk"), done=done).filter(done__lt=F("total"))
    share = Cast("done", FloatField()) / Cast("total", FloatField())
    worst = list(rows.annotate(share=share).order_by("share", "-total", "directive_id")[:SHOWN])
    return _with_directives(worst)


def _with_directives(rows: Iterable[Any]) -> list[Slow]:
    counted = list(rows)
    found = Directive.objects.only(*_FIELDS).in_bulk([row["directive_id"] for row in counted])
    return [Slow(found[row["directive_id"]], row["done"], row["total"]) for row in counted]
