"""What a planner reads from the replicates of one policy: fans, needs, days of shortage, reserves, places, sensitivity.

Everything is plain numbers, ready to be kept as JSON. Days are counted from the first day of the scenario.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from chongdich.domain.scenarios.answering.levels import LEVELS, RISKS
from chongdich.domain.scenarios.answering.running import FIGURES, Job
from chongdich.domain.scenarios.asking.kinds import KINDS
from chongdich.domain.scenarios.asking.shape import Phase, Spec, limit

SHOWN = ("infections", "detected", "f1", "in_central", "samples", "in_severe", "in_critical", "deaths")
OUTCOMES = ("detected", "beds_severe", "quarantine_places", "deaths")  # what the sensitivity is asked for
FEWEST_FOR_SENSITIVITY = 20  # draws

Numbers = NDArray[np.float64]


def answers_of(job: Job) -> dict[str, Any]:
    """All answers of a job so far."""
    return {
        "runs": job.done,
        "asked": job.runs,
        "seed": job.seed,
        "start": job.start.isoformat(),
        "days": job.spec.days,
        "population": job.world.population.fingerprint,
        "communes": [place.code for place in job.world.facts.communes],
        "districts": [place.district for place in job.world.facts.communes],
        "policies": [policy_answers(job, number) for number in range(len(job.spec.policies))],
    }


def policy_answers(job: Job, number: int) -> dict[str, Any]:
    """The answers of one policy."""
    figures = job.collected[number].figures
    needs = job.needs(number)
    collected = job.collected[number]
    daily = {name: figures[:, place].astype(float) for place, name in enumerate(FIGURES)}
    return {
        "name": job.spec.policies[number].name,
        "fans": {name: fan(daily[name]) for name in SHOWN},
        "totals": {name: spread(daily[name].sum(axis=1)) for name in ("infections", "detected", "f1", "deaths")},
        "over": float(np.mean(daily["infections"][:, -14:].sum(axis=1) == 0)),
        "needs": {name: need_answers(needs[name], name, job.spec) for name in KINDS},
        "phases": [phase_answers(needs, phase) for phase in phases_of(job.spec)],
        "places": place_answers(collected.by_commune, collected.by_district),
        "sensitivity": sensitivity(job.factors, daily, needs),
    }


def fan(series: Numbers) -> list[list[float]]:
    """Quantiles (5, 25, 50, 75, 95 %) of a figure for each day: five rows."""
    return _short(np.quantile(series, LEVELS, axis=0))


def spread(values: Numbers) -> list[float]:
    """The same quantiles of one number a run."""
    return _short(np.quantile(values, LEVELS))


def need_answers(need: Numbers, kind: str, spec: Spec) -> dict[str, Any]:
    """One kind of resource: the need's fan, what there is, the day it runs out, and reserves for each risk."""
    stock = KINDS[kind].stock
    reached = np.cumsum(need, axis=1) if stock else need
    up_to = np.maximum.accumulate(reached, axis=1)
    there = spec.stock.get(kind) if stock else limit(spec, kind)
    return {
        "fan": fan(reached),
        "peak": spread(up_to[:, -1]),
        "there": there,
        "shortage": None if there is None else shortage(reached, float(there)),
        "reserve": _short(np.quantile(up_to, RISKS, axis=0)),
    }


def shortage(reached: Numbers, there: float) -> dict[str, Any]:
    """When there is no longer enough: probability by each day; the days (10, 50, 90 %) of the runs that fall short."""
    over = reached > there
    short = over.any(axis=1)
    days = over.argmax(axis=1)[short]
    by_day = np.maximum.accumulate(over, axis=1).mean(axis=0)
    quantiles = np.quantile(days, (0.1, 0.5, 0.9), method="nearest") if short.any() else None
    return {
        "probability": round(float(short.mean()), 4),
        "by_day": [round(float(share), 4) for share in by_day],
        "days": None if quantiles is None else [int(day) for day in quantiles],
    }


def phases_of(spec: Spec) -> Sequence[Phase]:
    """The phases of the plan inside the scenario's days; three of equal length when the file names none."""
    if spec.phases:
        return [phase for phase in spec.phases if phase.first < spec.days]
    edges = [round(spec.days * part / 3) for part in range(4)]
    return [Phase(name=f"Giai đoạn {n + 1}", first=edges[n], last=edges[n + 1] - 1) for n in range(3)]


def phase_answers(needs: Mapping[str, Numbers], phase: Phase) -> dict[str, Any]:
    """Needs inside one phase: the greatest day, for stocks what the phase uses up; median and 95 %."""
    inside = {name: need[:, phase.first : phase.last + 1] for name, need in needs.items()}
    wanted = {name: part.sum(axis=1) if KINDS[name].stock else part.max(axis=1) for name, part in inside.items()}
    return {
        "name": phase.name,
        "first": phase.first,
        "last": phase.last,
        "needs": {name: _short(np.quantile(values, (0.5, 0.95))) for name, values in wanted.items()},
    }


def place_answers(by_commune: NDArray[np.float32], by_district: NDArray[np.float32]) -> dict[str, Any]:
    """Median and 95 % of each kind on the greatest day of each commune and of each district, (places, 2)."""
    return {
        level: {kind: _middle_and_high(values[:, place]) for place, kind in enumerate(KINDS)}
        for level, values in (("communes", by_commune), ("districts", by_district))
    }


def _middle_and_high(values: NDArray) -> list[list[float]]:
    return _short(np.quantile(values, (0.5, 0.95), axis=0).T)


def sensitivity(
    factors: Sequence[Mapping[str, float]], daily: Mapping[str, Numbers], needs: Mapping[str, Numbers]
) -> dict[str, list[tuple[str, float]]]:
    """Rank correlation of each uncertain assumption with each outcome, strongest first; empty while runs are few."""
    if not factors or len({tuple(sorted(row.items())) for row in factors}) < FEWEST_FOR_SENSITIVITY:
        return {}
    outcomes = {name: _outcome(name, daily, needs) for name in OUTCOMES}
    found: dict[str, list[tuple[str, float]]] = {}
    for outcome, values in outcomes.items():
        if np.ptp(values) == 0:
            continue
        ranks = [(name, _rank_correlation([row[name] for row in factors], values)) for name in factors[0]]
        found[outcome] = sorted(ranks, key=lambda pair: -abs(pair[1]))
    return found


def _outcome(name: str, daily: Mapping[str, Numbers], needs: Mapping[str, Numbers]) -> Numbers:
    return daily[name].sum(axis=1) if name in daily else needs[name].max(axis=1)


def _rank_correlation(factor: Sequence[float], outcome: Numbers) -> float:
    """Spearman's; 0 for an assumption that was not varied."""
    if np.ptp(factor) == 0:
        return 0.0
    return round(float(stats.spearmanr(factor, outcome).statistic), 3)


def _short(values: NDArray) -> Any:
    """Lists of numbers with three decimals below 10 and one above: what a reader can use, and what a file can carry."""
    return np.where(np.abs(values) < 10, np.round(values, 3), np.round(values, 1)).tolist()
