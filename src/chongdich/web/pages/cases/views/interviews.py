"""The interview of a case: a line per stay, day by day; saved whenever one likes."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chongdich.application.journeys import interviewing
from chongdich.application.lenses.cases import title_of_case
from chongdich.core.errors import Refused
from chongdich.domain.cases.interviews import KINDS, RELATIONS, days_to_ask
from chongdich.web.access import Request, page

STAY = ("from", "until", "place", "kind", "plate", "with")
PERSON = ("name", "phone", "relation", "place", "last_met")
_NAME = re.compile(r"(stay|person)-([\d-]*?)-?(\d+)-([a-z_]+)")


@page("cases.write")
@require_http_methods(["GET", "POST"])
def interview(request: Request, case_id: int) -> HttpResponse:
    """Show, save, read a text into lines, or finish."""
    begun = interviewing.begin_interview(request.desk, case_id=case_id)
    content, error = begun.interview.content, None
    version = begun.interview.version
    if request.method == "POST":
        content = _told(request.POST)
        version = int(request.POST.get("version") or 0)
        deed = request.POST.get("deed", "save")
        if deed == "read":
            content = _merged(content, interviewing.draft_from_text(request.desk, text=content["text"]))
        try:
            if deed != "more":
                interviewing.keep_interview(
                    request.desk, case_id=case_id, content=content, version=version, finish=deed == "finish"
                )  # fmt: skip
                return _after(request, case_id, deed)
        except Refused as refused:
            error = refused
    return _page(request, begun, content, version, error)


def _after(request: Request, case_id: int, deed: str) -> HttpResponse:
    if deed == "finish":
        messages.success(request, _("Đã hoàn thành phiếu điều tra; tiếp xúc được truy vết."))
        return redirect("case", case_id=case_id)
    messages.success(request, _("Đã đọc thành bản nháp; kiểm tra từng dòng.") if deed == "read" else _("Đã lưu."))
    return redirect("case_interview", case_id=case_id)


def _told(posted: Mapping[str, str]) -> dict[str, Any]:
    """What the lines of the page say, empty ones left out."""
    stays: dict[tuple[str, int], dict[str, Any]] = {}
    people: dict[int, dict[str, Any]] = {}
    for name, value in posted.items():
        found = _NAME.fullmatch(name)
        if found and found[1] == "stay":
            stays.setdefault((found[2], int(found[3])), {})[found[4]] = value.strip()
        elif found:
            people.setdefault(int(found[3]), {})[found[4]] = value.strip()
    days: dict[str, list[dict[str, Any]]] = {}
    for (day, _number), stay in sorted(stays.items()):
        if stay.get("place") or stay.get("plate"):
            days.setdefault(day, []).append(stay)
    named = [_person(one) for _number, one in sorted(people.items()) if one.get("name")]
    return {"days": days, "people": named, "text": posted.get("text", "")[:20_000]}


def _person(one: dict[str, Any]) -> dict[str, Any]:
    met = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", one.get("last_met", ""))
    return {**one, "last_met": f"{met[3]}-{int(met[2]):02}-{int(met[1]):02}" if met else ""}


def _merged(content: dict[str, Any], draft: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """The draft's stays after those already written, none twice."""
    days = {day: list(stays) for day, stays in content["days"].items()}
    for day, stays in draft.items():
        known = {(one.get("from"), one.get("place")) for one in days.get(day, [])}
        days.setdefault(day, []).extend(one for one in stays if (one["from"], one["place"]) not in known)
    return {**content, "days": days}


def _page(request: Request, begun: Any, content: dict[str, Any], version: int, error: Any) -> HttpResponse:
    case, desk = begun.case, request.desk
    asked = {day.isoformat(): day for day in days_to_ask(case.infectious_from, desk.today)}
    told = {day: date.fromisoformat(day) for day in content.get("days", {}) if day not in asked}
    days = [
        {"iso": iso, "day": day, "lines": _lines(content.get("days", {}).get(iso, []))}
        for iso, day in sorted({**asked, **told}.items())
    ]
    people = content.get("people", [])
    context = {
        "case": case, "title": title_of_case(desk, case, desk.may("people.open")), "days": days, "error": error,
        "people": list(enumerate([*people, {}, {}])), "kinds": list(KINDS.items()),
        "relations": list(RELATIONS.items()),
        "text": content.get("text", ""), "version": version, "since": case.infectious_from,
    }  # fmt: skip
    return render(request, "cases/interview.html", context, status=422 if error else 200)


def _lines(stays: list[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate([*({**one, "with": one.get("with", "")} for one in stays), {}]))
