"""The words of tracing: presences, cases, the rule of the day, contacts and their evidence.

Times are int32 seconds from an epoch the caller keeps; people and places are int32 numbers, their mapping kept outside.
A presence is closed at both ends: a check-in of no length is an instant at which somebody was there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np

from chongdich.core.errors import Refused

FOREVER = 2**31 - 1
NEVER = -(2**31)
FAR = 2**30  # presences lie within 34 years of the epoch, so that no difference of two times overflows

MASK_UNKNOWN, UNMASKED, MASKED = -1, 0, 1
UNKNOWN_DISTANCE = 15
DISTANCE_CLASSES = 16

CONTACT = np.dtype(
    [
        ("person", "i4"),
        ("level", "i1"),  # 1 met a case (F1), 2 met an F1 only (F2)
        ("is_case", "?"),  # a case who met another case: a link of the chain, not somebody to call
        ("meetings", "i4"),
        ("seconds", "i4"),  # time together; minutes with two people at once, or reported twice, count once
        ("first", "i4"),
        ("last", "i4"),
        ("longest", "i4"),  # seconds of the longest single meeting
        ("through", "i4"),  # whom that longest meeting was with
        ("place", "i4"),  # and where
    ],
    align=True,
)
EVIDENCE = np.dtype(
    [
        ("contact", "i4"),
        ("through", "i4"),  # the case (level 1) or the F1 (level 2)
        ("case", "i4"),  # index into the cases given (level 1), else -1
        ("place", "i4"),
        ("first", "i4"),
        ("last", "i4"),
        ("seconds", "i4"),
        ("lag", "i4"),  # seconds between the one leaving and the other coming; 0 when together
        ("mask", "i1"),  # 1 both masked, 0 one known to be without, -1 not known
        ("distance", "i1"),
        ("source_row", "i8"),
        ("contact_row", "i8"),
    ]
)


class Case(NamedTuple):
    """One infectious window of one person, both ends included."""

    person: int
    infectious_from: int
    infectious_until: int


@dataclass(frozen=True)
class TraceRule:
    """What counts as a meeting. Every number comes from the law in force; none is decided here.

    Minutes of `None` never count. `near` are the distance classes of places where being together counts;
    `lag_classes` those where air is shared up to `lag_minutes` after the infectious person left.
    `latency_minutes` is the time from exposure until an F1 can pass it on.
    """

    minutes_masked: float | None
    minutes_unmasked: float | None
    minutes_mask_unknown: float | None
    near: tuple[int, ...]
    lag_minutes: float = 0
    lag_classes: tuple[int, ...] = ()
    min_certainty: int = 0
    latency_minutes: float = 0

    def needed(self) -> np.ndarray:
        """Seconds together that count, by distance class and mask (unknown, unmasked, masked): int32[16, 3]."""
        table = np.full((DISTANCE_CLASSES, 3), FOREVER, np.int32)
        minutes = (self.minutes_mask_unknown, self.minutes_unmasked, self.minutes_masked)
        table[list(self.near)] = [FOREVER if m is None else round(m * 60) for m in minutes]
        return table

    def lags(self) -> np.ndarray:
        """Seconds of shared air by distance class, -1 where it does not count: int32[16]."""
        table = np.full(DISTANCE_CLASSES, -1, np.int32)
        table[list(self.lag_classes)] = round(self.lag_minutes * 60)
        return table


@dataclass(frozen=True)
class Presences:
    """Columns of equal length: who was where, from when to when, who says so, how sure (0-100), with a mask or not."""

    person: np.ndarray
    place: np.ndarray
    start: np.ndarray
    end: np.ndarray
    source: np.ndarray = None  # type: ignore[assignment]
    certainty: np.ndarray = None  # type: ignore[assignment]
    mask: np.ndarray = None  # type: ignore[assignment]
    row: np.ndarray = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        size = len(self.person)
        defaults = {"source": 0, "certainty": 100, "mask": MASK_UNKNOWN}
        kinds = {"source": np.uint8, "certainty": np.uint8, "mask": np.int8, "row": np.int64}
        for column in fields(self):
            given = getattr(self, column.name)
            if given is None:
                given = np.arange(size) if column.name == "row" else np.full(size, defaults[column.name])
            kind = kinds.get(column.name, np.int32)
            object.__setattr__(self, column.name, _exactly(given, kind, column.name, size))
        self._check()

    def _check(self) -> None:
        rules = (
            (self.end < self.start, "kết thúc trước khi bắt đầu", "end"),
            ((self.start <= -FAR) | (self.end >= FAR), "thời điểm cách mốc quá 34 năm", "start"),
            ((self.person < 0) | (self.place < 0), "mã người hoặc mã nơi âm", "person"),
            (self.source > 127, "mã nguồn lớn hơn 127", "source"),
            (self.certainty > 100, "độ chắc chắn lớn hơn 100", "certainty"),
            ((self.mask < -1) | (self.mask > 1), "khẩu trang phải là -1, 0 hoặc 1", "mask"),
        )
        for wrong, words, where in rules:
            if wrong.any():
                first = int(np.flatnonzero(wrong)[0])
                raise Refused(f"Dòng {first + 1}: {words} ({int(wrong.sum())} dòng sai).", where, "bad_presence")

    def __len__(self) -> int:
        return len(self.person)

    def take(self, which: Any) -> "Presences":
        """The rows of an index array or boolean mask, their row numbers kept."""
        return Presences(**{column.name: getattr(self, column.name)[which] for column in fields(self)})

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, int]]) -> "Presences":
        """Presences from a few readable rows, as tests and forms write them."""
        names = [column.name for column in fields(cls) if rows and column.name in rows[0]]
        return cls(**{name: np.array([row[name] for row in rows]) for name in names}) if rows else cls.none()

    @classmethod
    def together(cls, parts: Sequence["Presences"]) -> "Presences":
        """Several batches as one, their row numbers kept."""
        names = [column.name for column in fields(cls)]
        return cls(**{name: np.concatenate([getattr(part, name) for part in (cls.none(), *parts)]) for name in names})

    @classmethod
    def none(cls) -> "Presences":
        empty = np.zeros(0, np.int32)
        return cls(empty, empty, empty, empty)


def _exactly(values: Any, kind: type, name: str, size: int) -> np.ndarray:
    """The values in the column's type; refused when a value would not survive the change."""
    given = np.asarray(values)
    if given.shape != (size,):
        raise Refused(f"Cột {name} có {given.shape} giá trị, cần {size}.", name, "bad_presence")
    if given.dtype == kind:
        return given
    bounds = np.iinfo(kind)
    if size and (given.min() < bounds.min or given.max() > bounds.max):
        raise Refused(f"Cột {name} có giá trị ngoài khoảng {bounds.min}…{bounds.max}.", name, "bad_presence")
    return given.astype(kind)


@dataclass(frozen=True)
class World:
    """All presences, and the distance class (0-14) of each place; places beyond the array are of unknown distance."""

    presences: Presences
    distance: np.ndarray

    def distance_of(self, place: int) -> int:
        return int(self.distance[place]) if place < len(self.distance) else UNKNOWN_DISTANCE
