"""The fast twin of `reference`: the same question, the same answer, from two sorted copies of the presences.

A stay of an infectious person becomes a probe; probes sweep the copy by place, which is sorted by start and knows the
longest stay of each place and the latest end of each block, so that only rows near the moment are read.
"""

import threading
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np

from . import scan
from .index import END, NOTE, OTHER, ROW, START, Segment, build
from .words import CONTACT, EVIDENCE, FOREVER, NEVER, Case, TraceRule, World


class Snapshot:
    """What can be asked at one moment: sealed and recent segments, and the distance class of each place.

    `people` is one more than the largest person number. Safe to ask from several threads.
    """

    def __init__(self, segments: Sequence[Segment], distance: np.ndarray) -> None:
        self.segments = [segment for segment in segments if len(segment.by_person.keys)]
        self.distance = np.asarray(distance, np.uint8)
        self.people = max((int(segment.by_person.keys[-1, 0]) + 1 for segment in self.segments), default=0)
        self._own = threading.local()

    @cached_property
    def rows(self) -> int:
        return sum(len(segment.by_place.rows) for segment in self.segments)

    def between(self, since: int, until: int) -> list[Segment]:
        """The segments in which somebody was somewhere at some moment of [since, until]."""
        return [segment for segment in self.segments if segment.first <= until and segment.last >= since]

    def slots(self) -> np.ndarray:
        """One zero for each person, kept by the thread; whoever writes into it writes the zeros back."""
        if not hasattr(self._own, "slots"):
            self._own.slots = np.zeros(self.people, np.int32)
        return self._own.slots


def index(world: World) -> Snapshot:
    """A world in memory, ready to be asked."""
    return Snapshot([build(world.presences)], world.distance)


class Probes:
    """The stays of some people inside their windows, and the rule by which others meet them."""

    def __init__(self, snapshot: Snapshot, windows: np.ndarray, rule: TraceRule) -> None:
        self.snapshot, self.persons = snapshot, windows[:, 0].astype(np.int32)
        self.needed, self.lags, useful = _tables(rule)
        self.certain = rule.min_certainty
        parts = [
            scan.probes(segment.by_person, windows, self.certain, useful, snapshot.distance)
            for segment in snapshot.between(windows[:, 1].min(initial=FOREVER), windows[:, 2].max(initial=NEVER))
        ]
        asks = np.concatenate(parts) if parts else np.empty((0, scan.ASK_COLUMNS), np.int32)
        key = asks[:, scan.PLACE].astype(np.int64) << 32 | (asks[:, scan.CAME].astype(np.int64) - NEVER)
        self.asks = asks[np.argsort(key)]
        latest = int(asks[:, scan.LEFT].max(initial=NEVER)) + max(0, int(self.lags.max()))
        self.segments = snapshot.between(int(asks[:, scan.CAME].min(initial=FOREVER)), latest)

    def contacts(self, excluded: np.ndarray) -> np.ndarray:
        """One line for each person met who is not excluded: int32[n, scan.FIELDS]."""
        slot = self.snapshot.slots()
        inside = excluded[excluded < len(slot)]
        slot[inside] = scan.EXCLUDED
        lines, size = np.empty((256, scan.FIELDS), np.int32), 0
        pieces, count = np.empty((1024, 3), np.int32), 0
        rule = (self.persons, self.needed, self.lags, self.certain, slot)
        for segment in self.segments:
            lines, size, pieces, count = scan.sweep(segment.by_place, self.asks, *rule, lines, size, pieces, count)
        scan.company(pieces[:count], slot, lines[:size])
        slot[inside] = 0
        slot[lines[:size, scan.PERSON]] = 0
        return lines[:size]

    def evidence(self, excluded: np.ndarray, persons: Sequence[int] | None, with_case: bool) -> np.ndarray:
        """The meetings themselves, in EVIDENCE rows sorted by contact and time."""
        wanted = np.full(self.snapshot.people, persons is None)
        wanted[[who for who in persons or () if 0 <= who < len(wanted)]] = True
        wanted[excluded[excluded < len(wanted)]] = False
        asks = self.asks if persons is None else self._near(np.flatnonzero(wanted))
        rule = (self.persons, self.needed, self.lags, self.certain, wanted)
        parts = [
            self._rows(segment, asks, scan.pairs(segment.by_place, asks, *rule), with_case) for segment in self.segments
        ]
        order = ["contact", "first", "source_row", "contact_row", "case"]
        return np.sort(np.concatenate(parts or [np.zeros(0, EVIDENCE)]), order=order)

    def _near(self, people: np.ndarray) -> np.ndarray:
        """The probes at places where one of the people ever was."""
        everything = np.full(16, True)
        windows = np.stack([people, np.full(len(people), NEVER), np.full(len(people), FOREVER)], axis=1).astype(
            np.int64
        )
        been = [
            scan.probes(s.by_person, windows, 0, everything, self.snapshot.distance)[:, scan.PLACE]
            for s in self.snapshot.segments
        ]
        return self.asks[np.isin(self.asks[:, scan.PLACE], np.concatenate(been))] if been else self.asks

    def _rows(self, segment: Segment, asks: np.ndarray, pairs: np.ndarray, with_case: bool) -> np.ndarray:
        ask, met = asks[pairs[:, 0]], segment.by_place.rows[pairs[:, 1]]
        begin, end = met[:, START], met[:, END]
        came, left, window = ask[:, scan.CAME], ask[:, scan.LEFT], ask[:, scan.WINDOW]
        table = np.empty(len(met), EVIDENCE)
        table["contact"], table["through"] = met[:, OTHER], self.persons[window]
        table["case"] = window if with_case else -1
        table["place"], table["distance"] = ask[:, scan.PLACE], ask[:, scan.KIND]
        table["first"] = np.maximum(came, begin)
        table["last"] = np.maximum(table["first"], np.minimum(left, end))
        table["last"][begin > left] = begin[begin > left]
        table["seconds"] = table["last"] - table["first"]
        table["lag"] = np.maximum(0, begin - left)
        one, other = ask[:, scan.MARK] & 3, met[:, NOTE] & 3
        table["mask"] = np.where((one == 1) | (other == 1), 0, np.where((one == 2) & (other == 2), 1, -1))
        table["source_row"], table["contact_row"] = ask[:, scan.BY], met[:, ROW]
        return table


