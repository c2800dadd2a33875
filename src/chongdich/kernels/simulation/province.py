"""A synthetic province: people of the right ages in households, classes, work groups and among acquaintances.

Every person belongs to one commune. Totals by age follow the projection exactly up to rounding; who lives with whom is
built so that children live with adults of their parents' age. Contacts follow the orders of magnitude of the surveys
named in the facts file. Everything is drawn from one seed, so the same facts and seed give the same population.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from chongdich.core.errors import Refused
from chongdich.kernels.simulation.networks import Layer, layer_from_groups, layer_from_pairs, random_pairs_within
from chongdich.kernels.simulation.population import (
    COMMUNITY,
    FORMAT,
    HOUSEHOLD,
    SCHOOL,
    WORK,
    Commune,
    Population,
    load_population,
    plain_population,
)

ADULT = 18
GENERATION = 27  # years between a child and the adult it lives with, on average


@dataclass(frozen=True)
class Facts:
    """What is known about the population of a province (see packs/bac_kan_2021.yaml for the fields)."""

    people: int
    communes: tuple[Commune, ...]
    age_groups: Mapping[int, float]
    household_sizes: Mapping[int, float]
    school: tuple[Mapping[str, float], ...]
    work: Mapping[str, float]
    acquaintances: Mapping[str, float]


def read_facts(name: str = "bac_kan_2021", people: int | None = None) -> Facts:
    """The facts of a pack, scaled to `people` (default: as the pack says)."""
    text = files("chongdich.kernels.simulation").joinpath("packs", f"{name}.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.safe_load(text)
    total = raw["people"] if people is None else people
    if total < len(raw["communes"]):
        raise Refused(f"Số dân phải từ {len(raw['communes'])} trở lên (mỗi xã ít nhất một người).", where="people")
    sizes = _shares(np.array([weight for _, weight in raw["communes"].values()], float), total)
    communes = tuple(Commune(code, row[0], int(n)) for (code, row), n in zip(raw["communes"].items(), sizes))
    return Facts(
        total,
        communes,
        raw["age_groups"],
        raw["household_sizes"],
        tuple(raw["school"]),
        raw["work"],
        raw["acquaintances"],
    )


def province(facts: Facts, seed: int = 1, keep_in: Path | None = None) -> Population:
    """The synthetic province; with `keep_in` it is kept there and read again next time."""
    path = keep_in / f"population-{_name(facts, seed)}.npz" if keep_in else None
    if path and (kept := load_population(path)):
        return kept
    population = build_province(facts, seed)
    if path:
        population.save(path)
    return population


def build_province(facts: Facts, seed: int) -> Population:
    rng = np.random.Generator(np.random.Philox(seed))
    commune = np.repeat(np.arange(len(facts.communes)), [place.people for place in facts.communes])
    district = _districts(facts)[commune]
    household = _households(commune, facts.household_sizes, rng)
    age = _ages(household, facts, rng)
    everybody = np.arange(len(age), dtype=np.int32)
    layers = {
        HOUSEHOLD: layer_from_groups(len(age), everybody, household),
        SCHOOL: _classes(age, commune, district, facts.school, rng),
        WORK: _work_groups(age, district, facts.work, rng),
        COMMUNITY: _acquaintances(commune, district, facts.acquaintances, rng),
    }
    return plain_population(len(age), layers, age, facts.communes)


def _name(facts: Facts, seed: int) -> str:
    return hashlib.blake2b(repr((FORMAT, facts, seed)).encode(), digest_size=8).hexdigest()


def _shares(weights: NDArray[np.float64], total: int) -> NDArray[np.int64]:
    """Whole numbers in proportion to the weights, at least 1 each, that add up to the total."""
    edges = np.rint(np.cumsum(weights) / weights.sum() * (total - len(weights))).astype(np.int64)
    return np.diff(np.concatenate([[0], edges])) + 1


def _districts(facts: Facts) -> NDArray[np.int64]:
    names = [place.district for place in facts.communes]
    return np.array([names.index(name) for name in names])


def _households(commune: NDArray, sizes: Mapping[int, float], rng: np.random.Generator) -> NDArray[np.int64]:
    """Household number of each person, commune by commune; the last household of a commune may be cut short."""
    size, weight = np.array(list(sizes)), np.array(list(sizes.values()), float)
    drawn = rng.choice(size, len(commune) + 1, p=weight / weight.sum())
    begins = np.zeros(len(commune), bool)
    begins[np.cumsum(drawn)[np.cumsum(drawn) < len(commune)]] = True
    begins[0] = True
    begins[1:] |= commune[1:] != commune[:-1]
    return np.cumsum(begins) - 1


def _ages(household: NDArray[np.int64], facts: Facts, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Ages by household: every first member is an adult, the second a partner of like age, others by generation."""
    first = np.concatenate([[True], household[1:] != household[:-1]])
    second = np.concatenate([[False], first[:-1]]) & ~first
    pool = _age_pool(facts, len(household), rng)
    adults, children = np.sort(pool[pool >= ADULT]), pool[pool < ADULT]
    heads = int(first.sum())
    age = np.zeros(len(household), np.int64)
    couple = np.flatnonzero(first | second)
    if len(adults) <= len(couple):
        age[rng.permutation(len(household))] = pool
        return age.astype(np.uint8)
    chosen = np.sort(rng.choice(len(adults), len(couple), replace=False))
    left = np.delete(adults, chosen)
    order = np.argsort(rng.permutation(heads)[household[couple]], kind="stable")
    age[couple[order]] = adults[chosen]
    rest = np.flatnonzero(~(first | second))
    age[rest] = _by_generation(age[first][household[rest]], np.concatenate([children, left]), rng)
    return age.astype(np.uint8)


