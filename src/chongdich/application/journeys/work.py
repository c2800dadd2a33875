"""Tasks at work: units start, report, pass down and ask for time; givers judge and decide."""

from collections.abc import Iterable, Sequence
from datetime import date

from chongdich.application.desk import Desk
from chongdich.application.journeys.files import Upload, keep_all
from chongdich.core.errors import NotAllowed
from chongdich.domain.directives.models import Extension, Report, Task
from chongdich.domain.directives.operations import tasks
from chongdich.domain.directives.operations.tasks import IndicatorSlot
from chongdich.domain.directives.queries import get_extension, get_task
from chongdich.registry.accounts.actor import Bounds
from chongdich.registry.accounts.queries import covers


def start_task(desk: Desk, *, task_id: int, version: int | None = None) -> Task:
    """The unit is at work on it."""
    desk.require("tasks.work", unit=get_task(task_id).unit_id)
    return tasks.start(task_id=task_id, version=version, by=desk.author)


def report_task(
    desk: Desk,
    *,
    task_id: int,
    text: str,
    files: Sequence[Upload] = (),
    indicators: Sequence[IndicatorSlot] = (),
    version: int | None = None,
) -> Report:
    """The unit reports the task done, with evidence."""
    desk.require("tasks.work", unit=get_task(task_id).unit_id)
    kept = keep_all(files, "evidence")
    return tasks.report(task_id=task_id, text=text, files=kept, indicators=indicators, version=version, by=desk.author)


def report_period(desk: Desk, *, task_id: int, text: str, files: Sequence[Upload] = ()) -> Report:
    """A periodic report on a recurring task."""
    desk.require("tasks.work", unit=get_task(task_id).unit_id)
    return tasks.report_period(task_id=task_id, text=text, files=keep_all(files, "evidence"), by=desk.author)


def decline_task(
    desk: Desk, *, task_id: int, reason: str, files: Sequence[Upload] = (), version: int | None = None
) -> Report:
    """The unit says why the task cannot be done."""
    desk.require("tasks.work", unit=get_task(task_id).unit_id)
    kept = keep_all(files, "evidence")
    return tasks.decline(task_id=task_id, reason=reason, files=kept, version=version, by=desk.author)


def judge_report(desk: Desk, *, task_id: int, accept: bool, note: str = "", version: int | None = None) -> Task:
    """The giver accepts the report or returns it with a reason."""
    desk.require("tasks.judge", unit=get_task(task_id).giver_id)
    return tasks.judge(task_id=task_id, accept=accept, note=note, version=version, by=desk.author)


def reopen_task(desk: Desk, *, task_id: int, note: str) -> Task:
    """The giver takes an acceptance back."""
    desk.require("tasks.judge", unit=get_task(task_id).giver_id)
    return tasks.reopen(task_id=task_id, note=note, by=desk.author)


def pass_down(
    desk: Desk, *, task_id: int, unit_ids: Iterable[int], title: str = "", due: date | None = None
) -> list[Task]:
    """Give sub-tasks to units that stand below the task's own unit."""
    desk.require("directives.assign", unit=get_task(task_id).unit_id)
    units = list(unit_ids)
    below = Bounds(below=frozenset({get_task(task_id).unit_id}))
    if not all(covers(below, unit, desk.today) for unit in units):
        raise NotAllowed("Chỉ giao tiếp được cho đơn vị trực thuộc.", "unit_ids")
    return tasks.pass_down(task_id=task_id, unit_ids=units, title=title, due=due, by=desk.author)


def cancel_tasks(desk: Desk, *, task_ids: Sequence[int]) -> int:
    """The giver takes tasks back; all must be of one giver and one directive."""
    first = get_task(task_ids[0]) if task_ids else None
    desk.require("directives.assign", unit=first.giver_id if first else None)
    mine = [key for key in task_ids if first and _same_giving(get_task(key), first)]
    return tasks.cancel(directive_id=first.directive_id, task_ids=mine, by=desk.author) if first else 0


def _same_giving(task: Task, first: Task) -> bool:
    return (task.giver_id, task.directive_id) == (first.giver_id, first.directive_id)


def ask_extension(desk: Desk, *, task_id: int, until: date, reason: str) -> Extension:
    """The unit asks for more time."""
    desk.require("tasks.work", unit=get_task(task_id).unit_id)
    return tasks.ask_extension(task_id=task_id, until=until, reason=reason, by=desk.author)


def decide_extension(desk: Desk, *, extension_id: int, grant: bool, note: str = "") -> Extension:
    """The giver grants or refuses more time."""
    desk.require("tasks.judge", unit=get_extension(extension_id).task.giver_id)
    return tasks.decide_extension(extension_id=extension_id, grant=grant, note=note, by=desk.author)
