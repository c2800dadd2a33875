"""Distributions as tables in which one 32-bit word is looked up: no logarithm, no rejection, the same bits anywhere."""

import math

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from chongdich.kernels.simulation.jit import inner

ONE = 2**32

# Whole days: `cut` holds cumulative probabilities in units of 2**-32, `guide` where to begin looking.
GUIDE = 256
GUIDE_SHIFT = 24


def day_cut(probabilities: NDArray, length: int) -> NDArray[np.int64]:
    """Cumulative probabilities of 0, 1, 2 ... days; beyond the last day everything is certain."""
    cut = np.full(length, ONE, np.int64)
    known = np.cumsum(probabilities)[: length - 1]
    known = known if len(known) < len(probabilities) else known[:-1]
    cut[: len(known)] = np.minimum(np.rint(known * float(ONE)), ONE).astype(np.int64)
    return cut


def guide_of(cut: NDArray[np.int64]) -> NDArray[np.int16]:
    corner = np.arange(GUIDE, dtype=np.int64) << GUIDE_SHIFT
    return (cut[..., None, :] <= corner[:, None]).sum(axis=-1).astype(np.int16)


@inner
def days_at(cut, guide, word: int) -> int:
    """The number of days a word stands for."""
    day = int(guide[word >> GUIDE_SHIFT])
    while cut[day] <= word:
        day += 1
    return day


def geometric_cut(chance: float, days: int) -> NDArray[np.int64]:
    """Days that pass before a daily lot of this chance first falls (0: the same day); `days` stands for never."""
    escapes = (1.0 - chance) ** np.arange(days + 1)
    return day_cut(escapes * chance, days + 1)


# Infectiousness: quantiles of a gamma distribution with mean 1, linear between nodes. The last sixteenth of each level
# is spread over the whole of the next, so the tail is as fine as the body.
LEVELS, CELLS = 6, 1024
TAIL = 15 << 28
CELL_SHIFT = 22
IN_CELL = 2.0**-CELL_SHIFT


def strength_table(shape: float) -> NDArray[np.float64]:
    """(LEVELS, CELLS + 1) quantiles of infectiousness, mean exactly 1. Shape 0 means no variation: always 1."""
    if shape <= 0.0:
        return np.ones((LEVELS, CELLS + 1))
    beyond = 16.0 ** -np.arange(LEVELS)[:, None] * (1.0 - np.arange(CELLS + 1) / CELLS)
    beyond[:-1, -1] = beyond[:-1, -2]  # never reached
    beyond[-1, -1] = beyond[-1, -2] / 2
    table = stats.gamma.isf(beyond, shape) / shape
    cells = (table[:, 1:] + table[:, :-1]) / 2 / CELLS
    used = CELLS * 15 // 16
    mean = sum(cells[level, :used].sum() * 16.0**-level for level in range(LEVELS - 1))
    return table / (mean + cells[-1].sum() * 16.0 ** -(LEVELS - 1))


@inner
def strength_at(table, word: int) -> float:
    """Infectiousness a word stands for."""
    level = 0
    while level < LEVELS - 1 and word >= TAIL:
        word = (word - TAIL) << 4
        level += 1
    cell = word >> CELL_SHIFT
    below = table[level, cell]
    return below + (word & ((1 << CELL_SHIFT) - 1)) * IN_CELL * (table[level, cell + 1] - below)


# Transmission: how many candidates are drawn for a contact and day, and what a candidate must survive.
SCALE = 2147483648.0  # thinning thresholds are whole numbers of 2**-31
ALMOST_SURE = 0.999999
WELL_BELOW_SURE = 0.6


@inner
def candidate_rate(strength: float, as_probability: bool) -> float:
    """Candidates of one contact on one day. `strength` is its greatest hazard, or its greatest probability p.

    For a probability at least -log(1 - p) candidates are needed; p (1 + p) is enough up to 0.68 and quickly had.
    """
    if not as_probability:
        return strength
    if strength < WELL_BELOW_SURE:
        return strength * (1.0 + strength)
    return -math.log1p(-min(strength, ALMOST_SURE))


@inner
def threshold(lot: float, rate: float, strength: float, as_probability: bool) -> int:
    """The multiplier a candidate must exceed to happen, in units of 2**-31; -1 when none is enough.

    For hazards it is the lot itself. When the pack gives a probability p for each contact and day, a multiplier m makes
    it p m, not 1 - (1 - p)**m: with candidates at a rate r the first of them must have a lot below -log(1 - p m) / r.
    Solving for m keeps the thinned process exact (also where p, before thinning, exceeds 1).
    """
    if as_probability:
        lot = (1.0 - math.exp(-lot * rate)) / strength
        if lot >= 1.0:
            return -1
    return int(lot * (SCALE - 1.0))
