"""Read an itinerary told in free Vietnamese text into a draft of stays: days, times, places, vehicles, company.

    read_itinerary("Ngày 23/11, 7h30 đi chợ Phúc Lộc cùng con gái; 14h đi xe 97B-001.23 về Bắc Kạn", year=2021)

The draft is for a person to check: what cannot be read stays in `words`, nothing is invented.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import pairwise

from chongdich.core.vietnamese import nfc, squeeze
from chongdich.kernels.text.folding import fold_in_place


@dataclass(frozen=True)
class Stay:
    """One stay. `day` None when no day was told before it; `since`, `until` as told; `words` the text it came from."""

    day: date | None
    since: time | None
    until: time | None
    place: str
    plate: str = ""
    flight: str = ""
    seat: str = ""
    company: str = ""
    words: str = ""


_DAY = (
    r"(?P<d>\d{1,2})\s*(?:[/.\-]|\s+thang\s+)\s*(?P<m>\d{1,2})"
    r"(?:\s*(?:[/.\-]|\s+nam\s+)\s*(?P<y>\d{4}|\d{2}))?(?!\d)"
)
_BARE = re.sub(r"\?P<\w>", "", _DAY)
_MARK = re.compile(
    rf"(?:\b(?:sang|trua|chieu|toi|dem)\s*)?\bngay\s*{_DAY}"
    rf"|\b{_BARE}(?=\s*[,:;)\-–]|\s+(?:luc\s+|vao\s+)*\d{{1,2}}\s*(?:h|gio|:))"
)
_SPAN = re.compile(
    rf"ngay\s*(?P<d1>\d{{1,2}})(?:/(?P<m1>\d{{1,2}}))?(?:/\d{{4}})?\s*(?:-|–|den(?:\s+ngay)?)\s*(?:ngay\s*)?{_DAY}"
)
_HOUR = r"(?<![\d.])(\d{1,2})\s*(?:h|g(?:io)?(?![a-z])|:(?=\d))\s*(\d{2})?(?:\s*(?:phut|p\b|'))?(?!\d)"
_TIMES = re.compile(
    rf"(?:tu\s+|luc\s+|khoang\s+|vao\s+)*{_HOUR}(?:\s*(?:-|–|—|den|toi)\s*(?:khoang\s+|luc\s+)?{_HOUR})?"
    r"(?:\s*\b(sang|trua|chieu|toi|dem)\b)?"
)
_PLATE = re.compile(r"\b\d{2}[a-z]{1,2}\d?\s*[-. ]?\s*\d{3}[. ]?\d{2}\b|\b\d{2}[a-z]\d?\s*[-.]\s*\d{4}\b")
_FLIGHT = re.compile(r"\bchuyen bay\s+(?:so hieu\s+|so\s+)?([a-z]{2}\s?\d{2,4})\b|\b((?:vn|vj|qh|bl)\s?\d{2,4})\b")
_SEAT = re.compile(r"\b(?:ghe|cho ngoi|so ghe|giuong)\s*(?:so\s*)?([a-z]?\d{1,3}[a-z]?)\b")
_COMPANY = re.compile(
    r"\b(?:cung voi|cung|di voi|an voi|o voi|tiep xuc voi|gap go|gap)\s+"
    r"(?!(?:ngay|chuyen|xe|nha|thoi|khu|luc|o)\b)(?P<who>[^,.;:()]+)"
)
_WHO = r"(?:benh nhan|bn\d*|toi|ong|ba|anh|chi|em)?"
_LINK = r"(?:co|da|thi|roi|sau do|va|tiep tuc)"
_DEEDS = (
    "di chuyen den|di chuyen ve|di den|di toi|di ve|di lam o|di lam tai|di lam|di hoc o|di hoc tai|di hoc|di an o|"
    "di an|di kham o|di kham tai|di kham|di cho|di|den|toi|ve|o lai|o tai|o|tai|ghe qua|ghe|vao|du|an tai|an o|"
    "lam viec tai|hop tai|don"
)
_VERBS = re.compile(rf"^{_WHO}\s*(?:{_LINK}\s+)*(?:{_DEEDS})\s+")
_NO_PLACE = re.compile(
    r"truong hop|thong tin|benh nhan|bn\s*\d|mau |ket qua|\d+ ca |ca mac|ca benh|f\d\b|duong tinh|am tinh|xe |sars"
)
_NOT_PLACE = re.compile(
    r"\b(?:bang xe|tren xe|xe khach|xe o to|xe may|bien so|bien kiem soat|bks|tren chuyen bay|bang|cung|voi)\b"
)
_END = re.compile(r"[,.;:(]")
_AT = re.compile(r"\b(?:di chuyen (?:den|ve|toi|ra)|tai|o|den|ve|vao|toi|di)\s+")
_SPLIT = re.compile(
    r"[\n;•]+|(?<=[a-z\d)])\.\s+|(?<=[a-z\d)])\.$|,\s*(?=sau do|roi|tiep do|den\s+\d)"
    r"|\s+(?=roi (?:di|ve|den|sang))"
)
_LATER = {"chieu": 12, "toi": 12, "dem": 12}


def read_itinerary(text: str, year: int | None = None) -> list[Stay]:
    """Stays in the order told. A day without a year takes `year` (without one it stays unread)."""
    whole = nfc(text)
    found: list[Stay] = []
    for days, piece in _by_days(whole, year):
        for clause in _clauses(piece):
            stay = _read_clause(clause)
            found += [replace(stay, day=day) for day in days or [None]] if stay else []
    return found


def _by_days(text: str, year: int | None) -> Iterator[tuple[list[date | None], str]]:
    """The text cut where a day is told: (the days meant, the words until the next)."""
    folded = fold_in_place(text)
    cuts = list(_cuts(folded, year))
    if not cuts or cuts[0][0] > 0:
        yield [], text[: cuts[0][0]] if cuts else text
    for at, (_, end, days) in enumerate(cuts):
        until = cuts[at + 1][0] if at + 1 < len(cuts) else len(text)
        yield days, text[end:until]


def _cuts(folded: str, year: int | None) -> Iterator[tuple[int, int, list[date | None]]]:
    spans = [(found.start(), found.end(), _span(found, year)) for found in _SPAN.finditer(folded)]
    for found in _MARK.finditer(folded):
        if not any(start <= found.start() < end for start, end, _ in spans):
            day = _date(*_parts(found), year)
            if day:
                spans.append((found.start(), found.end(), [day]))
    yield from sorted((one for one in spans if one[2]), key=lambda one: one[0])


def _parts(found: "re.Match[str]") -> tuple[str, str, str | None]:
    if found["d"]:
        return found["d"], found["m"], found["y"]
    day, month, year = found.groups()[3:6]
    return day, month, year


def _span(found: "re.Match[str]", year: int | None) -> list[date | None]:
    """From day to day, at most a month of them."""
    last = _date(found["d"], found["m"], found["y"], year)
    first = _date(found["d1"], found["m1"] or found["m"], found["y"], year)
    if not first or not last or not 0 <= (last - first).days <= 31:
        return []
    return [first + timedelta(days=at) for at in range((last - first).days + 1)]


def _date(day: str, month: str, told: str | None, year: int | None) -> date | None:
    full = int(told) + (2000 if len(told) == 2 else 0) if told else year
    try:
        return date(full, int(month), int(day)) if full else None
    except ValueError:
        return None


def _clauses(piece: str) -> Iterator[str]:
    """Parts that tell one stay each: cut at ends of sentences, and before every new time."""
    folded = fold_in_place(piece)
    cuts = {0, len(piece)}
    cuts |= {found.end() for found in _SPLIT.finditer(folded)}
    cuts |= {found.start() for found in _TIMES.finditer(folded)}
    edges = sorted(cuts)
    for start, end in pairwise(edges):
        words = piece[start:end].strip(" ,.;:-–•\n\t")
        if words:
            yield words


def _read_clause(words: str) -> Stay | None:
    folded = fold_in_place(words)
    times = _TIMES.match(folded)
    since, until = _times(times) if times else (None, None)
    rest = words[times.end() :] if times else words
    rest = rest.strip(" ,.:;-–)(")
    low = fold_in_place(rest)
    plate, flight, seat = _PLATE.search(low), _FLIGHT.search(low), _SEAT.search(low)
    company = _COMPANY.search(low)
    place = _place(rest, low)
    if not (place or plate or flight):
        return None
    return Stay(
        None, since, until, place, _plate(plate, rest), _flight(flight), seat[1].upper() if seat else "",
        squeeze(rest[company.start("who") : company.end("who")]) if company else "", squeeze(words),
    )  # fmt: skip


def _times(found: "re.Match[str]") -> tuple[time | None, time | None]:
    later = _LATER.get(found[5] or "", 0)
    first, second = _time(found[1], found[2], later), _time(found[3], found[4], later)
    return first, second


def _time(hour: str | None, minute: str | None, later: int) -> time | None:
    if hour is None:
        return None
    shifted = int(hour) + (later if int(hour) < 12 else 0)
    try:
        return time(shifted % 24 if shifted == 24 else shifted, int(minute or 0))
    except ValueError:
        return None


def _plate(found: "re.Match[str] | None", rest: str) -> str:
    return re.sub(r"\s+", "", rest[found.start() : found.end()]).upper() if found else ""


def _flight(found: "re.Match[str] | None") -> str:
    return re.sub(r"\s+", "", found[1] or found[2]).upper() if found else ""


def _place(rest: str, low: str) -> str:
    """What is left when the verb in front, the vehicle and the company are taken away."""
    verb = _VERBS.match(low)
    keep = _kept_verb(low, verb)
    body, folded = rest[keep:], low[keep:]
    if verb is None:
        at = _AT.search(low)
        if at is None:
            return ""
        body, folded = rest[at.end() :], low[at.end() :]
    ends = [found.start() for found in (_NOT_PLACE.search(folded), _END.search(folded)) if found]
    place = squeeze(body[: min(ends, default=len(body))]).strip(" ,.-–")
    return "" if _NO_PLACE.match(fold_in_place(place)) else place


def _kept_verb(low: str, verb: "re.Match[str] | None") -> int:
    """ "đi chợ Phúc Lộc" is at "chợ Phúc Lộc": the market's word belongs to the place."""
    if verb is None:
        return 0
    return verb.end() - len("cho ") if verb.group().endswith("cho ") else verb.end()
