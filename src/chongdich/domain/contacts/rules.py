"""What the contacts room decides from values in hand, by the law of the day. Pure."""

from dataclasses import dataclass
from datetime import date

from chongdich.regulations import Law


@dataclass(frozen=True)
class TracingNumbers:
    """The numbers of the F1 and F2 rules of a day, as the tracing engine wants them; None where there is no rule."""

    distance_m: float
    minutes_masked: float
    minutes_unmasked: float
    f2_distance_m: float | None


def tracing_numbers(law: Law, on: date) -> TracingNumbers:
    """From the tables `contacts/…` of the disease; a window without a rule uses the last one, unverified."""
    found = {name: law.find(f"contacts/{name}", on=on) for name in
             ("f1_distance_m", "f1_minutes_masked", "f1_minutes_unmasked", "f2_distance_m")}  # fmt: skip
    return TracingNumbers(
        float(found["f1_distance_m"] or 0), float(found["f1_minutes_masked"] or 0),
        float(found["f1_minutes_unmasked"] or 0),
        None if found["f2_distance_m"] is None else float(found["f2_distance_m"]),
    )  # fmt: skip
