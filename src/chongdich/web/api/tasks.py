"""Tasks: read, worked on, judged, passed down."""

from typing import Any, Literal

from ninja import Router

from chongdich.application.journeys import work
from chongdich.application.lenses.boards import (
    find_given_tasks,
    find_my_tasks,
    find_own_tasks,
    find_visible_tasks,
    get_visible_task,
)
from chongdich.application.lenses.tasks import where_standing
from chongdich.core.errors import NotFound
from chongdich.core.vietnamese import fold_words
from chongdich.domain.directives.models import Extension, Task
from chongdich.web.access import Request
from chongdich.web.api import shapes
from chongdich.web.api.answers import answers, needs
from chongdich.web.api.lists import Pages, page_of

router = Router(tags=["Nhiệm vụ"])
ONE = answers(shapes.TaskDetail)
SCOPES = {"own": find_own_tasks, "below": find_my_tasks, "given": find_given_tasks, "all": find_visible_tasks}
Standing = Literal["done_in_time", "done_late", "done", "open_in_time", "overdue", "open", "dropped"]


@router.get("/tasks", response=answers(shapes.Page[shapes.TaskOut]), url_name="api_tasks")
@needs("tasks.read")
def tasks(
    request: Request,
    paging: Pages,
    scope: Literal["own", "below", "given", "all"] = "own",
    state: shapes.Line = "",
    standing: Standing | None = None,
    directive: shapes.Id | None = None,
    q: shapes.Line = "",
) -> Any:
    """Tasks of your unit (`own`), of the units below too (`below`), given out (`given`), or all you may see."""
    rows = SCOPES[scope](request.desk).select_related("unit", "giver")
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(directive=directive) if directive else rows
    rows = where_standing(rows, standing, request.desk.today) if standing else rows
    for word in fold_words(q).split():
        rows = rows.filter(search__contains=word)
    return page_of(rows.order_by("due", "pk"), paging)


@router.get("/tasks/{task_id}", response=ONE, url_name="api_task")
@needs("tasks.read")
def task(request: Request, task_id: shapes.Id) -> Any:
    """One task with its reports and requests for more time."""
    return get_visible_task(request.desk, task_id)


def _seen(request: Request, task_id: int) -> int:
    """A task that may be seen: a foreign one looks like none."""
    return get_visible_task(request.desk, task_id).pk


def _after(request: Request, task_id: int) -> Task:
    return get_visible_task(request.desk, task_id)


@router.post("/tasks/{task_id}/start", response=ONE, url_name="api_task_start")
@needs("tasks.work")
def start(request: Request, task_id: shapes.Id, given: shapes.VersionIn) -> Any:
    """The unit is at work on it."""
    work.start_task(request.desk, task_id=_seen(request, task_id), version=given.version)
    return _after(request, task_id)


@router.post("/tasks/{task_id}/report", response=ONE, url_name="api_task_report")
@needs("tasks.work")
def report(request: Request, task_id: shapes.Id, given: shapes.ReportIn) -> Any:
    """The unit reports the task done."""
    work.report_task(request.desk, task_id=_seen(request, task_id), text=given.text, version=given.version)
    return _after(request, task_id)


@router.post("/tasks/{task_id}/report-period", response=ONE, url_name="api_task_report_period")
@needs("tasks.work")
def report_period(request: Request, task_id: shapes.Id, given: shapes.PeriodIn) -> Any:
    """A periodic report on a recurring task."""
    work.report_period(request.desk, task_id=_seen(request, task_id), text=given.text)
    return _after(request, task_id)


@router.post("/tasks/{task_id}/decline", response=ONE, url_name="api_task_decline")
@needs("tasks.work")
def decline(request: Request, task_id: shapes.Id, given: shapes.ReasonIn) -> Any:
    """The unit says why the task cannot be done."""
    work.decline_task(request.desk, task_id=_seen(request, task_id), reason=given.reason, version=given.version)
    return _after(request, task_id)


@router.post("/tasks/{task_id}/judge", response=ONE, url_name="api_task_judge")
@needs("tasks.judge")
def judge(request: Request, task_id: shapes.Id, given: shapes.JudgeIn) -> Any:
    """The giver accepts the report or returns it with a reason."""
    work.judge_report(
        request.desk, task_id=_seen(request, task_id), accept=given.accept, note=given.note, version=given.version
    )
    return _after(request, task_id)


@router.post("/tasks/{task_id}/reopen", response=ONE, url_name="api_task_reopen")
@needs("tasks.judge")
def reopen(request: Request, task_id: shapes.Id, given: shapes.NoteIn) -> Any:
    """The giver takes an acceptance back."""
    work.reopen_task(request.desk, task_id=_seen(request, task_id), note=given.note)
    return _after(request, task_id)


@router.post("/tasks/{task_id}/pass-down", response=answers(list[shapes.TaskOut]), url_name="api_task_pass_down")
@needs("directives.assign")
def pass_down(request: Request, task_id: shapes.Id, given: shapes.PassDownIn) -> Any:
    """Give sub-tasks to units below the task's own; those that have one already are left."""
    made = work.pass_down(
        request.desk, task_id=_seen(request, task_id), unit_ids=given.unit_ids, title=given.title, due=given.due
    )
    return list(Task.objects.filter(pk__in=[row.pk for row in made]).select_related("unit", "giver").order_by("pk"))


@router.post("/tasks/{task_id}/extensions", response=ONE, url_name="api_task_ask_extension")
@needs("tasks.work")
def ask_extension(request: Request, task_id: shapes.Id, given: shapes.ExtensionIn) -> Any:
    """The unit asks for more time."""
    work.ask_extension(request.desk, task_id=_seen(request, task_id), until=given.until, reason=given.reason)
    return _after(request, task_id)


@router.post("/extensions/{extension_id}/decide", response=ONE, url_name="api_extension_decide")
@needs("tasks.judge")
def decide_extension(request: Request, extension_id: shapes.Id, given: shapes.DecisionIn) -> Any:
    """The giver grants or refuses more time."""
    found = Extension.objects.filter(pk=extension_id, task__in=find_visible_tasks(request.desk)).first()
    if found is None:
        raise NotFound("Không tìm thấy đề nghị gia hạn này trong phạm vi của bạn.")
    work.decide_extension(request.desk, extension_id=found.pk, grant=given.grant, note=given.note)
    return _after(request, found.task_id)
