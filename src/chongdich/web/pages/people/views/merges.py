"""What was merged, by whom, and the way back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chongdich.application.journeys import people as journeys
from chongdich.application.lenses import people as lenses
from chongdich.core.errors import Refused
from chongdich.web.access import Request, page
from chongdich.web.pages.people.tables import Merges
from chongdich.web.pages.people.tabs import tabs_of


@page("people.merge")
@require_safe
def merges(request: Request) -> HttpResponse:
    """Newest first."""
    table = Merges(lenses.find_merges(request.desk), request, today=request.desk.today)
    return table.respond("people/merges.html", {"tabs": tabs_of(request.desk, "merges")})


@page("people.merge")
@require_POST
def undo(request: Request, merge_id: int) -> HttpResponse:
    """Two people again."""
    try:
        journeys.undo_merge(request.desk, merge_id=merge_id)
        messages.success(request, _("Đã hủy gộp: hai hồ sơ trở lại như trước."))
    except Refused as refused:
        if refused.code != "conflict":
            raise
        messages.error(request, refused.message)
    return redirect("merges")
