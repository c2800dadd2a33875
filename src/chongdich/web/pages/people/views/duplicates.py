"""Probable duplicates: the queue, two rows side by side, merge or "not one person"."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chongdich.application.journeys import people as journeys
from chongdich.application.lenses import people as lenses
from chongdich.core.errors import NotAllowed, Refused
from chongdich.registry.people.models import Likeness
from chongdich.web.access import Request, page
from chongdich.web.kit.paging import page_of
from chongdich.web.pages.people.sides import TAKEN, sides_of
from chongdich.web.pages.people.tabs import tabs_of

PER_PAGE = 20
COUNTED = 1000


@page("people.merge")
@require_safe
def queue(request: Request) -> HttpResponse:
    """Pairs that wait, the likeliest first, half-hidden."""
    rows = lenses.find_likenesses(request.desk)
    count = rows[: COUNTED + 1].count()
    shown = page_of(
        request.GET.get("page", "1"), count=count, per_page=PER_PAGE, address=lambda number: f"?page={number}"
    )
    pairs = list(rows[shown.start : shown.until])
    comparisons = lenses.compare_pairs(request.desk, pairs)
    context = {
        "pairs": [_pair(request, pair, comparisons[pair.pk]) for pair in pairs],
        "count": count,
        "many": count > COUNTED,
        "pages": shown,
        "tabs": tabs_of(request.desk, "duplicates"),
    }
    return render(request, "people/duplicates.html", context)


def _pair(request: Request, pair: Likeness, comparison: Any) -> dict[str, Any]:
    named = request.desk.may("people.open")
    return {
        "likeness": pair,
        "first": lenses.glimpse(request.desk, pair.first, named=named),
        "second": lenses.glimpse(request.desk, pair.second, named=named),
        "comparison": comparison,
    }


@page("people.merge")
@require_POST
def open_both(request: Request, likeness_id: int) -> HttpResponse:
    """Both records are opened, with two lines in the log, to be compared."""
    journeys.open_pair(request.desk, likeness_id=likeness_id)
    return redirect("duplicate", likeness_id=likeness_id)


@page("people.merge")
@require_http_methods(["GET", "POST"])
def compare(request: Request, likeness_id: int) -> HttpResponse:
    """Side by side; posted, one row goes into the other with the values that were chosen."""
    try:
        pair = lenses.get_pair(request.desk, likeness_id)
    except NotAllowed:
        return redirect("duplicates")  # not opened, or an hour has gone by
    refusal = _merged(request, pair) if request.method == "POST" else None
    if isinstance(refusal, HttpResponse):
        return refusal
    keeps = _keeps(request, pair)
    context = {"pair": pair, "sides": sides_of(pair, keeps), "keeps": keeps, "refused": refusal}
    return render(request, "people/compare.html", context, status=422 if refusal else 200)


def _keeps(request: Request, pair: lenses.Pair) -> str:
    """Which row is kept unless somebody says otherwise: the fuller one, the elder of two that are as full."""
    asked = request.POST.get("keep", "")
    if asked in ("first", "second"):
        return asked
    told = [sum(bool(getattr(side.person, name)) for name in TAKEN) for side in (pair.first, pair.second)]
    return "second" if told[1] > told[0] else "first"


def _merged(request: Request, pair: lenses.Pair) -> HttpResponse | Refused:
    keep = _keeps(request, pair)
    kept, gone = (pair.first, pair.second) if keep == "first" else (pair.second, pair.first)
    other = "second" if keep == "first" else "first"
    take = tuple(name for name in TAKEN if request.POST.get(f"take_{name}") == other)
    try:
        journeys.merge_people(request.desk, kept=kept.person.uid, gone=gone.person.uid, take=take)
    except Refused as refused:
        return refused
    messages.success(request, _("Đã gộp hai hồ sơ. Có thể hủy gộp ở mục “Đã gộp”."))
    return redirect("duplicates")


@page("people.merge")
@require_POST
def distinct(request: Request, likeness_id: int) -> HttpResponse:
    """These two are two people."""
    journeys.say_distinct(request.desk, likeness_id=likeness_id)
    messages.success(request, _("Đã ghi: không phải một người. Cặp này không được hỏi lại."))
    return redirect("duplicates")
