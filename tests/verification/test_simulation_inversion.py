"""Tables in which a lot is looked up stand for the distributions they are named after."""

import numpy as np
import pytest

from chongdich.kernels.simulation import inversion


def strength(table: np.ndarray, words: np.ndarray) -> np.ndarray:
    plain = inversion.strength_at.py_func  # type: ignore[attr-defined]
    return np.array([plain(table, int(word)) for word in words])


@pytest.mark.parametrize("shape", [0.1, 0.16, 0.45, 1.0, 4.0])
def test_infectiousness_has_mean_one_and_the_variance_of_its_gamma(shape: float) -> None:
    table = inversion.strength_table(shape)
    share = np.arange(inversion.CELLS) < inversion.CELLS * 15 // 16
    below, above = table[:, :-1], table[:, 1:]
    weight = np.where(share, 1.0, 0.0) * 16.0 ** -np.arange(inversion.LEVELS)[:, None] / inversion.CELLS
    weight[-1] = 16.0 ** -(inversion.LEVELS - 1) / inversion.CELLS
    mean = (weight * (below + above) / 2).sum()
    square = (weight * (below**2 + below * above + above**2) / 3).sum()
    assert mean == pytest.approx(1.0, abs=1e-9)
    assert square - mean**2 == pytest.approx(1 / shape, rel=2e-3)


def test_infectiousness_rises_with_its_lot_and_never_jumps() -> None:
    table = inversion.strength_table(0.45)
    words = np.unique(np.concatenate([np.linspace(0, 2**32 - 1, 4001).astype(np.int64), 2**32 - 2 ** np.arange(1, 32)]))
    found = strength(table, words)
    assert (np.diff(found) >= 0).all()
    assert found[0] >= 0.0
    assert np.isfinite(found).all()


def test_without_dispersion_everybody_is_alike() -> None:
    assert (strength(inversion.strength_table(0.0), np.array([0, 2**31, 2**32 - 1])) == 1.0).all()


@pytest.mark.parametrize("chance", [0.001, 0.1, 0.5, 1.0])
def test_waiting_for_a_daily_lot_is_geometric(chance: float) -> None:
    cut = inversion.geometric_cut(chance, days=30)
    by_day = np.diff(np.concatenate([[0], cut])) / 2**32
    assert by_day[:30] == pytest.approx(chance * (1 - chance) ** np.arange(30), abs=1e-9)
    assert by_day.sum() == pytest.approx(1.0)


def test_a_guide_leads_to_the_same_day_as_looking_through_the_whole_table() -> None:
    cut = inversion.geometric_cut(0.07, days=60)
    guide = inversion.guide_of(cut)
    days_at = inversion.days_at.py_func  # type: ignore[attr-defined]
    for word in np.random.default_rng(5).integers(0, 2**32, 500):
        assert days_at(cut, guide, int(word)) == np.searchsorted(cut, word, side="right")


def test_enough_candidates_are_drawn_for_every_probability() -> None:
    rate = inversion.candidate_rate.py_func  # type: ignore[attr-defined]
    for p in np.linspace(0.001, 0.999, 500):
        assert rate(float(p), True) >= -np.log1p(-p) - 1e-12
        assert rate(float(p), False) == p


def test_thinned_candidates_happen_with_the_probability_asked_for() -> None:
    """Exact, for any multiplier: the chance that at least one candidate of a contact and day exceeds its threshold."""
    rate_of = inversion.candidate_rate.py_func  # type: ignore[attr-defined]
    threshold = inversion.threshold.py_func  # type: ignore[attr-defined]
    lots = (np.arange(20_000) + 0.5) / 20_000
    for p in (0.02, 0.4, 0.7):
        rate = rate_of(p, True)
        needs = np.array([threshold(float(lot), rate, p, True) for lot in lots])
        for multiplier in (0.1, 0.6, 1.0):
            passes = np.mean((needs >= 0) & (multiplier * inversion.SCALE > needs))
            assert 1 - np.exp(-rate * passes) == pytest.approx(multiplier * p, rel=1e-3, abs=1e-4)
