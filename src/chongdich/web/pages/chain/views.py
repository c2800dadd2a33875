"""Chains of one's area: the pictures, the list, what to set right, the files."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chongdich.application.lenses.chain import Chains, find_area, find_case_places, find_clusters, see_chains
from chongdich.application.ports import ports
from chongdich.core.errors import NotFound
from chongdich.web.access import Request, page
from chongdich.web.pages.chain import drawing, files
from chongdich.web.pages.chain.forms import ChainForm
from chongdich.web.pages.chain.looks import Look, looks_by
from chongdich.web.pages.chain.svg import svg_of
from chongdich.web.pages.chain.tables import Members, Problems

ROWS_AT_ONCE = 400  # rows of a timeline or a tree on one page; a chain is never cut
_KINDS = ("do-thi", "thoi-gian", "the-he", "dia-ban")
_PAGED = ("thoi-gian", "the-he")


def _asked(request: Request) -> tuple[ChainForm, Chains]:
    desk = request.desk
    area = find_area(desk)
    form = ChainForm(find_clusters(desk, area), find_case_places(desk, area), request.GET)
    form.is_valid()
    return form, see_chains(desk, form.question(), area)


@page("cases.read")
@require_safe
def chain(request: Request) -> HttpResponse:
    """A picture of the chains asked for."""
    form, chains = _asked(request)
    kind = _kind(request)
    shown, pages = _shown(chains, form, kind, request.GET.get("page", "1"))
    picture, legend = _picture(request, shown, kind, form)
    words = {"cases": len(shown.members), "chains": len(shown.sizes)}
    label = _("Sơ đồ %(cases)d ca trong %(chains)d chuỗi; cùng nội dung ở thẻ “Bảng”.") % words
    context = _context(request, form, chains, kind) | {
        "picture": svg_of(picture, label), "legend": legend, "kind": kind, "shown": shown, "pages": pages,
        "ids": ",".join(str(m.pk) for m in shown.members), "hidden": len(chains.members) - len(shown.members),
    }  # fmt: skip
    return render(request, "chain/chain.html", context, status=422 if form.errors else 200)


def _kind(request: Request) -> str:
    asked = request.GET.get("kieu", "")
    return asked if asked in _KINDS else _KINDS[0]


def _shown(chains: Chains, form: ChainForm, kind: str, number: str) -> tuple[Chains, list[dict[str, Any]]]:
    """Chains of two or more, or all when asked or when there are none; on pages where each case needs a row."""
    several = sum(size > 1 for size in chains.sizes)
    last = len(chains.sizes) if form.cleaned_data.get("single") or not several else several
    if kind not in _PAGED:
        return chains.only(range(last)), []
    starts = _page_starts(chains.sizes[:last])
    at = min(max(int(number), 1), len(starts)) - 1 if number.isdecimal() and len(number) < 6 else 0
    ends = [*starts[1:], last]
    pages = [
        {"number": place + 1, "current": place == at, "words": _("Chuỗi %(a)d–%(b)d") % {"a": start + 1, "b": end},
         "url": f"?{urlencode({**form.query(), 'kieu': kind, 'page': str(place + 1)})}"}
        for place, (start, end) in enumerate(zip(starts, ends))
    ]  # fmt: skip
    return chains.only(range(starts[at], ends[at])), pages if len(pages) > 1 else []


def _page_starts(sizes: list[int]) -> list[int]:
    """The first chain of each page."""
    starts, held = [0], 0
    for number, size in enumerate(sizes):
        if held and held + size > ROWS_AT_ONCE:
            starts.append(number)
            held = 0
        held += size
    return starts


def _picture(request: Request, shown: Chains, kind: str, form: ChainForm) -> tuple[drawing.Picture, list[Look]]:
    legend, look = looks_by(form.cleaned_data.get("colour") or "", shown.members)
    if kind == "thoi-gian":
        return drawing.draw_timeline(shown, look, request.desk.today), legend
    drawers: dict[str, Callable[[Chains, drawing.LookOf], drawing.Picture]] = {
        "do-thi": drawing.draw_graph, "the-he": drawing.draw_tree, "dia-ban": drawing.draw_places
    }  # fmt: skip
    return drawers[kind](shown, look), legend


def _context(request: Request, form: ChainForm, chains: Chains, current: str) -> dict[str, Any]:
    """What every page of the room shows: figures, tabs, the form, files."""
    query = form.query()
    carried = f"?{urlencode(query)}" if query else ""
    kind = urlencode({**query, "kieu": current})
    links = [
        ("PNG", f"{reverse('chain_file', args=['png'])}?{kind}", "image"),
        ("GraphML", reverse("chain_file", args=["graphml"]) + carried, "diagram-3"),
        (_("epicontacts: ca"), reverse("chain_file", args=["linelist.csv"]) + carried, "table"),
        (_("epicontacts: mối nối"), reverse("chain_file", args=["contacts.csv"]) + carried, "table"),
    ]
    return {
        "form": form, "chains": chains, "tabs": _tabs(query, current, len(chains.problems)),
        "files": links if request.desk.may("exports.make") else [], "query": carried,
        "chain_count": sum(size > 1 for size in chains.sizes), "deepest": _deepest(chains),
        "alone": len(chains.members) - chains.linked, "asked_case": form.cleaned_data.get("case"),
    }  # fmt: skip


def _deepest(chains: Chains) -> int:
    return max((member.generation for member in chains.members), default=0)


def _tabs(query: dict[str, str], current: str, problems: int) -> list[dict[str, Any]]:
    carried = f"?{urlencode(query)}" if query else ""
    labels = {"do-thi": _("Đồ thị"), "thoi-gian": _("Dòng thời gian"), "the-he": _("Cây thế hệ"),
              "dia-ban": _("Theo địa bàn"), "bang": _("Bảng"), "kiem-tra": _("Cần kiểm tra")}  # fmt: skip
    urls = {name: f"{reverse('chain')}?{urlencode({**query, 'kieu': name})}" for name in _KINDS}
    urls |= {"bang": reverse("chain_table") + carried, "kiem-tra": reverse("chain_quality") + carried}
    counts = {"kiem-tra": problems}
    return [
        {"label": label, "url": urls[name], "current": name == current, "active": name == current,
         "count": counts.get(name)}
        for name, label in labels.items()
    ]  # fmt: skip


@page("cases.read")
@require_safe
def table(request: Request) -> HttpResponse:
    """The same cases as a list."""
    form, chains = _asked(request)
    members = Members(
        chains, request, desk=request.desk, kept=form.query(), may_export=request.desk.may("exports.make")
    )
    return members.respond("chain/table.html", _context(request, form, chains, "bang"))


@page("cases.read")
@require_safe
def quality(request: Request) -> HttpResponse:
    """What cannot be right among them."""
    form, chains = _asked(request)
    problems = Problems(
        chains.problems, request, desk=request.desk, kept=form.query(), may_export=request.desk.may("exports.make")
    )
    return problems.respond("chain/table.html", _context(request, form, chains, "kiem-tra"))


@page("cases.read")
@require_safe
def file(request: Request, form: str) -> HttpResponse:
    """The chains asked for as a file: png, graphml, linelist.csv, contacts.csv."""
    request.desk.require("exports.make")
    asked, chains = _asked(request)
    if form == "png":
        return _answer(_png(request, asked, chains), "image/png", "chuoi-lay.png")
    makers: dict[str, tuple[Callable[[Chains], bytes], str]] = {
        "graphml": (files.graphml, "application/xml"), "linelist.csv": (files.linelist, "text/csv; charset=utf-8"),
        "contacts.csv": (files.contacts, "text/csv; charset=utf-8"),
    }  # fmt: skip
    if form not in makers:
        raise NotFound("Không có dạng tệp này.")
    make, kind = makers[form]
    return _answer(make(chains), kind, "chuoi-lay.graphml" if form == "graphml" else form)


def _png(request: Request, form: ChainForm, chains: Chains) -> bytes:
    kind = _kind(request)
    shown, _pages = _shown(chains, form, kind, request.GET.get("page", "1"))
    picture, _legend = _picture(request, shown, kind, form)
    return ports.render_png(svg_of(picture, ""), picture.width, picture.height)


def _answer(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
