"""What units have: the list, one, a table from a file."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chongdich.application.desk import Desk
from chongdich.application.journeys import scenarios_resources
from chongdich.application.lenses.scenarios import find_resources, get_own_resource
from chongdich.core.errors import Refused
from chongdich.domain.scenarios.asking.kinds import KINDS
from chongdich.domain.scenarios.models import Resource
from chongdich.registry.organisations.models import Organisation
from chongdich.registry.places.queries import territory
from chongdich.web.access import Request, page
from chongdich.web.kit import exports
from chongdich.web.kit.forms import form_response
from chongdich.web.pages.scenarios.forms import ResourceFile, ResourceForm, place_choices
from chongdich.web.pages.scenarios.tables import Resources
from chongdich.web.pages.scenarios.tabs import tabs_of
from chongdich.web.pages.scenarios.views.starting import planning_unit

WRITE = "resources.write"


@page("scenarios.read")
@require_safe
def listing(request: Request) -> HttpResponse:
    """Everything registered that one may see."""
    desk = request.desk
    table = Resources(
        find_resources(desk),
        request,
        today=desk.today,
        may_export=desk.may("exports.make"),
        may_change=_changeable(desk),
    )
    context = {"tabs": tabs_of(desk, "resources"), "may_write": desk.may(WRITE)}
    return table.respond("scenarios/resources.html", context)


def _changeable(desk: Desk) -> Callable[[Resource], bool]:
    """Whether a row may be changed, asked once for the page."""
    if not desk.may(WRITE):
        return lambda row: False
    own = set(find_resources(desk, WRITE).order_by().values_list("pk", flat=True)[:20_000])
    return lambda row: row.pk in own


@page(WRITE)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Register one."""
    unit = planning_unit(request.desk, WRITE)
    form = ResourceForm(request.POST or None, places=_places(request.desk, unit))
    if request.method == "POST" and form.is_valid():
        try:
            scenarios_resources.register_resource(request.desk, unit_id=unit, new=form.resource())
            messages.success(request, _("Đã đăng ký nguồn lực."))
            return redirect("resources")
        except Refused as refused:
            form.refuse(refused)
    return form_response(request, "scenarios/resource.html", {"form": form}, form)


@page(WRITE)
@require_http_methods(["GET", "POST"])
def one(request: Request, resource_id: int) -> HttpResponse:
    """Set one right."""
    found = get_own_resource(request.desk, resource_id)
    initial = {name: getattr(found, name) for name in ("kind", "name", "quantity", "note", "version")}
    form = ResourceForm(
        request.POST or None, initial={**initial, "place": found.place_id}, places=_places(request.desk, found.unit_id)
    )
    if request.method == "POST" and form.is_valid():
        try:
            scenarios_resources.change_resource(
                request.desk, resource_id=resource_id, new=form.resource(), version=form.cleaned_data["version"]
            )
            messages.success(request, _("Đã lưu."))
            return redirect("resources")
        except Refused as refused:
            form.refuse(refused)
    return form_response(request, "scenarios/resource.html", {"form": form, "resource": found}, form)


def _places(desk: Desk, unit_id: int) -> list[tuple[int, str]]:
    """The unit's place and those below it."""
    unit = Organisation.objects.select_related("place").get(pk=unit_id)
    return place_choices(territory(unit.place, desk.today).order_by("level", "code"))


@page(WRITE)
@require_POST
def remove(request: Request, resource_id: int) -> HttpResponse:
    """Take one away."""
    scenarios_resources.remove_resource(request.desk, resource_id=resource_id)
    messages.success(request, _("Đã bỏ khỏi danh sách nguồn lực."))
    return redirect("resources")


@page(WRITE)
@require_http_methods(["GET", "POST"])
def upload(request: Request) -> HttpResponse:
    """Register a whole table; all of it or nothing."""
    form = ResourceFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        unit = planning_unit(request.desk, WRITE)
        try:
            taken = scenarios_resources.import_resources(request.desk, unit_id=unit, name=sent.name, data=sent.read())
            messages.success(request, _("Đã nhập {count} dòng nguồn lực.").format(count=taken))
            return redirect("resources")
        except Refused as refused:
            form.add_error("file", str(refused))
    return form_response(request, "scenarios/upload.html", {"form": form}, form)


@page(WRITE)
@require_safe
def sample(request: Request) -> HttpResponse:
    """An empty table to fill in, one row a kind."""
    head = ["loại", "tên", "mã địa bàn", "số lượng", "ghi chú"]
    rows = ([kind.label, "", "", "", kind.unit] for kind in KINDS.values())
    return exports.csv_response("nguon-luc-mau", head, rows)
