"""Worklists: whom to call, in which order; what came of it in one key."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chongdich.application.journeys import contacts as journeys
from chongdich.application.lenses.contacts import WORKLISTS, find_contacts, get_visible_contact, worklist
from chongdich.application.lenses.reaching import cards, find_contact_places, find_tracers, reach_of
from chongdich.core.errors import Refused
from chongdich.web.access import Request, page
from chongdich.web.kit.paging import COUNTED, page_of
from chongdich.web.kit.sources import counted
from chongdich.web.pages.contacts import looks
from chongdich.web.pages.contacts.forms import WorklistForm
from chongdich.web.pages.contacts.tabs import tabs_of

PER_PAGE = 30
_MAIN = ("to_reach", "late", "mine", "followed", "due", "elsewhere", "lost", "all")


@page("contacts.read")
@require_safe
def contacts(request: Request) -> HttpResponse:
    """One worklist, whoever is to be called first on top."""
    desk = request.desk
    area = find_contacts(desk)
    form = WorklistForm(find_contact_places(desk, area), find_tracers(desk), request.GET)
    form.is_valid()
    which = form.cleaned_data.get("ds") or "to_reach"
    rows = worklist(desk, which, **form.narrowed())
    query = {**form.query(), "ds": which}
    paged = page_of(
        request.GET.get("page", "1"), count=counted(rows, COUNTED + 1), per_page=PER_PAGE,
        address=lambda number: f"?{urlencode({**query, 'page': str(number)})}",
    )  # fmt: skip
    shown = list(rows[paged.start : paged.until])
    context = {
        "tabs": tabs_of(desk, "contacts"), "lists": _lists(query, which), "which": which, "form": form, "page": paged,
        "cards": [card_context(request, card) for card in cards(desk, shown)], "reach": reach_of(desk, area),
        "tracers": form.fields["tracer"].choices[1:],  # type: ignore[attr-defined]
        "may_assign": desk.may("contacts.assign"), "may_work": desk.may("contacts.work"),
        "here": request.get_full_path(), "filtered": bool(form.narrowed()),
    }  # fmt: skip
    return render(request, "contacts/worklist.html", context)


def _lists(query: dict[str, str], current: str) -> list[dict[str, Any]]:
    return [
        {"label": _(WORKLISTS[name]), "url": f"?{urlencode({**query, 'ds': name})}", "current": name == current}
        for name in dict.fromkeys([*_MAIN[:3], "unassigned", *_MAIN[3:7], "unsupported", "all"])
    ]


def card_context(request: Request, card: Any) -> dict[str, Any]:
    """What the template of a card needs."""
    row = card.row
    return {
        "card": card, "row": row, "contact": row.contact, "state": looks.state(row.contact),
        "generation": looks.generation(row.contact), "clock": looks.clock(row.clock), "calls": looks.calls(),
        "may_call": looks.may_call(row) and request.desk.may("contacts.work"),
        "may_open": request.desk.may("people.open") and request.desk.may("contacts.work"),
    }  # fmt: skip


def _answer(request: Request, contact_id: int, words: str) -> HttpResponse:
    """The card anew where htmx asked for it, else back to where one came from."""
    if request.headers.get("HX-Request"):
        row = get_visible_contact(request.desk, contact_id)
        (card,) = cards(request.desk, [row])
        return render(request, "contacts/card.html", card_context(request, card) | {"said": words})
    if words:
        messages.success(request, words)
    back = request.POST.get("next", "")
    known = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if known else reverse("contact", args=[contact_id]))


@page("contacts.work")
@require_POST
def call(request: Request, contact_id: int) -> HttpResponse:
    """Note what came of an attempt."""
    outcome, note = request.POST.get("outcome", ""), request.POST.get("note", "")
    made = journeys.record_call(request.desk, contact_id=contact_id, outcome=outcome, note=note)
    return _answer(request, contact_id, _("Đã ghi: %(what)s.") % {"what": _(made.get_outcome_display()).lower()})


@page("people.open")
@require_POST
def open_phone(request: Request, contact_id: int) -> HttpResponse:
    """Open the record for an hour, for tracing; the opening is logged."""
    journeys.open_contact(request.desk, contact_id=contact_id)
    return _answer(request, contact_id, "")


@page("contacts.work")
@require_POST
def move(request: Request, contact_id: int) -> HttpResponse:
    """Take an action of the contact's state."""
    posted = request.POST
    version = posted.get("version", "")
    try:
        journeys.move_contact(
            request.desk, contact_id=contact_id, action=posted.get("action", ""), note=posted.get("note", ""),
            version=int(version) if version.isdecimal() else None,
        )  # fmt: skip
    except Refused as refused:
        if refused.code not in ("conflict", "refused"):
            raise
        messages.error(request, refused.message)
        return redirect("contact", contact_id=contact_id)
    return _answer(request, contact_id, _("Đã cập nhật."))


def _chosen(request: Request) -> list[int]:
    return [int(one) for one in request.POST.getlist("contacts") if one.isdecimal()][:500]


def _back(request: Request) -> HttpResponse:
    back = request.POST.get("next", "")
    known = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if known else reverse("contacts"))


@page("contacts.assign")
@require_POST
def assign(request: Request) -> HttpResponse:
    """Give the chosen contacts to somebody, or to nobody."""
    tracer = request.POST.get("tracer", "")
    chosen = _chosen(request)
    if not chosen:
        messages.error(request, _("Chưa chọn người tiếp xúc nào."))
        return _back(request)
    try:
        count = journeys.assign_contacts(
            request.desk, contact_ids=chosen, tracer=int(tracer) if tracer.isdecimal() else None
        )
        messages.success(request, _("Đã phân công %(n)d người tiếp xúc.") % {"n": count})
    except Refused as refused:
        messages.error(request, refused.message)
    return _back(request)


@page("contacts.work")
@require_POST
def release(request: Request) -> HttpResponse:
    """Release those of the chosen whose days by the rule are over."""
    count = journeys.release_contacts(request.desk, contact_ids=_chosen(request))
    messages.success(request, _("Đã kết thúc theo dõi %(n)d người.") % {"n": count})
    return _back(request)
