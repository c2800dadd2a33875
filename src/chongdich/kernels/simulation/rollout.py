"""Who is vaccinated on which day: oldest first, so many doses a day, among those who accept."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from chongdich.kernels.simulation.parameters import Vaccination
from chongdich.kernels.simulation.streams import VACCINE_ORDER, block, key_of

NEVER = 32000  # a day that does not come


def vaccination_days(plan: Vaccination | None, age: NDArray[np.uint8]) -> NDArray[np.int16]:
    """Day of the first and second dose of each person (n, 2); negative before day 0, NEVER when not. One row without
    a plan.
    """
    if plan is None:
        return np.full((1, 2), NEVER, np.int16)
    return _days_of(plan, np.ascontiguousarray(age, np.uint8).tobytes())


@lru_cache(maxsize=4)
def _days_of(plan: Vaccination, ages: bytes) -> NDArray[np.int16]:
    """Remembered, because many scenarios that differ elsewhere share one roll-out; nobody writes into it."""
    age = np.frombuffer(ages, np.uint8)
    days = np.full((len(age), 2), NEVER, np.int16)
    queue = _queue(plan, age)
    eligible = int((age >= plan.youngest).sum())
    both = min(len(queue), round(plan.covered_two_doses * eligible))
    some = min(len(queue), max(both, round(plan.covered_one_dose * eligible)))
    days[queue[:both], 0] = -plan.days_since_last_dose - plan.second_dose_after
    days[queue[both:some], 0] = -plan.days_since_last_dose
    if plan.first_doses_per_day * NEVER > 1:
        waiting = queue[some:]
        days[waiting, 0] = np.minimum(np.arange(len(waiting)) / plan.first_doses_per_day, NEVER).astype(np.int16)
    days[:, 1] = np.minimum(days[:, 0].astype(np.int32) + plan.second_dose_after, NEVER)
    return days


def _queue(plan: Vaccination, age: NDArray[np.uint8]) -> NDArray[np.int64]:
    """People who accept, oldest decade first, in an order by lot inside the decade that never changes."""
    candidates = np.flatnonzero(age >= plan.youngest)
    lots = np.array([block(key_of(0, 0), int(p), VACCINE_ORDER, 0)[:2] for p in candidates], np.int64).reshape(-1, 2)
    accepts = lots[:, 1] < plan.acceptance * 2**32
    decade = -(age[candidates].astype(np.int64) // 10)
    order = np.lexsort((lots[:, 0], decade))
    return candidates[order][accepts[order]]
