"""The fast twin of `reference`: the same question, the same answer, from two sorted copies of the presences.

A stay of an infectious person becomes a probe; probes sweep the copy by place, which is sorted by start and knows the
longest stay of each place and the latest end of each block, so that only rows near the moment are read.
"""

import threading
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np

from . import memory, scan, sweeping, telling
from .index import END, NOTE, OTHER, START, Segment, build
from .words import CONTACT, DISTANCE_CLASSES, EVIDENCE, FOREVER, NEVER, Case, TraceRule, World

NOBODY = np.zeros(0, np.int64)


class Snapshot:
    """What can be asked at one moment: sealed and recent segments, and the distance class of each place.

    `people` is one more than the largest person number. Safe to ask from several threads.
    """

    def __init__(self, segments: Sequence[Segment], distance: np.ndarray) -> None:
        self.segments = [segment for segment in segments if len(segment.by_person.keys)]
        self.distance = np.asarray(distance, np.uint8)
        self.table, self.bounds = memory.addresses(self.segments), memory.bounds(self.segments)
        self.people = max((int(segment.by_person.keys[-1, 0]) + 1 for segment in self.segments), default=0)
        self._own = threading.local()

    @cached_property
    def rows(self) -> int:
        return sum(len(segment.by_place.rows) for segment in self.segments)

    def slots(self) -> np.ndarray:
        """One zero for each person, kept by the thread; whoever writes into it writes the zeros back."""
        if not hasattr(self._own, "slots"):
            self._own.slots = np.zeros(self.people, np.int32)
        return self._own.slots

    def forget_slots(self) -> None:
        """After a failure half-way they are no zeros."""
        self._own = threading.local()


def index(world: World) -> Snapshot:
    """A world in memory, ready to be asked."""
    return Snapshot([build(world.presences)], world.distance)


class Probes:
    """The stays of some people inside their windows, the rule by which others meet them, and who did.

    `lines` has one line for each person met who is not excluded: int32[n, sweeping.FIELDS].
    """

    def __init__(self, snapshot: Snapshot, windows: np.ndarray, rule: TraceRule, excluded: np.ndarray) -> None:
        self.snapshot, self.windows, self.excluded = snapshot, windows, excluded
        self.needed, self.lags, useful = _tables(rule)
        self.certain = rule.min_certainty
        try:
            self.asks, self.lines = sweeping.level(
                snapshot.table, snapshot.bounds, snapshot.distance, snapshot.slots(), excluded, windows, self.needed,
                self.lags, useful, self.certain,
            )  # fmt: skip
        except BaseException:
            snapshot.forget_slots()
            raise

    def evidence(self, persons: Sequence[int] | None, with_case: bool) -> np.ndarray:
        """The meetings themselves, in EVIDENCE rows sorted by contact and time."""
        wanted = np.full(self.snapshot.people, persons is None)
        wanted[[who for who in persons or () if 0 <= who < len(wanted)]] = True
        wanted[[who for who in self.excluded.tolist() if 0 <= who < len(wanted)]] = False
        asks = self.asks if persons is None else self._near(np.flatnonzero(wanted))
        rule = (self.windows[:, 0], self.needed, self.lags, self.certain, wanted)
        parts = [
            self._rows(segment, asks, scan.pairs(segment.by_place, asks, *rule), with_case)
            for segment in self.snapshot.segments
        ]
        order = ["contact", "first", "source_row", "contact_row", "case"]
        return np.sort(np.concatenate(parts or [np.zeros(0, EVIDENCE)]), order=order)

    def _near(self, people: np.ndarray) -> np.ndarray:
        """The probes at places where one of the people ever was."""
        windows = np.stack([people, np.full(len(people), NEVER), np.full(len(people), FOREVER)], axis=1)
        been = stays(self.snapshot, windows.astype(np.int64), 0)
        return self.asks[np.isin(self.asks[:, scan.PLACE], been[:, scan.PLACE])]

    def _rows(self, segment: Segment, asks: np.ndarray, pairs: np.ndarray, with_case: bool) -> np.ndarray:
        ask, met = asks[pairs[:, 0]], segment.by_place.rows[pairs[:, 1]]
        begin, end = met[:, START], met[:, END]
        came, left, window = ask[:, scan.CAME], ask[:, scan.LEFT], ask[:, scan.WINDOW]
        table = np.empty(len(met), EVIDENCE)
        table["contact"], table["through"] = met[:, OTHER], self.windows[window, 0]
        table["case"] = window if with_case else -1
        table["place"], table["distance"] = ask[:, scan.PLACE], ask[:, scan.KIND]
        table["first"] = np.maximum(came, begin)
        table["last"] = np.maximum(table["first"], np.minimum(left, end))
        table["last"][begin > left] = begin[begin > left]
        table["seconds"] = table["last"] - table["first"]
        table["lag"] = np.maximum(0, begin - left)
        one, other = ask[:, scan.MARK] & 3, met[:, NOTE] & 3
        table["mask"] = np.where((one == 1) | (other == 1), 0, np.where((one == 2) & (other == 2), 1, -1))
        table["source_row"], table["contact_row"] = ask[:, scan.BY], segment.by_place.numbers[pairs[:, 1]]
        return table


class Contacts:
    """The people found (`table`, CONTACT rows in the order to call them); the meetings proving it come on request."""

    def __init__(self, table: np.ndarray, near: Probes, far: Probes) -> None:
        self.table, self._levels = table, {1: near, 2: far}

    def evidence(self, level: int, persons: Sequence[int] | None = None) -> np.ndarray:
        """EVIDENCE rows of the contacts of the level, or of these persons only."""
        return self._levels[level].evidence(persons, level == 1)


def trace(
    snapshot: Snapshot,
    cases: Sequence[Case],
    rule: TraceRule,
    quarantined: Mapping[int, int] | None = None,
    onward: TraceRule | None = None,
) -> Contacts:
    """All F1 and F2 of up to thousands of cases in one call; see `reference.trace` for what that means."""
    windows = np.array(cases, np.int64).reshape(-1, 3)
    ill = np.sort(windows[:, 0])
    near = Probes(snapshot, windows, rule, NOBODY)
    later, everybody = telling.onward(near.lines, ill, round(rule.latency_minutes * 60))
    if quarantined:
        later[:, 2] = [quarantined.get(person, FOREVER) for person in later[:, 0].tolist()]
    far = Probes(snapshot, later, onward or rule, everybody)
    words = telling.told(near.lines, near.asks, near.windows, far.lines, far.asks, far.windows, ill)
    return Contacts(words.view(CONTACT).ravel(), near, far)


def stays(snapshot: Snapshot, windows: np.ndarray, certain: int) -> np.ndarray:
    """All stays of the windows' people inside them, at places of every kind: int32[n, scan.ASK_COLUMNS]."""
    everywhere = np.full(DISTANCE_CLASSES, True)
    return scan.probes(snapshot.table, snapshot.bounds, windows, certain, everywhere, snapshot.distance)


@lru_cache(maxsize=64)
def _tables(rule: TraceRule) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Seconds needed, lags, and which distance classes count at all."""
    needed, lags = rule.needed(), rule.lags()
    return needed, lags, (needed < FOREVER).any(axis=1) | (lags >= 0)
