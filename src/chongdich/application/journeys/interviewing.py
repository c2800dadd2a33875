"""An epidemiological interview: begun, saved as it goes, read from free text into a draft, finished."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from chongdich.application.desk import Desk
from chongdich.application.lenses.cases import get_visible_case
from chongdich.core.errors import Refused
from chongdich.core.vietnamese import fold
from chongdich.domain.cases.interviews import contacts_of, stays_of
from chongdich.domain.cases.models import Case, Interview
from chongdich.domain.cases.operations import find_interview, save_interview
from chongdich.kernels.text.itinerary import Stay, read_itinerary


@dataclass(frozen=True)
class Begun:
    """A case with its interview under way."""

    case: Case
    interview: Interview


def begin_interview(desk: Desk, *, case_id: int) -> Begun:
    """The interview under way of a case, or a new one."""
    desk.require("cases.write")
    case = get_visible_case(desk, case_id, "cases.write")
    return Begun(case, find_interview(case_id=case.pk, by=desk.author))


def keep_interview(
    desk: Desk, *, case_id: int, content: dict[str, Any], version: int, finish: bool = False
) -> Interview:
    """Keep what was told. Finishing refuses times that cannot be, and an interview in which nothing was told."""
    desk.require("cases.write")
    case = get_visible_case(desk, case_id, "cases.write")
    stays = stays_of(content)
    late = next((stay for stay in stays if stay.day > desk.today), None)
    if late:
        raise Refused(f"Ngày {late.day:%d/%m/%Y} ở tương lai.", late.day.isoformat())
    if finish and not stays and not contacts_of(content):
        raise Refused("Chưa ghi nơi nào, người nào; chưa thể hoàn thành.")
    return save_interview(
        case_id=case.pk, content=content, version=version, finish=finish, by=desk.author
    )  # fmt: skip


def draft_from_text(desk: Desk, *, text: str) -> dict[str, list[dict[str, Any]]]:
    """Stays by day as `Interview.content` holds them, read from an itinerary in free text. Nothing is saved."""
    desk.require("cases.write")
    days: dict[str, list[dict[str, Any]]] = {}
    for stay in read_itinerary(text, year=desk.today.year):
        if stay.day and stay.day <= desk.today:
            days.setdefault(_iso(stay.day), []).append(_stay(stay))
    return days


def _iso(day: date) -> str:
    return day.isoformat()


def _stay(stay: Stay) -> dict[str, Any]:
    return {
        "from": _clock(stay.since), "until": _clock(stay.until), "place": stay.place or stay.flight or stay.plate,
        "kind": _kind(stay), "plate": stay.plate or stay.flight,
        "seat": stay.seat, "with": stay.company, "note": stay.words[:200],
    }  # fmt: skip


_KINDS = {
    "nha": "home", "cho": "market", "sieu": "market", "truong": "school", "benh": "health", "tram": "health",
    "dam": "party", "chua": "worship", "den": "worship", "lam": "work", "ubnd": "work", "cong": "work",
}  # fmt: skip


def _kind(stay: Stay) -> str:
    """By the first word of the place; a plate or a flight is a vehicle."""
    first = fold(stay.place.split(" ")[0]) if stay.place else ""
    return "vehicle" if stay.plate or stay.flight else _KINDS.get(first, "other")


def _clock(told: time | None) -> str:
    return f"{told:%H:%M}" if told else ""
