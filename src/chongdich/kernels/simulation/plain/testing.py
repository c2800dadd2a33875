"""Samples, laboratory, results: how infections come to be known."""

from chongdich.kernels.simulation import outputs as o
from chongdich.kernels.simulation import streams as s
from chongdich.kernels.simulation import tables as t
from chongdich.kernels.simulation.plain.arrivals import Arrivals
from chongdich.kernels.simulation.plain.state import IN_QUARANTINE, SCREENED, SEEKS


class Testing(Arrivals):
    """Steps 3 to 5 of the day."""

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

    def maybe_lock(self, commune: int, day: int) -> None:
        self.detected_in[commune, day] += 1
        recent = sum(self.detected_in[commune, d] for d in range(day - self.tables.lock_window + 1, day + 1))
        if recent >= self.tables.lock_cases:
            self.locked_until[commune] = day + self.tables.lock_days
