"""The people of a drill: a synthetic population of a few communes, and who belongs to which household, class, shift."""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

import numpy as np

from chongdich.core.errors import Refused
from chongdich.kernels.simulation.population import COMMUNITY, HOUSEHOLD, SCHOOL, WORK, Population
from chongdich.kernels.simulation.province import Facts, build_province, read_facts
from chongdich.universe.drill.identities import Identity, Kin, identity
from chongdich.universe.drill.options import Options

GROUPED = (HOUSEHOLD, SCHOOL, WORK)  # everybody of a group meets everybody; acquaintances meet in pairs


@dataclass(frozen=True)
class Town:
    """The population of some communes and everybody's invented identity."""

    options: Options
    population: Population

    @property
    def people(self) -> int:
        return self.population.people

    def around(self, person: int, layer: int) -> list[int]:
        """Whom a person meets in a layer."""
        kept = self.population.layers[layer]
        return sorted(set(kept.neighbours[kept.offsets[person] : kept.offsets[person + 1]].tolist()))

    def group(self, person: int, layer: int) -> int | None:
        """The number of a person's household, class or shift (its lowest member); None for who is in none."""
        around = self.around(person, layer)
        if not around:
            return person if layer == HOUSEHOLD else None
        return min(person, around[0])

    def age(self, person: int) -> int:
        return int(self.population.age[person])

    def commune(self, person: int) -> int:
        """Position of the commune in `options.communes`."""
        return int(self.population.commune[person])

    def code(self, person: int) -> str:
        """The commune's code."""
        return self.options.communes[self.commune(person)]

    def contacts(self, person: int) -> dict[int, int]:
        """Everybody a person meets again and again -> the nearest layer in which."""
        found: dict[int, int] = {}
        for layer in (COMMUNITY, WORK, SCHOOL, HOUSEHOLD):
            found.update(dict.fromkeys(self.around(person, layer), layer))
        found.pop(person, None)
        return found

    @cached_property
    def _kin(self) -> dict[int, Kin]:
        return {}

    def kin(self, person: int) -> Kin:
        """Household, place in it and the age of its head."""
        if person not in self._kin:
            members = sorted({person, *self.around(person, HOUSEHOLD)})
            for position, member in enumerate(members):
                self._kin[member] = Kin(self._number(members[0]), position, self.age(members[0]))
        return self._kin[person]

    def _number(self, head: int) -> int:
        """A household's number: the place of its head among the people of the commune."""
        return head - int(self.population.commune_start[self.commune(head)])

    @cached_property
    def _identities(self) -> dict[int, Identity]:
        return {}

    def identity(self, person: int) -> Identity:
        """Who somebody is."""
        if person not in self._identities:
            kin = self.kin(person)
            unique = replace(kin, household=self.commune(person) * 100_000 + kin.household)
            made = identity(self.options.seed, person, self.age(person), unique, self.options.start)
            self._identities[person] = made
        return self._identities[person]


def build_town(options: Options) -> Town:
    """The population of the drill's communes, scaled to the number asked for."""
    return Town(options, build_province(_facts(options), options.seed % 2**32))


def _facts(options: Options) -> Facts:
    whole = read_facts()
    known = {commune.code: commune for commune in whole.communes}
    for code in options.communes:
        if code not in known:
            raise Refused(f"Tham số “communes” có mã xã không biết: {code}.", "communes", "out_of_range")
    chosen = [known[code] for code in options.communes]
    districts = [district for district, _ in groupby(chosen, key=lambda commune: commune.district)]
    if len(districts) != len(set(districts)):
        raise Refused("Tham số “communes”: các xã cùng huyện phải viết liền nhau.", "communes", "out_of_range")
    sizes = _shares([commune.people for commune in chosen], options.people)
    communes = tuple(replace(commune, people=size) for commune, size in zip(chosen, sizes))
    return replace(whole, people=options.people, communes=communes)


def _shares(weights: list[int], total: int) -> list[int]:
    """Whole numbers in proportion to the weights that add up to the total."""
    edges = np.rint(np.cumsum(weights) / sum(weights) * total).astype(int)
    return [int(size) for size in np.diff(np.concatenate([[0], edges]))]
