"""What the contacts room decides: windows, follow-up by the rule of the day, order of calling, who lives away."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chongdich.core.periods import start_of_day
from chongdich.domain.contacts.nearness import CLASSES, class_of, day_rule, judge_f1, judge_f2, room_of
from chongdich.domain.contacts.rules import (
    Protection,
    clock_of,
    follow_up,
    lives_away,
    province_named,
    rank_of,
    window_of,
)
from chongdich.regulations import Law, Overlay

LAW = Law.shipped()
AT = datetime(2021, 11, 29, 12, 0, tzinfo=UTC)
BEFORE, AFTER, LATE = date(2021, 12, 28), date(2021, 12, 29), date(2022, 4, 15)


def window(**more: object) -> tuple[datetime, datetime] | None:
    told: dict[str, object] = {"since": date(2021, 11, 20), "until": None, "isolated_at": None, "closed_on": None,
                               "ends_by_isolation": True, "at": AT}  # fmt: skip
    return window_of(**{**told, **more})  # type: ignore[arg-type]


def test_a_window_begins_with_its_day_and_ends_by_what_comes_first() -> None:
    begin = start_of_day(date(2021, 11, 20))
    isolated = datetime(2021, 11, 27, 3, 0, tzinfo=UTC)
    assert window() == (begin, AT), "not ended yet"
    assert window(isolated_at=isolated) == (begin, isolated)
    assert window(until=date(2021, 11, 25)) == (begin, start_of_day(date(2021, 11, 26))), "the last day counts whole"
    assert window(until=date(2021, 11, 28), isolated_at=isolated, ends_by_isolation=False) == (
        begin, start_of_day(date(2021, 11, 29)))  # fmt: skip
    assert window(closed_on=date(2021, 11, 21)) == (begin, start_of_day(date(2021, 11, 22)))
    assert window(since=None) is None
    assert window(isolated_at=begin - timedelta(days=3)) == (begin, begin), "never reversed"


@pytest.mark.parametrize(
    ("on", "protection", "days", "then"),
    [
        (date(2021, 6, 1), Protection(), 21, 7),  # 600/CĐ-BCĐ
        (date(2021, 9, 1), Protection(), 14, 14),  # 5599/BYT-MT
        (date(2021, 11, 29), Protection(), 14, 14),  # the gap: the last rule
        (date(2021, 12, 20), Protection(2, date(2021, 10, 1)), 7, 7),  # 10696/BYT-MT
        (date(2021, 12, 20), Protection(0), 14, 0),
        (date(2021, 12, 20), Protection(None), 14, 0),  # never asked: as if not vaccinated
        (date(2022, 3, 1), Protection(2, date(2021, 10, 1)), 5, 5),  # 762/BYT-DP
        (date(2022, 3, 1), Protection(1, date(2021, 10, 1)), 7, 3),
        (date(2022, 5, 1), Protection(0), 0, 10),  # 1909/BYT-DP: no quarantine
    ],
)
def test_follow_up_by_the_rule_of_the_day(on: date, protection: Protection, days: int, then: int) -> None:
    last = on - timedelta(days=1)
    found = follow_up(LAW, on, 1, last, protection)
    assert found.quarantine_until == last + timedelta(days=days)
    assert found.follow_until == last + timedelta(days=days + then)
    assert found.record


def test_the_gap_is_bridged_and_marked_until_a_document_fills_it() -> None:
    on = date(2021, 11, 29)
    record = follow_up(LAW, on, 1, on, Protection()).record
    assert record
    assert (record["verified"], record["outdated"]) == (False, True)
    own = Overlay.province(number="1/UBND", signed_on=on, signatory="Mẫu", editions={
        "quarantine/contact": {"since": "2021-11-08", "rows": [{"then": {"place": "home", "days": 3}}]}})  # fmt: skip
    assert follow_up(LAW.with_overlay(own), on, 1, on, Protection()).quarantine_until == on + timedelta(days=3)


def test_an_f2_waits_for_an_event_and_another_disease_has_days_of_its_own() -> None:
    on = date(2021, 11, 29)
    found = follow_up(LAW, on, 2, on, Protection())
    assert found.follow_until is None
    assert found.record
    assert found.record["outcome"]["until_event"] == "first_f1_test_negative"
    assert follow_up(LAW.pack("measles"), on, 1, on, Protection()).follow_until == on + timedelta(days=18)


@pytest.mark.parametrize("on", [date(2021, 8, 1), BEFORE, AFTER, LATE])
@pytest.mark.parametrize("kind", CLASSES)
@pytest.mark.parametrize("masked", [True, False])
@pytest.mark.parametrize("minutes", [0, 14, 15, 40])
def test_the_engines_rule_says_what_the_table_says(on: date, kind: int, masked: bool, minutes: float) -> None:
    """The plain reference is the law's own table, asked meeting by meeting."""
    rule = day_rule(LAW, on).f1
    least = rule.minutes_masked if masked else rule.minutes_unmasked
    by_engine = kind in rule.near and least is not None and minutes >= least
    assert by_engine == judge_f1(LAW, on, kind, masked=masked, minutes=minutes)["contact"]


