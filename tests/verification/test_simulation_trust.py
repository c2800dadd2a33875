"""The simulator gives the answers that theory knows. Seeds are fixed: a check that fails has found something."""

import pytest

from tests.verification import simulation_checks as checks

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("susceptible", "p"), [(2, 0.3), (3, 0.3), (4, 0.2), (5, 0.2), (9, 0.15)])
@pytest.mark.parametrize("as_probability", [False, True])
def test_households_follow_reed_frost_exactly(susceptible: int, p: float, as_probability: bool) -> None:
    check = checks.reed_frost(susceptible, p, households=60_000, as_probability=as_probability)
    assert check.passed, check


def test_the_exact_distribution_is_the_published_one() -> None:
    exact = checks.reed_frost_exact(3, 0.3)
    assert exact == pytest.approx([0.343, 0.21609, 0.222264, 0.218646], abs=1e-6)


@pytest.mark.parametrize(("r", "k"), [(0.5, 0.16), (0.8, 1.0)])
def test_chain_sizes_follow_their_law(r: float, k: float) -> None:
    check = checks.chain_sizes(r, k, outbreaks=20_000)
    assert check.passed, check


@pytest.mark.parametrize(("r", "k"), [(1.5, 0.16), (2.5, 0.16), (2.5, 0.45), (2.5, 0.0001 + 1.0)])
def test_single_introductions_die_out_as_often_as_they_should(r: float, k: float) -> None:
    check = checks.extinction(r, k, outbreaks=10_000, generations=6)
    assert check.passed, check


@pytest.mark.parametrize("r0", [1.5, 2.5, 3.5])
def test_final_size(r0: float) -> None:
    check = checks.final_size(r0, people=20_000, outbreaks=20)
    assert check.passed, check


def test_large_populations_follow_the_seir_equations() -> None:
    check = checks.seir_limit(people=100_000, outbreaks=6)
    assert check.passed, check


def test_generation_and_serial_interval_are_recovered() -> None:
    for check in checks.intervals(outbreaks=4_000):
        assert check.passed, check


def test_the_published_tracing_thresholds_control_most_outbreaks() -> None:
    for check in checks.hellewell_thresholds(checks.hellewell_population(people=30_000), outbreaks=30, cases=20):
        assert check.passed, check


def test_a_wrong_model_is_noticed() -> None:
    """The power of the checks: a transmission probability 2 % off is found out by the same number of households."""
    right = checks.reed_frost_exact(4, 0.2)
    wrong = checks.reed_frost_exact(4, 0.204)
    expected = (right * 60_000).round()
    assert not checks.chi_square("power", expected, wrong).passed
