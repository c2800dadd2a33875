"""What a simulation answers: daily figures of every replicate, and the quantities a planner reads from them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chongdich.core.errors import Refused
from chongdich.kernels.simulation.outputs import NAMES, QUEUE_NAMES

# Oxygen flow of a patient, litres a minute (WHO, "Oxygen sources and distribution for COVID-19 treatment centres",
# April 2020:
# 10 for a severe, 30 for a critical patient). Recalled, not re-read.
OXYGEN_SEVERE, OXYGEN_CRITICAL = 10.0, 30.0


@dataclass(frozen=True)
class Result:
    """figures (replicates, outputs, zones, days) in the order of `outputs.NAMES`; queues (replicates, queues, days)."""

    figures: NDArray[np.int32]
    queues: NDArray[np.int32]
    seed: int
    fingerprint: str

    @property
    def replicates(self) -> int:
        return self.figures.shape[0]

    def daily(self, name: str, zone: int | None = None) -> NDArray[np.int64]:
        """One figure, (replicates, days): of one zone, or of the whole province."""
        if name in QUEUE_NAMES:
            return self.queues[:, QUEUE_NAMES.index(name)].astype(np.int64)
        if name not in NAMES:
            raise Refused(f"Không có số liệu “{name}”; chọn một trong: {', '.join(NAMES + QUEUE_NAMES)}.", where=name)
        picked = self.figures[:, NAMES.index(name)]
        return picked.sum(axis=1, dtype=np.int64) if zone is None else picked[:, zone].astype(np.int64)

    def total(self, name: str) -> NDArray[np.int64]:
        """Sum over the days, one number for each replicate."""
        return self.daily(name).sum(axis=1)

    def quantiles(self, name: str, levels: Sequence[float] = (0.05, 0.25, 0.5, 0.75, 0.95)) -> NDArray[np.float64]:
        """Fan of one figure, (levels, days)."""
        return np.quantile(self.daily(name), levels, axis=0)

    def oxygen_litres_per_minute(self) -> NDArray[np.float64]:
        """Oxygen needed at the end of each day, (replicates, days)."""
        return OXYGEN_SEVERE * self.daily("in_severe") + OXYGEN_CRITICAL * self.daily("in_critical")

    def first_day_over(self, name: str, capacity: float) -> NDArray[np.int64]:
        """The first day a figure exceeds a capacity in each replicate; -1 where it never does."""
        over = self.daily(name) > capacity
        return np.where(over.any(axis=1), over.argmax(axis=1), -1)
