"""A scan on its way: how far its reading is, what became of it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chongdich.application.journeys.scanning import try_again
from chongdich.application.lenses.incoming import count_waiting_scans, get_scan
from chongdich.web.access import Request, page


@page("directives.receive")
@require_safe
def scan(request: Request, file_id: int) -> HttpResponse:
    """Waits, asking every two seconds; once read, leads to the document; not read, says why and what can be done."""
    found = get_scan(request.desk, file_id)
    if found.directive:
        ready = found.directive.state == "read" and request.desk.may("directives.review", found.unit_id)
        address = reverse("review" if ready else "directive", args=[found.directive.pk])
        if "HX-Request" in request.headers:
            return HttpResponse(status=204, headers={"HX-Redirect": address})
        return HttpResponseRedirect(address)
    context = {"scan": found, "ahead": max(count_waiting_scans(request.desk) - 1, 0)}
    part = "HX-Request" in request.headers
    return render(request, "incoming/scan_state.html" if part else "incoming/scan.html", context)


@page("directives.receive")
@require_POST
def scan_again(request: Request, file_id: int) -> HttpResponse:
    """Read once more what could not be read."""
    get_scan(request.desk, file_id)
    if not try_again(request.desk, file_id=file_id):
        messages.warning(request, _("Tệp này không còn chờ đọc lại."))
    return redirect("scan", file_id)
