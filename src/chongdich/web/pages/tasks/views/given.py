"""Everything I gave out: by clause, task by task, and what waits for my word."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from chongdich.application.journeys import bulk
from chongdich.application.lenses.boards import count_standings, find_given_tasks, find_visible_tasks
from chongdich.application.lenses.tasks import WAITING, find_asked_extensions, find_group
from chongdich.core.errors import NotFound, Refused
from chongdich.web.access import Request, page
from chongdich.web.pages.tasks.filters import name_of
from chongdich.web.pages.tasks.groups import GivenGroups
from chongdich.web.pages.tasks.standings import parts_of
from chongdich.web.pages.tasks.tables import GivenTasks, GroupTasks, TasksBelow

SHOWN_REQUESTS = 5


@page("tasks.read")
@require_GET
def given_tasks(request: Request) -> HttpResponse:
    """What I gave out, one row per clause, what waits for my judgement first."""
    table = GivenGroups(request, request.desk, bulk_url=_bulk_url(request))
    return table.respond("tasks/given.html", _context(request, "clauses"))


@page("tasks.read")
@require_GET
def given_single(request: Request) -> HttpResponse:
    """The same task by task."""
    table = GivenTasks(find_given_tasks(request.desk), request, request.desk, bulk_url=_bulk_url(request))
    return table.respond("tasks/given.html", _context(request, "tasks"))


def _context(request: Request, active: str) -> dict[str, Any]:
    desk = request.desk
    given = find_given_tasks(desk)
    document = request.GET.get("van_ban", "")
    narrowed = given.filter(directive_id=int(document)) if document.isascii() and document.isdigit() else given
    requests = list(find_asked_extensions(desk)[: SHOWN_REQUESTS + 1]) if desk.may("tasks.judge") else []
    return {
        "today": desk.today,
        "tabs": [
            {"label": _("Theo điều khoản"), "url": reverse("given_tasks"), "active": active == "clauses"},
            {"label": _("Từng việc"), "url": reverse("given_single"), "active": active == "tasks"},
        ],
        "requests": requests[:SHOWN_REQUESTS],
        "more_requests": len(requests) > SHOWN_REQUESTS,
        "standings": lambda: parts_of(count_standings(narrowed, desk.today), reverse("given_single"), document),
    }


@page("tasks.read")
@require_GET
def given_group(request: Request, clause_id: int, giver_id: int) -> HttpResponse:
    """The tasks of one clause; `?gon=1` asks for a short list to open inside a row."""
    rows = find_group(request.desk, clause_id, giver_id)
    first = rows.select_related("clause", "directive", "unit", "giver").first()
    if first is None:
        raise NotFound(_("Không tìm thấy việc nào của điều khoản này trong phạm vi của bạn."))
    if request.GET.get("gon") and "HX-Request" in request.headers:
        return render(request, "tasks/group_short.html", {"tasks": rows, "today": request.desk.today})
    table = GroupTasks(rows, request, request.desk, bulk_url=_bulk_url(request))
    context = {
        "today": request.desk.today,
        "clause": first.clause,
        "giver": first.giver,
        "document": name_of(first.directive),
        "standings": lambda: parts_of(count_standings(rows, request.desk.today), request.path),
    }
    return table.respond("tasks/group.html", context)


@page("tasks.read")
@require_GET
def all_tasks(request: Request) -> HttpResponse:
    """Every task I may see, of a unit or given by one: where the cells of the matrix lead."""
    if not request.GET.get("van_ban") and not request.GET.get("don_vi"):
        return redirect("tasks_below")  # unnarrowed, that list says the same and is the one people know
    rows = find_visible_tasks(request.desk).select_related("unit", "giver", "directive")
    return TasksBelow(rows, request, request.desk).respond("tasks/all.html", {"today": request.desk.today})


def _bulk_url(request: Request) -> str:
    return f"{reverse('given_act')}?{urlencode({'next': request.get_full_path()})}"


@page("tasks.read")
@require_POST
def given_act(request: Request) -> HttpResponse:
    """Accept or take back what was chosen: tasks by number, groups by clause and giver."""
    ids = _chosen(request)
    try:
        if request.POST.get("action") == "accept":
            _say_accepted(request, bulk.accept_reports(request.desk, task_ids=ids))
        elif request.POST.get("action") == "cancel":
            number = bulk.take_back(request.desk, task_ids=ids)
            messages.success(request, _("Đã hủy giao %(n)d việc.") % {"n": number})
    except Refused as refused:
        messages.error(request, refused.message)
    return HttpResponseRedirect(_back(request))


def _say_accepted(request: Request, number: int) -> None:
    if number:
        words = ngettext("Đã chấp nhận %(n)d báo cáo.", "Đã chấp nhận %(n)d báo cáo.", number) % {"n": number}
        messages.success(request, words)
    else:
        messages.warning(request, _("Trong các mục đã chọn không có báo cáo nào chờ duyệt."))


def _chosen(request: Request) -> list[int]:
    """The visible given tasks that were checked, alone or by their group."""
    given = find_given_tasks(request.desk).order_by()
    states = _ACTED.get(request.POST.get("action", ""), ())
    found: set[int] = set()
    for value in request.POST.getlist("selected")[:500]:
        numbers = [int(part) for part in value.split("-") if part.isascii() and part.isdigit() and len(part) < 18]
        if len(numbers) == 1:
            found.add(numbers[0])
        elif len(numbers) == 2:
            rows = given.filter(clause_id=numbers[0], giver_id=numbers[1])
            found.update(rows.filter(state__in=states).values_list("pk", flat=True))
    return sorted(given.filter(pk__in=found).values_list("pk", flat=True))


_ACTED: dict[str, tuple[str, ...]] = {
    "accept": ("reported",),
    "cancel": ("received", "in_progress", "returned", *WAITING),
}


def _back(request: Request) -> str:
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("given_tasks")
