"""Whatever a planner asks: the twins agree, figures are possible, threads and order change nothing, nonsense is
refused.
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chongdich.core.errors import Refused
from chongdich.kernels.simulation import loop
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
from chongdich.kernels.simulation.simulation import Simulator, simulate
from chongdich.kernels.simulation.warming import warm
from tests.verification.simulation_models import HARSH, NO_RESPONSE, small_province

pytestmark = pytest.mark.slow

POPULATION = small_province(people=400, seed=4)
share = st.floats(0, 1, allow_nan=False)
capacity = st.none() | st.integers(0, 60)
six_shares = st.tuples(*[share] * 6)

responses = st.builds(
    Response,
    seek_test=share,
    result_days=st.integers(0, 4),
    resample_while_waiting=st.booleans(),
    detectable_when_infectious=st.booleans(),
    test_on_admission=st.booleans(),
    lab_capacity=capacity,
    screening=st.lists(st.builds(Screening, st.integers(0, 10), st.integers(10, 40), share), max_size=2).map(tuple),
    trace=six_shares,
    trace_delay=st.tuples(*[st.integers(0, 5)] * 6),
    trace_second_ring=st.sampled_from([0.0, 0.1]),
    tracer_capacity=capacity,
    quarantine_days=st.integers(1, 21),
    quarantine_tests=st.sampled_from([(), (1,), (1, 7, 13)]),
    quarantine_recovered=st.booleans(),
    centralised=st.booleans(),
    central_places=st.integers(0, 40),
    room_size=st.integers(1, 6),
    site_hazard=st.floats(0, 3),
    compliance=share,
    home_contacts=six_shares,
    central_contacts=six_shares,
    isolation_contacts=six_shares,
    home_isolation_contacts=six_shares,
    arrival_quarantine=share,
    beds_mild=capacity,
    beds_severe=capacity,
    beds_critical=capacity,
    lockdown=st.none() | st.builds(Lockdown, st.integers(1, 10), contacts=six_shares),
)
scenarios = st.builds(
    Scenario,
    days=st.integers(1, 50),
    variants=st.sampled_from([(HARSH,), (HARSH, replace(HARSH, hazard=0.3, dispersion=0.0))]),
    response=responses,
    seeds=st.lists(st.builds(SeedCases, st.integers(0, 8), st.integers(-1, 3), st.integers(0, 12)), max_size=3).map(
        tuple
    ),
    imports=st.lists(st.builds(Imports, st.integers(0, 5), st.integers(5, 60), st.floats(0, 2)), max_size=2).map(tuple),
    vaccination=st.none() | st.builds(Vaccination, st.floats(0, 20), covered_two_doses=share),
    passers_by_per_day=st.floats(0, 10),
    immune_share=share,
    per_contact_probability=st.booleans(),
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenario=scenarios, seed=st.integers(0, 2**63 - 1))
def test_the_twins_agree_whatever_is_asked(scenario: Scenario, seed: int) -> None:
    fast = simulate(POPULATION, scenario, seed, replicates=1)
    plain = simulate_reference(POPULATION, scenario, seed, replicates=1)
    assert np.array_equal(fast.figures, plain.figures)
    assert np.array_equal(fast.queues, plain.queues)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenario=scenarios, seed=st.integers(0, 2**63 - 1))
def test_figures_are_possible(scenario: Scenario, seed: int) -> None:
    run = simulate(POPULATION, scenario, seed, replicates=2)
    assert (run.figures >= 0).all()
    assert (run.queues >= 0).all()
    assert (run.total("infections") <= POPULATION.people).all()
    assert (run.total("detected") <= run.total("positives") + sum(s.count for s in scenario.seeds)).all()
    assert (run.total("positives") <= run.total("infections")).all()
    assert (run.total("deaths") <= run.total("critical")).all()
    assert (run.total("critical") <= run.total("severe")).all()
    assert (run.daily("in_central") <= scenario.response.central_places).all()
    if scenario.response.beds_mild is not None:
        assert (run.daily("in_mild") <= scenario.response.beds_mild).all()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenario=scenarios, seed=st.integers(0, 2**63 - 1), threads=st.integers(2, 4))
def test_threads_and_order_change_nothing(scenario: Scenario, seed: int, threads: int) -> None:
    simulator = Simulator(POPULATION, scenario)
    alone = simulator.run(seed, 5)
    together = simulator.run(seed, 5, threads)
    last = simulator.run(seed, 1, first_replicate=4)
    assert np.array_equal(alone.figures, together.figures)
    assert np.array_equal(alone.figures[4:], last.figures)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenario=scenarios, seed=st.integers(0, 2**63 - 1))
def test_measures_that_change_nothing_change_nothing(scenario: Scenario, seed: int) -> None:
    ones = replace(scenario, measures=np.ones((1, 4, 6)))
    assert np.array_equal(simulate(POPULATION, scenario, seed, 2).figures, simulate(POPULATION, ones, seed, 2).figures)


def test_the_kernel_is_compiled_once_for_all_scenarios() -> None:
    for scenario in (Scenario(5, (HARSH,)), Scenario(9, (HARSH, HARSH), NO_RESPONSE, immune_share=0)):
        simulate(POPULATION, scenario, 1, 1)
    assert len(loop.run_replicate.signatures) == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("calm", [replace(HARSH, hazard=0.0), replace(HARSH, susceptibility=(0.0,) * 10)])
def test_without_transmission_only_the_seeds_are_infected(calm: object) -> None:
    run = simulate(POPULATION, Scenario(40, (calm,), NO_RESPONSE, (SeedCases(7),)), 1, 5)  # type: ignore[arg-type]
    assert (run.total("infections") == 7).all()


def test_measures_that_close_everything_stop_it_the_same_day() -> None:
    closed = np.zeros((1, 4, 6))
    run = simulate(POPULATION, Scenario(40, (HARSH,), NO_RESPONSE, (SeedCases(7),), measures=closed), 1, 5)
    assert (run.total("infections") == 7).all()


def test_perfect_quarantine_of_known_cases_stops_it() -> None:
    perfect = Response(seek_test=0.0, isolation_contacts=(0.0,) * 6)
    run = simulate(POPULATION, Scenario(40, (HARSH,), perfect, (SeedCases(7, known=True),)), 1, 5)
    assert (run.total("infections") == 7).all()


BAD = {
    "days": {"days": 0},
    "passers_by_per_day": {"passers_by_per_day": -1.0},
    "passers_by_mix.sum": {"passers_by_mix": (0.5, 0.1, 0.1)},
    "immune_share": {"immune_share": 1.5},
    "measures": {"measures": np.ones((3, 2, 6))},
    "seeds[0].commune": {"seeds": (SeedCases(1, 9),)},
    "seeds[0].count": {"seeds": (SeedCases(-3),)},
    "imports[0].last": {"imports": (Imports(5, 2, 1.0),)},
    "variants": {"variants": ()},
    "variants[0].hazard": {"variants": (replace(HARSH, hazard=float("nan")),)},
    "variants[0].severe": {"variants": (replace(HARSH, severe=(1.2,) * 10),)},
    "response.seek_test": {"response": Response(seek_test=1.01)},
    "response.lab_capacity": {"response": Response(lab_capacity=-1)},
    "response.trace": {"response": Response(trace=(0.5,) * 5)},  # type: ignore[arg-type]
    "response.lockdown.cases": {"response": Response(lockdown=Lockdown(0))},
    "vaccination.acceptance": {"vaccination": Vaccination(acceptance=2.0)},
}


@pytest.mark.parametrize("where", BAD)
def test_impossible_input_is_refused_by_name(where: str) -> None:
    with pytest.raises(Refused) as caught:
        simulate(POPULATION, replace(Scenario(10, (HARSH,)), **BAD[where]), 1, 1)  # type: ignore[arg-type]
    assert caught.value.where == where
    assert f"“{where}”" in caught.value.message


def test_a_stopped_run_answers_nothing() -> None:
    asked = iter([False, False, True])
    with pytest.raises(Refused) as caught:
        simulate(POPULATION, Scenario(10, (HARSH,)), 1, 10, stop=lambda: next(asked))
    assert caught.value.code == "stopped"


def test_what_is_warm_needs_no_more_compiling() -> None:
    assert warm()
    known = len(loop.run_replicate.signatures)  # type: ignore[attr-defined]
    simulate(POPULATION, Scenario(9, (HARSH,), seeds=(SeedCases(2),)), 1, 1)
    assert len(loop.run_replicate.signatures) == known  # type: ignore[attr-defined]


def test_one_and_many_threads_give_the_same_bits() -> None:
    simulator = Simulator(POPULATION, Scenario(40, (HARSH,), seeds=(SeedCases(5),)))
    alone = simulator.run(2021, 9)
    for threads in (2, 3, 8, 16):
        together = simulator.run(2021, 9, threads)
        assert together.figures.tobytes() == alone.figures.tobytes()
        assert together.queues.tobytes() == alone.queues.tobytes()
