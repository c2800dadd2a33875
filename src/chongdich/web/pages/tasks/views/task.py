"""One task: its page, the short deeds on it, and the files its reports rest on."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chongdich.application.lenses.boards import get_visible_task
from chongdich.application.lenses.one_task import TaskView, get_evidence_file, get_task_view
from chongdich.application.lenses.story import get_story
from chongdich.core.errors import NotAllowed, NotFound, Refused
from chongdich.domain.directives.areas import AREAS
from chongdich.domain.directives.models import SourceFile, Task
from chongdich.domain.directives.rules import PERIODS
from chongdich.domain.directives.states import TASK
from chongdich.registry import vault
from chongdich.web.access import Request, page
from chongdich.web.pages.tasks.deeds import BY_SLUG, DEEDS, Deed
from chongdich.web.pages.tasks.filters import name_of
from chongdich.web.pages.tasks.forms import DecideExtension, TaskForm, WithFiles
from chongdich.web.pages.tasks.showing import lit, status_of


@page("tasks.read")
@require_GET
def task(request: Request, task_id: int) -> HttpResponse:
    """Everything about one task."""
    return show(request, get_task_view(request.desk, task_id))


def show(
    request: Request, view: TaskView, failed: tuple[Deed, TaskForm] | None = None, status: int = 200
) -> HttpResponse:
    """The page; a deed that failed is shown open with what was typed, even when it is no longer possible."""
    offered = [(deed, _form(deed, view, failed)) for deed in DEEDS if deed.action in view.deeds or _is(deed, failed)]
    context = {
        "view": view,
        "task": view.task,
        "today": request.desk.today,
        "document": name_of(view.task.directive),
        "document_url": document_url(request, view.task),
        "offered": offered,
        "period": _(PERIODS[view.task.period]) if view.task.period in PERIODS else view.task.period,
        "area": _(AREAS[view.task.area]),
        "conflict": status == 409,
        "state_words": _(TASK[view.task.state].label),
        "failed": failed[0].slug if failed else "",
        "failed_form": failed[1] if failed else None,
    }
    return render(request, "tasks/task.html", context, status=status)


def _is(deed: Deed, failed: tuple[Deed, TaskForm] | None) -> bool:
    return failed is not None and failed[0] is deed


def _form(deed: Deed, view: TaskView, failed: tuple[Deed, TaskForm] | None) -> TaskForm:
    if failed and failed[0] is deed:
        return failed[1]
    initial: dict[str, Any] = {"version": view.task.version}
    if deed.form is DecideExtension and view.open_request:
        initial["extension"] = view.open_request.extension.pk
    return deed.form(initial=initial, auto_id=f"{deed.slug}-%s")


def document_url(request: Request, row: Task) -> str:
    """The page of the task's document, for who may open documents."""
    if not request.desk.may("directives.read"):
        return ""
    try:
        return reverse("directive", args=[row.directive_id])
    except NoReverseMatch:
        return ""


@page("tasks.read")
@require_POST
def act(request: Request, task_id: int, deed: str) -> HttpResponse:
    """Do one of the short deeds."""
    found = BY_SLUG.get(deed)
    if found is None:
        raise Http404
    row = get_visible_task(request.desk, task_id)
    form = found.form(request.POST, request.FILES, auto_id=f"{deed}-%s")
    error = _attempt(request, found, row, form)
    if error is None:
        messages.success(request, str(found.done))
        return redirect("task", task_id)
    if isinstance(form, WithFiles):
        form.keep_files(request)
    view = get_task_view(request.desk, task_id)
    form.renew(view.task.version)
    return show(request, view, (found, form), status_of(error))


def _attempt(request: Request, deed: Deed, row: Task, form: TaskForm) -> Refused | None:
    """What stood in the way, or None when it is done."""
    if not form.is_valid():
        return Refused("")
    if isinstance(form, DecideExtension) and not row.extensions.filter(pk=form.cleaned_data["extension"]).exists():
        raise NotFound
    try:
        deed.call(request.desk, row.pk, form)
    except (NotAllowed, NotFound):
        raise
    except Refused as refused:
        form.refuse(refused)
        return refused
    return None


@page("tasks.read")
@require_GET
def story(request: Request, task_id: int) -> HttpResponse:
    """What happened to it and because of what; a part of the page, or a page of its own without scripts."""
    row = get_visible_task(request.desk, task_id)
    events = [lit(event) for event in get_story(f"task:{row.pk}")]
    whole = "HX-Request" not in request.headers
    template = "tasks/story_page.html" if whole else "tasks/story.html"
    return render(request, template, {"events": events, "task": row})


@page("tasks.read")
@require_GET
def evidence(request: Request, task_id: int, file_id: int) -> HttpResponse:
    """A file of a report, as it came."""
    return download(get_evidence_file(request.desk, task_id, file_id))


def download(file: SourceFile) -> HttpResponse:
    """Always saved, never opened in the browser: nobody here has looked into it."""
    response = HttpResponse(vault.fetch(file.sha256), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = _attachment(file.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _attachment(name: str) -> str:
    return content_disposition_header(True, name.replace("\r", " ").replace("\n", " ")) or "attachment"
