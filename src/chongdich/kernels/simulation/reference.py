"""The same model in plain, slow form: people are objects, days are lists.

Read this to know what the simulator does; the phases are in the folder `plain`, one file each. With the same streams it
gives exactly the figures of the fast twin (tests hold the two together). The order of a day stands at the top of
`loop.py`. Where the fast twin drops a candidate early, this one keeps it until its day: the outcome is the same.
"""

import numpy as np

from chongdich.kernels.simulation import outputs as o
from chongdich.kernels.simulation import streams as s
from chongdich.kernels.simulation import tables as t
from chongdich.kernels.simulation.parameters import Scenario
from chongdich.kernels.simulation.plain.spread import Spread
from chongdich.kernels.simulation.plain.state import NEVER, Candidate
from chongdich.kernels.simulation.population import Population
from chongdich.kernels.simulation.results import Result


class Outbreak(Spread):
    """One replicate. `run` fills figures (outputs, zones, days) and queues (queues, days)."""

    def run(self) -> "Outbreak":
        for day in range(self.tables.days):
            if day == 0:
                self.place_seeds()
            self.arrive(day)
            for person, variant in self.calendar[day].begin:
                self.begin(person, variant, day)
            for person, kind in self.calendar[day].course:
                {"severe": self.becomes_severe, "critical": self.turns_critical, "end": self.ends}[kind](person, day)
            for person, reason in self.calendar[day].sample:
                self.sample(person, reason, day)
            self.screening_round(day)
            self.laboratory(day)
            for person in self.calendar[day].result:
                self.positive_result(person, day)
            self.trace_cases(day)
            for person, ring, until in self.calendar[day].notify:
                self.notified(person, ring, until, day)
            for person in self.calendar[day].release:
                self.released(person, day)
            self.fill_places(day)
            for candidate in self.calendar[day].expose:
                self.expose(candidate, day)
            self.count_queues(day)
        self.figures[o.FIRST_STOCK :] = self.figures[o.FIRST_STOCK :].cumsum(axis=2)
        return self

    def count_queues(self, day: int) -> None:
        if self.tables.lab_capacity < t.NO_LIMIT:
            self.queues[o.LAB_WAITING, day] = self.samples_arrived - self.samples_served
        self.queues[o.CASES_TO_TRACE, day] = len(self.jobs)
        self.queues[o.PLACES_AWAITED, day] = len(self.waiting_for_place)
        self.queues[o.BEDS_SEVERE_AWAITED, day] = max(0, self.patients[2] - self.tables.beds[2])
        self.queues[o.BEDS_CRITICAL_AWAITED, day] = max(0, self.patients[3] - self.tables.beds[3])


def simulate_reference(
    population: Population, scenario: Scenario, seed: int, replicates: int, zones: np.ndarray | None = None
) -> Result:
    """The same face and the same figures as `simulation.simulate`, thousands of times slower."""
    where = np.zeros(len(population.codes), np.int32) if zones is None else np.asarray(zones, np.int32)
    runs = [Outbreak(population, scenario, s.key_of(seed, number), where).run() for number in range(replicates)]
    figures = np.stack([run.figures for run in runs]).astype(np.int32)
    queues = np.stack([run.queues for run in runs]).astype(np.int32)
    return Result(figures, queues, seed, population.fingerprint)


__all__ = ["NEVER", "Candidate", "Outbreak", "simulate_reference"]
