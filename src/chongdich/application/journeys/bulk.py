"""One decision over many tasks at once: reports accepted, tasks taken back. All of it happens, or nothing."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction

from chongdich.application.desk import Desk
from chongdich.core.errors import Refused
from chongdich.domain.directives.operations import tasks
from chongdich.domain.directives.queries import find_tasks_by_ids
from chongdich.domain.directives.states import OPEN_TASK_STATES

MOST = 2000


@transaction.atomic
def accept_reports(desk: Desk, *, task_ids: Sequence[int]) -> int:
    """Accept the waiting reports of some tasks; others are left alone. How many were accepted.

    A unit's word that something cannot be done is never agreed to in bulk.
    """
    desk.require("tasks.judge")
    _few_enough(task_ids)
    waiting = [task for task in find_tasks_by_ids(task_ids) if task.state == "reported"]
    for giver_id in {task.giver_id for task in waiting}:
        desk.require("tasks.judge", unit=giver_id)
    for task in waiting:
        tasks.judge(task_id=task.pk, accept=True, note="", version=task.version, by=desk.author)
    return len(waiting)


@transaction.atomic
def take_back(desk: Desk, *, task_ids: Sequence[int]) -> int:
    """Cancel tasks of any documents and givers, with what was passed down from them. How many were cancelled."""
    desk.require("directives.assign")
    _few_enough(task_ids)
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for task in find_tasks_by_ids(task_ids):
        if task.state in OPEN_TASK_STATES:
            groups[task.giver_id, task.directive_id].append(task.pk)
    for giver_id in {giver for giver, _ in groups}:
        desk.require("directives.assign", unit=giver_id)
    return sum(
        tasks.cancel(directive_id=directive, task_ids=ids, by=desk.author) for (_, directive), ids in groups.items()
    )


def _few_enough(task_ids: Sequence[int]) -> None:
    if len(task_ids) > MOST:
        raise Refused(f"Mỗi lần làm tối đa {MOST} nhiệm vụ; hãy lọc bớt.")
