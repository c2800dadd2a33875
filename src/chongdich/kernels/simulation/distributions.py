"""Durations of a disease as probabilities for whole days."""

from collections.abc import Callable

import numpy as np
from scipy import stats

from chongdich.kernels.simulation.parameters import Duration

TAIL = 1e-7


def fixed(days: int) -> Duration:
    """Always the same number of days."""
    return Duration((0.0,) * days + (1.0,))


def lognormal(mean: float, sd: float) -> Duration:
    """Log-normal with this mean and standard deviation (days), rounded to the nearest day."""
    sigma = np.sqrt(np.log1p((sd / mean) ** 2))
    law = stats.lognorm(sigma, scale=mean / np.sqrt(1 + (sd / mean) ** 2))
    return _rounded(law.cdf)


def weibull(shape: float, scale: float) -> Duration:
    """Weibull, rounded to the nearest day."""
    return _rounded(stats.weibull_min(shape, scale=scale).cdf)


def geometric(mean: float) -> Duration:
    """1, 2, 3 ... days with this mean: the daily counterpart of the exponential."""
    p = 1 / mean
    days = np.arange(1, int(np.ceil(np.log(TAIL) / np.log1p(-p))) + 2) if p < 1 else np.array([1])
    return _normalised(np.concatenate([[0.0], p * (1 - p) ** (days - 1.0)]))


def _rounded(cdf: Callable) -> Duration:
    edges = np.arange(0, 366) + 0.5
    below = np.asarray(cdf(edges))
    last = int(np.argmax(below > 1 - TAIL)) if (below > 1 - TAIL).any() else len(below) - 1
    return _normalised(np.diff(np.concatenate([[0.0], below[: last + 1]])))


def _normalised(weights: np.ndarray) -> Duration:
    return Duration(tuple(float(w) for w in weights / weights.sum()))
