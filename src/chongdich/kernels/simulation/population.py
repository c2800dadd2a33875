"""A synthetic population of a province's communes: households, schools, workplaces, acquaintances. Built once and
kept on disk.
"""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chongdich.core.errors import Refused
from chongdich.kernels.simulation.networks import Layer, empty_layer

HOUSEHOLD, SCHOOL, WORK, COMMUNITY, PASSERS_BY, SITE = range(6)
STANDING = (
    4  # layers 0-3 are standing contacts; passers-by are met by chance, the site layer exists inside quarantine sites
)
LAYERS = 6
LAYER_NAMES = ("household", "school", "work", "community", "passers_by", "site")
FORMAT = 3  # changes when an older file on disk must not be read


@dataclass(frozen=True)
class Commune:
    """One commune as the kernel sees it. Communes of one district must stand together in the list."""

    code: str
    district: str
    people: int


@dataclass(frozen=True)
class Population:
    """People numbered commune by commune. age (n,) years; commune (n,) index; communes' ids are commune_start[c] :
    commune_start[c + 1].

    district_start has one row per commune: first and last + 1 person of its district. `layers` holds the four
    standing layers.
    """

    age: NDArray[np.uint8]
    commune: NDArray[np.int16]
    commune_start: NDArray[np.int32]
    district_range: NDArray[np.int32]
    codes: tuple[str, ...]
    layers: tuple[Layer, ...]

    @property
    def people(self) -> int:
        return len(self.age)

    @cached_property
    def fingerprint(self) -> str:
        """A short hash of everything in it, for reports: the same fingerprint is the same population."""
        digest = hashlib.blake2b(digest_size=8)
        for array in (self.age, self.commune, *[part for lay in self.layers for part in (lay.offsets, lay.neighbours)]):
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()

    def save(self, path: Path) -> None:
        """Write whole or not at all (a temporary file takes the name only when complete)."""
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".npz")
        with os.fdopen(handle, "wb") as stream:
            np.savez(stream, allow_pickle=False, **self._arrays())
        os.replace(temporary, path)

    def _arrays(self) -> dict[str, NDArray]:
        named: dict[str, NDArray] = {
            "format": np.array(FORMAT),
            "age": self.age,
            "commune": self.commune,
            "commune_start": self.commune_start,
            "district_range": self.district_range,
            "codes": np.array(self.codes),
        }
        for name, layer in zip(LAYER_NAMES, self.layers):
            named[f"{name}_offsets"], named[f"{name}_neighbours"] = layer.offsets, layer.neighbours
        return named


def load_population(path: Path) -> Population | None:
    """The population kept at `path`, or None when there is none or it was written by an older version."""
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as kept:
        if "format" not in kept or int(kept["format"]) != FORMAT:
            return None
        layers = tuple(Layer(kept[f"{n}_offsets"], kept[f"{n}_neighbours"]) for n in LAYER_NAMES[:STANDING])
        codes = tuple(str(code) for code in kept["codes"])
        return Population(kept["age"], kept["commune"], kept["commune_start"], kept["district_range"], codes, layers)


def plain_population(
    people: int,
    layers: dict[int, Layer] | None = None,
    age: NDArray[np.uint8] | None = None,
    communes: Sequence[Commune] = (),
) -> Population:
    """A population from given parts (for checks and for other networks): one commune unless told otherwise."""
    if people < 1:
        raise Refused("Số dân phải là số nguyên dương.", where="people")
    places = list(communes) or [Commune("0", "0", people)]
    if sum(place.people for place in places) != people:
        raise Refused("Tổng số dân các xã phải bằng số dân.", where="communes")
    start, districts = commune_ranges(places)
    given = layers or {}
    return Population(
        np.full(people, 30, np.uint8) if age is None else age.astype(np.uint8),
        np.repeat(np.arange(len(places)), [place.people for place in places]).astype(np.int16),
        start,
        districts,
        tuple(place.code for place in places),
        tuple(given.get(layer, empty_layer(people)) for layer in range(STANDING)),
    )


def commune_ranges(communes: Sequence[Commune]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Id ranges of each commune, and for each commune the id range of its district."""
    start = np.concatenate([[0], np.cumsum([place.people for place in communes])]).astype(np.int32)
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for index, place in enumerate(communes):
        if place.district in last and last[place.district] != start[index]:
            raise Refused("Các xã cùng huyện phải đứng liền nhau.", where=f"communes[{index}]")
        first.setdefault(place.district, int(start[index]))
        last[place.district] = int(start[index + 1])
    ranges = np.array([[first[place.district], last[place.district]] for place in communes], np.int32)
    return start, ranges
