"""What an interview holds, and how its content is read. Pure: `Interview.content` in, stays and people named out.

Content is JSON:

    {"days": {"2021-11-23": [STAY, …], …}, "people": [PERSON, …], "text": "the itinerary as told, free text"}
    STAY   {"from": "07:30", "until": "08:15", "place": "chợ Phúc Lộc", "commune": 1894 or null, "kind": "market",
            "plate": "97B-001.23", "trip": "Bắc Kạn – Hà Nội 14h", "seat": "12", "masked": true, false or null,
            "with": "con gái, chị Lan", "note": ""}
    PERSON {"name": "Nguyễn Thị Lan", "phone": "0912…", "relation": "household", "place": "thôn Nà Khao",
            "last_met": "2021-11-24", "minutes": 30, "masked": null}

Times are Vietnam time; an end before its beginning runs past midnight; both may be blank (the whole day, or not known).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from chongdich.core.errors import Refused
from chongdich.core.periods import VIETNAM
from chongdich.core.vietnamese import squeeze

KINDS = {
    "home": "Ở nhà", "market": "Chợ, cửa hàng", "school": "Trường học", "work": "Nơi làm việc", "party": "Đám, tiệc",
    "health": "Cơ sở y tế", "vehicle": "Xe, phương tiện", "worship": "Đình, chùa, nhà thờ", "other": "Nơi khác",
}  # fmt: skip
RELATIONS = {
    "household": "Cùng nhà", "family": "Gia đình, họ hàng", "work": "Đồng nghiệp", "school": "Cùng lớp, trường",
    "neighbour": "Hàng xóm", "friend": "Bạn bè", "care": "Nhân viên y tế", "other": "Khác",
}  # fmt: skip


@dataclass(frozen=True)
class ToldStay:
    """One stay as told. `since` and `until` aware moments; `sure` says that both times were told."""

    day: date
    since: datetime
    until: datetime
    place: str
    kind: str = "other"
    commune_id: int | None = None
    plate: str = ""
    trip: str = ""
    seat: str = ""
    masked: bool | None = None
    company: str = ""
    note: str = ""
    sure: bool = True


@dataclass(frozen=True)
class NamedContact:
    """Somebody the patient says they met."""

    name: str
    phone: str = ""
    relation: str = "other"
    place: str = ""
    last_met: date | None = None
    minutes: int | None = None
    masked: bool | None = None


def stays_of(content: Mapping[str, Any]) -> list[ToldStay]:
    """Every stay in order of time. Refused, naming the day, for a time or day that cannot be."""
    found = [_stay(day, one) for day, stays in sorted(content.get("days", {}).items()) for one in stays]
    return sorted(found, key=lambda stay: stay.since)


def contacts_of(content: Mapping[str, Any]) -> list[NamedContact]:
    """Everybody named, in the order told."""
    return [_contact(one) for one in content.get("people", ()) if squeeze(one.get("name", ""))]


def _stay(day_text: str, one: Mapping[str, Any]) -> ToldStay:
    day = _day(day_text)
    begin, end = _time(one.get("from", ""), day_text), _time(one.get("until", ""), day_text)
    since = datetime.combine(day, begin or time(0), VIETNAM)
    until = datetime.combine(day, end, VIETNAM) if end else _unsaid_end(since, begin)
    if until < since:
        until += timedelta(days=1)
    return ToldStay(
        day=day, since=since, until=until, place=squeeze(one.get("place", "")), kind=one.get("kind") or "other",
        commune_id=one.get("commune"), plate=squeeze(one.get("plate", "")), trip=squeeze(one.get("trip", "")),
        seat=squeeze(one.get("seat", "")), masked=one.get("masked"), company=squeeze(one.get("with", "")),
        note=squeeze(one.get("note", "")), sure=bool(begin and end),
    )  # fmt: skip


def _unsaid_end(since: datetime, begin: time | None) -> datetime:
    """Nobody said until when: an hour where a beginning was told, else the whole day. `sure` is False for both."""
    return since + timedelta(hours=1) if begin else since + timedelta(days=1)


def _time(text: str, where: str) -> time | None:
    plain = squeeze(text).replace("h", ":").replace("g", ":").rstrip(":")
    if not plain:
        return None
    hour, _, minute = plain.partition(":")
    try:
        return time(int(hour), int(minute or 0))
    except ValueError as error:
        raise Refused(f"Không hiểu giờ “{text}”; viết như 7h30 hoặc 07:30.", where) from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"Không có ngày “{text}”.", text) from error


def _contact(one: Mapping[str, Any]) -> NamedContact:
    met = one.get("last_met")
    return NamedContact(
        name=squeeze(one["name"]), phone=squeeze(one.get("phone", "")), relation=one.get("relation") or "other",
        place=squeeze(one.get("place", "")), last_met=_day(met) if met else None, minutes=one.get("minutes"),
        masked=one.get("masked"),
    )  # fmt: skip


def days_to_ask(since: date | None, until: date) -> list[date]:
    """The days an interview goes through: from the start of the window, at most 30 back, up to a day."""
    first = max(since or until - timedelta(days=14), until - timedelta(days=30))
    return [first + timedelta(days=at) for at in range(max(0, (until - first).days) + 1)]
