"""The face of the kernel: `simulate` runs many replicates of one scenario, the same on any number of threads."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chongdich.core.errors import Refused
from chongdich.kernels.simulation.checking import check_scenario, within
from chongdich.kernels.simulation.fast.work import CAUGHT, Work, new_work
from chongdich.kernels.simulation.loop import run_replicate
from chongdich.kernels.simulation.outputs import OUTPUTS, QUEUES
from chongdich.kernels.simulation.parameters import Scenario
from chongdich.kernels.simulation.population import Population
from chongdich.kernels.simulation.results import Result
from chongdich.kernels.simulation.streams import key_of
from chongdich.kernels.simulation.tables import Network, network_of
from chongdich.kernels.simulation.tabulating import tables_of

FIRST_CHUNKS = 4096  # room for 131,072 events waiting at one time; doubled when a replicate needs more


@dataclass(frozen=True)
class Tree:
    """Who infected whom in one replicate. source (n,): -1 from outside, -2 never infected; record: see `fast.work`."""

    source: NDArray[np.int32]
    record: NDArray[np.int16]

    @property
    def infected(self) -> NDArray[np.int64]:
        return np.flatnonzero(self.source > -2)


class Simulator:
    """A population and a scenario made ready once; cheap to ask again with other seeds."""

    def __init__(
        self,
        population: Population,
        scenario: Scenario,
        zones: Sequence[int] | None = None,
        network: Network | None = None,
    ) -> None:
        check_scenario(scenario, population)
        self._zones = _zones(zones, len(population.codes))
        self._network = network_of(population) if network is None else network
        self._tables = tables_of(scenario, population, self._zones)
        self._population = population
        self._works: list[Work] = []

    def run(
        self,
        seed: int,
        replicates: int,
        threads: int = 1,
        first_replicate: int = 0,
        stop: Callable[[], bool] = lambda: False,
    ) -> Result:
        """Run replicates `first_replicate` ... of a seed. `stop` is asked before each; a stopped run answers nothing
        (Refused).
        """
        within("seed", seed, 0, 2**63)
        within("replicates", replicates, 1, 1_000_000)
        within("threads", threads, 1, 256)
        zones = int(self._zones.max()) + 1
        figures = np.zeros((replicates, OUTPUTS, zones, self._tables.days), np.int32)
        queues = np.zeros((replicates, QUEUES, self._tables.days), np.int32)
        while len(self._works) < threads:
            self._works.append(self._new_work())

        def part(thread: int) -> None:
            for number in range(thread, replicates, threads):
                if stop():
                    raise Refused(
                        "Lần chạy đã bị huỷ; không có kết quả nào được giữ lại.", where="simulate", code="stopped"
                    )
                self._one(thread, seed, first_replicate + number, figures[number], queues[number])

        _on_threads(part, threads)
        return Result(figures, queues, seed, self._population.fingerprint)

    def ask(self, scenario: Scenario) -> "Simulator":
        """Another scenario over the same population and zones, with all that was made ready; answers itself."""
        check_scenario(scenario, self._population)
        tables = tables_of(scenario, self._population, self._zones)
        if (tables.days, tables.places) != (self._tables.days, self._tables.places):
            self._works = []
        self._tables = tables
        return self

    def tree(self, seed: int, replicate: int = 0) -> Tree:
        """Run one replicate and answer who infected whom, and when."""
        if not self._works:
            self._works.append(self._new_work())
        figures = np.zeros((OUTPUTS, int(self._zones.max()) + 1, self._tables.days), np.int32)
        self._one(0, seed, replicate, figures, np.zeros((QUEUES, self._tables.days), np.int32))
        work = self._works[0]
        caught = work.caught[: work.counts[CAUGHT]]
        source = np.full(self._population.people, -2, np.int32)
        source[caught[:, 0]] = caught[:, 2]
        return Tree(source, work.record.copy())

    def _new_work(self, chunks: int = FIRST_CHUNKS) -> Work:
        tables = self._tables
        communes = len(self._population.codes)
        return new_work(self._population.people, communes, tables.days, tables.places, chunks)

    def _one(self, thread: int, seed: int, replicate: int, figures: NDArray, queues: NDArray) -> None:
        while not run_replicate(
            self._network, self._tables, self._works[thread], key_of(seed, replicate), figures, queues
        ):
            figures[:], queues[:] = 0, 0
            self._works[thread] = self._new_work(2 * len(self._works[thread].filled))


def simulate(
    population: Population,
    scenario: Scenario,
    seed: int,
    replicates: int = 100,
    threads: int = 1,
    zones: Sequence[int] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Result:
    """Run a scenario. `zones` gives each commune its reporting zone (0, 1, ...); without it figures are for the
    province.

    Two scenarios with the same seed share their luck: what is drawn for a person does not depend on the policy.
    Raises Refused naming the parameter and its allowed range.
    """
    return Simulator(population, scenario, zones).run(seed, replicates, threads, stop=stop)


def _zones(zones: Sequence[int] | None, communes: int) -> NDArray[np.int32]:
    if zones is None:
        return np.zeros(communes, np.int32)
    if len(zones) != communes:
        raise Refused(f"Tham số “zones” cần đúng {communes} giá trị, đang có {len(zones)}.", where="zones")
    within("zones", zones, 0, communes - 1)
    return np.asarray(zones, np.int32)


def _on_threads(part: Callable[[int], None], threads: int) -> None:
    """Run the parts, one a thread; the first error is raised."""
    if threads == 1:
        part(0)
        return
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(part, range(threads)):
            pass
