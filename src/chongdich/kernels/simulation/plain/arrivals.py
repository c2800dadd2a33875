"""Infections from outside: the cases of day 0 and the arrivals of every day."""

from chongdich.kernels.simulation import outputs as o
from chongdich.kernels.simulation import streams as s
from chongdich.kernels.simulation.plain.infection import Infection


class Arrivals(Infection):
    """Step 1 of the day."""

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
