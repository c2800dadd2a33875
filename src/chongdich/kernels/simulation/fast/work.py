"""What one thread needs to run replicates: a word and one record line per person, and the calendar of events."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chongdich.kernels.simulation.networks import on_lines

# Columns of a person's record. They hold a meaning only while the status says so, hence never need clearing.
(
    INFECTED_ON,
    INFECTIOUS_ON,
    ONSET_ON,
    SEVERE_ON,
    CRITICAL_ON,
    END_ON,
    DETECTED_ON,
    COURSE_BITS,
    TIER,
    VARIANT,
) = range(10)
RECORD = 16

# Bits of COURSE_BITS.
HAS_SYMPTOMS, BECOMES_CRITICAL, DIES, SAMPLE_PENDING, END_PLANNED = (1 << bit for bit in range(5))

# Phases of a day, in the order in which their events are taken up.
COURSE, SAMPLE, RESULT, NOTIFY, RELEASE, EXPOSE = range(6)
PHASES = 6

CHUNK = 32  # events that lie together in memory
BATCH = 256  # people, candidates or contacts that are taken up together

# Places in `counts`.
(FREE_CHUNK, CHUNKS_USED, FULL, PLACES_FREE, ARRIVED, SERVED, LAB_HEAD, LAB_TAIL) = range(8)
(JOB_HEAD, JOB_TAIL, JOB_CURSOR, WAIT_HEAD, WAIT_TAIL) = range(8, 13)
IN_TIER = 13  # 13..16: patients by tier
CAUGHT, BEGUN, QUARANTINES, RESET_ALL, WAITING_CANDIDATES = range(17, 22)
COUNTS = 24

MILD_TIER, SEVERE_TIER, CRITICAL_TIER = 1, 2, 3


class Batch(NamedTuple):
    """The people (candidates, contacts) taken up together; lots (rows, BATCH) are the words of their streams."""

    person: NDArray[np.int64]
    variant: NDArray[np.int64]
    infected_on: NDArray[np.int64]
    visit_from: NDArray[np.int64]
    lot_index: NDArray[np.int64]
    total: NDArray[np.int64]
    early: NDArray[np.int64]
    early_load: NDArray[np.float64]
    late_load: NDArray[np.float64]
    cumulative: NDArray[np.float64]
    lots: NDArray[np.int64]


class Candidates(NamedTuple):
    """Candidates between the drawing of their lots and the calendar."""

    owner: NDArray[np.int64]
    person: NDArray[np.int64]
    number: NDArray[np.int64]
    day: NDArray[np.int64]
    layer: NDArray[np.int64]
    thin: NDArray[np.int64]
    strength: NDArray[np.float64]
    target: NDArray[np.int64]
    lots: NDArray[np.int64]


class Work(NamedTuple):
    """Buffers of one thread. events (chunks, CHUNK, 4); heads, tails: first and last chunk of each (day, phase).

    caught (n, 4): who was infected in this run, one after another: person, variant, source, day.
    """

    word: NDArray[np.int32]
    record: NDArray[np.int16]
    until: NDArray[np.int16]
    caught: NDArray[np.int32]
    quarantined: NDArray[np.int32]
    place: NDArray[np.int32]
    slot: NDArray[np.int32]
    free: NDArray[np.int32]
    events: NDArray[np.int32]
    filled: NDArray[np.int32]
    following: NDArray[np.int32]
    heads: NDArray[np.int32]
    tails: NDArray[np.int32]
    lab: NDArray[np.int64]
    jobs: NDArray[np.int32]
    waiting: NDArray[np.int32]
    detected_by: NDArray[np.int32]
    locked_until: NDArray[np.int32]
    counts: NDArray[np.int64]
    batch: Batch
    candidates: Candidates


def new_work(people: int, communes: int, days: int, places: int, chunks: int = 4096) -> Work:
    """Fresh buffers. Memory the run does not touch is never really taken."""
    counts = np.zeros(COUNTS, np.int64)
    counts[RESET_ALL] = 1
    return Work(
        word=np.zeros(people, np.int32),
        record=on_lines((people, RECORD), np.int16),
        until=np.zeros(people, np.int16),
        caught=np.zeros((people, 4), np.int32),
        quarantined=np.zeros(people, np.int32),
        place=np.zeros(people, np.int32),
        slot=np.full(max(1, places), -1, np.int32),
        free=np.zeros(max(1, places), np.int32),
        events=on_lines((chunks, CHUNK, 4), np.int32),
        filled=np.zeros(chunks, np.int32),
        following=np.zeros(chunks, np.int32),
        heads=np.zeros(days * PHASES, np.int32),
        tails=np.zeros(days * PHASES, np.int32),
        lab=np.zeros((people, 2), np.int64),
        jobs=np.zeros(people, np.int32),
        waiting=np.zeros(people, np.int32),
        detected_by=np.zeros((communes, days), np.int32),
        locked_until=np.zeros(communes, np.int32),
        counts=counts,
        batch=_new_batch(),
        candidates=_new_candidates(),
    )


def _new_batch() -> Batch:
    return Batch(
        person=_whole(),
        variant=_whole(),
        infected_on=_whole(),
        visit_from=_whole(),
        lot_index=_whole(),
        total=_whole(),
        early=_whole(),
        early_load=np.zeros(BATCH),
        late_load=np.zeros(BATCH),
        cumulative=np.zeros((BATCH, 6)),
        lots=np.zeros((8, BATCH), np.int64),
    )


def _new_candidates() -> Candidates:
    return Candidates(
        owner=_whole(),
        person=_whole(),
        number=_whole(),
        day=_whole(),
        layer=_whole(),
        thin=_whole(),
        strength=np.zeros(BATCH),
        target=_whole(),
        lots=np.zeros((4, BATCH), np.int64),
    )


def _whole() -> NDArray[np.int64]:
    return np.zeros(BATCH, np.int64)
