"""The register of documents received, and the files that could not be read."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chongdich.application.lenses.incoming import find_failed_files, find_register, get_failed_file
from chongdich.registry.organisations.models import Organisation
from chongdich.web.access import Request, page
from chongdich.web.pages.incoming.downloads import download
from chongdich.web.pages.incoming.tables import FailedFiles, Register

SHOWN_FAILED = 100


@page("directives.read")
@require_safe
def incoming(request: Request) -> HttpResponse:
    """Documents received of the units one may see."""
    table = Register(
        find_register(request.desk),
        request,
        units=_units(request),
        today=request.desk.today,
        may_export=request.desk.may("exports.make"),
    )
    return table.respond("incoming/register.html", {**_frame(request), "may_receive": _may_receive(request)})


def _units(request: Request) -> list[tuple[int, str]]:
    """Bodies that have a register here and are in sight: the choices of a filter, never all bodies of a province."""
    keys = find_register(request.desk).order_by().values("unit").distinct()[:300]
    rows = Organisation.objects.filter(pk__in=[row["unit"] for row in keys])
    return [(unit.pk, unit.short_name) for unit in rows.order_by("place__level", "short_name")]


@page("directives.receive")
@require_safe
def failed_files(request: Request) -> HttpResponse:
    """What was handed in and could not be read, with the reason."""
    table = FailedFiles(
        find_failed_files(request.desk), request, today=request.desk.today, may_export=request.desk.may("exports.make")
    )
    return table.respond("incoming/failed.html", _frame(request))


@page("directives.receive")
@require_safe
def failed_file(request: Request, file_id: int) -> HttpResponse:
    """The original of one of them."""
    return download(get_failed_file(request.desk, file_id))


def _may_receive(request: Request) -> bool:
    return request.desk.may("directives.receive")


def _frame(request: Request) -> dict[str, object]:
    """The tabs of the room; the number of unread files is counted only so far."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    tabs = [{"label": _("Sổ văn bản đến"), "url": reverse("incoming"), "active": here == "incoming"}]
    if _may_receive(request):
        failed = find_failed_files(request.desk).order_by()[:SHOWN_FAILED].count()
        address = reverse("failed_files")
        tabs.append({"label": _("Tệp chưa đọc được"), "url": address, "active": here != "incoming", "count": failed})
    return {"tabs": tabs}
