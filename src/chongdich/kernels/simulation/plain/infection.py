"""One infection: the whole course is drawn at once."""

import numpy as np

from chongdich.kernels.simulation import outputs as o
from chongdich.kernels.simulation import streams as s
from chongdich.kernels.simulation import tables as t
from chongdich.kernels.simulation.plain.candidates import Candidates
from chongdich.kernels.simulation.plain.state import NEVER, SCREENED, SEEKS


class Infection(Candidates):
    """What follows from an infection."""

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
