"""Looking back: places that link cases, and the likely sources of cases of unknown origin."""

from collections.abc import Iterator, Sequence

import numpy as np

from . import scan
from .engine import Probes, Snapshot, stays
from .index import END, NOTE, OTHER, START, Segment
from .reference_backward import odds
from .words import FOREVER, NEVER, Case, TraceRule

LINK = np.dtype([("place", "i4"), ("cases", "i4"), ("people", "i4"), ("first", "i4"), ("last", "i4"), ("odds", "f8")])
SOURCE = np.dtype(
    [
        ("person", "i4"),
        ("known_case", "?"),  # an earlier case, met inside the infectious window
        ("cases", "i4"),  # how many of the cases this person met
        ("meetings", "i4"),
        ("seconds", "i4"),  # summed over the meetings
        ("first", "i4"),
        ("last", "i4"),
        ("others", "i4"),  # how many other people this person met in the same time
        ("odds", "f8"),  # of having met this person: the cases against everybody else
    ]
)


def linking_places(snapshot: Snapshot, cases: Sequence[Case], at_least: int = 2, min_certainty: int = 0) -> np.ndarray:
    """Places where at least so many of the cases were inside their windows: LINK rows, most cases first, then odds.

    `people` counts everybody there between the first and the last window; odds compare the cases with everybody else.
    """
    windows = np.array(cases, np.int64).reshape(-1, 3)
    if not len(windows):
        return np.zeros(0, LINK)
    been = stays(snapshot, windows, min_certainty)
    who = windows[been[:, scan.WINDOW], 0]
    visits = np.unique(np.stack([been[:, scan.PLACE], who], axis=1), axis=0)
    places, counts = np.unique(visits[:, 0], return_counts=True)
    ill, span = np.unique(windows[:, 0]), (int(windows[:, 1].min()), int(windows[:, 2].max()))
    people = _population(snapshot, ill)
    rows = []
    for place, count in zip(places[counts >= at_least].tolist(), counts[counts >= at_least].tolist()):
        others = np.setdiff1d(_visitors(snapshot, place, span, min_certainty), ill)
        here = been[been[:, scan.PLACE] == place]
        when = here[:, scan.CAME].min(), here[:, scan.LEFT].max()
        there = count + len(others)
        rows.append((place, count, there, *when, odds(count, len(ill), there, people)))
    table = np.array(rows, LINK)
    return table[np.lexsort((table["place"], -table["odds"], -table["cases"]))]


def sources(
    snapshot: Snapshot, cases: Sequence[Case], known: Sequence[Case], rule: TraceRule, most: int = 200
) -> np.ndarray:
    """Who may have infected the cases, whose windows here are those of *exposure*: SOURCE rows, the likeliest first.

    Known earlier cases come first (they count inside their infectious window, one window each), then who met most of
    the cases, by odds, time together and person. Only the `most` people who met most cases longest are weighed.
    """
    met = np.concatenate([np.zeros((0, 5), np.int64), *_receivings(snapshot, cases, known, rule)])
    table = _by_person(met, np.array([case.person for case in known]))
    table = table[np.lexsort((table["person"], -table["seconds"], -table["cases"], ~table["known_case"]))][:most]
    ill = np.unique(np.array([case.person for case in cases], np.int64))
    people = _population(snapshot, ill)
    span = min((case[1] for case in cases), default=0), max((case[2] for case in cases), default=0)
    for row in table:
        near = Probes(snapshot, np.array([[row["person"], *span]], np.int64), rule, ill).lines
        row["others"] = len(near)
        row["odds"] = odds(row["cases"], len(ill), row["cases"] + len(near), people)
    return table[
        np.lexsort((table["person"], -table["seconds"], -table["odds"], -table["cases"], ~table["known_case"]))
    ]


def _receivings(
    snapshot: Snapshot, cases: Sequence[Case], known: Sequence[Case], rule: TraceRule
) -> Iterator[np.ndarray]:
    """Meetings in which a case received: columns source, case, first, last, seconds."""
    since, until = np.full(snapshot.people, NEVER), np.full(snapshot.people, FOREVER)
    for case in known:
        if case.person < snapshot.people:
            since[case.person], until[case.person] = case[1:]
    needed, lags = rule.needed(), rule.lags()
    windows = np.array(cases, np.int64).reshape(-1, 3)
    for stay in stays(snapshot, windows, rule.min_certainty):
        case, kind = windows[stay[scan.WINDOW], 0], int(stay[scan.KIND])
        came, left = int(stay[scan.CAME]), int(stay[scan.LEFT])
        lag = max(0, int(lags[kind]))
        for segment in snapshot.segments:
            rows = _rows_at(segment, int(stay[scan.PLACE]), came - lag, left, rule.min_certainty)
            begin, end = (
                np.maximum(rows[:, START], since[rows[:, OTHER]]),
                np.minimum(rows[:, END], until[rows[:, OTHER]]),
            )
            first, last = np.maximum(came, begin), np.minimum(left, end)
            one, other = stay[scan.MARK] & 3, rows[:, NOTE] & 3
            mask = np.where((one == 1) | (other == 1), 1, np.where((one == 2) & (other == 2), 2, 0))
            together = (first <= last) & (last - first >= needed[kind, mask])
            air = (end < came) & (came - end <= lags[kind])
            counts = (together | air) & (end >= begin) & (rows[:, OTHER] != case)
            last = np.maximum(first, last)
            columns = (rows[:, OTHER], np.full(len(rows), case), first, last, last - first)
            yield np.stack(columns, axis=1)[counts].astype(np.int64)


def _by_person(met: np.ndarray, known: np.ndarray) -> np.ndarray:
    persons, line = np.unique(met[:, 0], return_inverse=True)
    table = np.zeros(len(persons), SOURCE)
    table["person"], table["known_case"] = persons, np.isin(persons, known)
    pairs = np.unique(np.stack([line, met[:, 1]], axis=1), axis=0)
    table["cases"] = np.bincount(pairs[:, 0].astype(np.int64), minlength=len(persons))
    table["meetings"] = np.bincount(line, minlength=len(persons))
    table["first"], table["last"] = FOREVER, NEVER
    np.add.at(table["seconds"], line, met[:, 4])
    np.minimum.at(table["first"], line, met[:, 2])
    np.maximum.at(table["last"], line, met[:, 3])
    return table


def _rows_at(segment: Segment, place: int, since: int, until: int, certain: int) -> np.ndarray:
    """The rows of people who were at the place at some moment of [since, until]."""
    low, high = scan.span(segment.by_place, place, since, until)
    rows = segment.by_place.rows[low:high]
    return rows[(rows[:, START] <= until) & (rows[:, END] >= since) & (rows[:, NOTE] >> 2 & 127 >= certain)]


def _visitors(snapshot: Snapshot, place: int, span: tuple[int, int], certain: int) -> np.ndarray:
    found = [_rows_at(segment, place, *span, certain)[:, OTHER] for segment in snapshot.segments]
    return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int32)


def _population(snapshot: Snapshot, ill: np.ndarray) -> int:
    """Everybody who was ever anywhere, and the cases."""
    seen = np.zeros(max(snapshot.people, int(ill.max(initial=-1)) + 1), bool)
    seen[ill] = True
    for segment in snapshot.segments:
        seen[segment.by_person.keys[:, 0]] = True
    return int(seen.sum())
