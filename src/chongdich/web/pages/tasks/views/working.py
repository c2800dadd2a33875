"""Longer deeds with pages of their own: the report with its evidence, the periodic report, passing down."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from chongdich.application.journeys import work
from chongdich.application.lenses.boards import get_visible_task
from chongdich.application.lenses.one_task import find_deeds, find_places_of, find_units_under
from chongdich.core.errors import Conflict, NotAllowed, NotFound, Refused
from chongdich.domain.directives.models import Task
from chongdich.registry.organisations.catalogue import body_kinds
from chongdich.registry.organisations.models import Organisation
from chongdich.web.access import Request, page
from chongdich.web.pages.tasks.filters import name_of
from chongdich.web.pages.tasks.forms import PassDown, PeriodReport, Report, TaskForm, WithFiles
from chongdich.web.pages.tasks.showing import status_of


@page("tasks.work")
@require_http_methods(["GET", "POST"])
def report(request: Request, task_id: int) -> HttpResponse:
    """Report the task done: words, files, indicators."""
    row = _mine(request, task_id, "report")
    places = find_places_of(request.desk, row.unit)
    form = Report(request.POST or None, request.FILES or None, places=places, initial={"version": row.version})
    if request.method == "GET":
        return _show(request, "tasks/report.html", row, form)
    error = _attempt(form, lambda: _report(request, row.pk, form))
    if error is None:
        messages.success(request, _("Đã gửi báo cáo, chờ bên giao duyệt."))
        return redirect("task", row.pk)
    return _show(request, "tasks/report.html", row, form, error)


def _report(request: Request, task_id: int, form: Report) -> object:
    data = form.cleaned_data
    return work.report_task(
        request.desk, task_id=task_id, text=data["text"], files=form.uploads(), indicators=form.indicators(),
        version=data["version"],
    )  # fmt: skip


@page("tasks.work")
@require_http_methods(["GET", "POST"])
def report_period(request: Request, task_id: int) -> HttpResponse:
    """Report on a recurring task for the period that is due."""
    row = _mine(request, task_id, "report_period")
    form = PeriodReport(request.POST or None, request.FILES or None, initial={"version": row.version})
    if request.method == "GET":
        return _show(request, "tasks/report_period.html", row, form)
    error = _attempt(
        form,
        lambda: work.report_period(request.desk, task_id=row.pk, text=form.cleaned_data["text"], files=form.uploads()),
    )
    if error is None:
        messages.success(request, _("Đã gửi báo cáo định kỳ."))
        return redirect("task", row.pk)
    return _show(request, "tasks/report_period.html", row, form, error)


@page("directives.assign")
@require_http_methods(["GET", "POST"])
def pass_down(request: Request, task_id: int) -> HttpResponse:
    """Give sub-tasks to units that stand below the task's own unit."""
    row = _mine(request, task_id, "pass_down")
    units = find_units_under(request.desk, row.unit_id)
    form = PassDown(
        request.POST or None, units=[(unit.pk, unit.short_name) for unit in units], kinds=_kinds(units),
        initial={"version": row.version, "title": row.title, "due": row.due},
    )  # fmt: skip
    if request.method == "GET":
        return _show(request, "tasks/pass_down.html", row, form)
    given: list[Task] = []
    error = _attempt(form, lambda: given.extend(_pass_down(request, row.pk, form, units)))
    if error is None:
        words = ngettext("Đã giao cho %(n)d đơn vị.", "Đã giao cho %(n)d đơn vị.", len(given)) % {"n": len(given)}
        messages.success(request, words if given else _("Các đơn vị này đã được giao từ trước."))
        return redirect("task", row.pk)
    return _show(request, "tasks/pass_down.html", row, form, error)


def _kinds(units: list[Organisation]) -> list[tuple[str, str]]:
    """Kinds of bodies of which there are several below: all of one kind are chosen at once."""
    labels = {name: kind.label for name, kind in body_kinds().items()}
    counted = Counter((unit.kind, unit.place.level) for unit in units)
    return [
        (f"{kind}:{level}", f"{labels.get(kind, kind)} {_LEVELS.get(level, '')} ({number})".replace("  ", " "))
        for (kind, level), number in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        if number > 1
    ]


_LEVELS = {2: "cấp huyện", 3: "cấp xã"}


def _pass_down(request: Request, task_id: int, form: PassDown, units: list[Organisation]) -> list[Task]:
    data = form.cleaned_data
    kinds = set(data["kinds"])
    chosen = [unit.pk for unit in units if f"{unit.kind}:{unit.place.level}" in kinds] + data["unit_ids"]
    return work.pass_down(request.desk, task_id=task_id, unit_ids=chosen, title=data["title"], due=data["due"])


def _mine(request: Request, task_id: int, action: str) -> Task:
    """The task, when this person may see it; a deed sent too late passes, to keep what was typed."""
    row = get_visible_task(request.desk, task_id)
    if request.method == "GET" and action not in find_deeds(request.desk, row):
        raise Conflict(_("Việc này không làm được lúc này: trạng thái của nhiệm vụ hoặc quyền của bạn không cho phép."))
    return row


def _attempt(form: TaskForm, deed: Any) -> Refused | None:
    """What stood in the way, shown in the form; None when it is done."""
    if not form.is_valid():
        return Refused("")
    try:
        deed()
    except (NotAllowed, NotFound) as refused:
        if not refused.where:
            raise
        form.refuse(refused)
        return refused
    except Refused as refused:
        form.refuse(refused)
        return refused
    return None


_NAMES = {
    "tasks/report.html": "Báo cáo kết quả",
    "tasks/report_period.html": "Báo cáo định kỳ",
    "tasks/pass_down.html": "Giao xuống cấp dưới",
}


def _show(request: Request, template: str, row: Task, form: TaskForm, error: Refused | None = None) -> HttpResponse:
    if error is not None:
        if isinstance(form, WithFiles):
            form.keep_files(request)
        row = get_visible_task(request.desk, row.pk)
        form.renew(row.version)
    context = {
        "task": row,
        "form": form,
        "today": request.desk.today,
        "document": name_of(row.directive),
        "deed_name": _(_NAMES[template]),
    }
    return render(request, template, context, status=status_of(error) if error else 200)
