"""How good a forecast was: CRPS for samples, the weighted interval score for quantiles, coverage of intervals.

Sources: Gneiting and Raftery 2007 (J Am Stat Assoc 102:359); Bracher et al. 2021 (PLoS Comput Biol 17:e1008618).
All scores are in the unit of what is forecast; smaller is better; an exact forecast scores 0.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from chongdich.core.errors import Refused


def crps(samples: ArrayLike, observed: ArrayLike) -> NDArray[np.float64]:
    """Continuous ranked probability score of each day: samples (draws, days), observed (days,)."""
    drawn, seen = np.sort(np.asarray(samples, float), axis=0), np.asarray(observed, float)
    draws = len(drawn)
    rank = 2 * np.arange(1, draws + 1) - draws - 1
    spread = np.tensordot(rank, drawn, axes=1) / draws**2
    return np.abs(drawn - seen).mean(axis=0) - spread


def interval_score(lower: ArrayLike, upper: ArrayLike, observed: ArrayLike, alpha: float) -> NDArray[np.float64]:
    """Score of a central (1 - alpha) interval: its width, and 2 / alpha times what the truth lies outside."""
    if not 0 < alpha < 1:
        raise Refused(f"Tham số “alpha” phải nằm trong khoảng (0; 1), đang là {alpha:g}.", where="alpha")
    low, high, seen = (np.asarray(part, float) for part in (lower, upper, observed))
    if (low > high).any():
        raise Refused("Cận dưới lớn hơn cận trên.", where="interval")
    return (high - low) + 2 / alpha * (np.maximum(low - seen, 0) + np.maximum(seen - high, 0))


def weighted_interval_score(quantiles: ArrayLike, levels: Sequence[float], observed: ArrayLike) -> NDArray[np.float64]:
    """WIS of each day from symmetric quantiles (levels, days); `levels` must contain the median and come in pairs."""
    pairs = _pairs(levels)
    table, seen = np.asarray(quantiles, float), np.asarray(observed, float)
    middle = list(levels).index(0.5)
    total = 0.5 * np.abs(seen - table[middle])
    for low, high, alpha in pairs:
        total = total + alpha / 2 * interval_score(table[low], table[high], seen, alpha)
    return total / (len(pairs) + 0.5)


def coverage(lower: ArrayLike, upper: ArrayLike, observed: ArrayLike) -> float:
    """Share of days on which the truth lay in the interval."""
    seen = np.asarray(observed, float)
    return float(np.mean((seen >= np.asarray(lower, float)) & (seen <= np.asarray(upper, float))))


def _pairs(levels: Sequence[float]) -> list[tuple[int, int, float]]:
    """Places of the lower and upper quantile of each central interval, and its alpha."""
    rounded = [round(level, 9) for level in levels]
    if 0.5 not in rounded:
        raise Refused("Các mức phân vị phải có 0,5 (trung vị).", where="levels")
    lower = [level for level in rounded if level < 0.5]
    if sorted(round(1 - level, 9) for level in lower) != sorted(level for level in rounded if level > 0.5):
        raise Refused("Các mức phân vị phải đối xứng quanh 0,5.", where="levels")
    return [(rounded.index(low), rounded.index(round(1 - low, 9)), 2 * low) for low in lower]
