"""The same model in plain, slow form: people are objects, days are lists.

Read this to know what the simulator does. With the same streams it gives exactly the figures of the fast twin (tests
hold the two together). The order of a day stands at the top of `loop.py`. Where the fast twin drops a candidate early,
this one keeps it until its day: the outcome is the same.
"""

import math
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from chongdich.kernels.simulation import outputs as o
from chongdich.kernels.simulation import streams as s
from chongdich.kernels.simulation import tables as t
from chongdich.kernels.simulation.checking import check_scenario
from chongdich.kernels.simulation.inversion import CELLS, LEVELS
from chongdich.kernels.simulation.parameters import Scenario
from chongdich.kernels.simulation.population import PASSERS_BY, SITE, STANDING, Population
from chongdich.kernels.simulation.results import Result

NEVER = t.NEVER
SCALE = 2.0**31


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


class Outbreak:
    """One replicate. `run` fills figures (outputs, zones, days) and queues (queues, days)."""

    def __init__(
        self, population: Population, scenario: Scenario, key: tuple[int, int, int], zones: np.ndarray
    ) -> None:
        check_scenario(scenario, population)
        self.population = population
        self.tables = t.tables_of(scenario, population, zones)
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

    # --- the day -------------------------------------------------------------------------------------------------

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

    def count(self, output: int, person: int, day: int, by: int = 1) -> None:
        self.figures[output, self.tables.zone[self.people[person].commune], day] += by

    def lot(self, entity: int, purpose: int, index: int, word: int = 0) -> float:
        return s.unit(s.block(self.key, entity, purpose, index)[word])

    # --- 1. arrivals and what follows from an infection ------------------------------------------------------------

    def place_seeds(self) -> None:
        for person, ago, variant, known in self.tables.seed_people.tolist():
            self.seed(person, ago, variant, known)
        stream = 0
        for count, commune, ago, variant, known in self.tables.seed_random.tolist():
            for _ in range(count):
                self.seed(self.somebody_uninfected(commune, s.SEED_CASE, stream), ago, variant, known)
                stream += 1

    def seed(self, person: int, ago: int, variant: int, known: int) -> None:
        if person < 0 or self.people[person].infected:
            return
        self.catch(person, variant, -1, -ago, 0)
        if known:
            self.calendar[0].result.append(person)

    def somebody_uninfected(self, commune: int, purpose: int, stream: int) -> int:
        low, high = 0, len(self.people)
        if commune >= 0:
            low, high = self.population.commune_start[commune : commune + 2].tolist()
        for attempt in range(1000):
            person = low + ((s.block(self.key, stream, purpose, attempt)[0] * (high - low)) >> 32)
            if high > low and not self.people[person].infected:
                return person
        return -1

    def arrive(self, day: int) -> None:
        stream = 0
        for row in range(self.tables.import_start[day], self.tables.import_start[day + 1]):
            commune, variant = self.tables.imports[row].tolist()
            for _ in range(s.poisson(self.tables.import_mean[row], self.key, row, s.IMPORT_COUNT)):
                entity = day * 65536 + stream
                stream += 1
                person = self.somebody_uninfected(commune, s.IMPORT_PERSON, entity)
                if person < 0:
                    continue
                self.catch(person, variant, -1, day, day)
                self.count(o.IMPORTED, person, day)
                if self.lot(entity, s.IMPORT_PERSON, 1000, 1) < self.tables.arrival_quarantine:
                    self.calendar[day].notify.append((person, 1, day + self.tables.quarantine_days))

    def catch(self, person: int, variant: int, source: int, day: int, now: int) -> None:
        self.people[person].infected = True
        self.people[person].infected_on = day
        self.source[person] = source
        self.count(o.INFECTIONS, person, max(day, 0))
        self.calendar[now].begin.append((person, variant))

    def begin(self, person: int, variant: int, today: int) -> None:
        self.draw_course(person, variant)
        self.plan_course(person, today)
        self.plan_transmissions(person, variant, today)

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

    def draw_course(self, person: int, variant: int) -> None:
        p = self.people[person]
        symptomatic, severe, critical, death = self.tables.chance[variant, :, p.group].tolist()
        first, second, third = (s.block(self.key, person, s.COURSE, index) for index in range(3))
        p.variant = variant
        p.infectious_on = p.infected_on + self.duration(variant, t.LATENT, first[0])
        if s.unit(first[1]) >= symptomatic * (1.0 - self.protection(person, t.SYMPTOMS, p.infected_on)):
            p.end_on = p.infectious_on + self.duration(variant, t.ASYMPTOMATIC, first[3])
            return
        p.onset_on = p.infectious_on + self.duration(variant, t.PRESYMPTOMATIC, first[2])
        if s.unit(second[0]) >= severe * (1.0 - self.protection(person, t.SEVERITY, p.infected_on)):
            p.end_on = p.onset_on + self.duration(variant, t.MILD, first[3])
            return
        p.severe_on = p.onset_on + self.duration(variant, t.TO_SEVERE, second[1])
        p.end_planned = True
        if s.unit(second[2]) >= critical:
            p.end_on = p.severe_on + self.duration(variant, t.SEVERE_END, third[2])
            return
        p.becomes_critical = True
        p.critical_on = p.severe_on + self.duration(variant, t.TO_CRITICAL, second[3])
        p.dies = s.unit(third[0]) < death
        p.end_on = p.critical_on + self.duration(variant, t.TO_DEATH if p.dies else t.CRITICAL_END, third[1])

    def plan_course(self, person: int, today: int) -> None:
        p = self.people[person]
        if p.severe_on != NEVER:
            self.calendar[max(today, p.severe_on)].course.append((person, "severe"))
            if p.critical_on != NEVER:
                self.calendar[max(today, p.critical_on)].course.append((person, "critical"))
            self.calendar[max(today, p.end_on)].course.append((person, "end"))
        if p.onset_on != NEVER and self.tables.seek > 0:
            self.plan_seeking(person, max(today, p.onset_on))
        if self.tables.screen_bound > 0:
            self.plan_screening(person, today)

    def plan_seeking(self, person: int, from_day: int) -> None:
        word = s.block(self.key, person, s.SEEKING, from_day)[0]
        day = from_day + int(np.searchsorted(self.tables.seek_cut, word, side="right"))
        if day < self.people[person].end_on:
            self.calendar[day].sample.append((person, SEEKS))

    def plan_screening(self, person: int, from_day: int) -> None:
        word = s.block(self.key, person, s.SCREENING, from_day)[0]
        day = from_day + int(np.searchsorted(self.tables.screen_cut, word, side="right"))
        if day < self.people[person].infected_on + len(self.tables.sensitivity):
            self.calendar[day].sample.append((person, SCREENED))

    def infectiousness(self, variant: int, word: int) -> float:
        """By inversion of its table: each level holds the last sixteenth of the one before."""
        level = 0
        while level < LEVELS - 1 and word >= 15 * 2**28:
            word = (word - 15 * 2**28) * 16
            level += 1
        cell, inside = divmod(word, 2**32 // CELLS)
        below, above = self.tables.strength[variant, level, cell : cell + 2].tolist()
        return below + inside * (CELLS / 2**32) * (above - below)

    def rate(self, strength: float) -> float:
        """Candidates of one contact on one day (see `inversion.candidate_rate`)."""
        if not self.tables.as_probability:
            return strength
        return strength * (1.0 + strength) if strength < 0.6 else -math.log1p(-min(strength, 0.999999))

    def plan_transmissions(self, person: int, variant: int, today: int) -> None:
        p = self.people[person]
        asymptomatic, ratio, share, cap = self.tables.shape[variant].tolist()
        total = p.end_on - p.infectious_on
        if total <= 0:
            return
        lots = s.block(self.key, person, s.INFECTIOUSNESS, 0)
        strength = self.infectiousness(variant, lots[0])
        strength *= 1.0 - self.protection(person, t.ONWARD, p.infected_on)
        if p.onset_on == NEVER:
            strength *= asymptomatic
        early = math.ceil(min(share * total, cap) - 1e-9)
        late_load = strength / (1.0 + share * (ratio - 1.0))
        early_load = ratio * late_load
        contacts = [len(n) for n in self.neighbours[person]] + [self.tables.passers_by, self.tables.room_mates]
        cumulative, expected = [], 0.0
        for layer, number in enumerate(contacts):
            hazard = self.tables.hazard[variant, layer]
            if number > 0:
                late = total - early
                expected += number * (early * self.rate(hazard * early_load) + late * self.rate(hazard * late_load))
            cumulative.append(expected)
        number = s.poisson_at(s.fine_unit(lots[1], lots[2]), min(expected, 16.0)) + s.poisson(
            expected - 16.0, self.key, person, s.CANDIDATES
        )
        for index in range(number):
            self.plan_candidate(person, variant, index, cumulative, early, total, early_load, late_load, today)

    def plan_candidate(
        self,
        person: int,
        variant: int,
        index: int,
        cumulative: list[float],
        early: int,
        total: int,
        early_load: float,
        late_load: float,
        today: int,
    ) -> None:
        lot_layer, lot_who, lot_day, lot_thin = s.block(self.key, person, s.CANDIDATE, index)
        at = s.unit(lot_layer) * cumulative[-1]
        layer = next((number for number in range(SITE) if at < cumulative[number]), SITE)
        hazard = self.tables.hazard[variant, layer]
        early_rate, late_rate = self.rate(hazard * early_load), self.rate(hazard * late_load)
        where = s.unit(lot_day) * (early * early_rate + (total - early) * late_rate)
        if where < early * early_rate:
            after, load, rate = min(early - 1, int(where / early_rate)), early_load, early_rate
        else:
            after = min(total - 1, early + int((where - early * early_rate) / late_rate))
            load, rate = late_load, late_rate
        day = self.people[person].infectious_on + after
        if day < today or day >= self.tables.days:
            return
        target = None
        if layer < STANDING:
            around = self.neighbours[person][layer]
            target = around[(lot_who * len(around)) >> 32]
        elif layer == PASSERS_BY:
            target = self.passer_by(person, index)
        thin = s.unit(lot_thin)
        if self.tables.as_probability:
            thin = (1.0 - math.exp(-thin * rate)) / (hazard * load)
            if thin >= 1.0:
                return
        room_mate = (lot_who * self.tables.room_mates) >> 32
        self.calendar[day].expose.append(
            Candidate(person, target, layer, variant, int(thin * (SCALE - 1.0)), room_mate)
        )

    def passer_by(self, person: int, index: int) -> int:
        lot_where, lot_who, _, _ = s.block(self.key, person, s.PASSER_BY, index)
        commune = self.people[person].commune
        where = s.unit(lot_where)
        if where < self.tables.mix[0]:
            low, high = self.population.commune_start[commune : commune + 2].tolist()
        elif where < self.tables.mix[1]:
            low, high = self.population.district_range[commune].tolist()
        else:
            low, high = 0, len(self.people)
        return low + ((lot_who * (high - low)) >> 32)

    # --- 2. course ---------------------------------------------------------------------------------------------------

    def enter_tier(self, person: int, tier: int, day: int) -> None:
        self.people[person].tier = tier
        self.patients[tier] += 1
        self.count((0, o.IN_MILD, o.IN_SEVERE, o.IN_CRITICAL)[tier], person, day)

    def leave_care(self, person: int, day: int) -> None:
        p = self.people[person]
        if p.tier:
            self.patients[p.tier] -= 1
            self.count((0, o.IN_MILD, o.IN_SEVERE, o.IN_CRITICAL)[p.tier], person, day, -1)
            p.tier = 0
        if p.at_home:
            p.at_home = False
            self.count(o.IN_HOME_TREATMENT, person, day, -1)

    def becomes_severe(self, person: int, day: int) -> None:
        p = self.people[person]
        self.count(o.SEVERE, person, day)
        self.leave_care(person, day)
        crowded = self.patients[2] >= self.tables.beds[2]
        self.enter_tier(person, 2, day)
        if crowded and not p.becomes_critical:
            self.worsens(person, day)
        if self.tables.admission_test and not p.detected:
            self.calendar[day].sample.append((person, ADMITTED))

    def worsens(self, person: int, day: int) -> None:
        p = self.people[person]
        second, third = (s.block(self.key, person, s.COURSE, index) for index in (1, 2))
        if s.unit(second[2]) >= self.tables.chance[p.variant, 2, p.group] * self.tables.without_bed[0]:
            return
        p.becomes_critical = True
        p.critical_on = day + self.duration(p.variant, t.TO_CRITICAL, second[3])
        p.dies = s.unit(third[0]) < self.tables.chance[p.variant, 3, p.group]
        p.end_on = p.critical_on + self.duration(p.variant, t.TO_DEATH if p.dies else t.CRITICAL_END, third[1])
        self.calendar[max(day + 1, p.critical_on)].course.append((person, "critical"))
        self.calendar[max(day + 1, p.end_on)].course.append((person, "end"))

    def turns_critical(self, person: int, day: int) -> None:
        p = self.people[person]
        self.count(o.CRITICAL, person, day)
        if p.tier:
            self.leave_care(person, day)
        crowded = self.patients[3] >= self.tables.beds[3]
        self.enter_tier(person, 3, day)
        if not crowded or p.dies:
            return
        third = s.block(self.key, person, s.COURSE, 2)
        if s.unit(third[0]) < self.tables.chance[p.variant, 3, p.group] * self.tables.without_bed[1]:
            p.dies = True
            p.end_on = p.critical_on + self.duration(p.variant, t.TO_DEATH, third[1])
            self.calendar[max(day + 1, p.end_on)].course.append((person, "end"))

    def ends(self, person: int, day: int) -> None:
        p = self.people[person]
        if day < p.end_on or p.dead:
            return
        self.leave_care(person, day)
        p.isolated = False
        if p.dies:
            if p.quarantined:
                self.leave_quarantine(person, day)
            p.dead = True
            self.count(o.DEATHS, person, day)

    # --- 3. to 5. samples, laboratory, results ----------------------------------------------------

    def sample(self, person: int, reason: int, day: int) -> None:
        p = self.people[person]
        if p.dead or p.detected or (reason == IN_QUARANTINE and not p.quarantined):
            return
        pending = p.sample_pending
        if reason == SCREENED:
            self.plan_screening(person, day + 1)
            reached = self.lot(person, s.SCREENING, day, 1) * self.tables.screen_bound
            if reached >= self.tables.screen_share[day, p.commune]:
                return
        if pending and not self.tables.resample:
            return
        if reason != SCREENED:
            self.count(o.SAMPLES, person, day)
            self.samples_arrived += 1
        positive = p.infected and self.would_be_positive(person, reason, day)
        if reason == SEEKS and (self.tables.resample or not positive):
            self.plan_seeking(person, day + 1)
        if positive and not pending:
            p.sample_pending = True
            self.count(o.POSITIVES, person, day)
            if self.tables.lab_capacity >= t.NO_LIMIT:
                self.calendar[day + self.tables.result_days].result.append(person)
            else:
                self.lab.append((person, self.samples_arrived))

    def would_be_positive(self, person: int, reason: int, day: int) -> bool:
        p = self.people[person]
        if self.tables.only_infectious and not p.infectious_on <= day < p.end_on:
            return False
        since = min(day - p.infected_on, len(self.tables.sensitivity) - 1)
        return self.lot(person, s.SENSITIVITY, 4 * day + reason) < self.tables.sensitivity[since]

    def screening_round(self, day: int) -> None:
        for commune, number in enumerate(self.tables.screen_count[day].tolist()):
            self.figures[o.SAMPLES, self.tables.zone[commune], day] += number
            self.samples_arrived += number

    def laboratory(self, day: int) -> None:
        if self.tables.lab_capacity >= t.NO_LIMIT:
            return
        self.samples_served = min(self.samples_arrived, self.samples_served + self.tables.lab_capacity)
        while self.lab and self.lab[0][1] <= self.samples_served:
            person, _ = self.lab.pop(0)
            self.calendar[day + self.tables.result_days].result.append(person)

    def positive_result(self, person: int, day: int) -> None:
        p = self.people[person]
        if p.dead or p.detected:
            return
        self.count(o.DETECTED, person, day)
        if p.quarantined:
            self.count(o.DETECTED_IN_QUARANTINE, person, day)
            self.leave_quarantine(person, day)
        p.detected = True
        if p.end_on > day:
            self.isolate(person, day)
        self.jobs.append(person)
        if self.tables.has_lockdown:
            self.maybe_lock(p.commune, day)

    def isolate(self, person: int, day: int) -> None:
        p = self.people[person]
        p.isolated = True
        if p.tier == 0 and self.patients[1] < self.tables.beds[1]:
            self.enter_tier(person, 1, day)
        elif p.tier == 0:
            p.at_home = True
            self.count(o.IN_HOME_TREATMENT, person, day)
        if not p.end_planned:
            p.end_planned = True
            self.calendar[p.end_on].course.append((person, "end"))

    def maybe_lock(self, commune: int, day: int) -> None:
        self.detected_in[commune, day] += 1
        recent = sum(self.detected_in[commune, d] for d in range(day - self.tables.lock_window + 1, day + 1))
        if recent >= self.tables.lock_cases:
            self.locked_until[commune] = day + self.tables.lock_days

    # --- 6. tracing -------------------------------------------------------------------------------

    def trace_cases(self, day: int) -> None:
        budget = self.tables.tracer_capacity
        while self.jobs:
            case = self.jobs[0]
            around = [(lay, contact) for lay in range(STANDING) for contact in self.neighbours[case][lay]]
            for position, (layer, contact) in enumerate(around):
                if position < self.job_cursor or not self.is_found(contact, layer, day):
                    continue
                if budget <= 0:
                    self.job_cursor = position
                    return
                budget -= 1
                reached = day + int(self.tables.trace_delay[layer])
                self.calendar[reached].notify.append((contact, 1, day + self.tables.quarantine_days))
                self.trace_second_ring(case, contact, reached, day)
            self.job_cursor = 0
            self.jobs.pop(0)

    def is_found(self, contact: int, layer: int, day: int) -> bool:
        coverage = self.tables.trace[layer]
        if coverage <= 0.0 or coverage >= 1.0:
            return coverage > 0.0
        return self.lot(contact, s.TRACING, 8 * day + layer) < coverage

    def trace_second_ring(self, case: int, contact: int, reached: int, day: int) -> None:
        if self.tables.second_ring <= 0.0:
            return
        for layer in range(STANDING):
            for person in self.neighbours[contact][layer]:
                if person != case and self.lot(person, s.SECOND_RING, day) < self.tables.second_ring:
                    self.calendar[reached].notify.append((person, 2, day + self.tables.second_ring_days))

    # --- 7. quarantine ----------------------------------------------------------------------------

    def notified(self, person: int, ring: int, until: int, day: int) -> None:
        p = self.people[person]
        if p.dead or p.detected:
            return
        self.count(o.F1 if ring == 1 else o.F2, person, day)
        if p.quarantined:
            p.until = max(p.until, until)
            return
        if not self.tables.quarantine_recovered and p.infected and p.end_on <= day:
            return
        p.quarantined = True
        p.until = until
        p.keeps_rules = self.lot(person, s.COMPLIANCE, 0) < self.tables.compliance
        central = ring == 1 and self.tables.centralised
        if central and self.free_places:
            self.take_place(person)
            self.count(o.TO_CENTRAL, person, day)
            self.count(o.IN_CENTRAL, person, day)
        else:
            self.count(o.TO_HOME, person, day)
            self.count(o.IN_HOME, person, day)
            if central:
                self.waiting_for_place.append(person)
        self.calendar[max(day, until)].release.append(person)
        for after in self.tables.quarantine_tests.tolist():
            if after > 0 and day + after <= until:
                self.calendar[day + after].sample.append((person, IN_QUARANTINE))

    def take_place(self, person: int) -> None:
        place = self.free_places.pop()
        self.people[person].place = place
        self.in_place[place] = person

    def leave_quarantine(self, person: int, day: int) -> None:
        p = self.people[person]
        if p.place is None:
            self.count(o.IN_HOME, person, day, -1)
        else:
            del self.in_place[p.place]
            self.free_places.append(p.place)
            p.place = None
            self.count(o.IN_CENTRAL, person, day, -1)
        p.quarantined = False
        p.keeps_rules = True

    def released(self, person: int, day: int) -> None:
        p = self.people[person]
        if p.quarantined and p.until > day:
            self.calendar[p.until].release.append(person)
        elif p.quarantined:
            self.leave_quarantine(person, day)

    def fill_places(self, day: int) -> None:
        while self.tables.centralised and self.free_places and self.waiting_for_place:
            person = self.waiting_for_place.pop(0)
            if self.people[person].quarantined and self.people[person].place is None:
                self.take_place(person)
                self.count(o.IN_HOME, person, day, -1)
                self.count(o.IN_CENTRAL, person, day)
                self.count(o.TO_CENTRAL, person, day)

    # --- 8. transmission --------------------------------------------------------------------------

    def expose(self, candidate: Candidate, day: int) -> None:
        target = self.room_mate(candidate) if candidate.layer == SITE else candidate.target
        if target is None or self.people[target].infected:
            return
        group = self.people[target].group
        multiplier = float(self.tables.susceptibility[candidate.variant, group])
        multiplier *= self.contacts_of(candidate.source, candidate.layer)
        multiplier *= self.contacts_of(target, candidate.layer)
        multiplier *= 1.0 - self.protection(target, t.INFECTION, day)
        multiplier *= self.place_multiplier(candidate.source, target, candidate.layer, day)
        if multiplier * SCALE <= candidate.need or self.is_immune(target):
            return
        self.catch(target, candidate.variant, candidate.source, day, day + 1)

    def room_mate(self, candidate: Candidate) -> int | None:
        place = self.people[candidate.source].place
        if place is None:
            return None
        size = self.tables.room_size
        others = [other for other in range(place - place % size, place - place % size + size) if other != place]
        return self.in_place.get(others[candidate.room_mate])

    def contacts_of(self, person: int, layer: int) -> float:
        p = self.people[person]
        bits = t.QUARANTINED * p.quarantined + t.CENTRAL * (p.place is not None)
        bits += t.BREAKS_RULES * (p.quarantined and not p.keeps_rules)
        bits += t.ISOLATED * p.isolated + t.AT_HOME * p.at_home + t.DEAD * p.dead
        return float(self.tables.contact[bits, layer])

    def place_multiplier(self, source: int, target: int, layer: int, day: int) -> float:
        here, there = self.people[source].commune, self.people[target].commune
        multiplier = 1.0
        if self.tables.has_measures:
            multiplier = float(min(self.tables.measures[day, here, layer], self.tables.measures[day, there, layer]))
        if day < self.locked_until[here] or day < self.locked_until[there]:
            multiplier *= float(self.tables.lock_contact[layer])
        return multiplier

    def is_immune(self, person: int) -> bool:
        return self.lot(person, s.IMMUNITY, 0) < self.tables.immune[self.people[person].commune]

    # --- 9. queues --------------------------------------------------------------------------------

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
