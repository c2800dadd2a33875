"""Who opened whose record, and what for."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chongdich.application.lenses import people as lenses
from chongdich.core.errors import NotAllowed
from chongdich.web.access import SIGNED_IN, Request, page
from chongdich.web.pages.people.tables import Openings
from chongdich.web.pages.people.tabs import tabs_of


@page(SIGNED_IN)
@require_safe
def openings(request: Request) -> HttpResponse:
    """All in one's area for who watches; one's own for who opens records; nobody else comes here."""
    if not (request.desk.may("people.watch") or request.desk.may("people.open")):
        raise NotAllowed()
    table = Openings(lenses.find_openings(request.desk), request, desk=request.desk)
    return table.respond(
        "people/openings.html",
        {"tabs": tabs_of(request.desk, "openings"), "watches": request.desk.may("people.watch")},
    )
