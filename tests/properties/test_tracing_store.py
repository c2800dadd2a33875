"""Whatever is added, corrected, withdrawn, tidied or sealed, the store answers as the list of living rows does."""

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from chongdich.kernels.tracing import engine, reference
from chongdich.kernels.tracing.store import TracingStore
from chongdich.kernels.tracing.words import Presences, World

from .test_tracing_worlds import CASES, DISTANCE, QUARANTINED, RULE, SEED, assert_same, crowd

STEP = st.one_of(
    st.tuples(st.just("append"), SEED, st.sampled_from([1, 10, 25])),
    st.tuples(st.just("correct"), SEED, st.integers(1, 4)),
    st.tuples(st.just("withdraw"), SEED, st.integers(1, 3)),
    st.tuples(st.sampled_from(["tidy", "seal", "rebuild"]), st.just(0), st.just(0)),
)


def take_step(store: TracingStore, living: dict[int, dict], step: tuple[str, int, int]) -> None:
    """Do it to the store, and to a dictionary of living rows beside it."""
    what, seed, size = step
    if what in ("tidy", "seal", "rebuild"):
        getattr(store, what)()
        return
    chosen = np.random.default_rng(seed).permutation(sorted(living))[:size].tolist() if what != "append" else []
    if what == "withdraw":
        store.withdraw(chosen)
    else:
        rows = crowd(seed, size if what == "append" else len(chosen))
        numbers = store.append(rows, {old: at for at, old in enumerate(chosen)})
        living.update({number: as_row(rows, at) for at, number in enumerate(numbers)})
    for old in chosen:
        del living[old]


def as_row(rows: Presences, at: int) -> dict:
    columns = ("person", "place", "start", "end", "source", "certainty", "mask")
    return {name: int(getattr(rows, name)[at]) for name in columns}


@settings(max_examples=40, deadline=None)
@given(st.lists(STEP, max_size=8), CASES, RULE, QUARANTINED)
def test_the_store_answers_as_the_list_of_its_living_rows(steps, cases, rule, quarantined):
    with tempfile.TemporaryDirectory() as folder:
        store = TracingStore.create(Path(folder) / "kho", span_days=1)
        store.set_distance(dict(enumerate(DISTANCE.tolist())))
        living: dict[int, dict] = {}
        for step in [("append", 1, 30), *steps]:
            take_step(store, living, step)
        world = World(Presences.of([{"row": number, **row} for number, row in sorted(living.items())]), DISTANCE)
        slow = reference.trace(world, cases, rule, quarantined)
        assert_same(engine.trace(store.snapshot(), cases, rule, quarantined), slow)
        assert_same(engine.trace(TracingStore(store.folder).snapshot(), cases, rule, quarantined), slow)
        assert sorted(store.presences().row.tolist()) == sorted(living)
