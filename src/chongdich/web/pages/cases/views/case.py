"""One case: what it is and by which rule, what hangs on it, what may be done."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chongdich.application.journeys import cases as journeys
from chongdich.application.lenses import cases as lenses
from chongdich.application.lenses.people import find_communes
from chongdich.core.errors import Refused
from chongdich.domain.cases.operations import Visit
from chongdich.domain.cases.states import ORIGIN, OUTCOME
from chongdich.web.access import Request, page
from chongdich.web.kit.forms import form_response
from chongdich.web.pages.cases import looks
from chongdich.web.pages.cases.forms import EditForm, VisitForm, symptom_choices, written_of


def show(request: Request, case_id: int, *shown: Any, **forms: Any) -> HttpResponse:
    """The page, with the forms as they stand."""
    desk = request.desk
    view = lenses.see_case(desk, case_id)
    words = dict(symptom_choices())
    context = {
        "view": view, "case": view.case, "classification": looks.classification(view.case),
        "outcome": looks.outcome(view.case), "severity": looks.severity(view.case),
        "origin": _(ORIGIN[view.case.origin]),
        "symptoms": [words.get(slug, slug) for slug in view.case.symptoms], "visit_form": VisitForm(),
        "visits": [(row, [words.get(slug, slug) for slug in row.symptoms]) for row in view.visits],
        "may_write": desk.may("cases.write"), "open": view.case.outcome == "active",
        "may_close": desk.may("cases.close"), "deeds": OUTCOME[view.case.outcome].actions,
        "may_read_people": desk.may("people.read"), "may_read_contacts": desk.may("contacts.read"), **forms,
    }  # fmt: skip
    return form_response(request, "cases/case.html", context, *shown)


@page("cases.read")
@require_safe
def case(request: Request, case_id: int) -> HttpResponse:
    """One case."""
    return show(request, case_id)


@page("cases.write")
@require_POST
def visit(request: Request, case_id: int) -> HttpResponse:
    """Write a visit."""
    form = VisitForm(request.POST)
    if form.is_valid():
        try:
            found = {**form.cleaned_data, "symptoms": tuple(form.cleaned_data["symptoms"])}
            journeys.visit_patient(request.desk, case_id=case_id, visit=Visit(**found))
            messages.success(request, _("Đã ghi lần theo dõi."))
            return redirect("case", case_id=case_id)
        except Refused as refused:
            form.refuse(refused)
    return show(request, case_id, form, visit_form=form)


@page("cases.write")
@require_http_methods(["GET", "POST"])
def edit(request: Request, case_id: int) -> HttpResponse:
    """Set a case right."""
    found = lenses.get_visible_case(request.desk, case_id, "cases.write")
    communes = find_communes(request.desk)
    form = EditForm(communes, request.POST or None, initial=written_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            journeys.correct_case(request.desk, case_id=case_id, version=version, values=form.cleaned_data)
            messages.success(request, _("Đã sửa ca bệnh."))
            return redirect("case", case_id=case_id)
        except Refused as refused:
            form.refuse(refused)
    title = lenses.title_of_case(request.desk, found, request.desk.may("people.open"))
    return form_response(request, "cases/edit.html", {"form": form, "case": found, "title": title}, form)
