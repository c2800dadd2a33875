"""The end of a case: recovered by the discharge rule, with its certificate; died, moved, discarded; reopened."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chongdich.application.journeys import cases as journeys
from chongdich.application.journeys.certificates import certificate_of
from chongdich.application.lenses import cases as lenses
from chongdich.application.ports import ports
from chongdich.core.errors import NotFound, Refused
from chongdich.web.access import Request, page
from chongdich.web.kit.forms import form_response
from chongdich.web.pages.cases.forms import EndForm, RecoverForm

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@page("cases.close")
@require_http_methods(["GET", "POST"])
def recover(request: Request, case_id: int) -> HttpResponse:
    """Recovered, where the rule of the day allows; the rule is shown where it does not."""
    case = lenses.get_visible_case(request.desk, case_id, "cases.close")
    form = RecoverForm(request.POST or None, initial={"on": request.desk.today})
    told = None
    if request.method == "POST" and form.is_valid():
        on, given = form.cleaned_data["on"], form.given()
        try:
            journeys.recover_case(request.desk, case_id=case_id, on=on, given=given)
            messages.success(request, _("Đã ghi khỏi bệnh; giấy xác nhận có ở trang ca bệnh."))
            return redirect("case", case_id=case_id)
        except Refused as refused:
            form.refuse(refused)
            told = _told(request, case_id, on, given)
    title = lenses.title_of_case(request.desk, case, request.desk.may("people.open"))
    first = lenses.first_positive_on(case)
    context = {"form": form, "case": case, "title": title, "told": told, "first": first,
               "days": (request.desk.today - first).days if first else None}  # fmt: skip
    return form_response(request, "cases/recover.html", context, form)


def _told(request: Request, case_id: int, on: date, given: dict[str, Any]) -> object:
    """The decision as far as it can be made."""
    case = lenses.get_visible_case(request.desk, case_id, "cases.close")
    try:
        found = journeys.decide_discharge(request.desk, case, on, given)
    except Refused:
        return None
    return request.desk.law.explain(found)


@page("cases.close")
@require_http_methods(["GET", "POST"])
def end(request: Request, case_id: int) -> HttpResponse:
    """Died, moved away, or no case."""
    case = lenses.get_visible_case(request.desk, case_id, "cases.close")
    form = EndForm(request.POST or None, initial={"on": request.desk.today})
    if request.method == "POST" and form.is_valid():
        try:
            journeys.close_case(request.desk, case_id=case_id, **form.cleaned_data)
            messages.success(request, _("Đã kết thúc ca bệnh."))
            return redirect("case", case_id=case_id)
        except Refused as refused:
            form.refuse(refused)
    title = lenses.title_of_case(request.desk, case, request.desk.may("people.open"))
    return form_response(request, "cases/end.html", {"form": form, "case": case, "title": title}, form)


@page("cases.close")
@require_POST
def again(request: Request, case_id: int) -> HttpResponse:
    """Reopen."""
    try:
        journeys.reopen_case(request.desk, case_id=case_id)
        messages.success(request, _("Đã mở lại ca bệnh."))
    except Refused as refused:
        if refused.code != "conflict":
            raise
        messages.error(request, refused.message)
    return redirect("case", case_id=case_id)


@page("cases.close")
@require_safe
def certificate(request: Request, case_id: int, form: str) -> HttpResponse:
    """The confirmation of recovery as PDF or .docx."""
    if form not in KINDS:
        raise NotFound("Không có dạng tệp này.")
    document = certificate_of(request.desk, case_id=case_id)
    data = ports.render_pdf(document) if form == "pdf" else ports.render_docx(document)
    response = HttpResponse(data, content_type=KINDS[form])
    response["Content-Disposition"] = content_disposition_header(True, f"xac-nhan-khoi-benh-{case_id}.{form}")
    return response
