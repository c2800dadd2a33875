"""A new person, by hand or from the card; and corrections of a record that stands open."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from chongdich.application.journeys import people as journeys
from chongdich.application.lenses import people as lenses
from chongdich.core.errors import Refused
from chongdich.registry.people.rules import Entry, read_chip
from chongdich.web.access import Request, page
from chongdich.web.kit.forms import form_response
from chongdich.web.pages.people.forms import CardForm, PersonForm, written_of


def _checked(request: Request, form: PersonForm) -> Entry | None:
    """The entry when nothing in it is refused; else the refusals stand in the form."""
    if not form.is_valid():
        return None
    entry = journeys.check_entry(request.desk, raw=form.raw())
    for refused in entry.refusals:
        form.refuse(refused)
    return None if entry.refusals else entry


@page("people.write")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Enter somebody. Who is alike, and what is doubtful, is shown first; `sure` writes all the same."""
    form = PersonForm(lenses.find_communes(request.desk), request.POST or None)
    context: dict[str, Any] = {"form": form, "card": CardForm()}
    if request.method == "POST" and _checked(request, form):
        try:
            sure = bool(request.POST.get("sure"))
            registered = journeys.register_person(request.desk, raw=form.raw(), sure=sure)
        except Refused as refused:
            form.refuse(refused)
        else:
            if registered.person:
                return _kept(request, registered.person.uid, registered.person.name)
            context |= {"doubts": registered.doubts, "alike": _alike(request, registered.alike), "asks": True}
    return form_response(request, "people/new.html", context, form)


def _kept(request: Request, uid: UUID, name: str) -> HttpResponse:
    messages.success(request, _("Đã thêm %(name)s.") % {"name": name})
    return redirect("person_new" if request.POST.get("next") else reverse("person", args=[uid]))


def _alike(request: Request, alike: Sequence[Any]) -> list[dict[str, Any]]:
    """Who is alike, half-hidden when outside the actor's area, with the fields that agree and differ."""
    scope = lenses.scope_of(request.desk)
    named = request.desk.may("people.open")
    return [
        {
            "seen": lenses.glimpse(request.desk, person, named=named and scope.holds(person)),
            "within": scope.holds(person),
            "comparison": comparison,
        }
        for person, comparison in alike
    ]


@page("people.write")
@sensitive_post_parameters()
@require_POST
def from_card(request: Request) -> HttpResponse:
    """The form filled from the string of a chip card."""
    communes = lenses.find_communes(request.desk)
    card = CardForm(request.POST)
    form = PersonForm(communes)
    if card.is_valid():
        try:
            form = PersonForm(communes, initial=_from_chip(card.cleaned_data["chip"], communes))
            card = CardForm()
        except Refused as refused:
            card.add_error("chip", refused.message)
    return form_response(request, "people/new.html", {"form": form, "card": card}, card)


def _from_chip(text: str, communes: Sequence[tuple[int, str]]) -> dict[str, Any]:
    chip = read_chip(text)
    place, hamlet = lenses.place_in_address(chip.residence, communes)
    birth = f"{chip.birth_date:%d/%m/%Y}" if chip.birth_date else (chip.birth_year or "")
    values = {"name": chip.name, "birth": birth, "sex": chip.sex, "cccd": chip.cccd, "cmnd": chip.cmnd}
    home = {"residence_id": place, "residence_hamlet": hamlet} if place else {"residence_address": chip.residence}
    return {**values, **home, "nationality": "VN"}


@page("people.write")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def edit(request: Request, uid: UUID) -> HttpResponse:
    """Correct a record that this account has open."""
    known = lenses.get_record(request.desk, uid)
    form = PersonForm(
        lenses.find_communes(request.desk), request.POST or None, initial=written_of(known.person, known.phones)
    )
    entry = _checked(request, form) if request.method == "POST" else None
    if entry and entry.doubts and not request.POST.get("sure"):
        return _edit_page(request, known, form, doubts=entry.doubts)
    if entry:
        try:
            journeys.correct_person(request.desk, uid=uid, version=_version(request), raw=form.raw())
            messages.success(request, _("Đã lưu."))
            return redirect("person_record", uid=known.person.uid)
        except Refused as refused:
            form.refuse(refused)
    return _edit_page(request, known, form)


def _version(request: Request) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0


def _edit_page(request: Request, known: lenses.Record, form: PersonForm, **more: Any) -> HttpResponse:
    version = _version(request) or known.person.version
    context = {"form": form, "person": known.person, "version": version, **more}
    if more:
        return render(request, "people/edit.html", context)
    return form_response(request, "people/edit.html", context, form)
