"""Tasks from giving to done: given, started, reported, judged, passed down, extended, pressed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from chongdich.core.errors import Conflict, Refused
from chongdich.core.periods import vietnam_day
from chongdich.core.vietnamese import fold_words
from chongdich.domain.directives import facts
from chongdich.domain.directives.models import Clause, Directive, Evidence, Extension, Report, SourceFile, Task
from chongdich.domain.directives.operations.intake import KeptFile
from chongdich.domain.directives.operations.locking import locked, step, unchanged_since
from chongdich.domain.directives.rules import first_report_day, next_report_day
from chongdich.domain.directives.states import OPEN_TASK_STATES, TASK
from chongdich.registry.ledger.operations import Author, record
from chongdich.registry.organisations.models import Organisation


@dataclass(frozen=True)
class Giving:
    """One task to give: a clause to a unit."""

    clause: Clause
    unit_id: int
    lead: bool = True
    title: str = ""
    due: date | None = None


@dataclass(frozen=True)
class IndicatorSlot:
    """An indicator that will prove the report: its name, area and target."""

    name: str
    place_id: int | None = None
    target: str = ""


@transaction.atomic
def assign(*, directive_id: int, giver_id: int, givings: Sequence[Giving], by: Author) -> list[Task]:
    """Give tasks of one directive; those given before are left alone, so twice is once."""
    directive = locked(Directive, directive_id)
    if directive.state in ("voided", "withdrawn"):  # struck out before its tasks went out
        return []
    before = set(Task.objects.filter(directive=directive, giver_id=giver_id, parent=None).values_list("clause", "unit"))
    fresh = [g for g in dict.fromkeys(givings) if (g.clause.pk, g.unit_id) not in before]
    return _give(directive, giver_id, fresh, None, by)


def _give(
    directive: Directive, giver_id: int, givings: Sequence[Giving], parent: Task | None, by: Author
) -> list[Task]:
    if not givings:
        return []
    names = dict(
        Organisation.objects.filter(pk__in={giving.unit_id for giving in givings}).values_list("pk", "short_name")
    )
    tasks = Task.objects.bulk_create(
        [_task_row(directive, giver_id, giving, parent, names[giving.unit_id], by) for giving in givings],
        batch_size=500,
    )
    fact = facts.TasksAssigned(directive_id=directive.pk, giver_id=giver_id, task_ids=tuple(t.pk for t in tasks))
    about = [f"directive:{directive.pk}"] + [f"task:{task.pk}" for task in tasks]
    record(fact, by=by, about=about)
    return tasks


def _task_row(
    directive: Directive, giver_id: int, giving: Giving, parent: Task | None, unit_name: str, by: Author
) -> Task:
    clause = giving.clause
    title = giving.title or clause.text
    search = fold_words(f"{directive.number} {directive.symbol} {title} {unit_name}")
    return Task(
        clause=clause, directive=directive, unit_id=giving.unit_id, giver_id=giver_id, parent=parent, lead=giving.lead,
        title=title, area=clause.area, state="received", due=giving.due or clause.due, manner=clause.manner,
        period=clause.period, next_report_on=first_report_day(clause.period, vietnam_day(by.at)), given_at=by.at,
        changed_at=by.at, search=search,
    )  # fmt: skip


@transaction.atomic
def pass_down(
    *, task_id: int, unit_ids: Iterable[int], title: str = "", due: date | None = None, by: Author
) -> list[Task]:
    """Sub-tasks for units below; the link to the task above is kept and its progress follows them."""
    parent = locked(Task, task_id)
    if TASK[parent.state].final:
        raise Conflict("Nhiệm vụ đã kết thúc, không giao tiếp được.")
    if due and due < vietnam_day(by.at):
        raise Refused("Hạn giao xuống đã qua.", "due")
    if due and parent.due and due > parent.due:
        raise Refused(f"Hạn giao xuống không được sau hạn của nhiệm vụ ({parent.due:%d/%m/%Y}).", "due")
    known = set(parent.children.exclude(state="cancelled").values_list("unit_id", flat=True))
    fresh = [unit for unit in dict.fromkeys(unit_ids) if unit not in known and unit != parent.unit_id]
    givings = [Giving(parent.clause, unit, parent.lead, title or parent.title, due or parent.due) for unit in fresh]
    tasks = _give(parent.directive, parent.unit_id, givings, parent, by)
    _count_children(parent.pk)
    return tasks


def _count_children(parent_id: int | None) -> None:
    if parent_id is None:
        return
    alive = Task.objects.filter(parent_id=parent_id).exclude(state="cancelled")
    numbers = alive.aggregate(total=Count("pk"), done=Count("pk", filter=Q(state__in=("accepted", "closed"))))
    Task.objects.filter(pk=parent_id).update(children_total=numbers["total"], children_done=numbers["done"])


def _take(task_id: int, action: str, by: Author, version: int | None = None) -> Task:
    """Lock a task and take a step; the caller saves what else changes."""
    task = locked(Task, task_id)
    unchanged_since(task, version)
    task.state = step(TASK, task.state, action, "Nhiệm vụ")
    task.changed_at, task.version = by.at, task.version + 1
    return task


def _about(task: Task) -> list[str]:
    return [f"task:{task.pk}", f"directive:{task.directive_id}"]


@transaction.atomic
def start(*, task_id: int, by: Author, version: int | None = None) -> Task:
    """The unit is at work on it."""
    task = _take(task_id, "start", by, version)
    task.save()
    record(facts.TaskStarted(task_id=task.pk, unit_id=task.unit_id), by=by, about=_about(task))
    return task


@transaction.atomic
def report(
    *, task_id: int, text: str, files: Sequence[KeptFile] = (), indicators: Sequence[IndicatorSlot] = (),
    by: Author, version: int | None = None,
) -> Report:  # fmt: skip
    """The unit's word that the task is done, with its evidence."""
    task = _take(task_id, "report", by, version)
    task.save()
    row = _write_report(task, "final", text, files, indicators, by)
    fact = facts.TaskReported(task_id=task.pk, report_id=row.pk, giver_id=task.giver_id)
    record(fact, by=by, about=_about(task))
    return row


