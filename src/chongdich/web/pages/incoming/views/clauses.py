"""What is done to one clause: confirmed, dropped, taken back, merged, corrected, given to units, split; or added."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chongdich.application.journeys import review as journeys
from chongdich.application.journeys.reviewing_again import reopen_clause
from chongdich.application.lenses.incoming import get_clause_under_review
from chongdich.core.errors import Conflict, NotFound, Refused
from chongdich.core.vietnamese import squeeze
from chongdich.domain.directives.models import Clause, Directive
from chongdich.domain.directives.operations.intake import ReadClause
from chongdich.domain.directives.queries import find_clauses
from chongdich.web.access import Request, page
from chongdich.web.pages.incoming.forms import ClauseForm
from chongdich.web.pages.incoming.panels import PANELS
from chongdich.web.pages.incoming.reviewing import Card
from chongdich.web.pages.incoming.views.review import back, is_part, parts, reviewing, whole

ADDED_AT_MOST = 20_000  # characters of a selection


@page("directives.review")
@require_safe
@reviewing
def card(request: Request, directive: Directive, clause_id: int) -> HttpResponse:
    """One clause as it stands: also how an opened panel is put away."""
    return _show(request, directive, Card(get_clause_under_review(directive, clause_id)), focus=f"dk-{clause_id}")


def _show(request: Request, directive: Directive, shown: Card, status: int = 200, focus: str = "") -> HttpResponse:
    if is_part(request):
        return parts(request, directive, [shown], status=status, focus=focus)
    return whole(request, directive, opened=shown, status=status)


Act = Callable[[Request, Clause], list[int]]


def _confirm(request: Request, clause: Clause) -> list[int]:
    journeys.confirm_clause(request.desk, clause_id=clause.pk)
    return []


def _drop(request: Request, clause: Clause) -> list[int]:
    journeys.drop_clause(request.desk, clause_id=clause.pk)
    return []


def _reopen(request: Request, clause: Clause) -> list[int]:
    reopen_clause(request.desk, clause_id=clause.pk)
    return []


def _merge(request: Request, clause: Clause) -> list[int]:
    """With the next clause that is still one."""
    following = [row for row in find_clauses(clause.directive_id) if row.order > clause.order]
    after = next((row for row in following if row.state != Clause.State.DROPPED), None)
    if after is None:
        raise Conflict(_("Không còn điều khoản nào ở sau để gộp."))
    journeys.merge_clauses(request.desk, clause_ids=[clause.pk, after.pk])
    return [after.pk]


ACTS: dict[str, Act] = {"xac-nhan": _confirm, "bo": _drop, "lay-lai": _reopen, "gop": _merge}


@page("directives.review")
@require_POST
@reviewing
def act(request: Request, directive: Directive, clause_id: int, action: str) -> HttpResponse:
    """One deed on one clause; refused, the card says why."""
    clause = get_clause_under_review(directive, clause_id)
    if action not in ACTS:
        raise NotFound("Không có thao tác này.")
    try:
        others = ACTS[action](request, clause)
    except Refused as refused:
        return _show(request, directive, Card(clause, error=refused.message), status=422, focus=f"dk-{clause_id}")
    stays = action in ("lay-lai", "gop")  # after the others the browser has gone on to the next clause already
    return _changed(request, directive, [clause_id], others, moved=action == "gop", stays=stays)


def _changed(
    request: Request, directive: Directive, keys: list[int], others: Sequence[int] = (), *,
    moved: bool = False, stays: bool = True,
) -> HttpResponse:  # fmt: skip
    if not is_part(request):
        return back(directive, f"dk-{keys[0]}")
    rows = {row.pk: Card(row) for row in find_clauses(directive.pk)}
    focus = f"dk-{keys[0]}" if stays else ""
    shown, beside = [rows[key] for key in keys], [rows[key] for key in others]
    return parts(request, directive, shown, beside, moved=moved, focus=focus)


@page("directives.review")
@require_http_methods(["GET", "POST"])
@reviewing
def edit(request: Request, directive: Directive, clause_id: int, panel: str) -> HttpResponse:
    """Open a clause's panel, or save what stands in it."""
    clause = get_clause_under_review(directive, clause_id)
    if panel not in PANELS:
        raise NotFound("Không có thao tác này.")
    kind = PANELS[panel](request, directive, clause)
    if request.method == "GET" or kind.only_asks:
        return _show(request, directive, kind.card(panel), status=200)
    keys = kind.save()
    if not keys:
        return _show(request, directive, kind.card(panel), status=422)
    return _changed(request, directive, keys, moved=len(keys) > 1)


@page("directives.review")
@require_http_methods(["GET", "POST"])
@reviewing
def add(request: Request, directive: Directive) -> HttpResponse:
    """A clause that the machine missed, from the words selected in the text or typed."""
    place = _place(request, directive)
    if request.method == "GET":
        text = squeeze(directive.text[place["start"] : place["end"]])
        return _adding(request, directive, {**place, "form": ClauseForm(initial={"text": text})})
    form = ClauseForm(request.POST)
    if not form.is_valid():
        return _adding(request, directive, {**place, "form": form}, status=422)
    read = ReadClause(start=place["start"], end=place["end"], **form.cleaned_data)
    new = journeys.add_clause(request.desk, directive_id=directive.pk, after_order=place["order"], clause=read)
    response = _changed(request, directive, [new.pk], moved=True)
    if is_part(request):  # the form was elsewhere: the new card goes to its place among the others
        response["HX-Retarget"] = f"#dk-{place['after']}" if place["after"] else "#cards"
        response["HX-Reswap"] = "afterend" if place["after"] else "afterbegin"
    return response


def _place(request: Request, directive: Directive) -> dict[str, Any]:
    """Where in the text the words stand and after which clause they come; what makes no sense is left out."""
    given = request.POST if request.method == "POST" else request.GET
    start, end, after = (_whole(given.get(name, "")) for name in ("start", "end", "after"))
    if not 0 <= start < end <= len(directive.text) or end - start > ADDED_AT_MOST:
        start = end = 0
    rows = find_clauses(directive.pk)
    before = next((row for row in rows if row.pk == after), None) or _last_before(rows, start, end)
    return {"start": start, "end": end, "after": before.pk if before else 0, "order": before.order if before else -1}


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _last_before(rows: list[Clause], start: int, end: int) -> Clause | None:
    """The clause after which a selection stands in the text; without a selection the last one."""
    if not end:
        return rows[-1] if rows else None
    return next((row for row in reversed(rows) if row.end and row.start < start), None)


def _adding(request: Request, directive: Directive, adding: dict[str, Any], status: int = 200) -> HttpResponse:
    if not is_part(request):
        return whole(request, directive, adding=adding, status=status)
    return render(request, "incoming/adding.html", {"directive": directive, "adding": adding}, status=status)
