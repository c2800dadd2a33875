"""A few stays that a doctor can follow, asked of the readable and of the fast engine."""

import subprocess
import sys

import numpy as np
import pytest

from chongdich.kernels.tracing import engine, reference
from chongdich.kernels.tracing.words import MASKED, UNMASKED, Case, Presences, TraceRule, World

MARKET, CLASSROOM, BUS, FIELD = range(4)
CLOSE, ROOM, OUTDOORS = 0, 1, 2
AN, BINH, CHI, DUNG, EM = range(5)
HOUR, MINUTE = 3600, 60
RULE = TraceRule(15, 0, 15, near=(CLOSE, ROOM), lag_minutes=10, lag_classes=(CLOSE,))


def stay(person: int, place: int, start: float, minutes: float, mask: int = -1) -> dict[str, int]:
    begin = round(start * HOUR)
    return {"person": person, "place": place, "start": begin, "end": begin + round(minutes * MINUTE), "mask": mask}


@pytest.fixture(params=["readable", "fast"])
def ask(request):
    """Ask one of the two: {person: level} of those found."""

    def found(rows, cases, rule=RULE, quarantined=None):
        world = World(Presences.of(rows), np.array([CLOSE, ROOM, CLOSE, OUTDOORS]))
        twin = (reference.trace, world) if request.param == "readable" else (engine.trace, engine.index(world))
        return twin[0](twin[1], cases, rule, quarantined)

    return found


def levels(contacts) -> dict[int, int]:
    return {int(row["person"]): int(row["level"]) for row in contacts.table}


def test_an_met_binh_and_binh_later_met_chi(ask):
    rows = [
        stay(AN, MARKET, 8, 60),
        stay(BINH, MARKET, 8.5, 60),
        stay(BINH, CLASSROOM, 13, 90),
        stay(CHI, CLASSROOM, 14, 60),
    ]
    found = ask(rows, [Case(AN, 0, 24 * HOUR)])
    assert levels(found) == {BINH: 1, CHI: 2}
    binh = found.table[0]
    assert (binh["seconds"], binh["first"], binh["last"]) == (30 * MINUTE, 8.5 * HOUR, 9 * HOUR)
    assert (binh["through"], binh["place"]) == (AN, MARKET)
    assert found.evidence(2)[["contact", "through", "seconds"]].tolist() == [(CHI, BINH, 30 * MINUTE)]


def test_whom_binh_met_before_meeting_an_is_no_f2(ask):
    rows = [
        stay(BINH, CLASSROOM, 6, 60),
        stay(CHI, CLASSROOM, 6, 60),
        stay(AN, MARKET, 8, 60),
        stay(BINH, MARKET, 8.5, 60),
    ]
    assert levels(ask(rows, [Case(AN, 0, 24 * HOUR)])) == {BINH: 1}


def test_whom_binh_would_have_met_in_quarantine_is_no_f2(ask):
    rows = [
        stay(AN, MARKET, 8, 60),
        stay(BINH, MARKET, 8.5, 60),
        stay(BINH, CLASSROOM, 13, 90),
        stay(CHI, CLASSROOM, 14, 60),
    ]
    assert levels(ask(rows, [Case(AN, 0, 24 * HOUR)], quarantined={BINH: 12 * HOUR})) == {BINH: 1}


def test_only_the_infectious_window_counts(ask):
    rows = [stay(AN, MARKET, 8, 60), stay(BINH, MARKET, 8.5, 60)]
    assert levels(ask(rows, [Case(AN, 9 * HOUR + 1, 24 * HOUR)])) == {}
    assert levels(ask(rows, [Case(AN, 0, 8 * HOUR)])) == {}


def test_masks_and_minutes(ask):
    def met(minutes: int, one: int, other: int) -> bool:
        rows = [stay(AN, MARKET, 8, 60, one), stay(BINH, MARKET, 8, minutes, other)]
        return bool(levels(ask(rows, [Case(AN, 0, 24 * HOUR)])))

    assert met(15, MASKED, MASKED)
    assert not met(14, MASKED, MASKED)
    assert met(1, MASKED, UNMASKED)
    assert not met(14, MASKED, -1)


def test_outdoors_is_not_counted_and_the_air_of_a_bus_is(ask):
    rows = [stay(AN, FIELD, 8, 60), stay(BINH, FIELD, 8, 60), stay(AN, BUS, 10, 20)]
    after = [stay(CHI, BUS, 10.4, 20), stay(DUNG, BUS, 10.6, 20), stay(EM, BUS, 9, 20)]
    found = ask(rows + after, [Case(AN, 0, 24 * HOUR)])
    assert levels(found) == {CHI: 1}
    assert found.evidence(1)["lag"].tolist() == [4 * MINUTE]


def test_a_case_who_met_a_case_is_a_link_and_no_contact_to_call(ask):
    rows = [stay(AN, MARKET, 8, 60), stay(BINH, MARKET, 8, 60), stay(CHI, MARKET, 8, 60)]
    found = ask(rows, [Case(AN, 0, 24 * HOUR), Case(BINH, 20 * HOUR, 24 * HOUR)])
    assert {int(row["person"]): bool(row["is_case"]) for row in found.table} == {BINH: True, CHI: False}


def test_two_sources_telling_of_one_stay_count_its_minutes_once(ask):
    rows = [stay(AN, MARKET, 8, 60), stay(BINH, MARKET, 8, 30), stay(BINH, MARKET, 8.25, 30)]
    (binh,) = ask(rows, [Case(AN, 0, 24 * HOUR)]).table
    assert (binh["meetings"], binh["seconds"], binh["longest"]) == (2, 45 * MINUTE, 30 * MINUTE)


def test_the_words_come_without_loading_the_compiler():
    script = "import sys, chongdich.kernels.tracing as t; t.Case, t.TraceRule; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
