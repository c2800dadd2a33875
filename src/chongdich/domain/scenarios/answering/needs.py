"""From people ill, in quarantine and tested to what that takes, day by day.

Needs are what would be wanted without any limit on them: whoever waits for a place or a bed is counted as needing it.
Levels (beds, staff) are people or things at the end of a day; stocks (kits, oxygen, suits) are what a day uses up.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from chongdich.domain.scenarios.asking.kinds import KINDS
from chongdich.domain.scenarios.asking.shape import Present, Spec, norm
from chongdich.kernels.simulation.outputs import NAMES, QUEUE_NAMES

Numbers = NDArray[np.float64]
LITRES_A_MINUTE = 1.44  # m³ a day


def needs_of(daily: Mapping[str, NDArray], spec: Spec) -> dict[str, Numbers]:
    """Needs by kind of resource, in the shape of the figures given (…, days)."""
    by = {name: np.asarray(figure, float) for name, figure in daily.items()}
    in_places = by["in_central"] + by["places_awaited"] + _present(spec)
    ill = by["in_mild"] + by["in_home_treatment"]
    oxygen = norm(spec, "oxygen_severe") * by["in_severe"] + norm(spec, "oxygen_critical") * by["in_critical"]
    care = _care_staff(by, spec)
    keepers = in_places / norm(spec, "people_per_quarantine_staff")
    samplers = by["samples"] / norm(spec, "samples_per_sampler")
    moved = by["to_central"] + by["detected"] + by["severe"]
    return {
        "quarantine_places": in_places,
        "beds_mild": ill,
        "beds_severe": by["in_severe"],
        "beds_critical": by["in_critical"],
        "lab_samples": by["samples"],
        "oxygen_flow": oxygen,
        "mobile_stations": by["in_home_treatment"] / norm(spec, "people_per_station"),
        "vehicles": moved / norm(spec, "people_per_vehicle"),
        "tracers": (by["f1"] + _waiting_contacts(by)) / norm(spec, "contacts_per_tracer"),
        "samplers": samplers,
        "care_staff": care,
        "quarantine_staff": keepers,
        "test_kits": by["samples"] * norm(spec, "kits_per_sample"),
        "oxygen_stock": oxygen * LITRES_A_MINUTE,
        "protective_suits": (care + keepers + samplers) * norm(spec, "suits_per_staff"),
        "meals": in_places * norm(spec, "meals_per_person"),
    }


def _present(spec: Spec) -> Numbers:
    """Those in quarantine before day 0, leaving evenly."""
    left = 1 - np.arange(spec.days) / spec.present.days_left
    return spec.present.quarantined * np.maximum(0.0, left)


def _waiting_contacts(by: Mapping[str, Numbers]) -> Numbers:
    """Contacts of the cases that wait for tracers, at as many a case as were found so far."""
    cases = np.cumsum(by["detected"], axis=-1)
    found = np.cumsum(by["f1"], axis=-1)
    return by["cases_to_trace"] * found / np.maximum(1.0, cases)


def _care_staff(by: Mapping[str, Numbers], spec: Spec) -> Numbers:
    return (
        norm(spec, "staff_per_mild_bed") * by["in_mild"]
        + norm(spec, "staff_per_severe_bed") * by["in_severe"]
        + norm(spec, "staff_per_critical_bed") * by["in_critical"]
    )


def peaks_of(figures: NDArray[np.int32], queues: NDArray[np.int32], spec: Spec) -> NDArray[np.float32]:
    """(runs, kinds, places): the greatest day of each place, or for stocks the sum of its days.

    Figures are (runs, outputs, places, days). Only the places where something happened are reckoned with: in
    containment nearly all communes are quiet.
    """
    runs, _, places, _ = figures.shape
    peaks = np.zeros((runs, len(KINDS), places), np.float32)
    busy = np.flatnonzero(figures.any(axis=(0, 1, 3)))
    if len(busy):
        peaks[:, :, busy] = _peaks_in(figures[:, :, busy], queues, spec)
    return peaks


def _peaks_in(figures: NDArray[np.int32], waiting: NDArray[np.int32], spec: Spec) -> NDArray[np.float32]:
    daily: dict[str, NDArray] = {name: figures[:, number] for number, name in enumerate(NAMES)}
    queues = {name: waiting[:, number] for number, name in enumerate(QUEUE_NAMES)}
    daily["places_awaited"] = _shared(queues["places_awaited"], daily["in_home"])
    daily["cases_to_trace"] = _shared(queues["cases_to_trace"], np.cumsum(daily["detected"], axis=-1))
    here = needs_of(daily, spec.model_copy(update={"present": Present()}))
    rows = [here[name].sum(axis=-1) if kind.stock else here[name].max(axis=-1) for name, kind in KINDS.items()]
    return np.stack(rows, axis=1).astype(np.float32)


def _shared(queue: NDArray, by: NDArray) -> Numbers:
    """The province's queue (runs, days) shared out over places (runs, places, days) in proportion to `by`."""
    total = by.sum(axis=1, keepdims=True)
    return queue[:, None] * by / np.maximum(1, total)
