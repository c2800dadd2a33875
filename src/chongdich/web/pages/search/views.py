"""Search. The same address with and without scripts; htmx asks again while one types and gets the results alone."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from chongdich.application.lenses.search import search_everything
from chongdich.domain.directives.models import Directive, Task
from chongdich.domain.directives.searching import words_of
from chongdich.registry.organisations.models import Organisation
from chongdich.web.access import SIGNED_IN, Request, page
from chongdich.web.pages.search.marking import marked
from chongdich.web.pages.tasks.filters import name_of


@dataclass(frozen=True)
class Hit:
    """One line of the results: where it leads, its title and what stands below."""

    url: str
    title: SafeString
    text: SafeString
    row: Any


@page(SIGNED_IN)
@require_GET
def search(request: Request) -> HttpResponse:
    """What was found for `q`."""
    asked = request.GET.get("q", "").strip()[:200]
    words = words_of(asked)
    found = search_everything(request.desk, asked)
    context = {
        "asked": asked,
        "search_text": asked,
        "words": words,
        "today": request.desk.today,
        "found": found,
        "tasks": [_task(row, words) for row in found.tasks],
        "directives": [_directive(row, words) for row in found.directives],
        "units": [_unit(row, words) for row in found.units],
        "nothing": bool(words) and not (found.tasks or found.directives or found.units),
    }
    part = request.headers.get("HX-Target") == "found"
    response = render(request, "search/found.html" if part else "search/search.html", context)
    if part:
        response["HX-Push-Url"] = f"{request.path}?{request.GET.urlencode()}"
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _task(row: Task, words: list[str]) -> Hit:
    below = f"{row.unit.short_name} · {name_of(row.directive)}"
    return Hit(reverse("task", args=[row.pk]), marked(row.title, words), marked(below, words), row)


def _directive(row: Directive, words: list[str]) -> Hit:
    subject = row.subject or getattr(row, "beginning", "")
    return Hit(_address("directive", row.pk), marked(name_of(row), words), marked(subject, words), row)


def _unit(row: Organisation, words: list[str]) -> Hit:
    url = _address("organisation", row.pk) or f"{reverse('all_tasks')}?don_vi={row.pk}"
    return Hit(url, marked(row.short_name, words), marked(row.name, words), row)


def _address(name: str, key: int) -> str:
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""
