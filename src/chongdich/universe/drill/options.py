"""What whoever holds a drill may set, with the allowed ranges. Plain values; nothing here computes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from chongdich.core.errors import Refused

STAFF = ("auto", "none")
VARIANTS = ("ancestral", "alpha", "delta")  # the simulator's packs, named here so that a refusal needs no simulator
BA_BE = ("01888", "01891", "01894", "01897")  # Chợ Rã, Bành Trạch, Phúc Lộc, Hà Hiệu
RANGES: dict[str, tuple[float, float]] = {
    "seed": (0, 2**53),
    "days": (1, 180),
    "people": (100, 320_000),
    "introductions": (1, 1000),
    "r0": (0, 20),
    "slowness": (0, 20),
    "noise": (0, 5),
    "interviewers": (1, 500),
    "tracers": (1, 500),
    "other_samples": (0, 5000),
}  # fmt: skip
WHOLE = frozenset({"seed", "days", "people", "introductions", "interviewers", "tracers", "other_samples"})


@dataclass(frozen=True)
class Options:
    """One drill. Two drills of the same options are the same outbreak and, with automatic staff, the same work."""

    seed: int = 1
    days: int = 14
    people: int = 4000
    start: date = date(2021, 11, 22)
    communes: tuple[str, ...] = BA_BE
    introductions: int = 6  # people who came infected, four days before the first day
    variant: str = "delta"
    r0: float = 5.0  # when nobody does anything
    staff: str = "auto"
    slowness: float = 1.0  # of the automatic staff: 0 at once, 1 as usual, 3 overwhelmed
    noise: float = 1.0  # slips in names, addresses, memories: 0 none, 1 as usual
    interviewers: int = 2
    tracers: int = 4
    other_samples: int = 15  # people a day who are tested and are not infected

    def as_json(self) -> dict[str, Any]:
        """Ready for json.dumps."""
        return {**asdict(self), "start": self.start.isoformat(), "communes": list(self.communes)}

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Options":
        """The options as they were kept."""
        known = {field.name: kept[field.name] for field in fields(cls) if field.name in kept}
        return cls(**{**known, "start": date.fromisoformat(known["start"]), "communes": tuple(known["communes"])})


def check(options: Options) -> Options:
    """The options, if such a drill can be held. Refused names the parameter and its range."""
    for name, (low, high) in RANGES.items():
        _within(name, getattr(options, name), low, high)
    if options.staff not in STAFF:
        raise Refused(f"Tham số “staff” phải là một trong: {', '.join(STAFF)}.", "staff", "out_of_range")
    if options.variant not in VARIANTS:
        raise Refused(f"Tham số “variant” phải là một trong: {', '.join(VARIANTS)}.", "variant", "out_of_range")
    if not date(2020, 3, 1) <= options.start <= date(2025, 6, 1):
        raise Refused("Tham số “start” phải từ 01/03/2020 đến 01/06/2025.", "start", "out_of_range")
    if not options.communes or len(set(options.communes)) != len(options.communes):
        raise Refused("Tham số “communes” cần ít nhất một mã xã, mỗi mã một lần.", "communes", "out_of_range")
    if options.introductions * 2 > options.people:
        raise Refused("Tham số “introductions” không được quá nửa số dân.", "introductions", "out_of_range")
    return options


def _within(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:  # what is not a number is outside too
        raise Refused(
            f"Tham số “{name}” phải nằm trong khoảng [{low:,.0f}; {high:,.0f}], đang là {value}.".replace(",", "."),
            name, "out_of_range",
        )  # fmt: skip
    if name in WHOLE and value != int(value):
        raise Refused(f"Tham số “{name}” phải là số nguyên.", name, "out_of_range")
