"""How the exchange with other instances stands: who is on it, what waits, what was put aside and why."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chongdich.application.ports import ports
from chongdich.web.access import Request, page


@page("directives.receive")
@require_safe
def exchange(request: Request) -> HttpResponse:
    """For the clerks: packets that could not be used are theirs to clear up with the sender."""
    return render(request, "outgoing/exchange.html", {"state": ports.exchange_state()})
