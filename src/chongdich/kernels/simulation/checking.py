"""Impossible input is refused with the name of the parameter and its allowed range."""

from dataclasses import fields

import numpy as np

from chongdich.core.errors import Refused
from chongdich.kernels.simulation.parameters import (
    Duration,
    Imports,
    Lockdown,
    Response,
    Scenario,
    SeedCases,
    Vaccination,
    Variant,
)
from chongdich.kernels.simulation.population import Population
from chongdich.kernels.simulation.tables import AGES

MOST_DAYS = 730
CAPACITIES = ("lab_capacity", "tracer_capacity", "beds_mild", "beds_severe", "beds_critical")
SHARES = ("seek_test", "trace_second_ring", "compliance", "arrival_quarantine")
SHARES_BY_LAYER = ("trace", "home_contacts", "central_contacts", "isolation_contacts", "home_isolation_contacts")
BY_AGE = ("symptomatic", "severe", "critical", "death")


def within(where: str, value: object, low: float, high: float) -> None:
    """Refuse a value (or any entry of it) outside [low, high]; what is not a finite number is outside."""
    numbers = np.atleast_1d(np.asarray(value, dtype=float))
    bad = ~((numbers >= low) & (numbers <= high))
    if bad.any():
        text = f"Tham số “{where}” phải nằm trong khoảng [{low:g}; {high:g}], đang là {numbers[bad][0]:g}."
        raise Refused(text, where=where, code="out_of_range")


def length(where: str, value: object, expected: int) -> None:
    found = len(value)  # type: ignore[arg-type]
    if found != expected:
        raise Refused(
            f"Tham số “{where}” cần đúng {expected} giá trị, đang có {found}.", where=where, code="wrong_length"
        )


def check_scenario(scenario: Scenario, population: Population) -> None:
    """Refuse the first impossible parameter of a scenario (Refused; `where` is the parameter)."""
    within("days", scenario.days, 1, MOST_DAYS)
    within("variants", len(scenario.variants), 1, 8)
    for number, variant in enumerate(scenario.variants):
        check_variant(variant, f"variants[{number}]")
    check_response(scenario.response)
    within("passers_by_per_day", scenario.passers_by_per_day, 0, 1000)
    within("passers_by_mix", scenario.passers_by_mix, 0, 1)
    within("passers_by_mix.sum", sum(scenario.passers_by_mix), 1 - 1e-9, 1 + 1e-9)
    within("immune_share", scenario.immune_share, 0, 1)
    check_measures(scenario, population)
    check_arrivals(scenario, population)
    if scenario.vaccination is not None:
        check_vaccination(scenario.vaccination)


def check_variant(variant: Variant, where: str) -> None:
    within(f"{where}.hazard", variant.hazard, 0, 10)
    length(f"{where}.layer_weight", variant.layer_weight, 6)
    within(f"{where}.layer_weight", variant.layer_weight, 0, 100)
    within(f"{where}.dispersion", variant.dispersion, 0, 1000)
    within(f"{where}.asymptomatic_factor", variant.asymptomatic_factor, 0, 10)
    within(f"{where}.early_ratio", variant.early_ratio, 0.01, 100)
    within(f"{where}.early_share", variant.early_share, 0, 1)
    within(f"{where}.early_cap", variant.early_cap, 0, 100)
    for name in (f.name for f in fields(variant)):
        if isinstance(value := getattr(variant, name), Duration):
            check_duration(value, f"{where}.{name}")
    for name in (*BY_AGE, "susceptibility"):
        length(f"{where}.{name}", getattr(variant, name), AGES)
        within(f"{where}.{name}", getattr(variant, name), 0, 1 if name in BY_AGE else 10)


def check_duration(duration: Duration, where: str) -> None:
    within(f"{where}.length", len(duration.probabilities), 1, 366)
    within(where, duration.probabilities, 0, 1)
    within(f"{where}.sum", sum(duration.probabilities), 1 - 1e-6, 1 + 1e-6)


