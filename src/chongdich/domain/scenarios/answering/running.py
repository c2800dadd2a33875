"""Run a scenario's policies step by step on one luck: after each step the answers so far, until all runs are in.

A draw is one possible truth (its factors are shared by all policies); every draw is run a few times, so that chance
and what is not known are both in the spread of the answers. Replicate r belongs to draw r // PER_DRAW, hence the result
does not depend on the steps, and the first runs of a longer job equal a shorter job.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from chongdich.core.errors import Refused
from chongdich.domain.scenarios.answering.levels import MOST_RUNS, PER_DRAW
from chongdich.domain.scenarios.answering.needs import needs_of, peaks_of
from chongdich.domain.scenarios.asking.compiling import Prepared, compile_draw, draw_of, prepare
from chongdich.domain.scenarios.asking.reading import within
from chongdich.domain.scenarios.asking.shape import Spec
from chongdich.domain.scenarios.asking.world import World
from chongdich.kernels.simulation.outputs import DETECTED, INFECTIONS, NAMES, QUEUE_NAMES
from chongdich.kernels.simulation.parameters import Scenario
from chongdich.kernels.simulation.results import Result
from chongdich.kernels.simulation.simulation import Simulator
from chongdich.regulations import Law

FIGURES = (*NAMES, *QUEUE_NAMES)


@dataclass(frozen=True)
class Before:
    """How many a scenario says were infected, and how many of them found, before day 0."""

    infected: int
    known: int

    @classmethod
    def of(cls, scenario: Scenario) -> "Before":
        """From the seeds of a compiled scenario."""
        counts = [(seed.count or len(seed.people), seed.known) for seed in scenario.seeds]
        return cls(sum(count for count, _ in counts), sum(count for count, known in counts if known))


@dataclass
class Collected:
    """What is kept of one policy's replicates. daily (runs, figures, days); peaks (runs, kinds, places)."""

    daily: list[NDArray[np.int32]] = field(default_factory=list)
    peaks: list[NDArray[np.float32]] = field(default_factory=list)
    district_peaks: list[NDArray[np.float32]] = field(default_factory=list)

    def add(self, result: Result, spec: Spec, before: "Before", starts: NDArray[np.int64]) -> None:
        """Take in replicates. Who was infected or found before day 0 is no news of that day.

        `starts` are the first communes of the districts.
        """
        province = np.concatenate([result.figures.sum(axis=2, dtype=np.int32), result.queues], axis=1)
        for figure, number in ((INFECTIONS, before.infected), (DETECTED, before.known)):
            province[:, figure, 0] = np.maximum(0, province[:, figure, 0] - number)
        self.daily.append(province)
        self.peaks.append(peaks_of(result.figures, result.queues, spec))
        districts = np.add.reduceat(result.figures, starts, axis=2)
        self.district_peaks.append(peaks_of(districts, result.queues, spec))

    @property
    def figures(self) -> NDArray[np.int32]:
        return np.concatenate(self.daily)

    @property
    def by_district(self) -> NDArray[np.float32]:
        return np.concatenate(self.district_peaks)

    @property
    def by_commune(self) -> NDArray[np.float32]:
        return np.concatenate(self.peaks)


class Job:
    """One scenario under way: `steps()` yields how many runs are in; `collected` has what they gave, by policy."""

    def __init__(
        self, spec: Spec, world: World, law: Law, *, start: date, seed: int, runs: int, threads: int = 1
    ) -> None:
        within("runs", runs, 1, MOST_RUNS)
        within("seed", seed, 0, 2**63 - 1)
        self.spec, self.world, self.seed, self.runs, self.start = spec, world, seed, runs, start
        self.threads = threads
        self.prepared: list[Prepared] = [prepare(spec, policy, world, law, start) for policy in spec.policies]
        self.collected = [Collected() for _ in spec.policies]
        self.factors: list[dict[str, float]] = []  # by run
        self.done = 0
        self._district_starts = np.flatnonzero(np.diff(world.district_of, prepend=-1))
        self._simulators: list[Simulator | None] = [None] * len(spec.policies)

    def steps(self, stop: Callable[[], bool] = lambda: False) -> Iterator[int]:
        """Run on: the first few one by one, so that there is an answer at once, then draw by draw.

        `stop` is asked before every replicate; a stopped job raises Refused (code “stopped”).
        """
        while self.done < self.runs:
            draw, inside = divmod(self.done, PER_DRAW)
            count = PER_DRAW - inside if draw else 1
            self._run(draw, min(count, self.runs - self.done), stop)
            yield self.done

    def _run(self, number: int, count: int, stop: Callable[[], bool]) -> None:
        results, before = [], []
        for place, prepared in enumerate(self.prepared):
            draw = draw_of(self.spec, self.seed, number)  # anew for each policy: it carries a stream of its own
            scenario = compile_draw(prepared, draw)
            simulator = self._simulator(place, scenario)
            before.append(Before.of(scenario))
            results.append(
                simulator.run(self.seed, count, min(self.threads, count), first_replicate=self.done, stop=stop)
            )
        if stop():
            raise Refused("Lần chạy đã bị hủy; không có kết quả nào được giữ lại.", "simulate", "stopped")
        for collected, result, earlier in zip(self.collected, results, before):
            collected.add(result, self.spec, earlier, self._district_starts)
        self.factors += [dict(draw.factors)] * count
        self.done += count

    def _simulator(self, place: int, scenario: Scenario) -> Simulator:
        kept = self._simulators[place]
        if kept is not None:
            return kept.ask(scenario)
        communes = range(len(self.world.facts.communes))
        kept = Simulator(self.world.population, scenario, list(communes), self.world.network)
        self._simulators[place] = kept
        return kept

    def needs(self, place: int) -> dict[str, NDArray[np.float64]]:
        """Needs of one policy by kind, (runs, days)."""
        figures = self.collected[place].figures
        return needs_of({name: figures[:, number] for number, name in enumerate(FIGURES)}, self.spec)
