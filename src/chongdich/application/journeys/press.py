"""The overdue ladder: before the deadline and on the day the unit is told, then its head, then the superior body."""

from collections import defaultdict
from collections.abc import Iterable

from chongdich.application.desk import Desk
from chongdich.domain.directives.facts import (
    ExtensionAsked,
    ExtensionDecided,
    PeriodicReported,
    ReportJudged,
    TaskDeclined,
    TaskReopened,
    TaskReported,
    TasksCancelled,
    TasksPressed,
)
from chongdich.domain.directives.models import Task
from chongdich.domain.directives.operations import tasks
from chongdich.domain.directives.queries import find_tasks_by_ids, find_tasks_to_press, get_task
from chongdich.domain.directives.rules import LADDER, rung_on
from chongdich.registry.accounts.queries import find_heads_of, find_members_of
from chongdich.registry.inbox.operations import Telling, tell

WORDS = {
    "soon": "Ngày mai đến hạn",
    "today": "Hôm nay đến hạn",
    "late": "Đã quá hạn 1 ngày",
    "very_late": "Đã quá hạn 3 ngày",
}


def press_overdue(desk: Desk) -> None:
    """Find the tasks that reach a rung today and note it, one fact per rung."""
    desk.require("system.act")
    reached: dict[str, list[int]] = defaultdict(list)
    for task in find_tasks_to_press(desk.today):
        rung = rung_on(task.due, desk.today, task.warned) if task.due else None
        if rung:
            reached[rung].append(task.pk)
    for rung, ids in reached.items():
        tasks.press(rung=rung, task_ids=ids, by=desk.author)


def tell_pressed(desk: Desk, fact: TasksPressed) -> None:
    """Tell whom the rung names."""
    desk.require("system.act")
    pressed = find_tasks_by_ids(fact.task_ids)
    whom = LADDER[fact.rung][1]
    units = {task.giver_id if whom == "giver" else task.unit_id for task in pressed}
    find = find_members_of if whom == "unit" else find_heads_of
    accounts = find(list(units), desk.today)
    tell(
        [
            Telling(
                account_id,
                f"pressed:{task.pk}:{fact.rung}:{task.due}",
                "task_overdue" if fact.rung in ("late", "very_late") else "task_due",
                f"{WORDS[fact.rung]}: {task.title[:140]}",
                f"Đơn vị: {task.unit.short_name}. Hạn: {task.due:%d/%m/%Y}.",
                f"/nhiem-vu/{task.pk}/",
                mail=True,
            )
            for task in pressed
            for account_id in accounts.get(task.giver_id if whom == "giver" else task.unit_id, ())
        ],
        at=desk.at,
    )


def tell_giver(desk: Desk, fact: TaskReported | TaskDeclined | PeriodicReported | ExtensionAsked) -> None:
    """A report or a request waits for the giver."""
    desk.require("system.act")
    words = {"TaskReported": "Báo cáo kết quả", "TaskDeclined": "Báo không thực hiện được",
             "PeriodicReported": "Báo cáo định kỳ", "ExtensionAsked": "Xin gia hạn"}  # fmt: skip
    _tell_about(desk, get_task(fact.task_id), fact.giver_id, words[fact.kind], "task_answered")


def tell_judged(desk: Desk, fact: ReportJudged | ExtensionDecided | TaskReopened) -> None:
    """The unit learns what the giver decided."""
    desk.require("system.act")
    if isinstance(fact, ReportJudged):
        word = "Báo cáo được chấp nhận" if fact.accepted else "Báo cáo bị trả lại"
    elif isinstance(fact, ExtensionDecided):
        word = "Được gia hạn" if fact.granted else "Không được gia hạn"
    else:
        word = "Nhiệm vụ được mở lại"
    _tell_about(desk, get_task(fact.task_id), fact.unit_id, word, "task_judged")


def tell_cancelled(desk: Desk, fact: TasksCancelled) -> None:
    """Units learn that tasks were taken back."""
    desk.require("system.act")
    for task in find_tasks_by_ids(fact.task_ids):
        _tell_about(desk, task, task.unit_id, "Nhiệm vụ đã hủy giao", "task_judged")


def _tell_about(desk: Desk, task: Task, unit_id: int, word: str, topic: str) -> None:
    accounts: Iterable[int] = find_members_of([unit_id], desk.today).get(unit_id, ())
    tell(
        [
            Telling(account_id, f"{topic}:{desk.because_of}:{task.pk}", topic, f"{word}: {task.title[:160]}", "",
                    f"/nhiem-vu/{task.pk}/")
            for account_id in accounts
        ],
        at=desk.at,
    )  # fmt: skip
