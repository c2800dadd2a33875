"""Mail and digests: copies of what the inbox says, sent by the clock."""

import logging

from django.db.models import Count, Q

from chongdich.application.desk import Desk
from chongdich.application.ports import ports
from chongdich.domain.directives.models import Task
from chongdich.domain.directives.states import OPEN_TASK_STATES
from chongdich.registry.accounts.queries import find_members_of
from chongdich.registry.inbox.operations import Telling, find_to_mail, mark_mailed, tell

MAILS_AT_ONCE = 100
log = logging.getLogger(__name__)


def send_due_mail(desk: Desk) -> None:
    """Send the messages that want mail. One that fails stays and is tried again; the others go out."""
    desk.require("system.act")
    for message in find_to_mail(MAILS_AT_ONCE):
        try:
            ports.send_mail(message.account.email, message.title, f"{message.body}\n\n{message.address}".strip())
        except OSError:
            log.warning("mail could not be sent; it stays in the queue", exc_info=True)
            return
        mark_mailed(message.pk, at=desk.at)


def send_digests(desk: Desk) -> None:
    """Once a day to every unit with open tasks: what is overdue, due today, due this week."""
    desk.require("system.act")
    numbers = _open_tasks_by_unit(desk)
    members = find_members_of(list(numbers), desk.today)
    tell(
        [
            Telling(
                account_id,
                f"digest:{desk.today}:{unit_id}",
                "digest",
                f"Việc hôm nay: {numbers[unit_id]['late']} quá hạn, {numbers[unit_id]['today']} đến hạn hôm nay",
                f"Đang mở {numbers[unit_id]['total']} nhiệm vụ.",
                "/nhiem-vu/",
                mail=True,
            )
            for unit_id, accounts in members.items()
            for account_id in accounts
        ],
        at=desk.at,
    )


def _open_tasks_by_unit(desk: Desk) -> dict[int, dict[str, int]]:
    rows = Task.objects.filter(state__in=OPEN_TASK_STATES).order_by().values_list("unit_id")
    counted = rows.annotate(
        total=Count("pk"), late=Count("pk", filter=Q(due__lt=desk.today)), today=Count("pk", filter=Q(due=desk.today))
    )
    return {
        unit_id: {"total": total, "late": late, "today": today}
        for unit_id, total, late, today in counted
        if late or today
    }
