"""Pages of the places."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from chongdich.application.lenses import registry as lens
from chongdich.registry.places.models import Place
from chongdich.registry.places.queries import get_place_by_key
from chongdich.web.access import Request, page
from chongdich.web.kit.on_day import PARAMETER, day_asked
from chongdich.web.pages.places.drawing import draw
from chongdich.web.pages.places.tables import Places

LONGEST = 200  # characters of a name looked up


def _tabs(request: Request, here: str) -> list[dict[str, object]]:
    given = request.GET.get(PARAMETER, "")
    kept = f"?{PARAMETER}={given}" if given.replace("/", "").isdigit() and len(given) < 11 else ""
    rooms = (("places", _("Cây và bản đồ")), ("places_list", _("Danh sách")), ("place_lookup", _("Tra một tên")))
    return [{"label": label, "url": reverse(name) + kept, "active": name == here} for name, label in rooms]


def _context(request: Request, here: str) -> dict[str, object]:
    return {"day": day_asked(request.GET, request.desk.today), "tabs": _tabs(request, here)}


@page("registry.read")
@require_GET
def places(request: Request) -> HttpResponse:
    """The provinces of a day with what lies in them, and a map of one of them."""
    context = _context(request, "places")
    day: date = context["day"]  # type: ignore[assignment]
    tree = lens.get_tree(day)
    chosen = next((node for node in tree if node.place.key == request.GET.get("tinh")), None) or _fullest(tree)
    spots = lens.get_spots(day, chosen.place) if chosen else lens.Spots((), 0)
    context |= {"tree": tree, "chosen": chosen, "map": draw(spots.spots), "unknown": spots.unknown}
    return render(request, "places/places.html", context)


def _fullest(tree: list[lens.Node]) -> lens.Node | None:
    return max(tree, key=lambda node: sum(1 + len(child.children) for child in node.children), default=None)


@page("registry.read")
@require_GET
def places_list(request: Request) -> HttpResponse:
    """The same as a list to narrow, sort and take away."""
    context = _context(request, "places_list")
    day: date = context["day"]  # type: ignore[assignment]
    rows = _with_figures(day)
    return Places(rows, request, today=request.desk.today).respond("places/list.html", context)


def _with_figures(day: date) -> list[Place]:
    people, parents = lens.find_people(day), lens.find_parents(day)
    rows = list(lens.find_places_on(day).order_by("code"))
    names = {place.pk: place.full_name for place in rows}
    for row in rows:
        row.people = people.get(row.pk)  # type: ignore[attr-defined]
        row.parent = names.get(parents.get(row.pk, 0), "")  # type: ignore[attr-defined]
    return rows


@page("registry.read")
@require_GET
def lookup(request: Request) -> HttpResponse:
    """How a written name is understood on a day."""
    context = _context(request, "place_lookup")
    text = request.GET.get("ten", "").replace("\x00", "")[:LONGEST].strip()
    found = lens.understand_place(text, context["day"]) if text else None  # type: ignore[arg-type]
    return render(request, "places/lookup.html", {**context, "text": text, "found": found})


@page("registry.read")
@require_GET
def place(request: Request, key: str) -> HttpResponse:
    """One place's life."""
    view = lens.get_place_view(get_place_by_key(key[:40]), day_asked(request.GET, request.desk.today))
    return render(request, "places/place.html", {"view": view, "place": view.place})
