"""Decide: what is lacking against a plan's needs, and how good a forecast was. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from chongdich.core.errors import Refused
from chongdich.domain.scenarios.answering.levels import LEVELS
from chongdich.domain.scenarios.asking.kinds import KINDS

LARGEST = 100_000_000


@dataclass(frozen=True)
class Gap:
    """What a place needs of a kind, what is registered there, what is lacking. `place` is a code, "" the province."""

    kind: str
    place: str
    wanted: int
    there: int

    @property
    def lacking(self) -> int:
        return max(0, self.wanted - self.there)


@dataclass(frozen=True)
class Score:
    """A forecast against what happened, over the days that both have. Smaller scores are better; 0 is perfect."""

    days: int
    wis: float
    crps: float
    persistence: float  # WIS of "as on the day before", for comparison
    inside_50: float
    inside_90: float


def gaps_of(wanted: Mapping[tuple[str, str], float], there: Mapping[tuple[str, str], int]) -> list[Gap]:
    """(kind, place) -> needs against (kind, place) -> registered: every pair with a need, most lacking first."""
    found = [
        Gap(kind, place, ceil(need), there.get((kind, place), 0)) for (kind, place), need in wanted.items() if need > 0
    ]
    return sorted(found, key=lambda gap: (-gap.lacking / max(1, gap.wanted), -gap.lacking, gap.kind, gap.place))


def check_resource(kind: str, quantity: int, name: str) -> None:
    """Refused when the kind is unknown or the quantity impossible."""
    if kind not in KINDS:
        raise Refused(f"Không có loại nguồn lực “{kind}”; chọn một trong: {', '.join(KINDS)}.", "kind")
    if not 0 <= quantity <= LARGEST:
        raise Refused(f"Số lượng phải trong khoảng [0; {LARGEST}], đang là {quantity}.", "quantity")
    if not name.strip():
        raise Refused("Ghi tên cơ sở hoặc nguồn lực.", "name")


def score_forecast(
    fan: Sequence[Sequence[float]], samples: Any, observed: Iterable[float], before: float
) -> Score | None:
    """Score daily figures. fan: quantiles (levels, days); samples (runs, days); `before` is the day before day 0.

    None while no day has passed.
    """
    import numpy as np

    from chongdich.kernels.estimation.scores import coverage, crps, weighted_interval_score

    seen = np.asarray(list(observed), float)
    if len(seen) == 0:
        return None
    quantiles = np.asarray(fan, float)[:, : len(seen)]
    as_before = np.full((len(LEVELS), len(seen)), before)
    return Score(
        days=len(seen),
        wis=float(weighted_interval_score(quantiles, LEVELS, seen).mean()),
        crps=float(crps(np.asarray(samples, float)[:, : len(seen)], seen).mean()),
        persistence=float(weighted_interval_score(as_before, LEVELS, seen).mean()),
        inside_50=coverage(quantiles[1], quantiles[3], seen),
        inside_90=coverage(quantiles[0], quantiles[4], seen),
    )