@pytest.mark.parametrize("on", [BEFORE, AFTER, LATE])
@pytest.mark.parametrize("kind", CLASSES)
def test_the_engines_rule_of_f2_says_what_the_table_says(on: date, kind: int) -> None:
    assert (kind in day_rule(LAW, on).f2.near) == judge_f2(LAW, on, kind)["contact"]


def test_before_any_recorded_rule_nobody_is_a_contact() -> None:
    rule = day_rule(LAW, date(2020, 5, 1))
    assert rule.f1.near == ()


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("metres", [None, 0.5, 1.0, 1.5, 2.0, 2.5, 30.0])
def test_a_class_is_read_back_as_what_it_was(closed: bool, metres: float | None) -> None:
    room = room_of(class_of(closed=closed, distance_m=metres))
    assert room.closed == closed
    if metres is None:
        assert room.distance_m is None
    else:
        assert room.distance_m is not None
        assert (room.distance_m <= 1, room.distance_m <= 2) == (metres <= 1, metres <= 2)


def test_who_is_called_first() -> None:
    def rank(generation: int = 1, minutes: float = 15, days_ago: int = 3, vulnerable: bool = False) -> float:
        last = AT - timedelta(days=days_ago)
        return rank_of(generation=generation, minutes=minutes, last_exposure=last, vulnerable=vulnerable)

    assert rank(generation=1, minutes=0, days_ago=14) > rank(generation=2, minutes=5000, days_ago=0, vulnerable=True)
    assert rank(minutes=60) > rank(minutes=15)
    assert rank(vulnerable=True) > rank()
    assert rank(days_ago=1) > rank(days_ago=3)
    assert rank(minutes=3000) == rank(minutes=9000), "a day and more is one"


def test_the_clocks_of_24_and_48_hours() -> None:
    def state(hours: float, reached: float | None = None) -> str:
        found = AT - timedelta(hours=hours)
        return clock_of(found_at=found, reached_at=found + timedelta(hours=reached) if reached else None, at=AT).state

    assert [state(hours) for hours in (1, 24, 24.1, 48, 48.1)] == ["in_time", "in_time", "late", "late", "too_late"]
    assert state(100, 3) == "reached"


def test_who_lives_away() -> None:
    cases = [(1, 10), (2, 10)]
    assert not lives_away((1, 10), cases)
    assert lives_away((3, 10), cases)
    assert lives_away((5, 11), cases)
    assert not lives_away((None, None), cases), "an unknown home is not elsewhere"
    assert not lives_away((3, 10), []), "nobody is away from nowhere"
    assert not lives_away((3, 10), [(None, None)])
    assert not lives_away((None, 10), cases), "without districts the province decides"
    assert lives_away((None, 12), cases)


def test_the_province_an_address_ends_with() -> None:
    assert province_named("Số 5, phường Trung Hòa, Cầu Giấy, Hà Nội") == "Hà Nội"
    assert province_named("Tỉnh Cao Bằng") == "Tỉnh Cao Bằng"
    assert province_named("xóm 5") == province_named("") == ""
