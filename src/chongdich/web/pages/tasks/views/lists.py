"""My unit's work, and the work of the units below."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from chongdich.application.desk import Desk
from chongdich.application.lenses.boards import count_standings, find_my_tasks, find_own_tasks
from chongdich.domain.directives.models import Task
from chongdich.web.access import Request, page
from chongdich.web.pages.tasks.standings import parts_of
from chongdich.web.pages.tasks.tables import MyTasks, TasksBelow


@page("tasks.read")
@require_GET
def my_tasks(request: Request) -> HttpResponse:
    """What the unit I act for owes, the nearest deadline first."""
    rows = find_own_tasks(request.desk)
    return MyTasks(rows, request, request.desk).respond("tasks/my.html", _context(request, rows, below=False))


@page("tasks.read")
@require_GET
def tasks_below(request: Request) -> HttpResponse:
    """The same for every unit whose tasks I may see."""
    rows = find_my_tasks(request.desk)
    return TasksBelow(rows, request, request.desk).respond("tasks/my.html", _context(request, rows, below=True))


def _context(request: Request, rows: QuerySet[Task], *, below: bool) -> dict[str, Any]:
    document = request.GET.get("van_ban", "")
    narrowed = rows.filter(directive_id=int(document)) if document.isascii() and document.isdigit() else rows
    address = reverse("tasks_below" if below else "my_tasks")
    return {
        "today": request.desk.today,
        "tabs": _tabs(request.desk, below),
        "below": below,
        "standings": lambda: parts_of(count_standings(narrowed, request.desk.today), address, document),
    }


def _tabs(desk: Desk, below: bool) -> list[dict[str, Any]]:
    if not desk.actor.bounds("tasks.read").below:
        return []
    return [
        {"label": _("Chỉ đơn vị tôi"), "url": reverse("my_tasks"), "active": not below},
        {"label": _("Cả đơn vị dưới quyền"), "url": reverse("tasks_below"), "active": below},
    ]
