"""Makes the tables of a scenario that has been checked."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from chongdich.kernels.simulation.inversion import day_cut, geometric_cut, guide_of, strength_table
from chongdich.kernels.simulation.parameters import SAME, Duration, Response, Scenario, VaccineEffect, Variant
from chongdich.kernels.simulation.population import PASSERS_BY, SITE, Population
from chongdich.kernels.simulation.rollout import vaccination_days
from chongdich.kernels.simulation.tables import (
    AT_HOME,
    BREAKS_RULES,
    CENTRAL,
    DEAD,
    DURATIONS,
    ISOLATED,
    NO_LIMIT,
    QUARANTINED,
    SINCE_DOSE,
    Tables,
)


def tables_of(scenario: Scenario, population: Population, zones: NDArray[np.int32] | None = None) -> Tables:
    """Compile a scenario that has been checked. `zones` maps communes to reporting zones (default: one zone)."""
    response = scenario.response
    communes = len(population.codes)
    bound, measures = _measures(scenario, communes)
    screen_share = _screening(scenario, communes)
    most_susceptible = max(max(v.susceptibility) for v in scenario.variants)
    cut, guide = _durations(scenario.variants)
    doses = vaccination_days(scenario.vaccination, population.age)
    seek_cut = geometric_cut(response.seek_test, scenario.days)
    screen_cut = geometric_cut(float(screen_share.max()), scenario.days)
    lock = response.lockdown
    seed_people, seed_random = _seeds(scenario)
    import_start, imports, import_mean = _imports(scenario)
    immune = np.broadcast_to(np.asarray(scenario.immune_share, float), (communes,)).copy()
    return _exact_types(
        Tables(
            days=scenario.days,
            duration_cut=cut,
            duration_guide=guide,
            hazard=_hazards(scenario) * bound * most_susceptible,
            susceptibility=np.array([v.susceptibility for v in scenario.variants]) / (most_susceptible or 1.0),
            chance=np.array([[v.symptomatic, v.severe, v.critical, v.death] for v in scenario.variants], float),
            strength=np.array([strength_table(v.dispersion) for v in scenario.variants]),
            shape=np.array([_shape(v) for v in scenario.variants], float),
            as_probability=scenario.per_contact_probability,
            passers_by=float(scenario.passers_by_per_day),
            mix=np.cumsum(scenario.passers_by_mix),
            room_mates=response.room_size - 1 if response.central_places and response.site_hazard > 0 else 0,
            room_size=response.room_size,
            contact=_contacts_by_status(response),
            measures=measures,
            has_measures=scenario.measures is not None,
            immune=immune,
            has_immune=bool(immune.max() > 0),
            dose_day=doses,
            protection=_protection(scenario.vaccination.effect if scenario.vaccination else VaccineEffect()),
            has_vaccine=scenario.vaccination is not None,
            zone=np.zeros(communes, np.int32) if zones is None else zones.astype(np.int32),
            seek=response.seek_test,
            seek_cut=seek_cut,
            seek_guide=guide_of(seek_cut),
            resample=response.resample_while_waiting,
            only_infectious=response.detectable_when_infectious,
            sensitivity=np.array(response.sensitivity, float),
            result_days=response.result_days,
            admission_test=response.test_on_admission,
            lab_capacity=_limit(response.lab_capacity),
            screen_share=screen_share,
            screen_count=np.rint(screen_share * np.diff(population.commune_start)).astype(np.int64),
            screen_bound=float(screen_share.max()),
            screen_cut=screen_cut,
            screen_guide=guide_of(screen_cut),
            trace=np.array(response.trace, float),
            trace_delay=np.array(response.trace_delay, np.int64),
            second_ring=response.trace_second_ring,
            tracer_capacity=_limit(response.tracer_capacity),
            quarantine_days=response.quarantine_days,
            second_ring_days=response.second_ring_days,
            quarantine_tests=np.array(response.quarantine_tests, np.int64),
            quarantine_recovered=response.quarantine_recovered,
            centralised=response.centralised and response.central_places > 0,
            places=response.central_places,
            compliance=response.compliance,
            arrival_quarantine=response.arrival_quarantine,
            beds=np.array(
                [0, *map(_limit, (response.beds_mild, response.beds_severe, response.beds_critical))], np.int64
            ),
            without_bed=np.array([response.critical_without_bed, response.death_without_bed]),
            lock_cases=lock.cases if lock else 0,
            lock_window=lock.window if lock else 1,
            lock_days=lock.days if lock else 0,
            lock_contact=np.array(lock.contacts if lock else SAME, float),
            has_lockdown=lock is not None,
            seed_people=seed_people,
            seed_random=seed_random,
            import_start=import_start,
            imports=imports,
            import_mean=import_mean,
        )
    )


def _exact_types(tables: Tables) -> Tables:
    """Whole numbers, fractions and truths as declared: another type would mean compiling the kernel again."""
    plain: dict[Any, Any] = {int: int, float: float, bool: bool}
    declared = Tables.__annotations__
    exact = {name: plain.get(declared[name], np.ascontiguousarray)(value) for name, value in tables._asdict().items()}
    return tables._replace(**exact)


def _limit(capacity: int | None) -> int:
    return NO_LIMIT if capacity is None else int(capacity)


def _shape(v: Variant) -> tuple[float, ...]:
    return v.asymptomatic_factor, v.early_ratio, v.early_share, v.early_cap


def _hazards(scenario: Scenario) -> NDArray[np.float64]:
    hazard = np.array([[v.hazard * weight for weight in v.layer_weight] for v in scenario.variants], float)
    hazard[:, SITE] *= scenario.response.site_hazard
    if scenario.passers_by_per_day == 0:
        hazard[:, PASSERS_BY] = 0.0
    return hazard


def _durations(variants: tuple[Variant, ...]) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
    each: list[list[Duration]] = [[getattr(v, name) for name in DURATIONS] for v in variants]
    longest = max(len(d.probabilities) for row in each for d in row)
    cut = np.array([[day_cut(np.array(d.probabilities), longest) for d in row] for row in each])
    return cut, guide_of(cut)


def _contacts_by_status(response: Response) -> NDArray[np.float64]:
    table = np.ones((256, 6))
    for status in range(256):
        if status & QUARANTINED and status & CENTRAL:
            table[status] *= response.central_contacts
        elif status & QUARANTINED and not status & BREAKS_RULES:
            table[status] *= response.home_contacts
        if status & ISOLATED:
            table[status] *= response.home_isolation_contacts if status & AT_HOME else response.isolation_contacts
        if status & DEAD:
            table[status] = 0.0
    return table


def _measures(scenario: Scenario, communes: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The greatest multiplier of each layer (at least 1 where nothing is said), and all multipliers relative to it."""
    if scenario.measures is None:
        return np.ones(6), np.ones((1, 1, 6))
    given = np.asarray(scenario.measures, float)
    day = np.minimum(np.arange(scenario.days), len(given) - 1)
    full = np.ascontiguousarray(given[day])
    bound = np.maximum(1.0, full.max(axis=(0, 1)))
    return bound, full / bound


