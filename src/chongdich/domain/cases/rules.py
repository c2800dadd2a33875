"""What the cases room decides from values in hand, by the law of the day. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from chongdich.core.errors import Refused
from chongdich.core.periods import vietnam_day
from chongdich.regulations import Decision, Law


@dataclass(frozen=True)
class Test:
    """One result as the definition sees it."""

    kind: str  # pcr, antigen
    positive: bool
    taken_at: datetime
    resulted_at: datetime
    permitted: bool = True
    ct: float | None = None


@dataclass(frozen=True)
class Picture:
    """What is known of a person when the question is whether this is a case."""

    tests: Sequence[Test] = ()
    symptoms: frozenset[str] = field(default_factory=frozenset)
    is_contact: bool = False
    epidemiological_factor: bool = False
    severe_respiratory_admission: bool = False


@dataclass(frozen=True)
class Classification:
    """confirmed, suspected or discarded, with the decision that says so; `first_positive` is the test it began with."""

    name: str
    decision: Decision
    first_positive: Test | None = None


def classify(picture: Picture, law: Law, on: date) -> Classification:
    """The definition in force on a day: confirmed first, else suspected, else discarded."""
    positives = sorted((t for t in picture.tests if t.positive), key=lambda t: t.taken_at)
    suspected = law.decide("cases/suspected", on=on, assume_last=True, **_suspicion(picture, law, on))
    clinical = bool(suspected and suspected["suspected"])
    case = law.decide("cases/definition", on=on, assume_last=True, **_definition(picture, positives, clinical, law, on))
    if case and case["case"]:
        return Classification("confirmed", case, _deciding(positives))
    if clinical:
        return Classification("suspected", suspected, positives[0] if positives else None)
    return Classification("discarded", case)


def _suspicion(picture: Picture, law: Law, on: date) -> dict[str, Any]:
    known = law.inputs("cases/suspected")
    choices = set(known["symptoms"].choices or ()) if "symptoms" in known else set()
    given = {
        "symptoms": frozenset(picture.symptoms & choices) if choices else picture.symptoms,
        "epidemiological_factor": picture.epidemiological_factor or picture.is_contact,
        "antigen_positive": any(t.positive for t in picture.tests if t.kind == "antigen"),
        "severe_respiratory_admission": picture.severe_respiratory_admission,
    }
    return {name: value for name, value in given.items() if name in known}


def _definition(picture: Picture, positives: Sequence[Test], clinical: bool, law: Law, on: date) -> dict[str, Any]:
    pcr = [t for t in positives if t.kind == "pcr"]
    antigen = [t for t in positives if t.kind == "antigen"]
    given: dict[str, Any] = {
        "pcr_positive": bool(pcr),
        "permitted_laboratory": any(t.permitted for t in pcr) if pcr else True,
        "antigen_positive": bool(antigen),
        "second_antigen_positive": len(antigen) > 1,
        "is_contact": picture.is_contact,
        "clinical_suspicion": clinical and bool(picture.symptoms),
        "epidemiological_factor": picture.epidemiological_factor or picture.is_contact,
    }
    given["hours_to_second_antigen"] = _hours_between(antigen) if len(antigen) > 1 else 0
    return {name: value for name, value in given.items() if name in law.inputs("cases/definition")}


def _hours_between(antigen: Sequence[Test]) -> float:
    """The shortest time from one positive antigen result to the next sample, hours."""
    gaps = [later.taken_at - earlier.resulted_at for earlier, later in pairwise(antigen)]
    return max(0.0, min(gap.total_seconds() for gap in gaps) / 3600)


def _deciding(positives: Sequence[Test]) -> Test | None:
    pcr = [t for t in positives if t.kind == "pcr" and t.permitted]
    return pcr[0] if pcr else (positives[0] if positives else None)


@dataclass(frozen=True)
class Window:
    """When a case could infect: days from (included) until (None: not yet ended), and the decision behind it."""

    since: date | None
    until: date | None
    decision: Decision


def infectious_window(
    *,
    onset: date | None,
    sampled: date | None,
    isolated: date | None,
    first_contact_with_source: date | None,
    cleared: date | None,
    law: Law,
    on: date,
) -> Window:
    """The window of the rule in force; an end that has not come yet is None."""
    decision = law.decide(
        "cases/infectious_window", on=on, assume_last=True, symptomatic=onset is not None,
        source_known=first_contact_with_source is not None,
    )  # fmt: skip
    if not decision:
        return Window(None, isolated, decision)
    start = {"onset": onset, "sample": sampled, "first_contact_with_source": first_contact_with_source}
    begin = start[decision["start_event"]]
    since = begin - timedelta(days=decision["days_before"]) if begin else None
    until = isolated if decision["end_event"] == "isolated" else cleared or isolated
    return Window(since, until, decision)


def check_days(
    *, today: date, birth: date | None = None, onset: date | None = None, sampled: date | None = None,
    resulted: date | None = None, outcome: date | None = None, died: bool = False,
) -> None:  # fmt: skip
    """Refuse days that cannot be, naming the field: the future, before birth, a result before its sample."""
    named = {"onset_on": (onset, "Ngày khởi phát"), "sampled_on": (sampled, "Ngày lấy mẫu"),
             "resulted_on": (resulted, "Ngày có kết quả"), "outcome_on": (outcome, "Ngày kết thúc")}  # fmt: skip
    for field_name, (day, label) in named.items():
        if day and day > today:
            raise Refused(f"{label} ở tương lai ({day:%d/%m/%Y}).", field_name)
        if day and birth and day < birth:
            raise Refused(f"{label} trước ngày sinh.", field_name)
    if sampled and resulted and resulted < sampled:
        raise Refused("Ngày có kết quả trước ngày lấy mẫu.", "resulted_on")
    if onset and outcome and outcome < onset:
        word = "Ngày tử vong" if died else "Ngày kết thúc"
        raise Refused(f"{word} trước ngày khởi phát.", "outcome_on")


def origin_of(*, abroad: bool, in_quarantine: bool, has_source: bool, was_contact: bool) -> str:
    """Where an infection comes from, as reports count it."""
    if abroad:
        return "imported"
    if in_quarantine:
        return "in_quarantine"
    return "community_known" if has_source or was_contact else "community_unknown"


def day_of(moment: datetime | None) -> date | None:
    """The Vietnam day of a moment, if there is one."""
    return vietnam_day(moment) if moment else None


_LIVING = {
    "temperature": (33, 43, "Thân nhiệt (°C)"), "breaths": (5, 80, "Nhịp thở (lần/phút)"),
    "oxygen": (40, 100, "SpO2 (%)"),
    "pulse": (20, 250, "Mạch (lần/phút)"), "systolic": (40, 300, "Huyết áp tối đa"),
    "diastolic": (20, 200, "Huyết áp tối thiểu"),
}  # fmt: skip


def check_visit(found: Mapping[str, Any]) -> None:
    """Refuse what no thermometer, watch or oximeter shows on a living person."""
    for where, (low, high, label) in _LIVING.items():
        value = found.get(where)
        if value is not None and not low <= value <= high:
            raise Refused(f"{label} phải từ {low} đến {high}.", where)
