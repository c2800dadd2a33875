"""The official statistics as a bar with a linked legend."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from chongdich.domain.directives.states import STANDINGS
from chongdich.web.kit.tones import Look, look_of

WITH_DEADLINE = ("done_in_time", "done_late", "open_in_time", "overdue")
WITHOUT_DEADLINE = ("done", "open")


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the statistics: its look, its number, where its tasks are listed, and its place in the bar."""

    name: str
    look: Look
    number: int
    url: str
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Standings:
    """All lines, parted as the form of the statistics does: with a deadline, without one, and what was dropped."""

    parts: list[Part]

    @property
    def total(self) -> int:
        return sum(part.number for part in self.parts)

    @property
    def groups(self) -> list[tuple[str, list[Part], int]]:
        named = {"with": WITH_DEADLINE, "without": WITHOUT_DEADLINE}
        found = [(name, [part for part in self.parts if part.name in lines]) for name, lines in named.items()]
        return [(name, parts, sum(part.number for part in parts)) for name, parts in found]


def parts_of(counted: Mapping[str, int], address: str, document: str = "") -> Standings:
    """The statistics with each line leading to its tasks at `address`. Dropped tasks take no share of the bar."""
    lines = [name for name in STANDINGS if name != "dropped"]
    whole = sum(counted[name] for name in lines) or 1
    parts, left = [], 0.0
    for name in lines:
        width = round(100 * counted[name] / whole, 2)
        query = urlencode({"tinh_hinh": name, **({"van_ban": document} if document else {})})
        parts.append(Part(name, look_of(name, "standing"), counted[name], f"{address}?{query}", round(left, 2), width))
        left += width
    return Standings(parts)
