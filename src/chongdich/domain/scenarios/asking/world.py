"""The province a scenario plays in: its synthetic people, built once and kept, and its communes by place code."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chongdich.core.errors import Refused
from chongdich.domain.scenarios.asking.shape import Spec
from chongdich.kernels.simulation.parameters import Variant
from chongdich.kernels.simulation.population import Population
from chongdich.kernels.simulation.province import Facts, province, read_facts
from chongdich.kernels.simulation.tables import Network, network_of
from chongdich.kernels.simulation.variants import load_variant

POPULATION_SEED = 1  # one synthetic province for all scenarios, so that they can be compared


@dataclass(frozen=True)
class World:
    """People and places of one scenario."""

    facts: Facts
    population: Population
    variant: Variant

    @classmethod
    def of(cls, spec: Spec, keep_in: Path | None = None) -> "World":
        """The world of a scenario; `keep_in` is the folder where populations are kept."""
        facts = read_facts(spec.province, spec.people)
        population = province(facts, POPULATION_SEED, keep_in)
        return cls(facts, population, load_variant(spec.variant, population, r0=spec.r0))

    @cached_property
    def network(self) -> Network:
        return network_of(self.population)

    @cached_property
    def districts(self) -> list[str]:
        """Codes of the districts, in order."""
        return list(dict.fromkeys(place.district for place in self.facts.communes))

    @cached_property
    def district_of(self) -> NDArray[np.int64]:
        """Index of the district of each commune."""
        return np.array([self.districts.index(place.district) for place in self.facts.communes])

    @cached_property
    def people_in(self) -> NDArray[np.int64]:
        """People of each commune."""
        return np.diff(self.population.commune_start).astype(np.int64)

    def communes_in(self, place: str, where: str) -> list[int]:
        """Indices of the communes of a place: a commune, a district, or "" for all. Refused when there is none."""
        if not place:
            return list(range(len(self.facts.communes)))
        found = [
            number for number, commune in enumerate(self.facts.communes) if place in (commune.code, commune.district)
        ]
        if not found:
            allowed = f"mã xã hoặc mã huyện của tỉnh ({', '.join(self.districts)}, …)"
            text = f"Tham số “{where}” phải là {allowed}, đang là “{place}”."
            raise Refused(text, where, "unknown_place")
        return found

    def spread(self, count: int, communes: Sequence[int]) -> list[tuple[int, int]]:
        """(commune, people) pairs that share a number out in proportion to the communes' people."""
        if len(communes) == len(self.facts.communes):
            return [(-1, count)]
        weights = self.people_in[list(communes)].astype(float)
        edges = np.rint(np.cumsum(weights) / weights.sum() * count).astype(int)
        parts = np.diff(np.concatenate([[0], edges]))
        return [(commune, int(part)) for commune, part in zip(communes, parts) if part]
