"""Candidates fire: whether a potential transmission happens is settled by what holds on its day."""

from chongdich.kernels.simulation import streams as s
from chongdich.kernels.simulation import tables as t
from chongdich.kernels.simulation.plain.candidates import SCALE
from chongdich.kernels.simulation.plain.state import Candidate
from chongdich.kernels.simulation.plain.tracing import Tracing
from chongdich.kernels.simulation.population import SITE


class Spread(Tracing):
    """Step 8 of the day."""

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
