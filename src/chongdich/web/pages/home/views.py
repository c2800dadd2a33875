"""The first page: what waits for this person today."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from chongdich.application.lenses.today import find_desktop, find_overview, find_work
from chongdich.domain.directives.models import Directive
from chongdich.web.access import SIGNED_IN, Request, page
from chongdich.web.pages.tasks.filters import name_of
from chongdich.web.pages.tasks.standings import parts_of


@page(SIGNED_IN)
@require_GET
def home(request: Request) -> HttpResponse:
    """Today's work at a glance, by what the person may do."""
    desk = request.desk
    overview = find_overview(desk)
    desktop = find_desktop(desk)
    context: dict[str, Any] = {
        "today": desk.today,
        "mine": find_work(desk),
        "desktop": desktop,
        "review": [_paper(row, "review") for row in desktop.review],
        "papers": [_paper(row, "outgoing_document", "draft", "directive") for row in desktop.papers],
        "overview": overview,
        "standings": parts_of(overview.standings, reverse("tasks_below")) if overview else None,
        "slow": [(_paper(row.directive, "directive"), row) for row in overview.slow] if overview else [],
    }
    return render(request, "home/home.html", context)


def _paper(row: Directive, *pages: str) -> dict[str, Any]:
    """A document in a short list: its name, and the first of these pages that exists."""
    return {"row": row, "name": name_of(row), "url": next((url for url in map(_address(row.pk), pages) if url), "")}


def _address(key: int) -> Any:
    def find(name: str) -> str:
        try:
            return reverse(name, args=[key])
        except NoReverseMatch:
            return ""

    return find
