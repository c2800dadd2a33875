"""Find as one types. What is typed is a name or a number of somebody: it is posted, never part of an address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from chongdich.application.lenses.people import find_as_typed
from chongdich.registry.people.searching import SHOWN
from chongdich.web.access import Request, page
from chongdich.web.pages.people.tabs import tabs_of

LONGEST = 100


@page("people.read")
@sensitive_post_parameters("q")
@require_http_methods(["GET", "POST"])
def people(request: Request) -> HttpResponse:
    """The box and what it found; for htmx only what it found."""
    typed = request.POST.get("q", "")[:LONGEST]
    found = find_as_typed(request.desk, typed) if typed.strip() else []
    context = {
        "typed": typed,
        "found": found,
        "asked": len(typed.strip()) > 1,
        "more": len(found) >= SHOWN,
        "named": request.desk.may("people.open"),
        "may_write": request.desk.may("people.write"),
        "tabs": tabs_of(request.desk, "people"),
    }
    part = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request")
    return render(request, "people/found.html" if part else "people/find.html", context)
