"""How near people are at a venue, as a number for the tracing engine; the law's F1 and F2 rules in its words. Pure.

Class = nearness (0: within 1 m, 1: within 2 m, 2: farther, 3: not known) + 4 x room (0: open, 1: one closed space,
2: one closed space whose air is shared for a while after somebody left).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from chongdich.kernels.tracing.words import UNKNOWN_DISTANCE, TraceRule
from chongdich.regulations import Law

NEARNESS = (1.0, 2.0, 3.0, None)  # metres that stand for each nearness when the law is asked
CLASSES = tuple(range(12))
LONG = 24 * 60 * 60  # minutes: longer than any minimum


def class_of(*, closed: bool, distance_m: float | None, lag_minutes: int = 0) -> int:
    """The class of a venue: distance in metres, None where nobody knows."""
    near = 3 if distance_m is None else next((n for n, most in enumerate((1, 2)) if distance_m <= most), 2)
    return near + 4 * ((2 if lag_minutes else 1) if closed else 0)


@dataclass(frozen=True)
class Room:
    """What a class says of a venue. `distance_m` is None where not known: then people count as near."""

    closed: bool
    distance_m: float | None
    lagging: bool


def room_of(kind: int) -> Room:
    """A class read back; a venue the engine was told nothing of (15) is open and of unknown nearness."""
    if kind not in CLASSES:
        return Room(False, None, False)
    return Room(kind >= 4, NEARNESS[kind % 4], kind >= 8)


@dataclass(frozen=True)
class DayRule:
    """The rules of F1 and of F2 in the engine's words. Two days with equal rules are one question to the engine."""

    f1: TraceRule
    f2: TraceRule


def day_rule(law: Law, on: date, lag_minutes: int = 0) -> DayRule:
    """By the tables `contacts/…` of the disease; without a rule of F2 nobody is one.

    A mask nobody knows of counts as none, and a distance nobody knows of as near: nobody is missed for want of a word.
    """
    masked = law.find("contacts/f1_minutes_masked", on=on)
    unmasked = law.find("contacts/f1_minutes_unmasked", on=on)
    near = tuple(kind for kind in (*CLASSES, UNKNOWN_DISTANCE) if counts_as_f1(law, on, kind))
    f1 = TraceRule(
        minutes_masked=masked, minutes_unmasked=unmasked, minutes_mask_unknown=unmasked, near=near,
        lag_minutes=lag_minutes, lag_classes=tuple(k for k in near if room_of(k).lagging) if lag_minutes else (),
    )  # fmt: skip
    return DayRule(
        f1, TraceRule(0, 0, 0, tuple(kind for kind in (*CLASSES, UNKNOWN_DISTANCE) if counts_as_f2(law, on, kind)))
    )


def counts_as_f1(law: Law, on: date, kind: int) -> bool:
    """Whether being long together, without masks, at a venue of the class makes a contact."""
    decision = judge_f1(law, on, kind, masked=False, minutes=LONG)
    return bool(decision and decision["contact"])


def counts_as_f2(law: Law, on: date, kind: int) -> bool:
    """Whether meeting an F1 at a venue of the class makes a contact of a contact."""
    decision = judge_f2(law, on, kind)
    return bool(decision and decision["contact"])


def judge_f1(law: Law, on: date, kind: int, *, masked: bool, minutes: float) -> Any:
    """The decision of the table of F1 on one meeting; None where the disease has no such table."""
    room = room_of(kind)
    limit = law.find("contacts/f1_distance_m", on=on)
    return _decide(
        law, on, "contacts/f1", same_closed_space=room.closed, masked=masked, minutes=minutes,
        distance_m=limit if room.distance_m is None else room.distance_m,
    )  # fmt: skip


def judge_f2(law: Law, on: date, kind: int) -> Any:
    """The decision of the table of F2 on a meeting with an F1 in the time that counts."""
    room = room_of(kind)
    limit = law.find("contacts/f2_distance_m", on=on)
    distance = room.distance_m if room.distance_m is not None else limit if limit is not None else NEARNESS[2]
    return _decide(law, on, "contacts/f2", after_exposure=True, before_quarantine=True, distance_m=distance)


def _decide(law: Law, on: date, name: str, **given: Any) -> Any:
    if f"{law.disease}/{name}" not in law.names():
        return None
    known = law.inputs(name)
    return law.decide(name, on=on, assume_last=True, **{k: v for k, v in given.items() if k in known})