@transaction.atomic
def report_period(*, task_id: int, text: str, files: Sequence[KeptFile] = (), by: Author) -> Report:
    """A periodic report on a task that recurs; the next one becomes due."""
    task = locked(Task, task_id)
    if TASK[task.state].final or not task.period or task.next_report_on is None:
        raise Conflict("Nhiệm vụ này không có báo cáo định kỳ hoặc đã kết thúc.")
    row = _write_report(task, "periodic", text, files, (), by, task.next_report_on)
    after = max(task.next_report_on, vietnam_day(by.at))
    task.next_report_on, task.changed_at = next_report_day(task.period, after), by.at
    task.state = "in_progress" if task.state == "received" else task.state
    task.version += 1
    task.save()
    fact = facts.PeriodicReported(task_id=task.pk, report_id=row.pk, giver_id=task.giver_id)
    record(fact, by=by, about=_about(task))
    return row


@transaction.atomic
def decline(
    *, task_id: int, reason: str, files: Sequence[KeptFile] = (), by: Author, version: int | None = None
) -> Report:
    """The unit says why it cannot do this; the giver decides."""
    task = _take(task_id, "decline", by, version)
    task.save()
    row = _write_report(task, "not_executable", reason, files, (), by)
    fact = facts.TaskDeclined(task_id=task.pk, report_id=row.pk, giver_id=task.giver_id)
    record(fact, by=by, about=_about(task))
    return row


def _write_report(
    task: Task, kind: str, text: str, files: Sequence[KeptFile], indicators: Sequence[IndicatorSlot], by: Author,
    for_period: date | None = None,
) -> Report:  # fmt: skip
    if not text.strip():
        raise Refused("Báo cáo phải có nội dung.", "text")
    row = Report.objects.create(
        task=task, order=task.reports.count() + 1, kind=kind, text=text.strip(), for_period=for_period,
        by=by.account_id, at=by.at,
    )  # fmt: skip
    for file in files:
        kept = SourceFile.objects.create(
            directive=None, name=file.name[:200], content_type=file.content_type[:80], size=file.size,
            sha256=file.sha256, role="evidence", unit_id=task.unit_id, at=by.at, by=by.account_id,
        )  # fmt: skip
        Evidence.objects.create(report=row, kind="file", file=kept)
    for slot in indicators:
        Evidence.objects.create(
            report=row, kind="indicator", indicator=slot.name, place_id=slot.place_id, target=slot.target
        )
    return row


@transaction.atomic
def judge(*, task_id: int, accept: bool, note: str, by: Author, version: int | None = None) -> Task:
    """The giver accepts the latest report, or returns it with a reason."""
    if not accept and not note.strip():
        raise Refused("Trả lại thì phải nêu lý do.", "note")
    task = _take(task_id, "accept" if accept else "return", by, version)
    row = task.reports.exclude(kind="periodic").order_by("-order").first()
    if row is None:
        raise Conflict("Nhiệm vụ chưa có báo cáo để duyệt.")
    verdict = Report.State.ACCEPTED if accept else Report.State.RETURNED
    Report.objects.filter(pk=row.pk).update(
        state=verdict, judged_by=by.account_id, judged_at=by.at, judgement=note.strip()
    )
    # Done on the day the unit reported, not the day the giver got round to reading it.
    task.done_on = vietnam_day(row.at) if task.state == "accepted" else None
    task.next_report_on = None if accept else task.next_report_on
    task.save()
    _count_children(task.parent_id)
    fact = facts.ReportJudged(task_id=task.pk, report_id=row.pk, unit_id=task.unit_id, accepted=accept)
    record(fact, by=by, about=_about(task))
    return task


