"""Quarantine: who enters, where a place is free, who leaves."""

from chongdich.kernels.simulation import outputs as o
from chongdich.kernels.simulation import streams as s
from chongdich.kernels.simulation.plain.state import IN_QUARANTINE, State


class Quarantine(State):
    """Step 7 of the day."""

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
