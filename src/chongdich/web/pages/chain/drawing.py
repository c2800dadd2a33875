"""The four pictures of chains. A picture is numbers and words; `svg.py` makes it markup."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chongdich.application.lenses.chain import Chains, Member
from chongdich.domain.cases.states import ORIGIN, OUTCOME
from chongdich.kernels.chains import layout
from chongdich.web.pages.chain.looks import Look

STEP = 30.0  # pixels from node to node of the graph
ROW = 20.0  # of the timeline and the tree
GENERATION = 150.0
EDGE = 40.0
LANES = 40
AXIS_EVERY = 30  # rows after which the days are written again
LABELLED = 500  # with more nodes the graph names them only when one comes near


@dataclass(frozen=True)
class Mark:
    """A case: where, how it looks, what is said of it. `first` has no known source; `sure` stands on its onset."""

    at: int
    x: float
    y: float
    look: Look
    label: str
    words: str
    first: bool
    sure: bool


@dataclass(frozen=True)
class Arrow:
    """From a source to a case; `kind` is tree (the source taken), other (another likely one) or doubt."""

    source: int
    case: int
    path: str
    kind: str


@dataclass(frozen=True)
class Bar:
    """A span of days in a row: when somebody was probably infected, or could infect."""

    x: float
    y: float
    width: float
    kind: str  # exposure, infectious


@dataclass
class Picture:
    """Everything to be drawn. `ticks` are (x, words, strong); `lanes` (y, height, words)."""

    width: float = 0
    height: float = 0
    marks: list[Mark] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    ticks: list[tuple[float, str, bool]] = field(default_factory=list)
    axes: list[float] = field(default_factory=list)
    lanes: list[tuple[float, float, str]] = field(default_factory=list)
    heads: list[tuple[float, str]] = field(default_factory=list)
    named: bool = True
    below: bool = False  # names stand under the marks rather than beside them


LookOf = Callable[[Member], Look]


def draw_graph(chains: Chains, look: LookOf) -> Picture:
    """Each chain as rings about its first cases, the largest first."""
    x, y, width, height = layout.pack(*layout.radial(chains.parent, chains.days, chains.chain), chains.chain)
    picture = Picture(width * STEP + EDGE, height * STEP + EDGE, named=len(chains.members) <= LABELLED, below=True)
    places = list(zip((EDGE / 2 + STEP * x).tolist(), (EDGE / 2 + STEP * y).tolist()))
    _place_all(picture, chains, look, places, _straight)
    return picture


def draw_tree(chains: Chains, look: LookOf) -> Picture:
    """Generations from left to right, every source before those it infected."""
    height = layout.tidy(chains.parent, chains.days, chains.chain)
    gaps = chains.chain * 0.6  # a little air between chains
    places = [
        (EDGE + GENERATION * m.generation, 2 * EDGE + ROW * float(height[at] + gaps[at]))
        for at, m in enumerate(chains.members)
    ]
    deepest = max((m.generation for m in chains.members), default=0)
    picture = Picture(2 * EDGE + GENERATION * (deepest + 1), 3 * EDGE + max((y for _x, y in places), default=0))
    picture.heads = [(EDGE + GENERATION * g, _("Đời %(number)s") % {"number": g}) for g in range(deepest + 1)]
    _place_all(picture, chains, look, places, _elbow)
    return picture


def draw_timeline(chains: Chains, look: LookOf, today: date) -> Picture:
    """One row a case on a line of days: probably infected between, able to infect between, ill from."""
    row = layout.rows(chains.parent, chains.days, chains.chain)
    scale = Scale.over([day for m in chains.members for day in _days_of(chains, m)])
    count = len(chains.members)
    gutter = 2 * EDGE
    picture = Picture(scale.width, gutter + ROW * (count + count // AXIS_EVERY + 1))
    places = [
        (scale.at(m.told.day), gutter + ROW * (int(row[at]) + int(row[at]) // AXIS_EVERY))
        for at, m in enumerate(chains.members)
    ]
    picture.ticks = list(scale.ticks())
    picture.axes = [gutter - ROW + 2 + ROW * (AXIS_EVERY + 1) * n for n in range(1 + (count - 1) // AXIS_EVERY)]
    for at, member in enumerate(chains.members):
        picture.bars.extend(_bars(chains, member, scale, places[at][1], today))
    _place_all(picture, chains, look, places, _down_then_across)
    return picture


def draw_places(chains: Chains, look: LookOf) -> Picture:
    """One lane a place on a line of days; arcs lead from lane to lane where the disease was carried over."""
    scale = Scale.over([m.told.day for m in chains.members if m.told.day], gutter=170)
    lanes = _lanes(chains.members)
    picture = Picture(scale.width, 0, ticks=list(scale.ticks()), axes=[EDGE + ROW / 2])
    places: list[tuple[float, float]] = [(0, 0)] * len(chains.members)
    top = EDGE + 1.5 * ROW
    for name, numbers in lanes:
        stacks: dict[int, int] = defaultdict(int)
        for at in numbers:
            x = scale.at(chains.members[at].told.day)
            slot = round(x / 13)
            places[at] = (x, top + 12 + 13 * stacks[slot])
            stacks[slot] += 1
        height = 24.0 + 13 * max(stacks.values())
        picture.lanes.append((top, height, name))
        top += height + 6
    picture.height, picture.named = top + EDGE, False
    _place_all(picture, chains, look, places, _arc)
    return picture


def _lanes(members: list[Member]) -> list[tuple[str, list[int]]]:
    """(name, positions), the place hit first on top; beyond forty places the smallest share the last lane."""
    held: dict[str, list[int]] = defaultdict(list)
    for at, member in enumerate(members):
        held[member.place or _("Chưa rõ địa bàn")].append(at)
    kept = sorted(held, key=lambda name: -len(held[name]))[:LANES]
    rest = [at for name, numbers in held.items() if name not in kept for at in numbers]
    lanes = sorted(((name, held[name]) for name in kept), key=lambda lane: _first_day(members, lane[1]))
    return [*lanes, (_("Các nơi khác"), rest)] if rest else lanes


def _first_day(members: list[Member], numbers: list[int]) -> date:
    return min((members[at].told.day or date.max for at in numbers), default=date.max)


# Days across the page


@dataclass(frozen=True)
class Scale:
    """Days to pixels; days unknown stand in a column of their own on the left."""

    first: date
    last: date
    day: float
    gutter: float

    @classmethod
    def over(cls, days: list[date], gutter: float = 60) -> "Scale":
        """Between the first and the last of some days, a thousand pixels wide where that is readable."""
        first, last = min(days, default=date(2021, 1, 1)), max(days, default=date(2021, 1, 2))
        return cls(first, last, min(26.0, max(3.0, 1000 / ((last - first).days + 1))), gutter)

    @property
    def width(self) -> float:
        return self.gutter + self.day * ((self.last - self.first).days + 1) + 2.4 * EDGE

    def at(self, day: date | None) -> float:
        if day is None:
            return self.gutter - 24
        return self.gutter + self.day * (min(max(day, self.first), self.last) - self.first).days

    def ticks(self) -> Iterator[tuple[float, str, bool]]:
        """Mondays, or the first of months when weeks would be too many to read."""
        day = self.first
        weekly = self.day >= 6
        while day <= self.last:
            if day.day == 1 or (weekly and day.weekday() == 0 and 3 <= day.day <= 28):
                yield self.at(day), f"{day:%d/%m/%Y}" if day.day == 1 else f"{day:%d/%m}", day.day == 1
            day += timedelta(days=1)


def _days_of(chains: Chains, member: Member) -> list[date]:
    told = member.told
    exposed = chains.exposure(member) or ()
    return [day for day in (told.day, told.isolated, told.infectious_from, *exposed) if day]


def _bars(chains: Chains, member: Member, scale: Scale, y: float, today: date) -> Iterator[Bar]:
    if exposed := chains.exposure(member):
        yield _bar(exposed[0], exposed[1], scale, y, "exposure")
    told = member.told
    if told.infectious_from:
        until = told.infectious_until or told.isolated or told.ended or today
        yield _bar(told.infectious_from, max(until, told.infectious_from), scale, y, "infectious")


def _bar(since: date, until: date, scale: Scale, y: float, kind: str) -> Bar:
    x = scale.at(since)
    return Bar(x, y, max(scale.at(until) - x, 2.0) + scale.day * 0.5, kind)


# Cases and the lines between them

Line = Callable[[tuple[float, float], tuple[float, float]], str]


def _place_all(picture: Picture, chains: Chains, look: LookOf, places: list[tuple[float, float]], line: Line) -> None:
    for at, member in enumerate(chains.members):
        x, y = places[at]
        picture.marks.append(
            Mark(at, float(x), float(y), look(member), member.told.label, words_of(member, chains),
                 member.parent is None, member.told.onset is not None)
        )  # fmt: skip
    for source, case in chains.links:
        taken = chains.members[case].parent == source
        picture.arrows.append(
            Arrow(source, case, line(places[source], places[case]), _kind(chains, source, case, taken))
        )


def _kind(chains: Chains, source: int, case: int, taken: bool) -> str:
    before, after = chains.members[source].told.onset, chains.members[case].told.onset
    if before and after and after < before:
        return "doubt"
    return "tree" if taken else "other"


def words_of(member: Member, chains: Chains) -> str:
    """What is said of a case when one points at it, a line each."""
    told = member.told
    source = "" if member.parent is None else chains.members[member.parent].told.label
    lines = [
        member.title,
        ", ".join(part for part in (member.place, member.cluster) if part),
        _("Khởi phát %(day)s") % {"day": f"{told.onset:%d/%m/%Y}"} if told.onset else _("Không rõ ngày khởi phát"),
        _("Xác định %(day)s") % {"day": f"{told.confirmed:%d/%m/%Y}"} if told.confirmed else "",
        _(ORIGIN[member.origin]) + (f" · {_(OUTCOME[member.outcome].label)}" if member.outcome != "active" else ""),
        (_("Lây từ %(source)s") % {"source": source}) if source else "",
        ngettext("Lây cho %(n)d ca", "Lây cho %(n)d ca", member.infected) % {"n": member.infected}
        if member.infected else "",
        _("Chuỗi %(chain)d, đời %(step)d") % {"chain": member.chain + 1, "step": member.generation},
    ]  # fmt: skip
    return "\n".join(line for line in lines if line)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _straight(a: tuple[float, float], b: tuple[float, float]) -> str:
    return f"M{_n(a[0])} {_n(a[1])}L{_n(b[0])} {_n(b[1])}"


def _elbow(a: tuple[float, float], b: tuple[float, float]) -> str:
    middle = a[0] + GENERATION * 0.62
    return f"M{_n(a[0])} {_n(a[1])}H{_n(middle)}V{_n(b[1])}H{_n(b[0])}"


def _down_then_across(a: tuple[float, float], b: tuple[float, float]) -> str:
    return f"M{_n(a[0])} {_n(a[1])}V{_n(b[1])}H{_n(b[0])}"


def _arc(a: tuple[float, float], b: tuple[float, float]) -> str:
    lift = float(np.clip(abs(b[0] - a[0]) * 0.5, 12, 60))
    return f"M{_n(a[0])} {_n(a[1])}C{_n(a[0] + lift)} {_n(a[1])} {_n(b[0] - lift)} {_n(b[1])} {_n(b[0])} {_n(b[1])}"
