"""The effective reproduction number from daily cases, after Cori et al. 2013 (Am J Epidemiol 178:1505) and EpiEstim.

With a gamma prior the posterior is closed: shape = a + cases in the window, rate = 1 / scale + total infectiousness in
the window, where the infectiousness of a day is the past cases weighted by the serial interval.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from chongdich.core.errors import Refused

PRIOR_MEAN, PRIOR_SD = 5.0, 5.0


@dataclass(frozen=True)
class Reproduction:
    """Posterior of R in each window. start, end: first and last day (0 = first day of the series); mean, sd:
    (windows,).
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    shape: NDArray[np.float64]
    scale: NDArray[np.float64]

    @property
    def mean(self) -> NDArray[np.float64]:
        return self.shape * self.scale

    @property
    def sd(self) -> NDArray[np.float64]:
        return np.sqrt(self.shape) * self.scale

    def quantile(self, level: float) -> NDArray[np.float64]:
        return stats.gamma.ppf(level, self.shape, scale=self.scale)


def infectiousness(cases: NDArray[np.float64], interval: NDArray[np.float64]) -> NDArray[np.float64]:
    """Total infectiousness of each day: past cases weighted by the serial interval (interval[0] is the same day: 0)."""
    return np.convolve(cases, interval)[: len(cases)]


def reproduction_number(
    cases: ArrayLike,
    interval: ArrayLike,
    window: int = 7,
    imported: ArrayLike | None = None,
    prior: tuple[float, float] = (PRIOR_MEAN, PRIOR_SD),
) -> Reproduction:
    """R in sliding windows of `window` days, the first from day 1 on. `imported` counts among `cases` but not as
    caused here.

    The cases of the first day are taken as imported, as EpiEstim does. Raises Refused on impossible input.
    """
    series, weights = np.asarray(cases, float), np.asarray(interval, float)
    brought = np.zeros_like(series) if imported is None else np.asarray(imported, float)
    _check(series, weights, brought, window, prior)
    local = series - brought
    local[0] = 0.0
    start = np.arange(1, len(series) - window + 1)
    force = np.concatenate([[0.0], np.cumsum(infectiousness(series, weights))])
    caused = np.concatenate([[0.0], np.cumsum(local)])
    prior_shape = (prior[0] / prior[1]) ** 2
    prior_scale = prior[1] ** 2 / prior[0]
    shape = prior_shape + caused[start + window] - caused[start]
    scale = 1.0 / (1.0 / prior_scale + force[start + window] - force[start])
    return Reproduction(start, start + window - 1, shape, scale)


def serial_interval(mean: float, sd: float, longest: int) -> NDArray[np.float64]:
    """Serial interval in days: a gamma shifted by one day and made discrete, as EpiEstim's `discr_si` (Cori 2013,
    appendix).
    """
    if not (mean > 1 and sd > 0):
        raise Refused("Khoảng cách thế hệ cần trung bình > 1 ngày và độ lệch chuẩn > 0.", where="serial_interval")
    a, b = ((mean - 1) / sd) ** 2, sd**2 / (mean - 1)
    k = np.arange(longest + 1, dtype=float)

    def cdf(shape: float, at: NDArray[np.float64]) -> NDArray[np.float64]:
        return stats.gamma.cdf(at, shape, scale=b)

    plain = k * cdf(a, k) + (k - 2) * cdf(a, k - 2) - 2 * (k - 1) * cdf(a, k - 1)
    correction = a * b * (2 * cdf(a + 1, k - 1) - cdf(a + 1, k - 2) - cdf(a + 1, k))
    return np.maximum(0.0, plain + correction)


def _check(series: NDArray, weights: NDArray, brought: NDArray, window: int, prior: tuple[float, float]) -> None:
    if series.ndim != 1 or len(series) < window + 1 or window < 1:
        raise Refused(f"Cần ít nhất {window + 1} ngày số liệu cho cửa sổ {window} ngày.", where="cases")
    if not np.isfinite(series).all() or (series < 0).any():
        raise Refused("Số ca mỗi ngày phải là số không âm.", where="cases")
    if brought.shape != series.shape or (brought < 0).any() or (brought > series).any():
        raise Refused("Số ca nhập cảnh mỗi ngày phải trong khoảng [0; số ca của ngày đó].", where="imported")
    if weights.ndim != 1 or (weights < 0).any() or not 0.99 <= weights.sum() <= 1.01 or weights[0] != 0:
        raise Refused("Khoảng nối tiếp phải có ngày 0 bằng 0, không âm, và tổng bằng 1.", where="interval")
    if min(prior) <= 0:
        raise Refused("Tiên nghiệm phải có trung bình và độ lệch chuẩn dương.", where="prior")
