"""A scenario and a population compiled into flat arrays, once; every replicate of it reads the same tables."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chongdich.kernels.simulation.networks import on_lines
from chongdich.kernels.simulation.population import STANDING, Population
from chongdich.kernels.simulation.rollout import NEVER

# Order of the durations of a variant.
LATENT, PRESYMPTOMATIC, ASYMPTOMATIC, MILD, TO_SEVERE, TO_CRITICAL, SEVERE_END, CRITICAL_END, TO_DEATH = range(9)
DURATIONS = (
    "latent",
    "presymptomatic",
    "asymptomatic_to_recovery",
    "mild_to_recovery",
    "onset_to_severe",
    "severe_to_critical",
    "severe_to_recovery",
    "critical_to_recovery",
    "critical_to_death",
)
INFECTION, ONWARD, SYMPTOMS, SEVERITY = range(4)  # vaccine effects
SINCE_DOSE = 730  # days of waning that are tabulated

# Bits of the one status byte each person has. It is the lowest byte of the person's word.
INFECTED, QUARANTINED, CENTRAL, BREAKS_RULES, IS_DETECTED, ISOLATED, AT_HOME, DEAD = (1 << bit for bit in range(8))
ANY_STATUS = 255

NO_LIMIT = 2**40
AGES = 10  # decades of age: 0-9 ... 90 and over
SPARE = 16  # contacts are taken up in so many at a time: room behind the last
GROUP_AT, COMMUNE_AT = 8, 16  # where a person's word holds the decade of age and the commune


class Network(NamedTuple):
    """word (n,): commune, decade of age and status 0 of each person, so that one look tells all.

    rows (n, 8): first neighbour in layers 0-3, then the number of neighbours; neighbours (m,): person by person, the
    layers of one person together.
    """

    word: NDArray[np.int32]
    commune_start: NDArray[np.int32]
    district_range: NDArray[np.int32]
    rows: NDArray[np.int32]
    neighbours: NDArray[np.int32]


class Tables(NamedTuple):
    """Everything a replicate reads. v = variant, g = decade of age, l = layer, c = commune, d = day."""

    days: int
    duration_cut: NDArray[np.int64]  # (v, 9, longest): cumulative, in units of 2**-32
    duration_guide: NDArray[np.int16]  # (v, 9, 256): where to begin looking
    hazard: NDArray[np.float64]  # (v, l): greatest hazard per contact and day
    susceptibility: NDArray[np.float64]  # (v, g), relative to the greatest
    chance: NDArray[np.float64]  # (v, 4, g): symptomatic, severe, critical, death
    strength: NDArray[np.float64]  # (v, levels, cells + 1): quantiles of infectiousness
    shape: NDArray[np.float64]  # (v, 4): asymptomatic factor, early ratio, early share, early cap
    as_probability: bool
    passers_by: float
    mix: NDArray[np.float64]  # cumulative: own commune, own district, province
    room_mates: int
    room_size: int
    contact: NDArray[np.float64]  # (256, l): contacts of a person with this status byte
    measures: NDArray[np.float64]  # (d, c, l) relative to the bound; one entry when there are none
    has_measures: bool
    immune: NDArray[np.float64]  # (c,)
    has_immune: bool
    dose_day: NDArray[np.int16]  # (n, 2); one row when nobody is vaccinated
    protection: NDArray[np.float64]  # (4, 3, SINCE_DOSE)
    has_vaccine: bool
    zone: NDArray[np.int32]  # (c,): reporting zone
    seek: float
    seek_cut: NDArray[np.int64]  # days before a person with symptoms seeks a test
    seek_guide: NDArray[np.int16]
    resample: bool
    only_infectious: bool
    sensitivity: NDArray[np.float64]
    result_days: int
    admission_test: bool
    lab_capacity: int
    screen_share: NDArray[np.float64]  # (d, c)
    screen_count: NDArray[np.int64]  # (d, c)
    screen_bound: float
    screen_cut: NDArray[np.int64]
    screen_guide: NDArray[np.int16]
    trace: NDArray[np.float64]
    trace_delay: NDArray[np.int64]
    second_ring: float
    tracer_capacity: int
    quarantine_days: int
    second_ring_days: int
    quarantine_tests: NDArray[np.int64]
    quarantine_recovered: bool
    centralised: bool
    places: int
    compliance: float
    arrival_quarantine: float
    beds: NDArray[np.int64]  # (4,): unused, mild, severe, critical
    without_bed: NDArray[np.float64]  # (2,): critical, death
    lock_cases: int
    lock_window: int
    lock_days: int
    lock_contact: NDArray[np.float64]
    has_lockdown: bool
    seed_people: NDArray[np.int32]  # (s, 4): person, days ago, variant, known
    seed_random: NDArray[np.int32]  # (s, 5): count, commune, days ago, variant, known
    import_start: NDArray[np.int32]  # (days + 1,)
    imports: NDArray[np.int32]  # (m, 2): commune, variant
    import_mean: NDArray[np.float64]


def network_of(population: Population) -> Network:
    """The population in the order the kernel reads it."""
    degree = np.stack([np.diff(layer.offsets) for layer in population.layers], axis=1)
    own = np.concatenate([[0], np.cumsum(degree.sum(axis=1))])[:-1]
    start = own[:, None] + np.cumsum(degree, axis=1) - degree
    neighbours = on_lines((int(degree.sum()) + SPARE,), np.int32)
    for number, layer in enumerate(population.layers):
        shift = start[:, number] - layer.offsets[:-1]
        neighbours[np.repeat(shift, degree[:, number]) + np.arange(len(layer.neighbours))] = layer.neighbours
    rows = on_lines((population.people, 2 * STANDING), np.int32)
    rows[:, :STANDING], rows[:, STANDING:] = start, degree
    group = np.minimum(population.age // 10, AGES - 1).astype(np.int32)
    return Network(
        (population.commune.astype(np.int32) << COMMUNE_AT) + (group << GROUP_AT),
        population.commune_start,
        population.district_range,
        rows,
        neighbours,
    )


__all__ = ["NEVER", "Network", "Tables", "network_of"]
