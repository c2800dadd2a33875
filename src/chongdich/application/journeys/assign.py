"""Confirmed clauses become tasks of units, and the units are told."""

from collections import Counter

from chongdich.application.desk import Desk
from chongdich.domain.directives.facts import DirectiveConfirmed, TasksAssigned
from chongdich.domain.directives.operations import tasks
from chongdich.domain.directives.operations.tasks import Giving
from chongdich.domain.directives.queries import find_confirmed_clauses, find_tasks_by_ids, get_directive
from chongdich.registry.accounts.queries import find_members_of
from chongdich.registry.inbox.operations import Telling, tell


def assign_tasks(desk: Desk, fact: DirectiveConfirmed) -> None:
    """One task per unit and clause, in one statement however many units."""
    desk.require("system.act")
    givings = [
        Giving(clause, unit.unit_id, unit.lead)
        for clause in find_confirmed_clauses(fact.directive_id)
        for unit in clause.units.all()
    ]
    tasks.assign(directive_id=fact.directive_id, giver_id=fact.unit_id, givings=givings, by=desk.author)


def tell_unit(desk: Desk, fact: TasksAssigned) -> None:
    """One message per member of each unit, however many tasks the unit got."""
    desk.require("system.act")
    directive = get_directive(fact.directive_id)
    per_unit = Counter(task.unit_id for task in find_tasks_by_ids(fact.task_ids))
    members = find_members_of(list(per_unit), desk.today)
    name = f"{directive.number}/{directive.symbol}".strip("/") or directive.subject[:80]
    tell(
        [
            Telling(
                account_id,
                f"given:{fact.directive_id}:{fact.giver_id}:{unit_id}:{min(fact.task_ids)}",
                "task_given",
                f"{per_unit[unit_id]} nhiệm vụ mới theo văn bản {name}",
                directive.subject,
                f"/nhiem-vu/?van_ban={directive.pk}",
                mail=True,
            )
            for unit_id, accounts in members.items()
            for account_id in accounts
        ],
        at=desk.at,
    )
