"""Pages of the law."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from chongdich.web.access import Request, page
from chongdich.web.kit.forms import DayField, Form, form_response
from chongdich.web.kit.on_day import PARAMETER, day_asked
from chongdich.web.pages.law.rows import changes_between, law_of, lines_of, rules_on, spans_of, table_named
from chongdich.web.pages.law.tables import Rules

BEFORE = timedelta(days=60)  # how far back changes are shown unless asked otherwise


@page("registry.read")
@require_GET
def law(request: Request) -> HttpResponse:
    """Every rule of a day, with its value, its document, and whether anybody has checked it."""
    day = day_asked(request.GET, request.desk.today)
    rows = rules_on(law_of(request.GET.get("benh", ""), request.desk.law), day)
    recorded = [row for row in rows if row.recorded]
    context = {"day": day, "unverified": sum(not row.verified for row in recorded), "recorded": len(recorded)}
    return Rules(rows, request, today=request.desk.today).respond("law/list.html", context)


@page("registry.read")
@require_GET
def law_table(request: Request, name: str) -> HttpResponse:
    """One table: what it says on a day, and how it changed through time."""
    day, disease = day_asked(request.GET, request.desk.today), request.GET.get("benh", "")
    found = table_named(law_of(disease, request.desk.law), name)
    spans = list(spans_of(found, day))
    here = next((span for span in spans if span.here), None)
    context = {
        "rule": found,
        "day": day,
        "disease": disease,
        "spans": spans,
        "here": here,
        "editions": [(version, lines_of(found, version)) for version in (here.versions if here else ())],
        "inputs": [(one.label, one.choices) for one in found.inputs.values()],
        "asked": request.GET.get(PARAMETER, ""),
    }
    return render(request, "law/table.html", context)


class Between(Form):
    """Two days."""

    since = DayField(label=_("Từ ngày"))
    until = DayField(label=_("Đến ngày"))

    def clean(self) -> dict[str, object]:
        data: dict[str, object] = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            self.add_error("until", _("Ngày cuối trước ngày đầu."))
        return data


@page("registry.read")
@require_GET
def law_changes(request: Request) -> HttpResponse:
    """What changed between two days."""
    usual = {"since": request.desk.today - BEFORE, "until": request.desk.today}
    form = Between(request.GET if "since" in request.GET or "until" in request.GET else None, initial=usual)
    if form.is_bound and not form.is_valid():
        return form_response(request, "law/changes.html", {"form": form}, form)
    days = form.cleaned_data if form.is_bound else usual
    found = changes_between(law_of(request.GET.get("benh", ""), request.desk.law), days["since"], days["until"])
    return render(request, "law/changes.html", {"form": form, "changes": found, **days})
