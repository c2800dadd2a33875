"""One person: half-hidden first, whole after a purpose was named."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chongdich.application.journeys import people as journeys
from chongdich.application.lenses import people as lenses
from chongdich.core.errors import Refused
from chongdich.registry.people.rules import PURPOSES, shown_phone
from chongdich.web.access import Request, page
from chongdich.web.kit.forms import form_response
from chongdich.web.pages.people.forms import COMORBIDITIES, OpenForm


def _show(request: Request, uid: UUID, form: OpenForm) -> HttpResponse:
    person, seen = lenses.see_person(request.desk, uid)
    may_open = request.desk.may("people.open")
    opening = lenses.find_own_opening(request.desk, person) if may_open else None
    context = {
        "person": person, "seen": seen, "pseudonym": lenses.pseudonym_of(request.desk, person), "form": form,
        "may_open": may_open, "opening": opening, "place": lenses.place_of(person),
    }  # fmt: skip
    return form_response(request, "people/person.html", context, form)


@page("people.read")
@require_safe
def person(request: Request, uid: UUID) -> HttpResponse:
    """Who it is, no more; and the way to the whole record."""
    return _show(request, uid, OpenForm())


@page("people.open")
@require_POST
def open_one(request: Request, uid: UUID) -> HttpResponse:
    """Open the record for an hour: the log keeps who, when and what for."""
    form = OpenForm(request.POST)
    if form.is_valid():
        try:
            journeys.open_record(request.desk, uid=uid, **form.cleaned_data)
            return redirect("person_record", uid=uid)
        except Refused as refused:
            form.refuse(refused)
    return _show(request, uid, form)


@page("people.open")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD"])
def record(request: Request, uid: UUID) -> HttpResponse:
    """The whole record, while it stands open."""
    found = lenses.get_record(request.desk, uid)
    names = lenses.names_of_accounts([found.person.created_by])
    context = {
        "record": found,
        "person": found.person,
        "phones": [shown_phone(number) for number in found.phones],
        "guardian_phone": shown_phone(found.person.guardian_phone),
        "purpose": _(PURPOSES.get(found.opening.purpose, "")),
        "until": found.opening.at + lenses.OPENING_LASTS,
        "diseases": [COMORBIDITIES.get(slug, slug) for slug in found.person.comorbidities],
        "may_write": request.desk.may("people.write"),
        "created_by": names.get(found.person.created_by, ""),
    }
    return form_response(request, "people/record.html", context)
