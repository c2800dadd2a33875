"""The fast twin and the plain reference are one model: with the same streams they give the same figures, exactly."""

from dataclasses import replace

import numpy as np
import pytest

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
