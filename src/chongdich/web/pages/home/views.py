"""The first page: what waits for this person today."""

from django.http import HttpResponse
from django.shortcuts import render

from chongdich.web.access import SIGNED_IN, Request, page


@page(SIGNED_IN)
def home(request: Request) -> HttpResponse:
    """Today's work at a glance."""
    return render(request, "home/home.html", {})
