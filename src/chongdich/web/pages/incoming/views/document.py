"""One document received: what it says, what became of it."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chongdich.application.desk import Desk
from chongdich.application.journeys import read
from chongdich.application.journeys.issuing import refuse_directive
from chongdich.application.lenses.boards import ClauseProgress, get_progress, get_visible_directive
from chongdich.application.lenses.citations import CitationGraph, get_citation_graph
from chongdich.application.lenses.incoming import DOCUMENT_FILES, get_file
from chongdich.application.lenses.story import Event, get_story
from chongdich.core.errors import Refused
from chongdich.domain.directives.models import Directive
from chongdich.domain.directives.queries import find_clauses, find_deliveries
from chongdich.domain.directives.states import DIRECTIVE
from chongdich.web.access import Request, page
from chongdich.web.pages.incoming.downloads import download
from chongdich.web.pages.incoming.forms import RefuseForm, VoidForm
from chongdich.web.pages.incoming.reviewing import Card, head_rows, same_as
from chongdich.web.pages.incoming.words import name_words

REFUSABLE = ("received", "read")


@page("directives.read")
@require_safe
def directive(request: Request, directive_id: int) -> HttpResponse:
    """The document with its clauses, tasks, citations and story. One made here has a page of its own."""
    found = get_visible_directive(request.desk, directive_id)
    if found.direction == Directive.Direction.OUTGOING and (address := _outgoing_page(found)):
        return HttpResponseRedirect(address)
    return render(request, "incoming/document.html", document_context(request, found))


def _outgoing_page(found: Directive) -> str:
    try:
        return reverse("outgoing_detail", args=[found.pk])
    except NoReverseMatch:
        return ""


@page("directives.receive")
@require_POST
def refuse(request: Request, directive_id: int) -> HttpResponse:
    """Not ours, or not a document: refused with a reason, which its sender is told."""
    found = get_visible_directive(request.desk, directive_id)
    form = RefuseForm(request.POST)
    if form.is_valid():
        try:
            refuse_directive(request.desk, directive_id=directive_id, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Đã từ chối tiếp nhận; bên gửi được báo."))
            return redirect("directive", directive_id)
    return render(request, "incoming/document.html", document_context(request, found, form), status=422)


def document_context(
    request: Request, found: Directive, refusing: RefuseForm | None = None, voiding: VoidForm | None = None
) -> dict[str, Any]:
    """Who only got a task by it reads the document and its own tasks, not the register's inner story."""
    desk = request.desk
    inside, may_review = _rights(desk, found)
    graph: CitationGraph = get_citation_graph(desk, found)
    return {
        "directive": found,
        "name": name_words(found),
        "inside": inside,
        "today": desk.today,
        "head": [row for row in head_rows(found) if row.value],
        "files": found.files.filter(role__in=DOCUMENT_FILES).order_by("pk"),
        "clauses": _clauses(request, found, inside),
        "graph": graph,
        "deliveries": find_deliveries(found.pk) if inside and found.direction == "out" else [],
        "recipients": (found.reading or {}).get("recipients", []),
        "may_review": may_review,
        "may_draft": found.state in ("read", "confirmed") and bool(desk.actor.bounds("directives.draft")),
        "may_refuse": found.state in REFUSABLE and desk.may("directives.receive", found.unit_id),
        "refusing": refusing or RefuseForm(),
        "may_void": may_review and "void" in DIRECTIVE[found.state].actions,
        "voiding": voiding or VoidForm(),
        "same": same_as(found) if found.state == "read" and inside else [],
    }


def _rights(desk: Desk, found: Directive) -> tuple[bool, bool]:
    """Whether the person reads the register it is in, and whether it may review there; asked once where one bound."""
    inside = desk.may("directives.read", found.unit_id)
    if desk.actor.bounds("directives.review") == desk.actor.bounds("directives.read"):
        return inside, inside
    return inside, desk.may("directives.review", found.unit_id)


def _clauses(request: Request, found: Directive, inside: bool) -> list[tuple[Card, ClauseProgress | None]]:
    """Every clause with its tasks in sight; from outside only those that gave such tasks."""
    given = found.state not in ("received", "read")  # before that nobody has a task by it
    progress = {row.clause_id: row for row in get_progress(request.desk, found)} if given else {}
    rows = find_clauses(found.pk)
    return [(Card(row), progress.get(row.pk)) for row in rows if inside or row.pk in progress]


@page("directives.read")
@require_safe
def reading(request: Request, directive_id: int) -> HttpResponse:
    """Asked every second while the machine reads; tells the page to load anew when it is done."""
    found = get_visible_directive(request.desk, directive_id)
    if found.state != "received":
        to = "review" if request.desk.may("directives.review", found.unit_id) and found.state == "read" else "directive"
        return HttpResponse(status=204, headers={"HX-Redirect": reverse(to, args=[found.pk])})
    may_review = request.desk.may("directives.review", found.unit_id)
    return render(request, "incoming/reading.html", {"directive": found, "may_review": may_review})


@page("directives.read")
@require_safe
def story(request: Request, directive_id: int) -> HttpResponse:
    """What happened to it, by whom, because of what; for those who read its register."""
    found = get_visible_directive(request.desk, directive_id)
    request.desk.require("directives.read", unit=found.unit_id)
    return render(
        request,
        "incoming/story_part.html" if "HX-Request" in request.headers else "incoming/story.html",
        {"directive": found, "name": name_words(found), "story": _folded(get_story(f"directive:{found.pk}"))},
    )


def _folded(events: list[Event]) -> list[tuple[Event, int]]:
    """The same deed of the same person again and again is one line with its number."""
    runs = (list(run) for _key, run in groupby(events, key=lambda event: (event.title, event.by, event.because_of)))
    return [(run[-1], len(run)) for run in runs]


@page("directives.review")
@require_POST
def read_again(request: Request, directive_id: int) -> HttpResponse:
    """A fresh reading in place of the present one."""
    get_visible_directive(request.desk, directive_id)
    found = read.read_again(request.desk, directive_id=directive_id)
    messages.success(request, _("Máy đã đọc lại: %(number)d điều khoản.") % {"number": found.clauses.count()})
    return redirect("review", directive_id=directive_id)


@page("directives.read")
@require_safe
def file(request: Request, directive_id: int, file_id: int) -> HttpResponse:
    """A file of the document as it came."""
    return download(get_file(request.desk, directive_id, file_id))
