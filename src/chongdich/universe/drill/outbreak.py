"""The outbreak as it truly is: the kernel's plain twin, lived day by day, with the response left to the house.

The kernel draws who would infect whom when a person falls ill and thins that on the day itself by what holds then
(`kernels/simulation`). Here what holds is what people did in the application: whom they isolated, whom they
quarantined. With nobody held, the outbreak is the kernel's own with every response switched off (a test holds that).
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import numpy as np

from chongdich.kernels.simulation import streams
from chongdich.kernels.simulation.parameters import NOBODY, Response, Scenario, SeedCases
from chongdich.kernels.simulation.reference import NEVER, Candidate, Outbreak
from chongdich.kernels.simulation.variants import load_variant
from chongdich.universe.drill.options import Options
from chongdich.universe.drill.town import Town

FROM_OUTSIDE = -1
INFECTED_BEFORE = 4  # days before the first day on which the introductions were infected
SAMPLED = 0  # the kernel's reason for a sample: somebody with symptoms


@dataclass(frozen=True)
class Held:
    """People whom the house has withdrawn from contacts today: patients isolated, contacts in quarantine."""

    isolated: Collection[int] = ()
    quarantined: Collection[int] = ()


@dataclass(frozen=True)
class Infection:
    """One true infection. Days count from the drill's first; `source` is -1 from outside; `layer` None from there."""

    person: int
    source: int
    day: int
    layer: int | None
    infectious: int
    onset: int | None
    severe: int | None
    end: int
    dies: bool


@dataclass
class Living:
    """One outbreak under way."""

    town: Town
    outbreak: "_Lived"
    lived: int = 0  # days
    _told: set[int] = field(default_factory=set)

    def live(self, held: Held) -> list[Infection]:
        """Live through one more day; the infections whose course was drawn on it."""
        self.outbreak.hold(held)
        self.outbreak.live(self.lived)
        self.lived += 1
        fresh = [person for person in self.outbreak.begun if person not in self._told]
        self._told.update(fresh)
        return [self.infection(person) for person in fresh]

    def infection(self, person: int) -> Infection:
        """What is true of an infected person."""
        known = self.outbreak.people[person]
        return Infection(
            person, int(self.outbreak.source[person]), int(known.infected_on), self.outbreak.layer_of.get(person),
            int(known.infectious_on), _day(known.onset_on), _day(known.severe_on), int(known.end_on), bool(known.dies),
        )  # fmt: skip

    def infections(self) -> list[Infection]:
        """Every infection whose course is known, in the order of infection."""
        return [self.infection(person) for person in self.outbreak.begun]

    def mark(self) -> str:
        """A short hash of who infected whom and when so far: the same mark is the same outbreak."""
        told = [(one.person, one.source, one.day, one.end) for one in self.infections()]
        return hashlib.blake2b(repr(told).encode(), digest_size=8).hexdigest()

    def is_infected(self, person: int) -> bool:
        return self.outbreak.people[person].infected

    def tests_positive(self, person: int, day: int) -> bool:
        """What a laboratory would find in a sample of a day."""
        return bool(self.is_infected(person) and self.outbreak.would_be_positive(person, SAMPLED, day))


def _day(day: int) -> int | None:
    return None if day == NEVER else int(day)


def begin_outbreak(town: Town) -> Living:
    """The outbreak before its first day."""
    return Living(town, _Lived(town, scenario_of(town)))


def scenario_of(town: Town) -> Scenario:
    """The kernel's scenario: the variant, the introductions, and no response at all."""
    options = town.options
    silent = Response(seek_test=0.0, trace=NOBODY, test_on_admission=False, centralised=False, central_places=0)
    seeds = SeedCases(count=options.introductions, infected_days_ago=INFECTED_BEFORE)
    variant = load_variant(options.variant, town.population, r0=options.r0)
    return Scenario(days=options.days, variants=(variant,), response=silent, seeds=(seeds,))


def key_of(options: Options) -> tuple[int, int, int]:
    """The kernel's key of a drill: replicate 0 of its seed."""
    return streams.key_of(options.seed, 0)


class _Lived(Outbreak):
    """The plain twin with the order of a day cut down to what the outside world does by itself."""

    def __init__(self, town: Town, scenario: Scenario) -> None:
        communes = len(town.population.codes)
        super().__init__(town.population, scenario, key_of(town.options), np.zeros(communes, np.int32))
        self.layer_of: dict[int, int] = {}
        self.begun: list[int] = []
        self._held: Held = Held()

    def live(self, day: int) -> None:
        """Steps 1, 2 and 8 of the kernel's day; the others are the application's."""
        if day == 0:
            self.place_seeds()
        self.arrive(day)
        today = self.calendar[day]
        for person, variant in today.begin:
            self.begin(person, variant, day)
            self.begun.append(person)
        changes = {"severe": self.becomes_severe, "critical": self.turns_critical, "end": self.ends}
        for person, kind in today.course:
            changes[kind](person, day)
        for candidate in today.expose:
            self.expose(candidate, day)

    def expose(self, candidate: Candidate, day: int) -> None:
        known = len(self.source)
        super().expose(candidate, day)
        if len(self.source) > known and candidate.target is not None:
            self.layer_of[candidate.target] = candidate.layer

    def hold(self, held: Held) -> None:
        """Withdraw people from contacts, and let go whom the house let go."""
        self._mark(self._held, False)
        self._mark(held, True)
        self._held = held

    def _mark(self, held: Held, on: bool) -> None:
        for person in _living(self, held.isolated):
            self.people[person].isolated = on
            self.people[person].at_home = on
        for person in _living(self, held.quarantined):
            self.people[person].quarantined = on
            lot = self.lot(person, streams.COMPLIANCE, 0)
            self.people[person].keeps_rules = not on or lot < self.tables.compliance


def _living(outbreak: Outbreak, people: Iterable[int]) -> list[int]:
    return [person for person in people if not outbreak.people[person].dead]
