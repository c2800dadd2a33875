"""What the tracing engine found, as pairs of people with their meetings. Pure: arrays in, plain values out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from chongdich.kernels.tracing.reference import covered

SHOWN_PROOF = 20  # pairs of rows kept beside a link; all of them can be asked of the store again


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody who met a case (`case`: index of the case) or an F1 (`case` -1, `through`: that F1), times in seconds.

    `seconds` together count once however many rows tell of them; `place`, `distance` and `mask` are those of the
    longest single meeting; `proof` pairs the store's rows (the infectious person's, the contact's).
    """

    person: int
    through: int
    case: int
    meetings: int
    seconds: int
    first: int
    last: int
    place: int
    distance: int
    mask: int
    proof: tuple[tuple[int, int], ...] = ()


def pairs_of(evidence: np.ndarray, lag_of: Mapping[int, int] | None = None) -> list[Met]:
    """EVIDENCE rows as one `Met` for each contact and case, in order of person and case.

    `lag_of` says for how many seconds air is shared at a place, where the question allowed more.
    """
    rows = evidence if lag_of is None else evidence[_near_enough(evidence, lag_of)]
    order = np.lexsort((rows["first"], rows["case"], rows["contact"]))
    rows = rows[order]
    if not len(rows):
        return []
    cuts = np.flatnonzero((np.diff(rows["contact"]) != 0) | (np.diff(rows["case"]) != 0)) + 1
    bounds = [0, *cuts.tolist(), len(rows)]
    return [_met(rows[begin:end]) for begin, end in pairwise(bounds)]


def _near_enough(evidence: np.ndarray, lag_of: Mapping[int, int]) -> np.ndarray:
    allowed = np.array([lag_of.get(place, 0) for place in evidence["place"].tolist()], np.int64)
    return evidence["lag"] <= allowed


def _met(rows: np.ndarray) -> Met:
    longest = rows[int(np.argmax(rows["seconds"]))]
    seconds = covered(list(zip(rows["first"].tolist(), rows["last"].tolist()))) if len(rows) > 1 else longest["seconds"]
    return Met(
        int(longest["contact"]), int(longest["through"]), int(longest["case"]), len(rows), int(seconds),
        int(rows["first"].min()), int(rows["last"].max()), int(longest["place"]), int(longest["distance"]),
        int(longest["mask"]), _proof(rows),
    )  # fmt: skip


def _proof(rows: np.ndarray) -> tuple[tuple[int, int], ...]:
    first = rows[:SHOWN_PROOF]
    return tuple(zip(first["source_row"].tolist(), first["contact_row"].tolist()))


def onward_of(table: np.ndarray, distance: np.ndarray) -> list[Met]:
    """The CONTACT rows of F2: each through the F1 met longest."""
    rows = table[table["level"] == 2]
    kinds = [int(distance[place]) if place < len(distance) else 15 for place in rows["place"].tolist()]
    columns = ("person", "through", "meetings", "seconds", "first", "last", "place")
    values = zip(*(rows[name].tolist() for name in columns), kinds)
    return [Met(who, through, -1, n, s, first, last, place, kind, -1)
            for who, through, n, s, first, last, place, kind in values]  # fmt: skip


def as_one(found: Sequence[Met], kept: Mapping[int, int]) -> list[Met]:
    """The same with people who were merged into others as these; nobody meets himself."""
    if not kept:
        return list(found)
    renamed = [(kept.get(one.person, one.person), kept.get(one.through, one.through), one) for one in found]
    together: dict[tuple[int, int, int], Met] = {}
    for person, through, one in renamed:
        if person != through:
            key = (person, through if one.case < 0 else -1, one.case)
            together[key] = _joined(together.get(key), person, through, one)
    return list(together.values())


def _joined(before: Met | None, person: int, through: int, one: Met) -> Met:
    longest = one if before is None or one.seconds > before.seconds else before
    return Met(
        person, through, one.case, one.meetings + (before.meetings if before else 0),
        one.seconds + (before.seconds if before else 0), min(one.first, before.first if before else one.first),
        max(one.last, before.last if before else one.last), longest.place, longest.distance, longest.mask,
        (*(before.proof if before else ()), *one.proof)[:SHOWN_PROOF],
    )  # fmt: skip
