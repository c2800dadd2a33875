"""The fast twin and the plain reference are one model: with the same streams they give the same figures, exactly."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from chongdich.kernels.simulation.parameters import (
    Imports,
    Lockdown,
    Response,
    Scenario,
    Screening,
    SeedCases,
    Vaccination,
)
from chongdich.kernels.simulation.reference import simulate_reference
from chongdich.kernels.simulation.results import Result
from chongdich.kernels.simulation.simulation import Simulator
from tests.verification.simulation_models import HARSH, NO_RESPONSE, small_province

PLAIN = Scenario(days=70, variants=(HARSH,), seeds=(SeedCases(8),))

EVERYTHING = Scenario(
    days=70,
    variants=(HARSH, replace(HARSH, name="worse", hazard=0.25)),
    response=Response(
        lab_capacity=40,
        tracer_capacity=30,
        central_places=40,
        site_hazard=0.5,
        trace_second_ring=0.05,
        beds_mild=10,
        beds_severe=4,
        beds_critical=2,
        screening=(Screening(10, 30, 0.02), Screening(40, 45, 0.1, (1,))),
        lockdown=Lockdown(25),
        arrival_quarantine=0.5,
    ),
    seeds=(SeedCases(10, 1, 5), SeedCases(3, 2, 2, 1, True), SeedCases(people=(7, 8))),
    imports=(Imports(0, 60, 0.3), Imports(5, 9, 1.0, 3, 1)),
    vaccination=Vaccination(first_doses_per_day=10, covered_two_doses=0.2),
    immune_share=0.1,
)
RISING = np.linspace(1.3, 0.6, 20)[:, None, None] * np.ones((20, 4, 6))

SCENARIOS = {
    "default response": PLAIN,
    "no response": replace(PLAIN, response=NO_RESPONSE),
    "everything at once": EVERYTHING,
    "everything, with measures, as probabilities": replace(EVERYTHING, measures=RISING, per_contact_probability=True),
    "as Covasim understands it": replace(
        PLAIN,
        response=Response(
            resample_while_waiting=True,
            detectable_when_infectious=True,
            sensitivity=(1.0,),
            centralised=False,
            quarantine_recovered=False,
            test_on_admission=False,
        ),
    ),
    "few places, everybody waits": replace(PLAIN, response=Response(central_places=6, room_size=3, site_hazard=2.0)),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
def test_twins_agree_exactly(name: str) -> None:
    population = small_province()
    zones = np.array([0, 1, 1, 2])
    fast = Simulator(population, SCENARIOS[name], zones).run(seed=7, replicates=2)
    plain = simulate_reference(population, SCENARIOS[name], seed=7, replicates=2, zones=zones)
    assert np.array_equal(fast.figures, plain.figures)
    assert np.array_equal(fast.queues, plain.queues)
    assert fast.total("infections").min() > 20


@pytest.mark.slow
def test_everything_really_happens() -> None:
    """The comparison above would prove little if nobody were ever severe, locked down or waiting."""
    run = Simulator(small_province(), EVERYTHING).run(seed=7, replicates=4)
    figures = {name: run.total(name).sum() for name in ("f2", "to_central", "to_home", "severe", "critical", "deaths")}
    assert all(figures.values()), figures
    queues = {name: run.total(name).sum() for name in ("lab_waiting", "cases_to_trace", "places_awaited")}
    assert all(queues.values()), queues
    assert run.total("in_home_treatment").sum() > 0
    assert run.total("beds_severe_awaited").sum() > 0


# What the two would answer with different luck: their distributions, not their draws. With 400 runs a side a hazard a
# fifth higher was told apart in 40 of 40 tries, one a tenth higher in 17 of 40.
RUNS = 400
CROWD = small_province(people=240, seed=2)
HURRIED = Response(seek_test=0.1, tracer_capacity=20, lab_capacity=30)
SMALL = Scenario(days=45, variants=(HARSH,), response=HURRIED, seeds=(SeedCases(6),))
COMPARED = ("infections", "samples", "detected", "f1", "severe")


def least_p(one: Result, other: Result) -> float:
    """Smallest of the Kolmogorov-Smirnov p values of the figures compared, times their number (Bonferroni)."""
    pairs = [(one.total(name), other.total(name)) for name in COMPARED]
    return len(COMPARED) * min(stats.ks_2samp(*pair, method="asymp").pvalue for pair in pairs)


@pytest.mark.slow
def test_twins_with_other_luck_agree_in_distribution() -> None:
    fast = Simulator(CROWD, SMALL).run(seed=100, replicates=RUNS)
    plain = simulate_reference(CROWD, SMALL, seed=200, replicates=RUNS)
    assert least_p(fast, plain) > 1e-3


@pytest.mark.slow
def test_another_model_is_told_apart() -> None:
    fast = Simulator(CROWD, SMALL).run(seed=100, replicates=RUNS)
    worse = tuple(replace(variant, hazard=1.2 * variant.hazard) for variant in SMALL.variants)
    other = Simulator(CROWD, replace(SMALL, variants=worse)).run(seed=300, replicates=RUNS)
    assert least_p(fast, other) < 1e-3
