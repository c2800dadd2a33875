"""What one thread needs to run replicates: a status byte and one record line per person, and the calendar of events."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# Columns of a person's record. They hold a meaning only while the status byte says so, hence never need clearing.
(
    INFECTED_ON,
    INFECTIOUS_ON,
    ONSET_ON,
    SEVERE_ON,
    CRITICAL_ON,
    END_ON,
    DETECTED_ON,
    UNTIL,
    COURSE_BITS,
    TIER,
    VARIANT,
) = range(11)
RECORD = 16

# Bits of COURSE_BITS.
HAS_SYMPTOMS, BECOMES_CRITICAL, DIES, SAMPLE_PENDING, END_PLANNED = (1 << bit for bit in range(5))

# Phases of a day, in the order in which their events are taken up.
BEGIN, COURSE, SAMPLE, RESULT, NOTIFY, RELEASE, EXPOSE = range(7)
PHASES = 7

CHUNK = 32  # events that lie together in memory

# Places in `counts`.
(FREE_CHUNK, CHUNKS_USED, FULL, PLACES_FREE, ARRIVED, SERVED, LAB_HEAD, LAB_TAIL) = range(8)
(JOB_HEAD, JOB_TAIL, JOB_CURSOR, WAIT_HEAD, WAIT_TAIL) = range(8, 13)
IN_TIER = 13  # 13..16: patients by tier
COUNTS = 20

MILD_TIER, SEVERE_TIER, CRITICAL_TIER = 1, 2, 3


class Work(NamedTuple):
    """Buffers of one thread. events (chunks, CHUNK, 4); heads, tails: first and last chunk of each (day, phase)."""

    status: NDArray[np.uint8]
    record: NDArray[np.int16]
    source: NDArray[np.int32]
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


def new_work(people: int, communes: int, days: int, places: int, chunks: int = 4096) -> Work:
    """Fresh buffers. Memory the run does not touch is never really taken."""
    return Work(
        status=np.zeros(people, np.uint8),
        record=np.zeros((people, RECORD), np.int16),
        source=np.zeros(people, np.int32),
        place=np.zeros(people, np.int32),
        slot=np.full(max(1, places), -1, np.int32),
        free=np.zeros(max(1, places), np.int32),
        events=np.zeros((chunks, CHUNK, 4), np.int32),
        filled=np.zeros(chunks, np.int32),
        following=np.zeros(chunks, np.int32),
        heads=np.zeros(days * PHASES, np.int32),
        tails=np.zeros(days * PHASES, np.int32),
        lab=np.zeros((people, 2), np.int64),
        jobs=np.zeros(people, np.int32),
        waiting=np.zeros(people, np.int32),
        detected_by=np.zeros((communes, days), np.int32),
        locked_until=np.zeros(communes, np.int32),
        counts=np.zeros(COUNTS, np.int64),
    )
