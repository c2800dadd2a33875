"""What a planner may set: scenario, response, seeds. Plain values with their allowed ranges; nothing here computes.

Rates are per day, probabilities in [0, 1], days are counted from the first day of the scenario (day 0).
None as a capacity means "without limit". Layers are in the order of `population.LAYER_NAMES`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Six = tuple[float, float, float, float, float, float]
SAME: Six = (1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
NOBODY: Six = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Duration:
    """A number of whole days as a probability for each day: probabilities[d] for d days."""

    probabilities: tuple[float, ...]


@dataclass(frozen=True)
class Variant:
    """A variant as a parameter pack. Probabilities by decade of age (0-9 ... 90+), given the step before."""

    name: str
    hazard: float  # per contact and day, for a person of infectiousness 1 and a household contact
    layer_weight: Six
    dispersion: float  # k of the gamma infectiousness; 0 = everybody alike
    asymptomatic_factor: float
    early_ratio: float  # infectiousness of the early part of the infectious period against the later part
    early_share: float
    early_cap: float  # days
    latent: Duration
    presymptomatic: Duration
    asymptomatic_to_recovery: Duration
    mild_to_recovery: Duration
    onset_to_severe: Duration
    severe_to_critical: Duration
    severe_to_recovery: Duration
    critical_to_recovery: Duration
    critical_to_death: Duration
    susceptibility: tuple[float, ...]
    symptomatic: tuple[float, ...]
    severe: tuple[float, ...]
    critical: tuple[float, ...]
    death: tuple[float, ...]
    references: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class VaccineEffect:
    """Protection after each dose, full strength from `delay` days after it, then halving every `half_life` days."""

    infection: tuple[float, ...] = (0.3, 0.67)
    onward: tuple[float, ...] = (0.2, 0.4)
    symptoms: tuple[float, ...] = (0.3, 0.5)
    severity: tuple[float, ...] = (0.6, 0.9)
    delay: int = 14
    half_life: float = 180.0


@dataclass(frozen=True)
class Vaccination:
    """Roll-out: doses a day, oldest first down to `youngest`; `covered_*` is the share that has the doses before day
    0.
    """

    first_doses_per_day: float = 0.0
    second_dose_after: int = 28
    youngest: int = 18
    acceptance: float = 0.9
    covered_one_dose: float = 0.0
    covered_two_doses: float = 0.0
    days_since_last_dose: int = 30
    effect: VaccineEffect = field(default_factory=VaccineEffect)


@dataclass(frozen=True)
class Screening:
    """A share of the people of some communes (all when empty) is tested each day from `first` to `last`."""

    first: int
    last: int
    share_per_day: float
    communes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Lockdown:
    """A commune with at least `cases` detected in `window` days is locked for `days`; contacts are multiplied by
    `contacts`.
    """

    cases: int
    window: int = 7
    days: int = 14
    contacts: Six = (1.0, 0.0, 0.2, 0.1, 0.1, 1.0)


@dataclass(frozen=True)
class Response:
    """The response as it works. Every resource has a capacity, and a queue that is served in the order of arrival."""

    seek_test: float = 0.25  # a person with symptoms seeks a test with this probability each day
    result_days: int = 1
    resample_while_waiting: bool = False
    detectable_when_infectious: bool = False  # True: sensitivity counts only from the first infectious day
    sensitivity: tuple[float, ...] = (0.0, 0.01, 0.06, 0.17, 0.33, 0.62, 0.74, 0.79, 0.8, 0.79, 0.77, 0.74, 0.7, 0.66)
    test_on_admission: bool = True
    lab_capacity: int | None = None  # samples a day
    screening: tuple[Screening, ...] = ()
    trace: Six = (1.0, 0.9, 0.8, 0.5, 0.0, 0.0)
    trace_delay: tuple[int, ...] = (0, 1, 1, 2, 2, 0)
    trace_second_ring: float = 0.0  # share of the contacts of a contact that is found (F2: stay at home)
    tracer_capacity: int | None = None  # contacts a day
    quarantine_days: int = 14
    second_ring_days: int = 14
    quarantine_tests: tuple[int, ...] = (0, 6, 13)  # days since the start of quarantine
    quarantine_recovered: bool = True
    centralised: bool = True
    central_places: int = 2000
    room_size: int = 4
    site_hazard: float = 0.0  # per room-mate and day, against a household contact's 1
    compliance: float = 0.9  # share that keeps home quarantine
    home_contacts: Six = (0.8, 0.0, 0.0, 0.05, 0.05, 0.0)
    central_contacts: Six = (0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    isolation_contacts: Six = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    home_isolation_contacts: Six = (0.6, 0.0, 0.0, 0.02, 0.02, 0.0)
    arrival_quarantine: float = 0.0  # share of imported infections that is quarantined on arrival
    beds_mild: int | None = None
    beds_severe: int | None = None
    beds_critical: int | None = None
    critical_without_bed: float = 1.5  # factor on the probability of becoming critical without an oxygen bed
    death_without_bed: float = 2.0  # factor on the probability of death without an intensive care bed
    lockdown: Lockdown | None = None


@dataclass(frozen=True)
class SeedCases:
    """People already infected on day 0: chosen at random in a commune (-1 = anywhere), or named one by one."""

    count: int = 0
    commune: int = -1
    infected_days_ago: int = 0
    variant: int = 0
    known: bool = False  # already detected
    people: tuple[int, ...] | NDArray[np.int32] = ()


@dataclass(frozen=True)
class Imports:
    """Infected arrivals: on average `per_day` people a day in a commune (-1 = anywhere)."""

    first: int
    last: int
    per_day: float
    commune: int = -1
    variant: int = 0


@dataclass(frozen=True)
class Scenario:
    """One question. `measures` multiplies contacts by (day, commune, layer); its last day goes on. It comes from the
    levels in force.
    """

    days: int
    variants: tuple[Variant, ...]
    response: Response = field(default_factory=Response)
    seeds: Sequence[SeedCases] = ()
    imports: Sequence[Imports] = ()
    vaccination: Vaccination | None = None
    measures: NDArray[np.float64] | None = None
    passers_by_per_day: float = 3.0
    passers_by_mix: tuple[float, float, float] = (0.8, 0.15, 0.05)  # own commune, own district, province
    immune_share: float | NDArray[np.float64] = 0.0  # one number, or one for each commune
    per_contact_probability: bool = (
        False  # True: `hazard` is a daily probability per contact (as in Covasim), not a rate
    )
