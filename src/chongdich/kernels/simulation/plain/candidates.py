"""Potential transmissions of one infection, all drawn when it begins."""

import math

from chongdich.kernels.simulation import streams as s
from chongdich.kernels.simulation import tables as t
from chongdich.kernels.simulation.inversion import CELLS, LEVELS
from chongdich.kernels.simulation.plain.care import Care
from chongdich.kernels.simulation.plain.state import NEVER, Candidate
from chongdich.kernels.simulation.population import PASSERS_BY, SITE, STANDING

SCALE = 2.0**31


class Candidates(Care):
    """Where the fast twin drops a candidate early, it is kept here until its day."""

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
                expected += number * (early * self.rate(hazard * early_load))
                expected += number * (late * self.rate(hazard * late_load))
            cumulative.append(expected)
        number = s.poisson_at(s.fine_unit(lots[1], lots[2]), min(expected, 16.0)) + s.poisson(
            expected - 16.0, self.key, person, s.CANDIDATES
        )
        for index in range(number):
            self.plan_candidate(
                person, variant, index, contacts, cumulative, early, total, early_load, late_load, today
            )

    def plan_candidate(
        self,
        person: int,
        variant: int,
        index: int,
        contacts: list[float],
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
        before = cumulative[layer - 1] if layer > 0 else 0.0
        if at < before + contacts[layer] * (early * self.rate(hazard * early_load)):
            after, load = (lot_day * early) >> 32, early_load
        else:
            after, load = early + ((lot_day * (total - early)) >> 32), late_load
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
            thin = (1.0 - math.exp(-thin * self.rate(hazard * load))) / (hazard * load)
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
