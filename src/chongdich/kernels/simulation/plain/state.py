"""Everything that is known during a run: people as objects, the days to come as lists."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from chongdich.kernels.simulation import outputs as o
from chongdich.kernels.simulation import streams as s
from chongdich.kernels.simulation import tables as t
from chongdich.kernels.simulation.checking import check_scenario
from chongdich.kernels.simulation.parameters import Scenario
from chongdich.kernels.simulation.population import Population
from chongdich.kernels.simulation.tabulating import tables_of

NEVER = t.NEVER


@dataclass
class Person:
    """Everything that is known about one person. Days are NEVER until they are set."""

    group: int
    commune: int
    infected: bool = False
    infected_on: int = NEVER
    infectious_on: int = NEVER
    onset_on: int = NEVER
    severe_on: int = NEVER
    critical_on: int = NEVER
    end_on: int = NEVER
    variant: int = 0
    dies: bool = False
    becomes_critical: bool = False
    end_planned: bool = False
    dead: bool = False
    sample_pending: bool = False
    detected: bool = False
    isolated: bool = False
    at_home: bool = False
    tier: int = 0  # 0 none, 1 mild, 2 severe, 3 critical
    quarantined: bool = False
    keeps_rules: bool = True
    until: int = NEVER
    place: int | None = None


@dataclass
class Candidate:
    source: int
    target: int | None
    layer: int
    variant: int
    need: int
    room_mate: int = 0


@dataclass
class Day:
    """What is written into the calendar for one day."""

    begin: list[tuple[int, int]] = field(default_factory=list)
    course: list[tuple[int, str]] = field(default_factory=list)
    sample: list[tuple[int, int]] = field(default_factory=list)
    result: list[int] = field(default_factory=list)
    notify: list[tuple[int, int, int]] = field(default_factory=list)
    release: list[int] = field(default_factory=list)
    expose: list[Candidate] = field(default_factory=list)


SEEKS, IN_QUARANTINE, SCREENED, ADMITTED = range(4)


class State:
    """figures (outputs, zones, days) and queues (queues, days) are what `run` answers."""

    def __init__(
        self, population: Population, scenario: Scenario, key: tuple[int, int, int], zones: np.ndarray
    ) -> None:
        check_scenario(scenario, population)
        self.population = population
        self.tables = tables_of(scenario, population, zones)
        self.key = key
        self.people = [
            Person(min(int(a) // 10, t.AGES - 1), int(c)) for a, c in zip(population.age, population.commune)
        ]
        self.neighbours = [
            [lay.neighbours[lay.offsets[p] : lay.offsets[p + 1]].tolist() for lay in population.layers]
            for p in range(population.people)
        ]
        self.calendar: dict[int, Day] = defaultdict(Day)
        self.figures = np.zeros((o.OUTPUTS, int(zones.max()) + 1, self.tables.days), np.int64)
        self.queues = np.zeros((o.QUEUES, self.tables.days), np.int64)
        self.source: dict[int, int] = {}
        self.free_places = list(range(self.tables.places - 1, -1, -1))
        self.in_place: dict[int, int] = {}
        self.waiting_for_place: list[int] = []
        self.lab: list[tuple[int, int]] = []  # (person, number of the sample)
        self.samples_arrived = 0
        self.samples_served = 0
        self.jobs: list[int] = []
        self.job_cursor = 0
        self.detected_in: dict[tuple[int, int], int] = defaultdict(int)
        self.locked_until: dict[int, int] = defaultdict(int)
        self.patients = [0, 0, 0, 0]

    def count(self, output: int, person: int, day: int, by: int = 1) -> None:
        self.figures[output, self.tables.zone[self.people[person].commune], day] += by

    def lot(self, entity: int, purpose: int, index: int, word: int = 0) -> float:
        return s.unit(s.block(self.key, entity, purpose, index)[word])

    def duration(self, variant: int, which: int, word: int) -> int:
        return int(np.searchsorted(self.tables.duration_cut[variant, which], word, side="right"))

    def protection(self, person: int, effect: int, day: int) -> float:
        if not self.tables.has_vaccine:
            return 0.0
        best = 0.0
        for dose in (1, 2):
            since = day - int(self.tables.dose_day[person, dose - 1])
            if since >= 0:
                best = max(best, self.tables.protection[effect, dose, min(since, t.SINCE_DOSE - 1)])
        return best
