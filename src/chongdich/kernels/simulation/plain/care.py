"""Patients: where they are cared for, how they leave, what a missing bed does."""

from chongdich.kernels.simulation import outputs as o
from chongdich.kernels.simulation import streams as s
from chongdich.kernels.simulation import tables as t
from chongdich.kernels.simulation.plain.quarantine import Quarantine
from chongdich.kernels.simulation.plain.state import ADMITTED


class Care(Quarantine):
    """Step 2 of the day, and isolation."""

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