def _by_generation(head: NDArray[np.int64], others: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Give each further member an age such that it stands about one generation below (or above) the head's."""
    parent = np.where(others < ADULT + 12, others + GENERATION, others - GENERATION) + rng.normal(0, 5, len(others))
    answer = np.empty(len(others), np.int64)
    answer[np.argsort(head + rng.random(len(head)), kind="stable")] = others[np.argsort(parent, kind="stable")]
    return answer


def _age_pool(facts: Facts, people: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Single ages for everybody, even inside each five-year group, in random order."""
    low = np.array(list(facts.age_groups))
    width = np.diff(np.append(low, low[-1] + 12))
    counts = _shares(np.array(list(facts.age_groups.values()), float), people)
    start = np.repeat(low, counts)
    spread = np.floor(rng.random(people) * np.repeat(width, counts)).astype(np.int64)
    return rng.permutation(start + spread)


def _classes(
    age: NDArray, commune: NDArray, district: NDArray, school: tuple[Mapping[str, float], ...], rng: np.random.Generator
) -> Layer:
    """Pupils of one age and place in classes; each class has one teacher, from anywhere in the province."""
    members, groups = [], []
    base = 0
    for kind in school:
        in_it = (age >= kind["first_age"]) & (age <= kind["last_age"]) & (rng.random(len(age)) < kind["attends"])
        pupils = np.flatnonzero(in_it)
        place = district if kind["first_age"] >= 15 else commune
        group = _split(place[pupils] * 128 + age[pupils], int(kind["class"]), rng)
        members.append(pupils)
        groups.append(group + base)
        base += int(group.max(initial=-1)) + 1
    adults = rng.permutation(np.flatnonzero((age >= 22) & (age < 60)))
    teachers = adults[: min(len(adults), base)]
    return layer_from_groups(
        len(age),
        np.concatenate([*members, teachers]).astype(np.int32),
        np.concatenate([*groups, np.arange(len(teachers))]),
    )


def _split(key: NDArray[np.int64], size: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Group numbers: people with the same key in random groups of about `size`."""
    order = np.lexsort((rng.random(len(key)), key))
    ordered = key[order]
    begins = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    rank = np.arange(len(key)) - np.repeat(begins, np.diff(np.append(begins, len(key))))
    fresh = (rank % size) == 0
    answer = np.empty(len(key), np.int64)
    answer[order] = np.cumsum(fresh) - 1
    return answer


def _work_groups(age: NDArray, district: NDArray, work: Mapping[str, float], rng: np.random.Generator) -> Layer:
    """Work groups of uneven size inside a district; the rest works alone or with the household (farms)."""
    able = (age >= work["first_age"]) & (age <= work["last_age"]) & (rng.random(len(age)) < work["employed_in_groups"])
    workers = np.flatnonzero(able)
    workers = workers[np.lexsort((rng.random(len(workers)), district[workers]))]
    sizes = np.clip(rng.geometric(1 / work["mean_group"], len(workers)) + 1, 2, int(work["largest_group"]))
    ends = np.cumsum(sizes)
    begins = np.zeros(len(workers), bool)
    begins[ends[ends < len(workers)]] = True
    begins[1:] |= district[workers][1:] != district[workers][:-1]
    return layer_from_groups(len(age), workers.astype(np.int32), np.cumsum(begins))


def _acquaintances(commune: NDArray, district: NDArray, plan: Mapping[str, float], rng: np.random.Generator) -> Layer:
    """Standing acquaintances outside home, school and work: markets, neighbours, relatives."""
    first, second = [], []
    for share, place in ((plan["commune"], commune), (plan["district"], district), (plan["province"], commune * 0)):
        edges = np.flatnonzero(np.concatenate([[True], place[1:] != place[:-1], [True]]))
        for low, high in pairwise(edges):
            a, b = random_pairs_within(np.arange(low, high, dtype=np.int32), plan["mean"] * share, rng)
            first.append(a)
            second.append(b)
    return layer_from_pairs(len(commune), np.concatenate(first), np.concatenate(second))
