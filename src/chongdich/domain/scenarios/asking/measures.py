"""What the law says of a day, as the simulator takes it: measures of levels, and quarantine of contacts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from chongdich.core.errors import Refused
from chongdich.kernels.simulation.population import LAYER_NAMES
from chongdich.regulations import Law
from chongdich.regulations.decision import Decision

USUAL_TESTS = (0, 6, 13)  # days of quarantine on which samples are taken where the law does not name them


@dataclass(frozen=True)
class Quarantine:
    """What the law says of a contact's quarantine, and the decision it rests on."""

    days: int
    tests: tuple[int, ...]
    centralised: bool
    decision: Decision


@cache
def _effects() -> dict[str, dict[str, Any]]:
    text = files("chongdich.domain.scenarios.asking").joinpath("effects.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def permissions(law: Law, on: date, level: int) -> Mapping[str, Decision]:
    """Activity -> what the law of a day permits at a level. Refused where no such law is recorded."""
    shares = _effects()["shares"]
    found = {
        activity: law.decide("levels/measures", on=on, assume_last=True, activity=activity, level=level)
        for activity in sorted({name for layer in shares.values() for name in layer})
    }
    lacking = next((decision for decision in found.values() if not decision), None)
    if lacking is not None:
        raise Refused(f"Biện pháp theo cấp độ {level} ngày {on:%d/%m/%Y}: {lacking.gap}", "levels", "no_law")
    return found


def contacts_at(law: Law, on: date, level: int) -> tuple[float, ...]:
    """What is left of the contacts of each layer under the measures of a level (1 = all)."""
    permitted = {activity: str(decision["permission"]) for activity, decision in permissions(law, on, level).items()}
    effects = _effects()
    return tuple(
        sum(share * effects["left"][permitted[activity]] for activity, share in effects["shares"][layer].items())
        if layer in effects["shares"] else 1.0
        for layer in LAYER_NAMES
    )  # fmt: skip


def quarantine_of(law: Law, on: date, vaccinated: float) -> Quarantine:
    """Quarantine of a contact under the law of a day, for the protection that most adults have."""
    protection = "full" if vaccinated >= 0.5 else "none"
    decision = law.decide("quarantine/contact", on=on, assume_last=True, protection=protection)
    if not decision:
        raise Refused(f"Cách ly F1 ngày {on:%d/%m/%Y}: {decision.gap}", "quarantine_days", "no_law")
    days = max(1, int(decision["days"]))
    named = decision["test_days"]
    tests = tuple(max(0, int(day) - 1) for day in named) if named is not None else USUAL_TESTS
    return Quarantine(days, tuple(day for day in tests if day < days), decision["place"] == "centralised", decision)
