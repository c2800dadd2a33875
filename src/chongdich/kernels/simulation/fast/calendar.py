"""A calendar of events: one bucket for each phase of each day, taken up in the order of writing. Used chunks are used
again.
"""

from chongdich.kernels.simulation.fast.work import CHUNK, CHUNKS_USED, FREE_CHUNK, FULL, PHASES, Work
from chongdich.kernels.simulation.jit import inner


@inner
def clear_calendar(work: Work) -> None:
    work.heads[:] = -1
    work.tails[:] = -1
    work.counts[FREE_CHUNK] = -1
    work.counts[CHUNKS_USED] = 0
    work.counts[FULL] = 0


@inner
def new_chunk(work: Work) -> int:
    """An empty chunk, or -1 when the calendar is full (the caller then repeats the replicate with a larger one)."""
    chunk = work.counts[FREE_CHUNK]
    if chunk >= 0:
        work.counts[FREE_CHUNK] = work.following[chunk]
    elif work.counts[CHUNKS_USED] < len(work.filled):
        chunk = work.counts[CHUNKS_USED]
        work.counts[CHUNKS_USED] += 1
    else:
        work.counts[FULL] = 1
        return -1
    work.filled[chunk] = 0
    work.following[chunk] = -1
    return chunk


@inner
def push(work: Work, day: int, phase: int, a: int, b: int, c: int, d: int) -> None:
    """Write an event of four numbers into the calendar; days beyond the scenario are not kept."""
    bucket = day * PHASES + phase
    if bucket >= len(work.heads):
        return
    chunk = work.tails[bucket]
    if chunk < 0 or work.filled[chunk] == CHUNK:
        fresh = new_chunk(work)
        if fresh < 0:
            return
        if chunk < 0:
            work.heads[bucket] = fresh
        else:
            work.following[chunk] = fresh
        work.tails[bucket] = fresh
        chunk = fresh
    place = work.filled[chunk]
    event = work.events[chunk, place]
    event[0] = a
    event[1] = b
    event[2] = c
    event[3] = d
    work.filled[chunk] = place + 1


@inner
def give_back(work: Work, chunk: int) -> int:
    """Return a chunk that has been read; answers the next chunk of its bucket."""
    after = work.following[chunk]
    work.following[chunk] = work.counts[FREE_CHUNK]
    work.counts[FREE_CHUNK] = chunk
    return after
