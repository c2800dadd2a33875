"""Encounters between two phones as presences: two people at a place of their own for as long as they heard each other.

Bluezone-like logs give (one, other, moment, strength); matched GAEN keys give (owner, listener, moment, attenuation).
Hearings of the same pair closer than `gap` seconds are one encounter. Its place is a number after the real places, one
for each encounter, with the distance class that the attenuation speaks for; so the engine needs to know nothing new.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from ..words import Presences
from .gaen import Match


class Hearing(NamedTuple):
    """Two people's phones heard each other at a moment (seconds of the store's epoch), weakened by so many dB."""

    one: int
    other: int
    moment: int
    attenuation: float | None = None


class Encounters(NamedTuple):
    """Presences (two rows an encounter) and the distance class of each new place: hand both to the store."""

    presences: Presences
    distance: dict[int, int]


def from_matches(matched: Iterable[Match], epoch: int) -> list[Hearing]:
    """Matched GAEN identifiers as hearings; `epoch` is the store's epoch in Unix seconds."""
    return [Hearing(match.owner, match.listener, match.moment - epoch, match.attenuation) for match in matched]


def encounters(
    hearings: Iterable[Hearing],
    *,
    first_place: int,
    gap: int,
    classes: Sequence[tuple[float, int]],
    unknown_class: int,
    source: int = 0,
    certainty: int = 100,
) -> Encounters:
    """Join hearings into encounters.

    `classes` are (attenuation below this many dB, distance class), ascending; the first bound above the encounter's
    median attenuation counts. Weaker than all of them, or without strength: `unknown_class`.
    """
    rows = [(min(h.one, h.other), max(h.one, h.other), h.moment, h.attenuation) for h in hearings if h.one != h.other]
    rows.sort(key=lambda row: row[:3])
    joined: list[list[tuple]] = []
    for row in rows:
        near = joined and joined[-1][-1][:2] == row[:2] and row[2] - joined[-1][-1][2] <= gap
        joined[-1].append(row) if near else joined.append([row])
    places = range(first_place, first_place + len(joined))
    distance = {place: _class(met, classes, unknown_class) for place, met in zip(places, joined)}
    return Encounters(_presences(joined, places, source, certainty), distance)


def _class(met: list[tuple], classes: Sequence[tuple[float, int]], unknown: int) -> int:
    strengths = [row[3] for row in met if row[3] is not None]
    if not strengths:
        return unknown
    middle = float(np.median(strengths))
    return next((kind for bound, kind in classes if middle < bound), unknown)


def _presences(joined: list[list[tuple]], places: range, source: int, certainty: int) -> Presences:
    pairs = np.array([met[0][:2] for met in joined], np.int64).reshape(-1, 2)
    times = np.array([(met[0][2], met[-1][2]) for met in joined], np.int64).reshape(-1, 2)
    size = 2 * len(joined)
    return Presences(
        person=pairs.ravel(),
        place=np.repeat(np.arange(places.start, places.stop), 2),
        start=np.repeat(times[:, 0], 2),
        end=np.repeat(times[:, 1], 2),
        source=np.full(size, source),
        certainty=np.full(size, certainty),
    )
