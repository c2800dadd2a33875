"""Looking back, fast and slow, gives the same places and the same people."""

import numpy as np
import pytest
from hypothesis import given, settings

from chongdich.kernels.tracing import backward, engine, reference_backward
from chongdich.kernels.tracing.words import Case, Presences, TraceRule, World

from .test_tracing_worlds import CASES, DISTANCE, RULE, WORLD, crowd, windows


@settings(max_examples=150, deadline=None)
@given(WORLD, CASES)
def test_the_places_that_link_cases(world, cases):
    found = backward.linking_places(engine.index(world), cases, at_least=2)
    slow = reference_backward.linking_places(world, cases, at_least=2) if cases else []
    assert [row[:3] for row in slow] == found[["place", "cases", "people"]].tolist()
    assert found["odds"].tolist() == pytest.approx([row[3] for row in slow])


@settings(max_examples=200, deadline=None)
@given(WORLD, CASES, CASES, RULE)
def test_the_people_who_may_have_been_the_source(world, cases, known, rule):
    known = list({case.person: case for case in known}.values())
    found = backward.sources(engine.index(world), cases, known, rule)
    slow = reference_backward.possible_sources(world, cases, known, rule)
    assert {row["person"]: (row["cases"], row["meetings"], row["seconds"]) for row in found} == slow


def test_enough_of_these_worlds_have_something_to_find():
    rule = TraceRule(15, 0, 0, (0, 1, 2), lag_minutes=15, lag_classes=(0,))
    tables = [backward.sources(engine.index(World(crowd(n, 60), DISTANCE)), windows(n, 2), [], rule) for n in range(30)]
    assert sum(len(table) > 0 for table in tables) > 15


def test_a_known_case_at_the_market_comes_before_the_household_and_air_flows_one_way():
    rows = [
        {"person": 0, "place": 0, "start": 1000, "end": 2000},  # the case of unknown origin
        {"person": 1, "place": 0, "start": 0, "end": 400},  # an earlier case, gone ten minutes before
        {"person": 2, "place": 0, "start": 2300, "end": 2500},  # came after: cannot be the source
        {"person": 3, "place": 0, "start": 900, "end": 2000},
    ]
    snapshot = engine.index(World(Presences.of(rows), np.array([0])))
    rule = TraceRule(15, 0, 0, (0,), lag_minutes=15, lag_classes=(0,))
    found = backward.sources(snapshot, [Case(0, 0, 5000)], [Case(1, 0, 5000)], rule)
    assert found[["person", "known_case", "seconds"]].tolist() == [(1, True, 0), (3, False, 1000)]
    not_yet = backward.sources(snapshot, [Case(0, 0, 5000)], [Case(1, 500, 5000)], rule)
    assert not_yet["person"].tolist() == [3]