class Contacts:
    """The people found (`table`, CONTACT rows in the order to call them); the meetings proving it come on request."""

    def __init__(self, table: np.ndarray, proof: Mapping[int, tuple[Probes, np.ndarray]]) -> None:
        self.table, self._proof = table, proof

    def evidence(self, level: int, persons: Sequence[int] | None = None) -> np.ndarray:
        """EVIDENCE rows of the contacts of the level, or of these persons only."""
        probes, excluded = self._proof[level]
        return probes.evidence(excluded, persons, level == 1)


def trace(
    snapshot: Snapshot,
    cases: Sequence[Case],
    rule: TraceRule,
    quarantined: Mapping[int, int] | None = None,
    onward: TraceRule | None = None,
) -> Contacts:
    """All F1 and F2 of up to thousands of cases in one call; see `reference.trace` for what that means."""
    windows = np.array(cases, np.int64).reshape(-1, 3)
    near = Probes(snapshot, windows, rule)
    nobody, ill = np.zeros(0, np.int32), np.unique(windows[:, 0]).astype(np.int32)
    f1 = near.contacts(nobody)
    is_case = among(ill, f1[:, scan.PERSON])
    far = Probes(snapshot, exposed(f1[~is_case], rule, quarantined or {}), onward or rule)
    known = np.concatenate([ill, f1[:, scan.PERSON]])
    f2 = far.contacts(known)
    met_case, met_f1 = in_order(f1), in_order(f2)
    table = np.empty(len(f1) + len(f2), CONTACT)
    fill(table[: len(f1)], f1[met_case], 1, is_case[met_case])
    fill(table[len(f1) :], f2[met_f1], 2, False)
    return Contacts(table, {1: (near, nobody), 2: (far, known)})


@lru_cache(maxsize=64)
def _tables(rule: TraceRule) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Seconds needed, lags, and which distance classes count at all."""
    needed, lags = rule.needed(), rule.lags()
    return needed, lags, (needed < FOREVER).any(axis=1) | (lags >= 0)


def among(known: np.ndarray, persons: np.ndarray) -> np.ndarray:
    """Which of the persons are known; `known` comes sorted."""
    if not len(known):
        return np.zeros(len(persons), bool)
    return known[np.searchsorted(known, persons).clip(max=len(known) - 1)] == persons


def exposed(f1: np.ndarray, rule: TraceRule, quarantined: Mapping[int, int]) -> np.ndarray:
    """The window of each F1: from the exposure (and latency) until quarantine."""
    windows = np.empty((len(f1), 3), np.int64)
    windows[:, 0] = f1[:, scan.PERSON]
    windows[:, 1] = f1[:, scan.FIRST] + round(rule.latency_minutes * 60)
    windows[:, 2] = FOREVER
    if quarantined:
        windows[:, 2] = [quarantined.get(person, FOREVER) for person in windows[:, 0].tolist()]
    return windows


def in_order(lines: np.ndarray) -> np.ndarray:
    """The order to call them in, as in the reference; the rare ties of time are settled by person."""
    key = -lines[:, scan.SECONDS].astype(np.int64) << 32 | (lines[:, scan.FIRST].astype(np.int64) - NEVER)
    order = np.argsort(key)
    key = key[order]
    same = np.zeros(len(key) + 1, bool)
    same[1:-1] = key[1:] == key[:-1]
    tied = np.flatnonzero(same[1:] | same[:-1])
    order[tied] = order[tied][np.lexsort((lines[order[tied], scan.PERSON], key[tied]))]
    return order


def fill(table: np.ndarray, lines: np.ndarray, level: int, is_case: np.ndarray | bool) -> None:
    columns = {
        "person": scan.PERSON,
        "meetings": scan.MEETINGS,
        "seconds": scan.SECONDS,
        "first": scan.FIRST,
        "last": scan.LAST,
        "longest": scan.LONGEST,
        "through": scan.THROUGH,
        "place": scan.WHERE,
    }
    for name, column in columns.items():
        table[name] = lines[:, column]
    table["level"], table["is_case"] = level, is_case
