"""The figures of an after-action report: plain values that a screen, a document and JSON are made of."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from statistics import quantiles
from typing import Any

AIM = "mốc tham khảo, không phải quy định"  # a clock that no document sets


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    label: str
    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """None of none is no share."""
        return 100 * self.part / self.whole if self.whole else None


@dataclass(frozen=True)
class Delay:
    """How long a step took, in hours: how many are known, the middle, nine in ten, the longest."""

    label: str
    count: int
    median: float | None = None
    ninth: float | None = None
    longest: float | None = None


@dataclass(frozen=True)
class Clock:
    """A clock that should have been met: by what it is set, and how it went. `open` has run out unanswered."""

    label: str
    basis: str
    hours: float
    met: int
    late: int
    open: int

    @property
    def share(self) -> Share:
        return Share(self.label, self.met, self.met + self.late + self.open)


@dataclass(frozen=True)
class Missed:
    """A true infection that the house does not know as a case, and why."""

    name: str
    commune: str
    infected_on: date
    onset_on: date | None
    reason: str


@dataclass(frozen=True)
class Unit:
    """One commune: infections true and found, contacts true and found, clocks of interviews and calls."""

    name: str
    infections: int
    cases: int
    contacts: int
    contacts_found: int
    late: int  # interviews
    late_calls: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """In the order of the columns."""
        return (self.infections, self.cases, self.contacts, self.contacts_found, self.late, self.late_calls)


@dataclass(frozen=True)
class Duty:
    """The tasks of one body by the lines of the official statistics."""

    name: str
    in_time: int
    late: int
    open: int
    overdue: int


@dataclass(frozen=True)
class Findings:
    """Everything an after-action report says. Times are the drill's; the same drill gives the same figures."""

    options: dict[str, Any]
    since: date
    until: date
    finished: bool
    people: list[Share] = field(default_factory=list)
    tracing: list[Share] = field(default_factory=list)
    delays: list[Delay] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    quality: list[Share] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Ready for json.dumps, shares with their percentages."""
        told = asdict(self)
        for name in ("people", "tracing", "quality"):
            for row, share in zip(told[name], getattr(self, name)):
                row["percent"] = None if share.percent is None else round(share.percent, 1)
        told["since"], told["until"] = self.since.isoformat(), self.until.isoformat()
        for row in told["missed"]:
            row["infected_on"] = row["infected_on"].isoformat()
            row["onset_on"] = row["onset_on"].isoformat() if row["onset_on"] else None
        return told


def delay_of(label: str, hours: Sequence[float]) -> Delay:
    """The middle and the tail of some delays."""
    if not hours:
        return Delay(label, 0)
    cuts = quantiles(hours, n=10, method="inclusive") if len(hours) > 1 else [hours[0]] * 9
    return Delay(label, len(hours), round(cuts[4], 1), round(cuts[8], 1), round(max(hours), 1))


def clock_of(label: str, basis: str, limit: float, hours: Sequence[float], waiting: Sequence[float]) -> Clock:
    """`hours` of what was done, `waiting` of what was not: those still within the limit are not counted."""
    met = sum(1 for one in hours if one <= limit)
    return Clock(label, basis, limit, met, len(hours) - met, sum(1 for one in waiting if one > limit))
