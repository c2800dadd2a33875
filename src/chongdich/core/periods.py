"""Time as this house means it: kept in UTC, decided in Vietnam days, periods half-open."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def vietnam_day(moment: datetime) -> date:
    """The day in Viet Nam at an aware moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no day")
    return moment.astimezone(VIETNAM).date()


def start_of_day(day: date) -> datetime:
    """The first moment of a Vietnam day, aware."""
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` up to, not including, `until`; an open end is None."""

    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"a period cannot end ({self.until}) before it begins ({self.since})")

    def __contains__(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    def overlaps(self, other: "Period") -> bool:
        """Whether some day is in both. An empty period overlaps nothing."""
        return (
            self._nonempty()
            and other._nonempty()
            and (
                (self.until is None or other.since is None or other.since < self.until)
                and (other.until is None or self.since is None or self.since < other.until)
            )
        )

    def _nonempty(self) -> bool:
        return self.since is None or self.until is None or self.since < self.until


def days_after(day: date, count: int) -> date:
    """The day `count` days later."""
    return day + timedelta(days=count)
