"""The fast twin answers as the reference does, in many small crowded worlds."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from chongdich.kernels.tracing import engine, index, reference, sorting
from chongdich.kernels.tracing.words import Case, Presences, TraceRule, World

SEED = st.integers(0, 2**32 - 1)
SIZE = st.sampled_from([0, 1, 5, 15, 30, 40, 50, 70, 90])
STAYS = [0, 60, 3600, 600, 900, 1800, 9000]
MINUTES = st.sampled_from([0, 15, 0, 30, None])
CLASSES = st.sampled_from([(0, 1, 15), (0, 1), (0, 1, 2, 15), (0,), ()])
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
DISTANCE = np.array([0, 1, 0, 2])  # the fifth place is of unknown distance


def crowd(seed: int, size: int) -> Presences:
    """A few people in a few places at round times, so that stays often meet, touch, coincide or miss by one step."""
    chance = np.random.default_rng(seed)
    start = chance.integers(0, 36, size) * 300
    return Presences(
        person=chance.integers(0, 12, size),
        place=chance.integers(0, 5, size),
        start=start,
        end=start + chance.choice(STAYS, size),
        source=chance.integers(0, 128, size),
        certainty=chance.choice([20, 80, 100], size),
        mask=chance.integers(-1, 2, size),
    )


def windows(seed: int, size: int) -> list[Case]:
    """Infectious windows: some empty, some twice for the same person, some of people who were never anywhere."""
    chance = np.random.default_rng(seed + 1)
    since = chance.integers(-5, 24, size) * 300
    rows = zip(chance.integers(0, 13, size), since, since + chance.integers(-1, 40, size) * 300)
    return [Case(*(int(value) for value in row)) for row in rows]


WORLD = st.builds(lambda seed, size: World(crowd(seed, size), DISTANCE), SEED, SIZE)
CASES = st.builds(windows, SEED, st.sampled_from([0, 1, 2, 2, 3, 5]))
QUARANTINED = st.dictionaries(st.integers(0, 11), st.integers(0, 60).map(lambda step: step * 300), max_size=6)


def assert_same(fast: engine.Contacts, slow: reference.Contacts) -> None:
    assert fast.table.tolist() == slow.table.tolist()
    for level in (1, 2):
        assert fast.evidence(level).tolist() == slow.evidence(level).tolist()


@settings(max_examples=400, deadline=None)
@given(WORLD, CASES, RULE, QUARANTINED, st.none() | RULE)
def test_the_fast_twin_answers_as_the_reference_does(world, cases, rule, quarantined, onward):
    slow = reference.trace(world, cases, rule, quarantined, onward)
    assert_same(engine.trace(engine.index(world), cases, rule, quarantined, onward), slow)


@settings(max_examples=150, deadline=None)
@given(WORLD, CASES, RULE, st.sets(st.integers(0, 11), max_size=3))
def test_the_evidence_of_some_people_is_that_part_of_the_whole(world, cases, rule, persons):
    found = engine.trace(engine.index(world), cases, rule)
    for level in (1, 2):
        whole = found.evidence(level)
        part = whole[np.isin(whole["contact"], list(persons))]
        assert found.evidence(level, sorted(persons)).tolist() == part.tolist()


@settings(max_examples=200, deadline=None)
@given(WORLD, CASES, RULE, QUARANTINED, st.integers(0, 90), st.integers(0, 90))
def test_rows_in_several_segments_answer_as_in_one(world, cases, rule, quarantined, first, second):
    rows = world.presences
    cuts = [0, *sorted((min(first, len(rows)), min(second, len(rows)))), len(rows)]
    parts = [index.build(rows.take(slice(*cut))) for cut in itertools.pairwise(cuts)]
    snapshot = engine.Snapshot(parts, world.distance)
    assert_same(engine.trace(snapshot, cases, rule, quarantined), reference.trace(world, cases, rule, quarantined))


@given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 3), max_size=300))
def test_an_order_of_numbers_is_the_stable_one(numbers):
    keys = np.array(numbers, np.uint64)
    assert sorting.order_of(keys).tolist() == np.argsort(keys, kind="stable").tolist()


def test_the_worlds_are_crowded_enough_to_mean_something():
    rule = TraceRule(15, 0, 0, (0, 1), lag_minutes=15, lag_classes=(0,))
    tables = [reference.trace(World(crowd(n, 60), DISTANCE), windows(n, 2), rule).table for n in range(40)]
    assert sum((table["level"] == 2).any() for table in tables) > 20
    assert sum(table["is_case"].any() for table in tables) > 5
    assert sum((table["meetings"] > 3).any() for table in tables) > 20
