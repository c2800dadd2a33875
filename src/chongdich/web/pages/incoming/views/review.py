"""The review screen: the document beside what was read; and what its parts answer with."""

import json
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from chongdich.application.lenses.boards import get_visible_directive
from chongdich.application.lenses.incoming import find_units, get_under_review
from chongdich.core.errors import Conflict
from chongdich.domain.directives.models import Clause, Directive
from chongdich.domain.directives.queries import find_clauses
from chongdich.web.access import Request, page
from chongdich.web.pages.incoming.reviewing import Card, HeadRow, count, document_html, head_rows, same_as
from chongdich.web.pages.incoming.words import name_words

View = Callable[..., HttpResponse]


def reviewing(view: View) -> View:
    """Gives a view the document under review; once somebody else has confirmed it, leads to its page and says so."""

    @wraps(view)
    def found(request: Request, directive_id: int, **rest: Any) -> HttpResponse:
        try:
            directive = get_under_review(request.desk, directive_id)
        except Conflict as conflict:
            messages.warning(request, conflict.message)
            return go(request, reverse("directive", args=[directive_id]))
        return view(request, directive, **rest)

    return found


def go(request: Request, address: str) -> HttpResponse:
    """To another page, also from a part of this one."""
    if is_part(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


@page("directives.review")
@require_safe
def review(request: Request, directive_id: int) -> HttpResponse:
    """All of it. A document that is not under review leads to its own page."""
    found = get_visible_directive(request.desk, directive_id)
    if found.state != "read":
        return HttpResponseRedirect(reverse("directive", args=[found.pk]))
    return whole(request, get_under_review(request.desk, directive_id))


@page("directives.review")
@require_safe
@reviewing
def units(request: Request, directive: Directive) -> HttpResponse:
    """Bodies for what was typed so far, as JSON: [{"id", "name", "full"}]."""
    rows = find_units(directive, request.GET.get("q", ""))
    return JsonResponse([{"id": row.pk, "name": row.short_name, "full": row.name} for row in rows], safe=False)


def is_part(request: Request) -> bool:
    """Whether htmx asks for a part of the page rather than a browser for the whole."""
    return "HX-Request" in request.headers


def whole(
    request: Request,
    directive: Directive,
    *,
    opened: Card | None = None,
    head: tuple[Any, ...] = ("", None),
    adding: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page, with a clause's panel, a head field's form or the form for a new clause opened."""
    clauses = find_clauses(directive.pk)
    cards = [opened if opened and opened.clause.pk == row.pk else Card(row) for row in clauses]
    context = {
        **_common(directive, clauses),
        "name": name_words(directive),
        "head": head_rows(directive, *head),
        "cards": cards,
        "adding": adding,
        "document": document_html(directive, clauses),
        "same": same_as(directive),
        "may_review": True,
    }
    return render(request, "incoming/review.html", context, status=status)


def _common(directive: Directive, clauses: Sequence[Clause]) -> dict[str, Any]:
    return {"directive": directive, "count": count(clauses), "part": False}


def parts(
    request: Request, directive: Directive, cards: Sequence[Card], others: Sequence[Card] = (), *,
    moved: bool = False, focus: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Some cards in place of the one acted on, `others` where they stand, and the count; the text if places moved."""
    clauses = find_clauses(directive.pk)
    context = {
        **_common(directive, clauses),
        "part": True,
        "cards": cards,
        "others": others,
        "document": document_html(directive, clauses) if moved else "",
    }
    response = render(request, "incoming/parts.html", context, status=status)
    if focus:
        response["HX-Trigger-After-Settle"] = json.dumps({"review:focus": {"key": focus}})
    return response


def head_part(request: Request, directive: Directive, row: HeadRow, status: int = 200) -> HttpResponse:
    """One head field in place of itself."""
    response = render(request, "incoming/head_row.html", {"directive": directive, "row": row}, status=status)
    if row.form is None:
        response["HX-Trigger-After-Settle"] = json.dumps({"review:focus": {"key": row.key}})
    return response


def back(directive: Directive, key: str) -> HttpResponse:
    """Without scripts: the page again, at the clause or field acted on."""
    return HttpResponseRedirect(f"{reverse('review', args=[directive.pk])}#{key}")
