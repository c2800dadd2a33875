"""The list of cases, and of those treated at home."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chongdich.application.lenses import cases as lenses
from chongdich.web.access import Request, page
from chongdich.web.pages.cases.tables import Cases, HomeTreated
from chongdich.web.pages.cases.tabs import tabs_of


@page("cases.read")
@require_safe
def cases(request: Request) -> HttpResponse:
    """Cases of one's area, newest first."""
    desk = request.desk
    area = lenses.find_cases(desk)
    table = Cases(area, request, desk=desk, may_export=desk.may("exports.make"))
    context = {
        "figures": lenses.figures_of(desk, area), "tabs": tabs_of(desk, "cases"), "may_write": desk.may("cases.write"),
        "may_import": desk.may("cases.import"), "day": f"{desk.today:%d/%m/%Y}",
    }  # fmt: skip
    return table.respond("cases/cases.html", context)


@page("cases.read")
@require_safe
def home_treated(request: Request) -> HttpResponse:
    """Patients at home, whoever was not visited longest first."""
    desk = request.desk
    table = HomeTreated(lenses.find_home_treated(desk), request, desk=desk, may_export=desk.may("exports.make"))
    context = {"tabs": tabs_of(desk, "home_treated"), "heading": _("Điều trị tại nhà")}
    return table.respond("cases/home_treated.html", context)
