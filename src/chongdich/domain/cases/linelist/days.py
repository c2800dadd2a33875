"""Days as lists write them: which habit a column follows, and what one cell says. Nothing is guessed in silence."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from chongdich.core.errors import Refused
from chongdich.core.vietnamese import fold, squeeze

DMY, MDY = "dmy", "mdy"
HABITS = {DMY: "ngày/tháng/năm", MDY: "tháng/ngày/năm"}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
_PARTS = re.compile(r"(\d{1,2})\s*([/.\- ])\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})(?:\s+\d{1,2}[:h]\d{0,2}(?::\d{2})?)?")
_RUN = re.compile(r"(\d{2})(\d{2})((?:19|20)\d{2})")
_WORDY = re.compile(r"(?:ngay\s*)?(\d{1,2})\s*thang\s*(\d{1,2})\s*(?:nam)?\s*(\d{4})")
_NAMED = re.compile(r"(\d{1,2})[\s\-/.]*([a-z]{3,9})[\s\-/.,]*(\d{4}|\d{2})")
_NAMED_FIRST = re.compile(r"([a-z]{3,9})[\s\-/.]*(\d{1,2})(?:st|nd|rd|th)?[\s\-/.,]+(\d{4}|\d{2})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet, its false leap day of 1900 passed over
_SERIALS = range(20_000, 80_000)  # 1954 to 2119


@dataclass(frozen=True)
class Habit:
    """How a column writes days. `asked`: no cell tells, so somebody must say; `mixed`: cells follow both ways."""

    order: str = DMY
    asked: bool = False
    mixed: bool = False
    shapes: Mapping[str, str] = field(default_factory=dict)  # "/0" (padded with zeros), "-": order, when mixed

    def of(self, cell: "re.Match[str]") -> tuple[str, bool]:
        """(order, whether it is sure) for one cell: in a mixed column cells written alike follow one order."""
        own = self.shapes.get(shape_of(cell))
        return (own, True) if own else (self.order, not self.mixed)


def shape_of(cell: "re.Match[str]") -> str:
    """How a day is written: its separator, and whether zeros pad its figures ("?" when it does not show)."""
    small = [part for part in (cell[1], cell[3]) if int(part) < 10]
    padded = "?" if not small else "0" if all(len(part) == 2 for part in small) else ""
    return f"{cell[2]}{padded}"


def habit_of(cells: Iterable[str], other: str = "") -> Habit:
    """From the cells of a column; `other` is what the rest of the file does, when this column does not tell."""
    votes: dict[str, Counter[str]] = {}
    either = 0
    for cell in cells:
        found = _PARTS.fullmatch(squeeze(cell))
        if found:
            first, second = int(found[1]), int(found[3])
            vote = DMY if first > 12 >= second else MDY if second > 12 >= first else ""
            votes.setdefault(shape_of(found), Counter()).update([vote] if vote else [])
            either += first <= 12 and second <= 12 and first != second
    total = sum(votes.values(), Counter())
    if not total:
        return Habit(other or DMY, asked=bool(either) and not other)
    if len(total) == 1:
        return Habit(next(iter(total)))
    shapes = {shape: vote.most_common(1)[0][0] for shape, vote in votes.items() if _sure(vote)}
    return Habit(total.most_common(1)[0][0], mixed=True, shapes=shapes)


@dataclass(frozen=True)
class ReadDay:
    """A day; `doubtful` when day and month could change places in a column that does both."""

    day: date | None
    doubtful: bool = False


def _sure(vote: Counter[str]) -> bool:
    """All cells of a shape that tell say the same, or 19 of 20 do and they are many."""
    most, all_of_them = max(vote.values(), default=0), sum(vote.values())
    return bool(most) and (most == all_of_them or (all_of_them >= 40 and most * 20 >= all_of_them * 19))


class Unreadable(ValueError):
    """The cell is no day at all: words, or half of one."""


def read_cell(text: str, habit: Habit, where: str = "") -> ReadDay:
    """What a cell says. Unreadable for words; Refused for a day that does not exist."""
    plain = squeeze(text)
    if not plain:
        return ReadDay(None)
    if plain.isascii() and plain.replace(".", "", 1).isdigit() and int(float(plain)) in _SERIALS:
        return ReadDay(_EPOCH + timedelta(days=int(float(plain))))
    iso = _ISO.fullmatch(plain)
    if iso:
        return ReadDay(_day(int(iso[1]), int(iso[2]), int(iso[3]), plain, where))
    parts = _PARTS.fullmatch(plain)
    if parts:
        return _from_parts(parts, habit, plain, where)
    return ReadDay(_from_words(plain, where))


def _from_parts(parts: "re.Match[str]", habit: Habit, text: str, where: str) -> ReadDay:
    """In the column's order; a cell that cannot follow it is read the other way where that is possible."""
    first, second, year = int(parts[1]), int(parts[3]), _year(parts[4])
    order, sure = habit.of(parts)
    day, month = (first, second) if order == DMY else (second, first)
    if month > 12 >= day:
        day, month = month, day
    doubtful = not sure and first <= 12 and second <= 12 and first != second
    return ReadDay(_day(year, month, day, text, where), doubtful)


def _from_words(plain: str, where: str) -> date:
    folded = fold(plain)
    run = _RUN.fullmatch(plain) or _WORDY.fullmatch(folded)
    if run:
        return _day(int(run[3]), int(run[2]), int(run[1]), plain, where)
    named, first = _NAMED.fullmatch(folded), _NAMED_FIRST.fullmatch(folded)
    if first and not named:
        day, month, year = first[2], first[1], first[3]
    else:
        day, month, year = (named[1], named[2], named[3]) if named else ("", "", "")
    if month[:3] in _MONTHS:
        return _day(_year(year), _MONTHS.index(month[:3]) + 1, int(day), plain, where)
    raise Unreadable(plain)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: int, month: int, day: int, text: str, where: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Refused(f"Không có ngày “{text}”.", where) from error
