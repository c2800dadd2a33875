"""The statistics on a page, as files, and as a draft to be signed."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chongdich.application.journeys import reporting
from chongdich.application.journeys.issuing import DOCX, PDF
from chongdich.application.lenses.reporting import (
    Asked,
    find_reported_directives,
    find_reported_units,
    get_statistics,
)
from chongdich.application.ports import ports
from chongdich.core.errors import NotFound, Refused
from chongdich.domain.directives.areas import AREAS
from chongdich.domain.directives.states import STANDINGS
from chongdich.registry.accounts.queries import find_appointments
from chongdich.registry.organisations.models import Organisation
from chongdich.web.access import Request, page
from chongdich.web.kit.exports import XLSX
from chongdich.web.kit.forms import form_response
from chongdich.web.pages.reports.forms import ReportForm, periods

OFFERED = 300


def area_name(area: str) -> str:
    """An area in words."""
    return _(AREAS.get(area, area))


@page("reports.make")
@require_safe
def reports(request: Request) -> HttpResponse:
    """Choose what, see the figures, take them as document or workbook."""
    form = _form(request, request.GET)
    statistics = None
    if form.is_valid():
        try:
            statistics = get_statistics(request.desk, form.asked(), area_name)
        except Refused as refused:
            form.refuse(refused)
    query = request.GET.urlencode()
    context = {
        "form": form,
        "figures": statistics,
        "standings": [(name, _(label)) for name, label in STANDINGS.items()],
        "parts": [(name, number) for name, number in statistics.total.counts.items() if number] if statistics else [],
        "query": f"?{query}" if query else "",
        "periods": [(label, _period_url(request, since, until)) for label, since, until in periods(request.desk.today)],
        "may_draft": request.desk.may("directives.draft"),
    }
    return form_response(request, "reports/reports.html", context, form)


def _period_url(request: HttpRequest, since: Any, until: Any) -> str:
    kept = {name: request.GET[name] for name in ("directive", "unit", "by", "body") if request.GET.get(name)}
    return "?" + urlencode({**kept, "since": f"{since:%d/%m/%Y}", "until": f"{until:%d/%m/%Y}"})


def _form(request: Request, data: Any) -> ReportForm:
    desk = request.desk
    posts = {grant.unit_id for grant in desk.actor.grants if "reports.make" in grant.permissions}
    rows = find_appointments(desk.actor.account_id or 0, desk.today)
    bodies: list[Organisation] = list({row.unit_id: row.unit for row in rows if row.unit_id in posts}.values())
    bodies.sort(key=lambda unit: unit.pk != desk.actor.unit_id)
    named = find_reported_directives(desk)
    directives = [
        (pk, f"{number}/{symbol} {subject[:80]}".strip("/ "))
        for pk, number, symbol, subject in named.values_list("pk", "number", "symbol", "subject")[:OFFERED]
    ]
    return ReportForm(data, bodies=bodies, directives=directives, units=find_reported_units(desk))


def _asked(request: Request, data: Any) -> tuple[int, Asked]:
    """(whose report, about what). Refused with the first thing that is wrong."""
    form = _form(request, data)
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Refused(str(errors[0]), str(field))
    body = form.cleaned_data.get("body") or form.fields["body"].choices[0][0]  # type: ignore[attr-defined]
    return int(body), form.asked()


@page("reports.make")
@require_safe
def download(request: Request, form: str) -> HttpResponse:
    """The report as PDF, .docx or .xlsx."""
    unit_id, asked = _asked(request, request.GET)
    if form == "xlsx":
        table = reporting.table_of(get_statistics(request.desk, asked))
        return _saved(ports.render_xlsx(table), XLSX, form)
    if form not in ("pdf", "docx"):
        raise NotFound("Không có dạng tệp này.")
    document = reporting.make_report(request.desk, unit_id=unit_id, asked=asked)
    if form == "pdf":
        return _saved(ports.render_pdf(document), PDF, form)
    return _saved(ports.render_docx(document), DOCX, form)


def _saved(data: bytes, kind: str, form: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, f"bao-cao-nhiem-vu.{form}")
    return response


@page("reports.make")
@require_POST
def to_draft(request: Request) -> HttpResponse:
    """The report becomes a draft that is signed, numbered and sent upward."""
    unit_id, asked = _asked(request, request.GET)
    made = reporting.draft_report(request.desk, unit_id=unit_id, asked=asked)
    return redirect(reverse("draft", args=[made.pk]))
