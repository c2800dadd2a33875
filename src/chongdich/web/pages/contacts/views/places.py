"""Who was where: venues, how near people are there, lists pasted in."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chongdich.application.desk import Desk
from chongdich.application.journeys.attendance import HOUSEHOLD, Attendance, Line, Together, record_attendance
from chongdich.application.journeys.presences import (
    VENUE_OF,
    describe_venue,
    import_presences,
    withdraw_presences,
)
from chongdich.application.lenses.people import find_communes, glimpse, scope_of
from chongdich.application.lenses.venues import counted_venues, get_visible_venue, stays_at
from chongdich.core.errors import NotAllowed, Refused
from chongdich.core.periods import VIETNAM
from chongdich.domain.contacts.models import Venue
from chongdich.domain.contacts.presences import NewVenue
from chongdich.domain.contacts.states import SOURCE
from chongdich.web.access import Request, page
from chongdich.web.kit.forms import form_response
from chongdich.web.pages.contacts.forms import FileForm, ListForm, VenueForm
from chongdich.web.pages.contacts.tables import Venues
from chongdich.web.pages.contacts.tabs import tabs_of


@page("contacts.read")
@require_safe
def venues(request: Request) -> HttpResponse:
    """Places and vehicles, those that link most cases first."""
    desk = request.desk
    rows: QuerySet[Venue] = counted_venues(desk)
    table = Venues(rows, request, today=desk.today, may_export=desk.may("exports.make"))
    return table.respond("contacts/venues.html", {"tabs": tabs_of(desk, "venues")})


@page("contacts.read")
@require_http_methods(["GET", "POST"])
def venue(request: Request, venue_id: int) -> HttpResponse:
    """One place: who was there, which of them are ill; how near people are there."""
    desk = request.desk
    found = get_visible_venue(desk, venue_id)
    names = ("closed", "distance_m", "lag_minutes")
    form = VenueForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if request.method == "POST" and request.POST.getlist("presence"):
        return _withdraw(request, venue_id)
    if request.method == "POST" and not desk.may("contacts.trace"):
        raise NotAllowed(_("Tài khoản của bạn không được mô tả nơi có mặt."))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        describe_venue(desk, venue_id=found.pk, closed=told["closed"], distance_m=told["distance_m"],
                       lag_minutes=told["lag_minutes"] or 0)  # fmt: skip
        messages.success(request, _("Đã ghi; những người từng ở đây được truy vết lại."))
        return redirect("venue", venue_id=venue_id)
    stays = stays_at(desk, found)
    context = {
        "venue": found, "form": form, "stays": [(one, _(SOURCE[one.presence.source])) for one in stays],
        "people": len({one.presence.person_id for one in stays}),
        "ill": len({one.case.pk for one in stays if one.case}), "may_describe": desk.may("contacts.trace"),
        "may_write": desk.may("presences.write"),
    }  # fmt: skip
    return form_response(request, "contacts/venue.html", context, form)


def _withdraw(request: Request, venue_id: int) -> HttpResponse:
    """Take stays back that never were."""
    chosen = [int(one) for one in request.POST.getlist("presence") if one.isdecimal()][:300]
    count = withdraw_presences(request.desk, presence_ids=chosen)
    messages.success(request, _("Đã rút %(n)d lần có mặt; tiếp xúc được truy vết lại.") % {"n": count})
    return redirect("venue", venue_id=venue_id)


@page("presences.write")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """A class, shift, passenger or room list, pasted."""
    desk = request.desk
    form = _list_form(request)
    result: Attendance | None = None
    if request.method == "POST" and form.is_valid():
        try:
            result = record_attendance(
                desk, together=_together(form.cleaned_data), text=form.cleaned_data["people"],
                choices=_choices(request.POST),
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            if result.written:
                words = _("Đã ghi %(n)d người, %(new)d hồ sơ mới; tiếp xúc được truy vết lại.")
                messages.success(request, words % {"n": result.written, "new": result.new_people})
                seen = result.venue_id and desk.may("contacts.read")
                return redirect("venue", venue_id=result.venue_id) if seen else redirect("presences_new")
            form.add_error("people", _("Có dòng cần xem lại bên dưới; chưa ghi gì."))
    return _list_page(request, form, FileForm(), result)


def _list_form(request: Request) -> ListForm:
    """Bound where the list itself was sent. One's own commune stands there already."""
    communes = find_communes(request.desk)
    scope = scope_of(request.desk, "presences.write")
    own = [place for place, _words in communes if place in scope.places]
    first = {"kind": "class", "day": request.desk.today, "place_id": own[0] if len(own) == 1 else None}
    sent = request.POST if request.POST and "people" in request.POST else None
    return ListForm(communes, sent, initial=first)


def _list_page(request: Request, form: ListForm, file_form: FileForm, result: Attendance | None) -> HttpResponse:
    desk = request.desk
    context = {
        "form": form, "lines": _lines(request, result), "file_form": file_form if _may_send_files(desk) else None,
        "tabs": tabs_of(desk, "presences_new") if desk.may("contacts.read") else [],
    }  # fmt: skip
    return form_response(request, "contacts/list_new.html", context, form, file_form)


def _may_send_files(desk: Desk) -> bool:
    return desk.may("presences.write") and desk.may("contacts.trace")


@page("presences.write")
@require_POST
def file(request: Request) -> HttpResponse:
    """A file of presences, whole or not at all."""
    desk = request.desk
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            batch = import_presences(desk, name=sent.name, data=sent.read())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Đã nhận %(n)d dòng; tiếp xúc được truy vết lại.") % {"n": batch.count})
            return redirect("presences_new")
    return _list_page(request, _list_form(request), form, None)


def _together(told: dict[str, Any]) -> Together:
    """Until before since means past midnight: a night shift, a night bus."""
    if told["kind"] == HOUSEHOLD:
        return Together(kind=HOUSEHOLD, near=told["place_id"])
    since, until = _moment(told["day"], told["since"]), _moment(told["day"], told["until"])
    if until < since:
        until += timedelta(days=1)
    kind = told["kind"]
    name = f"{told['name']} {told['day']:%d/%m/%Y}" if kind == "manifest" else told["name"]
    place = None if kind == "manifest" else told["place_id"]
    venue = NewVenue(kind=VENUE_OF[kind], name=name, place_id=place, plate=told["plate"])
    return Together(kind=kind, venue=venue, since=since, until=until, masked=told["masked"], near=told["place_id"])


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, VIETNAM)


def _choices(posted: Any) -> dict[int, str]:
    found = ((re.fullmatch(r"line-(\d{1,4})", name), value) for name, value in posted.items())
    return {int(match[1]): value for match, value in found if match}


def _lines(request: Request, result: Attendance | None) -> list[dict[str, Any]]:
    """The lines that must be looked at, with whom they may be."""
    return [_line(request, line) for line in (result.lines if result else []) if not line.settled]


def _line(request: Request, line: Line) -> dict[str, Any]:
    """Who is out of one's area is told half-hidden, and cannot be chosen."""
    scope, named = scope_of(request.desk, "presences.write"), request.desk.may("people.open")
    seen = [
        (glimpse(request.desk, one, named=named and scope.holds(one)), scope.holds(one))
        for one, _comparison in line.alike
    ]
    return {"line": line, "seen": seen}
