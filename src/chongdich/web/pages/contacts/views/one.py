"""One contact: why, by which rule, what was tried; and the contacts of one case."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chongdich.application.journeys.tracing import trace_again
from chongdich.application.lenses.cases import get_visible_case, title_of_case
from chongdich.application.lenses.consequences import what_followed
from chongdich.application.lenses.contacts import contacts_of_case, see_contact
from chongdich.application.lenses.likely_sources import likely_sources
from chongdich.application.lenses.reaching import find_tracers
from chongdich.registry.people.rules.phones import shown_phone
from chongdich.web.access import Request, page
from chongdich.web.pages.contacts import looks


@page("contacts.read")
@require_safe
def contact(request: Request, contact_id: int) -> HttpResponse:
    """One contact with its reasons, its calls and its story."""
    desk = request.desk
    view = see_contact(desk, contact_id)
    row = view.contact
    may_work = desk.may("contacts.work")
    context = {
        "view": view, "phones": [shown_phone(one) for one in view.phones], "contact": row,
        "state": looks.state(row), "generation": looks.generation(row),
        "clock": looks.clock(view.clock), "deeds": looks.deeds(view.actions) if may_work else [],
        "outcomes": looks.calls() if may_work and looks.may_call(row) else [],
        "calls": [(one, _(one.get_outcome_display()), view.callers.get(one.by or 0, "")) for one in view.calls],
        "may_open": may_work and desk.may("people.open"), "may_assign": desk.may("contacts.assign"),
        "tracers": find_tracers(desk, [row]) if desk.may("contacts.assign") else [],
        "may_read_people": desk.may("people.read"), "source": dict(_sources()),
    }  # fmt: skip
    return render(request, "contacts/contact.html", context)


def _sources() -> list[tuple[bool, str]]:
    return [(True, _("người bệnh kể tên")), (False, _("từ thông tin có mặt"))]


@page("cases.read")
@require_safe
def of_case(request: Request, case_id: int) -> HttpResponse:
    """The contacts of a case: who, where, how long, by which rule, who is called first. A part for the case's page."""
    desk = request.desk
    found = contacts_of_case(desk, case_id)
    case = get_visible_case(desk, case_id)
    part = "HX-Request" in request.headers
    context = {
        "found": found, "case": case, "title": title_of_case(desk, case, desk.may("people.open")),
        "groups": [_group("F1", found.f1, found.f1_count), _group("F2", found.f2, found.f2_count)],
        "may_trace": desk.may("contacts.trace"), "part": part,
    }  # fmt: skip
    return render(request, "contacts/of_case_part.html" if part else "contacts/of_case.html", context)


def _group(name: str, rows: list[Any], count: int) -> dict[str, Any]:
    lines = [{"row": row, "state": looks.state(row.contact), "clock": looks.clock(row.clock)} for row in rows]
    return {"name": name, "lines": lines, "count": count, "more": count - len(lines)}


@page("cases.read")
@require_safe
def sources(request: Request, case_id: int) -> HttpResponse:
    """Who may have infected a case: people and places of the days of its incubation."""
    desk = request.desk
    found = likely_sources(desk, case_id)
    case = get_visible_case(desk, case_id)
    title = title_of_case(desk, case, desk.may("people.open"))
    return render(request, "contacts/sources.html", {"found": found, "case": case, "title": title})


@page("cases.read")
@require_safe
def followed(request: Request, case_id: int) -> HttpResponse:
    """What happened because of a case, and by which rule."""
    desk = request.desk
    steps = what_followed(desk, case_id)
    case = get_visible_case(desk, case_id)
    part = "HX-Request" in request.headers
    context = {"steps": steps, "case": case, "title": title_of_case(desk, case, desk.may("people.open"))}
    return render(request, "contacts/followed_part.html" if part else "contacts/followed.html", context)


@page("contacts.trace")
@require_POST
def trace(request: Request, case_id: int) -> HttpResponse:
    """Look at a case's contacts anew."""
    get_visible_case(request.desk, case_id, "contacts.trace")
    outcome = trace_again(request.desk, case_ids=[case_id])
    words = _("Đã truy vết lại: %(new)d người mới, %(changed)d thay đổi.")
    messages.success(request, words % {"new": len(outcome.new), "changed": len(outcome.changed)})
    return redirect("case_contacts", case_id=case_id)
