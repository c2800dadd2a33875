"""R and forecast scores against EpiEstim's own reference output and against their definitions."""

import csv

import numpy as np
import pytest

from chongdich.core.errors import Refused
from chongdich.kernels.estimation.reproduction import reproduction_number, serial_interval
from chongdich.kernels.estimation.scores import coverage, crps, interval_score, weighted_interval_score
from tests.shared import shared

# A school outbreak of influenza, 2009 (32 days, 129 cases), as packaged with EpiEstim.
FLU = [1, 1, 0, 2, 5, 3, 3, 3, 6, 2, 5, 9, 13, 12, 13, 11, 12, 6, 6, 6, 3, 1, 0, 2, 0, 0, 0, 0, 2, 0, 2, 0]
INTERVAL = [0, 0.233, 0.359, 0.198, 0.103, 0.053, 0.027, 0.014, 0.007, 0.003, 0.002, 0.001]
KNOWN = {
    1: (1.735609, 0.409087, 1.028632, 1.703576, 2.624496),
    7: (1.663622, 0.232954, 1.238676, 1.652762, 2.150273),
    13: (0.936932, 0.114464, 0.726109, 0.932275, 1.174216),
    19: (0.417349, 0.115752, 0.222221, 0.406698, 0.672946),
    25: (1.004016, 0.449010, 0.326001, 0.937934, 2.056544),
}


def test_r_of_the_school_outbreak() -> None:
    found = reproduction_number(FLU, INTERVAL)
    for start, known in KNOWN.items():
        row = list(found.start).index(start)
        values = (found.mean, found.sd, found.quantile(0.025), found.quantile(0.5), found.quantile(0.975))
        assert [value[row] for value in values] == pytest.approx(known, abs=1e-6)


def test_r_equals_epiestim_to_the_last_digits() -> None:
    rows = list(csv.DictReader(shared("epiestim", "expected_output_Example1_R.csv").open()))
    found = reproduction_number(FLU, INTERVAL)
    columns = {"Mean(R)": found.mean, "Std(R)": found.sd, "Median(R)": found.quantile(0.5)}
    columns |= {"Quantile.0.025(R)": found.quantile(0.025), "Quantile.0.975(R)": found.quantile(0.975)}
    for name, values in columns.items():
        assert np.max(np.abs(values - [float(row[name]) for row in rows])) < 1e-12


def test_serial_interval_is_a_distribution_with_the_wanted_mean() -> None:
    weights = serial_interval(2.6, 1.5, 40)
    assert weights[0] == 0
    assert weights.sum() == pytest.approx(1, abs=1e-9)
    assert np.dot(np.arange(41), weights) == pytest.approx(2.6, abs=1e-6)


@pytest.mark.parametrize(
    ("cases", "interval", "where"),
    [
        ([1, 2, 3], INTERVAL, "cases"),
        ([-1] * 20, INTERVAL, "cases"),
        (FLU, [0.5, 0.5], "interval"),
        (FLU, [0, 0.4], "interval"),
    ],
)
def test_impossible_input_is_refused(cases: list, interval: list, where: str) -> None:
    with pytest.raises(Refused) as caught:
        reproduction_number(cases, interval)
    assert caught.value.where == where


def test_crps_is_its_definition() -> None:
    rng = np.random.default_rng(1)
    samples, seen = rng.gamma(2, 3, (40, 5)), np.array([0.0, 3.0, 6.0, 9.0, 30.0])
    pairs = np.abs(samples[:, None, :] - samples[None, :, :]).mean(axis=(0, 1))
    assert crps(samples, seen) == pytest.approx(np.abs(samples - seen).mean(axis=0) - pairs / 2)


def test_wis_by_hand() -> None:
    # median 10, 50 % interval 8-12, 90 % interval 5-15, truth 17
    levels = (0.05, 0.25, 0.5, 0.75, 0.95)
    score = weighted_interval_score([[5], [8], [10], [12], [15]], levels, [17])
    by_hand = (0.5 * 7 + 0.25 * (4 + 4 * 5) + 0.05 * (10 + 20 * 2)) / 2.5
    assert score[0] == pytest.approx(by_hand)
    assert interval_score([5], [15], [17], 0.1)[0] == pytest.approx(50)
    assert coverage([5, 5], [15, 15], [17, 15]) == 0.5


def test_wis_with_many_levels_approaches_crps() -> None:
    rng = np.random.default_rng(2)
    samples, seen = rng.normal(0, 1, (20_000, 3)), np.array([-1.0, 0.2, 2.5])
    levels = tuple(np.round(np.arange(0.005, 1, 0.005), 3))
    wis = weighted_interval_score(np.quantile(samples, levels, axis=0), levels, seen)
    assert wis == pytest.approx(crps(samples, seen), rel=0.02)


@pytest.mark.parametrize("levels", [(0.25, 0.75), (0.1, 0.5, 0.75)])
def test_unpaired_levels_are_refused(levels: tuple) -> None:
    with pytest.raises(Refused):
        weighted_interval_score(np.zeros((len(levels), 1)), levels, [0])