def check_response(response: Response) -> None:
    for name in SHARES:
        within(f"response.{name}", getattr(response, name), 0, 1)
    for name in SHARES_BY_LAYER:
        length(f"response.{name}", getattr(response, name), 6)
        within(f"response.{name}", getattr(response, name), 0, 1)
    for name in CAPACITIES:
        if getattr(response, name) is not None:
            within(f"response.{name}", getattr(response, name), 0, 2**30)
    length("response.trace_delay", response.trace_delay, 6)
    within("response.trace_delay", response.trace_delay, 0, 60)
    within("response.sensitivity.length", len(response.sensitivity), 1, 366)
    within("response.sensitivity", response.sensitivity, 0, 1)
    within("response.result_days", response.result_days, 0, 60)
    within("response.quarantine_days", response.quarantine_days, 1, 60)
    within("response.second_ring_days", response.second_ring_days, 1, 60)
    if response.quarantine_tests:
        within("response.quarantine_tests", response.quarantine_tests, 0, 60)
    within("response.central_places", response.central_places, 0, 1_000_000)
    within("response.room_size", response.room_size, 1, 1000)
    within("response.site_hazard", response.site_hazard, 0, 100)
    within("response.critical_without_bed", response.critical_without_bed, 1, 100)
    within("response.death_without_bed", response.death_without_bed, 1, 100)
    for number, round_ in enumerate(response.screening):
        within(f"response.screening[{number}].share_per_day", round_.share_per_day, 0, 1)
        within(f"response.screening[{number}].first", round_.first, 0, MOST_DAYS)
        within(f"response.screening[{number}].last", round_.last, round_.first, MOST_DAYS)
    if response.lockdown is not None:
        check_lockdown(response.lockdown)


def check_lockdown(lockdown: Lockdown) -> None:
    within("response.lockdown.cases", lockdown.cases, 1, 2**30)
    within("response.lockdown.window", lockdown.window, 1, 60)
    within("response.lockdown.days", lockdown.days, 1, 365)
    length("response.lockdown.contacts", lockdown.contacts, 6)
    within("response.lockdown.contacts", lockdown.contacts, 0, 1)


def check_measures(scenario: Scenario, population: Population) -> None:
    if scenario.measures is None:
        return
    shape = scenario.measures.shape
    if len(shape) != 3 or shape[0] < 1 or shape[1:] != (len(population.codes), 6):
        wanted = f"(số ngày, {len(population.codes)}, 6)"
        raise Refused(f"Tham số “measures” phải có kích thước {wanted}, đang là {shape}.", where="measures")
    within("measures", scenario.measures, 0, 10)


def check_arrivals(scenario: Scenario, population: Population) -> None:
    communes = len(population.codes)
    for number, seed in enumerate(scenario.seeds):
        check_seed(seed, f"seeds[{number}]", communes, len(scenario.variants), population.people)
    for number, flow in enumerate(scenario.imports):
        check_import(flow, f"imports[{number}]", communes, len(scenario.variants))


def check_seed(seed: SeedCases, where: str, communes: int, variants: int, people: int) -> None:
    within(f"{where}.count", seed.count, 0, people)
    within(f"{where}.commune", seed.commune, -1, communes - 1)
    within(f"{where}.infected_days_ago", seed.infected_days_ago, 0, 60)
    within(f"{where}.variant", seed.variant, 0, variants - 1)
    if len(seed.people):
        within(f"{where}.people", seed.people, 0, people - 1)


def check_import(flow: Imports, where: str, communes: int, variants: int) -> None:
    within(f"{where}.first", flow.first, 0, MOST_DAYS)
    within(f"{where}.last", flow.last, flow.first, MOST_DAYS)
    within(f"{where}.per_day", flow.per_day, 0, 100_000)
    within(f"{where}.commune", flow.commune, -1, communes - 1)
    within(f"{where}.variant", flow.variant, 0, variants - 1)


def check_vaccination(plan: Vaccination) -> None:
    within("vaccination.first_doses_per_day", plan.first_doses_per_day, 0, 10_000_000)
    within("vaccination.second_dose_after", plan.second_dose_after, 1, 365)
    within("vaccination.youngest", plan.youngest, 0, 120)
    for name in ("acceptance", "covered_one_dose", "covered_two_doses"):
        within(f"vaccination.{name}", getattr(plan, name), 0, 1)
    within("vaccination.days_since_last_dose", plan.days_since_last_dose, 0, 365)
    for name in ("infection", "onward", "symptoms", "severity"):
        length(f"vaccination.effect.{name}", getattr(plan.effect, name), 2)
        within(f"vaccination.effect.{name}", getattr(plan.effect, name), 0, 1)
    within("vaccination.effect.delay", plan.effect.delay, 0, 365)
    within("vaccination.effect.half_life", plan.effect.half_life, 1, 100_000)
