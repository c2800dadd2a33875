"""The fast twin answers as the reference does, in many small crowded worlds."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from chongdich.kernels.tracing import engine, reference
from chongdich.kernels.tracing.words import Case, Presences, TraceRule, World

TIMES = st.integers(0, 60).map(lambda quarter: quarter * 300)
PRESENCE = st.fixed_dictionaries(
    {
        "person": st.integers(0, 7),
        "place": st.integers(0, 4),
        "start": TIMES,
        "stay": st.sampled_from([0, 0, 60, 600, 900, 1800, 9000]),
        "mask": st.sampled_from([-1, 0, 1]),
        "certainty": st.sampled_from([20, 80, 100]),
    }
)
CASE = st.builds(
    lambda who, since, days: Case(who, since, since + days), st.integers(0, 9), TIMES, st.integers(-600, 20000)
)
MINUTES = st.sampled_from([None, 0, 15, 30])
CLASSES = st.lists(st.sampled_from([0, 1, 15]), max_size=3, unique=True).map(tuple)
RULE = st.builds(
    TraceRule,
    minutes_masked=MINUTES,
    minutes_unmasked=MINUTES,
    minutes_mask_unknown=MINUTES,
    near=CLASSES,
    lag_minutes=st.sampled_from([0, 5, 15]),
    lag_classes=CLASSES,
    min_certainty=st.sampled_from([0, 50]),
    latency_minutes=st.sampled_from([0, 0, 60]),
)


def presences(rows: list[dict[str, int]]) -> Presences:
    return Presences.of([{**row, "end": row["start"] + row["stay"]} for row in rows])


def world(rows: list[dict[str, int]]) -> World:
    return World(presences(rows), np.array([0, 1, 0, 2]))  # the fifth place is of unknown distance


WORLD = st.lists(PRESENCE, max_size=40).map(world)
QUARANTINED = st.dictionaries(st.integers(0, 9), TIMES, max_size=4)


def assert_same(fast: engine.Contacts, slow: reference.Contacts) -> None:
    assert fast.table.tolist() == slow.table.tolist()
    for level in (1, 2):
        assert fast.evidence(level).tolist() == slow.evidence(level).tolist()


@settings(max_examples=400, deadline=None)
@given(WORLD, st.lists(CASE, max_size=4), RULE, QUARANTINED)
def test_the_fast_twin_answers_as_the_reference_does(world, cases, rule, quarantined):
    slow = reference.trace(world, cases, rule, quarantined)
    assert_same(engine.trace(engine.index(world), cases, rule, quarantined), slow)


@settings(max_examples=150, deadline=None)
@given(WORLD, st.lists(CASE, min_size=1, max_size=3), RULE, st.sets(st.integers(0, 9), max_size=3))
def test_the_evidence_of_some_people_is_that_part_of_the_whole(world, cases, rule, persons):
    found = engine.trace(engine.index(world), cases, rule)
    for level in (1, 2):
        whole = found.evidence(level)
        part = whole[np.isin(whole["contact"], list(persons))]
        assert found.evidence(level, sorted(persons)).tolist() == part.tolist()
