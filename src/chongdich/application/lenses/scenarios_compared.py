"""Policies of one run against the first of them, replicate by replicate: they share their luck."""

from dataclasses import dataclass

from chongdich.application.lenses.scenarios import answers_in, samples_of
from chongdich.domain.scenarios.models import Run

FIGURES = ("infections", "detected", "deaths")


@dataclass(frozen=True)
class Difference:
    """One figure of one policy, summed over the days; against the first policy: (5, 50, 95 %) of the differences in
    pairs, and the share of pairs in which it is smaller. None for the first policy and while the run refines."""

    figure: str
    middle: float
    low: float
    high: float
    change: tuple[float, float, float] | None = None
    smaller: float | None = None


@dataclass(frozen=True)
class Compared:
    """A policy's name and its figures."""

    name: str
    differences: list[Difference]


def compare_policies(run: Run) -> list[Compared]:
    """Every policy of a run. Pairs are looked at once the run is finished."""
    answers = answers_in(run)
    totals = [_totals(run, number) for number in range(len(answers["policies"]))] if run.samples else []
    return [
        Compared(
            policy["name"],
            [_difference(figure, policy["totals"][figure], totals, number) for figure in FIGURES],
        )
        for number, policy in enumerate(answers["policies"])
    ]


def _totals(run: Run, policy: int) -> dict[str, object]:
    figures = samples_of(run, policy)
    return {name: figures[name].sum(axis=1) for name in FIGURES}


def _difference(figure: str, spread: list[float], totals: list[dict], number: int) -> Difference:
    plain = (figure, spread[2], spread[0], spread[4])
    if number == 0 or not totals:
        return Difference(*plain)
    import numpy as np

    pairs = totals[number][figure].astype(float) - totals[0][figure]
    low, middle, high = (float(value) for value in np.quantile(pairs, (0.05, 0.5, 0.95)))
    return Difference(*plain, (low, middle, high), float(np.mean(pairs < 0)))