@transaction.atomic
def reopen(*, task_id: int, note: str, by: Author) -> Task:
    """What was accepted turns out not to be done."""
    if not note.strip():
        raise Refused("Mở lại thì phải nêu lý do.", "note")
    task = _take(task_id, "reopen", by)
    task.done_on = None
    task.save()
    _count_children(task.parent_id)
    record(facts.TaskReopened(task_id=task.pk, unit_id=task.unit_id), by=by, about=_about(task))
    return task


@transaction.atomic
def cancel(*, directive_id: int, task_ids: Iterable[int], by: Author) -> int:
    """Take tasks back, with what was passed down from them."""
    open_tasks = Task.objects.filter(directive_id=directive_id, state__in=OPEN_TASK_STATES)
    ids = _with_all_below(open_tasks, list(task_ids))
    if not ids:
        return 0
    parents = set(Task.objects.filter(pk__in=ids).exclude(parent=None).values_list("parent_id", flat=True))
    Task.objects.filter(pk__in=ids).update(
        state="cancelled", changed_at=by.at, version=F("version") + 1, next_report_on=None
    )
    for parent_id in parents:
        _count_children(parent_id)
    fact = facts.TasksCancelled(directive_id=directive_id, task_ids=tuple(ids))
    record(fact, by=by, about=[f"directive:{directive_id}", *(f"task:{key}" for key in ids)])
    return len(ids)


def _with_all_below(open_tasks: QuerySet[Task], task_ids: list[int]) -> list[int]:
    """These tasks, and level by level what was passed down from them."""
    found: list[int] = []
    level = list(open_tasks.filter(pk__in=task_ids).values_list("pk", flat=True))
    while level:
        found += level
        level = list(open_tasks.filter(parent_id__in=level).exclude(pk__in=found).values_list("pk", flat=True))
    return found


@transaction.atomic
def ask_extension(*, task_id: int, until: date, reason: str, by: Author) -> Extension:
    """Ask the giver for more time."""
    task = locked(Task, task_id)
    if TASK[task.state].final:
        raise Conflict("Nhiệm vụ đã kết thúc.")
    if task.due is None:
        raise Refused("Nhiệm vụ không có thời hạn nên không cần gia hạn.")
    if until <= task.due or until < vietnam_day(by.at):
        raise Refused("Ngày xin gia hạn phải sau hạn hiện tại và không ở quá khứ.", "until")
    if not reason.strip():
        raise Refused("Xin gia hạn phải nêu lý do.", "reason")
    if task.extensions.filter(state="asked").exists():
        raise Conflict("Đang có một đề nghị gia hạn chờ quyết định.")
    row = Extension.objects.create(task=task, asked_until=until, reason=reason.strip(), by=by.account_id, at=by.at)
    fact = facts.ExtensionAsked(task_id=task.pk, extension_id=row.pk, giver_id=task.giver_id, until=until)
    record(fact, by=by, about=_about(task))
    return row


@transaction.atomic
def decide_extension(*, extension_id: int, grant: bool, note: str, by: Author) -> Extension:
    """The giver grants or refuses more time; granted, the deadline moves."""
    row = locked(Extension, extension_id)
    if row.state != "asked":
        raise Conflict("Đề nghị gia hạn này đã được quyết định.")
    if not grant and not note.strip():
        raise Refused("Không đồng ý gia hạn thì phải nêu lý do.", "note")
    row.state, row.decision = ("granted" if grant else "refused"), note.strip()
    row.decided_by, row.decided_at = by.account_id, by.at
    row.save()
    task = row.task
    if grant:
        Task.objects.filter(pk=task.pk).update(
            due=row.asked_until, warned="", changed_at=by.at, version=F("version") + 1
        )
    fact = facts.ExtensionDecided(task_id=task.pk, extension_id=row.pk, unit_id=task.unit_id, granted=grant)
    record(fact, by=by, about=_about(task))
    return row


@transaction.atomic
def press(*, rung: str, task_ids: Sequence[int], by: Author) -> None:
    """Note that some tasks climbed a rung of the overdue ladder; who is told follows from the fact."""
    Task.objects.filter(pk__in=task_ids).update(warned=rung)
    fact = facts.TasksPressed(rung=rung, task_ids=tuple(task_ids))
    record(fact, by=by, about=[f"task:{key}" for key in task_ids])
