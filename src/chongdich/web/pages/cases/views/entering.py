"""A case on one screen: who, then what is known."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from chongdich.application.journeys.cases import Told, report_case
from chongdich.application.lenses import people as people_lenses
from chongdich.application.lenses.cases import title_of_case
from chongdich.core.errors import Refused
from chongdich.web.access import Request, page
from chongdich.web.kit.forms import form_response
from chongdich.web.pages.cases.forms import CaseForm
from chongdich.web.pages.people.forms import PersonForm

PERSON = ("name", "birth", "sex", "phone", "cccd", "residence_id", "residence_hamlet", "residence_address")


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@page("cases.write")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Enter a case of somebody known or new. Who is alike is shown first; `sure` writes all the same."""
    data = request.POST or None
    person = PersonForm(people_lenses.find_communes(request.desk), data)
    form = CaseForm(data)
    chosen = _uid((data or request.GET).get("uid", ""))
    context: dict[str, Any] = {"form": form, "person": person, "person_part": person.part(PERSON)}
    if request.method == "POST" and form.is_valid() and (chosen or person.is_valid()):
        try:
            entered = report_case(
                request.desk, told=Told(**form.told()), uid=chosen, person=None if chosen else person.raw(),
                sure=bool(request.POST.get("sure")),
            )  # fmt: skip
        except Refused as refused:
            (form if refused.where in form.fields else person).refuse(refused)
        else:
            if entered.case:
                words = title_of_case(request.desk, entered.case, request.desk.may("people.open"))
                messages.success(request, _("Đã ghi ca bệnh: %(who)s.") % {"who": words})
                return redirect("case_new") if request.POST.get("next") else redirect("case", case_id=entered.case.pk)
            context |= {"registered": entered.registered, "alike": _alike(request, entered.registered)}
    context["chosen"] = people_lenses.see_person(request.desk, chosen)[1] if chosen else None
    return form_response(request, "cases/new.html", context, form, *([] if chosen else [person]))


def _alike(request: Request, registered: Any) -> list[dict[str, Any]]:
    scope = people_lenses.scope_of(request.desk)
    named = request.desk.may("people.open")
    return [
        {
            "seen": people_lenses.glimpse(request.desk, one, named=named and scope.holds(one)),
            "within": scope.holds(one),
            "comparison": comparison,
        }
        for one, comparison in registered.alike
    ]


@page("cases.write")
@sensitive_post_parameters()
@require_POST
def people(request: Request) -> HttpResponse:
    """People of one's area as one types, to choose from."""
    found = people_lenses.find_as_typed(request.desk, request.POST.get("q", ""))
    return render(request, "cases/people.html", {"found": found, "typed": request.POST.get("q", "")})
