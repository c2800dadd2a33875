"""Tracing as a doctor would do it with a list of stays on paper. Slow, and the measure of the fast twin (`engine`)."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from .words import CONTACT, EVIDENCE, FOREVER, Case, TraceRule, World


class Contacts:
    """The people found (`table`, in the order to call them) and, for each level, the meetings that prove it."""

    def __init__(self, table: np.ndarray, proof: Mapping[int, np.ndarray]) -> None:
        self.table, self._proof = table, proof

    def evidence(self, level: int, persons: Sequence[int] | None = None) -> np.ndarray:
        rows = self._proof[level]
        return rows if persons is None else rows[np.isin(rows["contact"], persons)]


def trace(
    world: World,
    cases: Sequence[Case],
    rule: TraceRule,
    quarantined: Mapping[int, int] | None = None,
    onward: TraceRule | None = None,
) -> Contacts:
    """Everybody who met a case while the case was infectious (F1), and everybody else who met an F1 afterwards (F2).

    An F1 counts as a danger from the first meeting with a case (plus the rule's latency) until `quarantined[person]`.
    F2 meet an F1 by the rule `onward`, where it differs.
    """
    kept, ill = quarantined or {}, {case.person for case in cases}
    met_case = list(meetings(world, cases, rule))
    exposed: dict[int, int] = {}
    for met in met_case:
        exposed[met[0]] = min(met[4], exposed.get(met[0], FOREVER))
    wait = round(rule.latency_minutes * 60)
    f1 = [Case(who, since + wait, kept.get(who, FOREVER)) for who, since in exposed.items() if who not in ill]
    met_f1 = [met for met in meetings(world, f1, onward or rule) if met[0] not in exposed and met[0] not in ill]
    proof = {1: _sorted_evidence(met_case), 2: _sorted_evidence([(*met[:2], -1, *met[3:]) for met in met_f1])}
    table = [summary(level, met, met[0]["contact"] in ill) for level in (1, 2) for met in by_contact(proof[level])]
    return Contacts(in_order(np.array(table, CONTACT)), proof)


def meetings(world: World, windows: Sequence[Case], rule: TraceRule) -> Iterator[tuple]:
    """Each counted meeting of somebody with a person of `windows` inside that person's window, as EVIDENCE rows."""
    needed, lags, stays = rule.needed(), rule.lags(), _stays(world, rule)
    for index, (infectious, since, until) in enumerate(windows):
        for who, place, start, end, mask, row in stays:
            came, left, distance = max(start, since), min(end, until), world.distance_of(place)
            if who != infectious or left < came:
                continue
            for other, where, start2, end2, mask2, row2 in stays:
                if where != place or other == infectious:
                    continue
                first, last, both = max(came, start2), min(left, end2), both_masked(mask, mask2)
                what = (other, infectious, index, place)
                if first <= last and last - first >= needed[distance, both + 1]:
                    yield (*what, first, last, last - first, 0, both, distance, row, row2)
                elif left < start2 <= left + lags[distance]:
                    yield (*what, start2, start2, 0, start2 - left, both, distance, row, row2)


def both_masked(one: int, other: int) -> int:
    """Masked only if both are known to be; one known to be without is enough for unmasked."""
    return 0 if 0 in (one, other) else 1 if one == other == 1 else -1


def _stays(world: World, rule: TraceRule) -> list[tuple]:
    p = world.presences
    columns = (p.person, p.place, p.start, p.end, p.mask, p.row, p.certainty)
    rows = zip(*(column.tolist() for column in columns))
    return [stay[:6] for stay in rows if stay[6] >= rule.min_certainty]


def _sorted_evidence(rows: list[tuple]) -> np.ndarray:
    table = np.array(rows, EVIDENCE)
    return np.sort(table, order=["contact", "first", "source_row", "contact_row", "case"])


def by_contact(proof: np.ndarray) -> list[np.ndarray]:
    """The evidence rows of each contact, contact by contact."""
    return [proof[proof["contact"] == person] for person in np.unique(proof["contact"])]


def summary(level: int, met: np.ndarray, is_case: bool) -> tuple:
    """One contact: how often, how long in all, first, last, and the longest single meeting."""
    longest = min(met, key=lambda m: (-m["seconds"], m["first"], m["source_row"], m["contact_row"]))
    seconds = covered(sorted(zip(met["first"].tolist(), met["last"].tolist())))
    when = met["first"].min(), met["last"].max()
    best = longest["seconds"], longest["through"], longest["place"]
    return (longest["contact"], level, is_case, len(met), seconds, *when, *best)


def covered(spans: list[tuple[int, int]]) -> int:
    """Seconds covered by at least one of the spans, which come sorted by their beginning."""
    total, until = 0, None
    for first, last in spans:
        begin = first if until is None else max(first, until)
        total += max(0, last - begin)
        until = last if until is None else max(last, until)
    return total


def in_order(table: np.ndarray) -> np.ndarray:
    """F1 before F2, the longest together first, then the earliest met, then by person: the order to call them in."""
    return table[np.lexsort((table["person"], table["first"], -table["seconds"], table["level"]))]