def _screening(scenario: Scenario, communes: int) -> NDArray[np.float64]:
    share = np.zeros((scenario.days, communes))
    for round_ in scenario.response.screening:
        where = list(round_.communes) or slice(None)
        share[round_.first : round_.last + 1, where] = round_.share_per_day
    return share


def _protection(effect: VaccineEffect) -> NDArray[np.float64]:
    """Protection by effect, dose (0, 1, 2) and days since that dose."""
    since = np.arange(SINCE_DOSE)
    strength = np.where(since >= effect.delay, 0.5 ** ((since - effect.delay) / effect.half_life), 0.0)
    table = np.zeros((4, 3, SINCE_DOSE))
    for number, doses in enumerate((effect.infection, effect.onward, effect.symptoms, effect.severity)):
        table[number, 1], table[number, 2] = doses[0] * strength, doses[1] * strength
    return table


def _seeds(scenario: Scenario) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    named = [(p, s.infected_days_ago, s.variant, int(s.known)) for s in scenario.seeds for p in s.people]
    drawn = [(s.count, s.commune, s.infected_days_ago, s.variant, int(s.known)) for s in scenario.seeds if s.count]
    return (
        np.array(named, np.int32).reshape(-1, 4),
        np.array(drawn, np.int32).reshape(-1, 5),
    )


def _imports(scenario: Scenario) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    rows = sorted(
        (day, number, flow)
        for number, flow in enumerate(scenario.imports)
        if flow.per_day > 0
        for day in range(flow.first, min(flow.last + 1, scenario.days))
    )
    per_day = np.bincount([day for day, _, _ in rows], minlength=scenario.days)
    start = np.concatenate([[0], np.cumsum(per_day)]).astype(np.int32)
    where = np.array([(flow.commune, flow.variant) for _, _, flow in rows], np.int32).reshape(-1, 2)
    return start, where, np.array([flow.per_day for _, _, flow in rows], float)
