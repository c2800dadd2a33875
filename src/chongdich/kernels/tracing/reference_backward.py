"""Looking back, slowly and readably: where and by whom could these cases have been infected? Measures `backward`."""

from collections.abc import Sequence

from .reference import both_masked
from .words import FOREVER, NEVER, Case, TraceRule, World


def odds(cases_there: int, cases: int, people_there: int, people: int) -> float:
    """Odds ratio of having been there, cases against everybody else; half a person is added to each cell (Haldane)."""
    others_there, others = people_there - cases_there, people - cases
    return ((cases_there + 0.5) * (others - others_there + 0.5)) / ((cases - cases_there + 0.5) * (others_there + 0.5))


def linking_places(world: World, cases: Sequence[Case], at_least: int, min_certainty: int = 0) -> list[tuple]:
    """(place, cases there inside their windows, people there in the whole time, odds), the likeliest first."""
    stays = [stay for stay in _stays(world) if stay[6] >= min_certainty]
    since, until = min(case[1] for case in cases), max(case[2] for case in cases)
    ill, everybody = {case.person for case in cases}, {stay[0] for stay in _stays(world)}
    found = []
    for place in {stay[1] for stay in stays}:
        here = [stay for stay in stays if stay[1] == place]
        there = {case.person for case in cases for stay in here if _inside(stay, case)}
        people = {stay[0] for stay in here if stay[2] <= until and stay[3] >= since} - ill
        if len(there) >= max(1, at_least):
            ratio = odds(len(there), len(ill), len(there | people), len(everybody | ill))
            found.append((place, len(there), len(there | people), ratio))
    return sorted(found, key=lambda row: (-row[1], -row[3], row[0]))


def possible_sources(world: World, cases: Sequence[Case], known: Sequence[Case], rule: TraceRule) -> dict[int, tuple]:
    """Everybody who met one of the cases inside the case's exposure window: {person: (cases met, meetings, seconds)}.

    A person of `known` (an earlier case) counts only inside the infectious window; air flows from source to case.
    """
    infectious = {case.person: case[1:] for case in known}
    needed, lags, met = rule.needed(), rule.lags(), []
    stays = [stay for stay in _stays(world) if stay[6] >= rule.min_certainty]
    for case in cases:
        for mine in (stay for stay in stays if _inside(stay, case)):
            came, left, kind = max(mine[2], case[1]), min(mine[3], case[2]), world.distance_of(mine[1])
            for stay in stays:
                since, until = infectious.get(stay[0], (NEVER, FOREVER))
                begin, end = max(stay[2], since), min(stay[3], until)
                if stay[1] != mine[1] or stay[0] == case.person or end < begin:
                    continue
                first, last = max(came, begin), min(left, end)
                long = first <= last and last - first >= needed[kind, both_masked(mine[4], stay[4]) + 1]
                if long or 0 < came - end <= lags[kind]:
                    met.append((stay[0], case.person, max(0, last - first)))
    return {who: _sums([row for row in met if row[0] == who]) for who in {row[0] for row in met}}


def _sums(rows: list[tuple]) -> tuple[int, int, int]:
    return len({row[1] for row in rows}), len(rows), sum(row[2] for row in rows)


def _inside(stay: tuple, case: Case) -> bool:
    begin, end = max(stay[2], case.infectious_from), min(stay[3], case.infectious_until)
    return stay[0] == case.person and begin <= end


def _stays(world: World) -> list[tuple]:
    p = world.presences
    columns = (p.person, p.place, p.start, p.end, p.mask, p.row, p.certainty)
    return list(zip(*(column.tolist() for column in columns)))
