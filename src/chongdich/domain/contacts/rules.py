"""What the contacts room decides from values in hand, by the law of the day. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import log2
from typing import Any

from chongdich.core.periods import start_of_day, vietnam_day
from chongdich.regulations import Law, Missing, months_between

REACH_WITHIN = timedelta(hours=24)  # after being found; a worklist's clock, not a rule of a document
REACH_AT_LAST = timedelta(hours=48)


@dataclass(frozen=True)
class TracingNumbers:
    """The numbers of the F1 and F2 rules of a day, for the screens; None where there is no rule."""

    distance_m: float
    minutes_masked: float
    minutes_unmasked: float
    f2_distance_m: float | None


def tracing_numbers(law: Law, on: date) -> TracingNumbers:
    """From the tables `contacts/…` of the disease."""
    found = {name: law.find(f"contacts/{name}", on=on) for name in
             ("f1_distance_m", "f1_minutes_masked", "f1_minutes_unmasked", "f2_distance_m")}  # fmt: skip
    return TracingNumbers(
        float(found["f1_distance_m"] or 0), float(found["f1_minutes_masked"] or 0),
        float(found["f1_minutes_unmasked"] or 0),
        None if found["f2_distance_m"] is None else float(found["f2_distance_m"]),
    )  # fmt: skip


def window_of(
    *, since: date | None, until: date | None, isolated_at: datetime | None, closed_on: date | None,
    ends_by_isolation: bool, at: datetime,
) -> tuple[datetime, datetime] | None:  # fmt: skip
    """The moments between which a case could infect; None while the rule lacks a day to count from.

    Days are whole Vietnam days. An end that has not come yet is `at`.
    """
    if since is None:
        return None
    ends = [at]
    if until is not None:
        ends.append(start_of_day(until + timedelta(days=1)))
    if isolated_at is not None and (ends_by_isolation or until is None):
        ends.append(isolated_at)
    if closed_on is not None:
        ends.append(start_of_day(closed_on + timedelta(days=1)))
    begin = start_of_day(since)
    return (begin, max(begin, min(ends)))


@dataclass(frozen=True)
class Protection:
    """What is known of somebody's vaccination and earlier illness on a day; None where nobody asked."""

    doses: int | None = None
    last_dose_on: date | None = None
    recovered_on: date | None = None


@dataclass(frozen=True)
class FollowUp:
    """Until when a contact is kept apart, then watched; None where the rule names an event or none is recorded."""

    quarantine_until: date | None
    follow_until: date | None
    record: dict[str, Any] | None = field(compare=False, default=None)


def follow_up(law: Law, on: date, generation: int, last_exposure: date, protection: Protection) -> FollowUp:
    """By the rule of `on`. The last rule bridges a gap, unverified; who was never asked counts as unvaccinated."""
    if generation == 2:
        return FollowUp(None, None, _record(law, "quarantine/f2", on))
    if not _has(law, "quarantine/contact"):
        days = law.find("contacts/follow_up_days", on=on) if _has(law, "contacts/follow_up_days") else None
        return FollowUp(None, last_exposure + timedelta(days=days) if days else None,
                        _record(law, "contacts/follow_up_days", on))  # fmt: skip
    decision = _quarantine(law, on, last_exposure, protection)
    if not decision:
        return FollowUp(None, None, decision.record())
    days, then = decision["days"] or 0, decision["then_days"] or 0
    last = last_exposure + timedelta(days=days)
    return FollowUp(last, last + timedelta(days=then), decision.record())


def _quarantine(law: Law, on: date, last_exposure: date, protection: Protection) -> Any:
    """The table says what it must know; what nobody asked of a person counts as not vaccinated."""
    given: dict[str, Any] = {"recovered": protection.recovered_on is not None}
    if protection.recovered_on:
        given["months_since_recovery"] = float(months_between(protection.recovered_on, last_exposure))
    if protection.doses is not None:
        given["doses"] = protection.doses
    if protection.last_dose_on:
        given["days_since_last_dose"] = max(0, (last_exposure - protection.last_dose_on).days)
        given["months_since_last_dose"] = float(months_between(protection.last_dose_on, last_exposure))
    try:
        return law.decide("quarantine/contact", on=on, assume_last=True, **given)
    except Missing:
        return law.decide("quarantine/contact", on=on, assume_last=True, protection="none")


def _has(law: Law, name: str) -> bool:
    return f"{law.disease}/{name}" in law.names()


def _record(law: Law, name: str, on: date) -> dict[str, Any] | None:
    return law.decide(name, on=on, assume_last=True).record() if _has(law, name) else None


def rank_of(*, generation: int, minutes: float, last_exposure: datetime, vulnerable: bool) -> float:
    """Who is called first: higher is sooner. F1 before F2; then late and long meetings, and people at risk.

    1,000,000 for an F1; 15 for each day of the last meeting since 2020; 40 for each doubling of the minutes together
    (at most 440, a day and more); 100 for somebody who is old, pregnant or ill otherwise.
    """
    together = 40 * min(11.0, log2(1 + max(0.0, minutes)))
    late = 15 * (vietnam_day(last_exposure) - date(2020, 1, 1)).days
    return round((1_000_000 if generation == 1 else 0) + together + (100 if vulnerable else 0) + late, 1)


def is_vulnerable(*, age: int | None, pregnant: bool, diseases: Iterable[str]) -> bool:
    """Who may fall gravely ill: 65 and older, pregnant, or with a disease the law's tables list."""
    return (age is not None and age >= 65) or pregnant or bool(list(diseases))


@dataclass(frozen=True)
class Clock:
    """How a contact stands against the 24 and 48 hours: `state` is reached, in_time, late or too_late."""

    state: str
    hours: float


def clock_of(*, found_at: datetime, reached_at: datetime | None, at: datetime) -> Clock:
    """Hours from being found until reached, or until now."""
    passed = (reached_at or at) - found_at
    hours = passed.total_seconds() / 3600
    if reached_at is not None:
        return Clock("reached", hours)
    return Clock("in_time" if passed <= REACH_WITHIN else "late" if passed <= REACH_AT_LAST else "too_late", hours)


def lives_away(home: tuple[int | None, int | None], cases: Iterable[tuple[int | None, int | None]]) -> bool:
    """Whether somebody's (district, province) is that of no case; provinces decide where there are no districts.

    An unknown home is not away, and neither is anybody while no case's home is known.
    """
    district, province = home
    known = [one for one in cases if one != (None, None)]
    if home == (None, None) or not known:
        return False
    return all(
        district != theirs if district is not None and theirs is not None else province != above
        for theirs, above in known
    )


def province_named(address: str) -> str:
    """The province a free address ends with, as written: "Số 5, phường X, quận Y, Hà Nội" gives "Hà Nội".

    A lone word says nothing of a province, unless it names itself one.
    """
    parts = [part.strip() for part in address.split(",") if part.strip()]
    told = parts[-1] if parts else ""
    named = told.casefold().startswith(("tỉnh ", "thành phố ", "tp ", "tp. "))
    return told[:120] if len(parts) > 1 or named else ""
