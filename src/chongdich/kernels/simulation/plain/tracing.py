"""Tracing: cases in the order of detection, contacts one by one, as far as the day's capacity goes."""

from chongdich.kernels.simulation import streams as s
from chongdich.kernels.simulation.plain.testing import Testing
from chongdich.kernels.simulation.population import STANDING


class Tracing(Testing):
    """Step 6 of the day."""

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
