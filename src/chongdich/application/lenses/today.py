"""What waits for a person today, by what they may do: work of their units, papers on their desk, who is behind."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, F, FloatField, Min, Q, QuerySet
from django.db.models.functions import Cast

from chongdich.application.desk import Desk
from chongdich.application.lenses.boards import standing_of
from chongdich.application.lenses.tasks import DONE, SOON_DAYS, WAITING, find_asked_extensions
from chongdich.domain.directives.models import Directive, Extension, Task
from chongdich.domain.directives.states import STANDINGS
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

    unit_id: int
    name: str
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
    open_now = [Light(*row) for row in rows.values_list("pk", "state", "due", "next_report_on")]
    kinds = {name: sorted(kind, key=_urgency(name)) for name, kind in _kinds(desk.today, open_now).items()}
    keys = _each_once(kinds)
    wanted = {key for several in keys.values() for key in several}
    tasks = Task.objects.select_related("giver").in_bulk(wanted) if wanted else {}
    shown = {name: [tasks[key] for key in several] for name, several in keys.items()}
    return Mine(numbers={name: len(kind) for name, kind in kinds.items()}, **shown)


def _each_once(kinds: dict[str, list["Light"]]) -> dict[str, list[int]]:
    """The first tasks of each kind; one that is of several kinds stands where it presses most."""
    seen: set[int] = set()
    found = {}
    for name, rows in kinds.items():
        found[name] = [row.pk for row in rows if row.pk not in seen][:SHOWN]
        seen.update(row.pk for row in rows)
    return found


class Light(NamedTuple):
    """As much of an open task as decides where it is shown: a unit may have thousands."""

    pk: int
    state: str
    due: date | None
    next_report_on: date | None


def _kinds(today: date, rows: list[Light]) -> dict[str, list[Light]]:
    soon, tomorrow = today + timedelta(days=SOON_DAYS), today + timedelta(days=1)
    return {
        "overdue": [row for row in rows if row.due and row.due < today],
        "returned": [row for row in rows if row.state == "returned"],
        "soon": [row for row in rows if row.due and today <= row.due <= soon],
        "periodic": [row for row in rows if row.next_report_on and row.next_report_on <= tomorrow],
        "new": [row for row in rows if row.state == "received"],
    }


def _urgency(kind: str) -> Callable[[Light], Any]:
    """New ones by the newest, the others by what is due first."""
    if kind == "new":
        return lambda row: -row.pk
    if kind == "periodic":
        return lambda row: (row.next_report_on, row.pk)
    return lambda row: (row.due or date.max, row.pk)


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
    return rows.select_related("unit").order_by("changed_at", "pk")


def _own(desk: Desk, permission: str) -> list[int]:
    """The units of the posts that carry a permission: what waits on one's own desk, not on those below."""
    bounds = desk.actor.bounds(permission)
    return sorted(bounds.own | bounds.below)


def find_overview(desk: Desk) -> Overview | None:
    """For who makes reports over others: three queries; None for everybody else."""
    if not desk.may("reports.make"):
        return None
    line = standing_of(desk.today)
    per_unit = Task.objects.filter(desk.visible("tasks.read", "unit_id")).values("unit_id", line=line)
    standings: Counter[str] = Counter()
    late: Counter[int] = Counter()
    for row in per_unit.annotate(number=Count("*")):
        standings[row["line"]] += row["number"]
        if row["line"] == "overdue":
            late[row["unit_id"]] += row["number"]
    return Overview({name: standings[name] for name in STANDINGS}, _behind(late), _slow(desk))


def _behind(late: Counter[int]) -> list[Behind]:
    most = late.most_common(SHOWN)
    units = Organisation.objects.filter(pk__in=[unit for unit, _ in most])
    names = dict(units.values_list("pk", "short_name"))
    return [Behind(unit, names[unit], number) for unit, number in most]


def _slow(desk: Desk) -> list[Slow]:
    since = desk.at - timedelta(days=RECENT_DAYS)
    recent = Directive.objects.filter(desk.visible("tasks.read", "unit_id"), created_at__gte=since)
    given = Task.objects.filter(directive__in=recent.values("pk")).exclude(state="cancelled").order_by()
    named = {name: Min(f"directive__{name}") for name in _NAMED}  # one document, one name
    each = given.values("directive_id").annotate(**named)
    rows = each.annotate(total=Count("*"), done=Count("state", filter=Q(state__in=DONE))).filter(done__lt=F("total"))
    share = Cast("done", FloatField()) / Cast("total", FloatField())
    worst = rows.annotate(share=share).order_by("share", "-total", "directive_id")[:SHOWN]
    return [Slow(_directive(row), row["done"], row["total"]) for row in worst]


_NAMED = ("number", "symbol", "subject")


def _directive(row: Any) -> Directive:
    return Directive(pk=row["directive_id"], **{name: row[name] for name in _NAMED})
