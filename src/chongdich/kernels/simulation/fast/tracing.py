"""Tracing: tracers take up cases in the order of detection, and contacts one by one, as far as the day's capacity
goes.
"""

from chongdich.kernels.simulation.fast.calendar import push
from chongdich.kernels.simulation.fast.fetch import fetch
from chongdich.kernels.simulation.fast.work import BATCH, JOB_CURSOR, JOB_HEAD, JOB_TAIL, NOTIFY, Work
from chongdich.kernels.simulation.jit import inner
from chongdich.kernels.simulation.population import STANDING
from chongdich.kernels.simulation.streams import SECOND_RING, TRACING, blocks_at, blocks_each, unit
from chongdich.kernels.simulation.tables import Network, Tables

CASES_TOGETHER = 64
LINE = 16  # contacts in one line of memory


@inner
def trace_cases(net: Network, tab: Tables, work: Work, key, day: int) -> None:
    """Spend the day's capacity; a case half done is continued tomorrow where it was left."""
    budget = tab.tracer_capacity
    asked = work.counts[JOB_HEAD]
    while work.counts[JOB_HEAD] < work.counts[JOB_TAIL]:
        if work.counts[JOB_HEAD] >= asked and budget > 0:
            asked = fetch_contacts(net, work, asked)
        case = work.jobs[work.counts[JOB_HEAD]]
        left_at, budget = trace_contacts(net, tab, work, key, case, work.counts[JOB_CURSOR], budget, day)
        if left_at >= 0:
            work.counts[JOB_CURSOR] = left_at
            return
        work.counts[JOB_CURSOR] = 0
        work.counts[JOB_HEAD] += 1


@inner
def fetch_contacts(net: Network, work: Work, first: int) -> int:
    """The contacts of the next cases are asked for together. Answers up to which case."""
    last = min(work.counts[JOB_TAIL], first + CASES_TOGETHER)
    for number in range(first, last):
        fetch(net.rows, work.jobs[number])
    for number in range(first, last):
        begin = net.rows[work.jobs[number], 0]
        fetch(net.neighbours, begin)
        fetch(net.neighbours, begin + LINE)
    return last


@inner
def trace_contacts(
    net: Network, tab: Tables, work: Work, key, case: int, cursor: int, budget: int, day: int
) -> tuple[int, int]:
    """Find the contacts of one case from `cursor` on. Answers where it stopped for want of tracers (-1: done), and
    what is left.
    """
    rows = net.rows[case]
    first = rows[0]
    total = rows[STANDING - 1] + rows[2 * STANDING - 1] - first
    while cursor < total:
        count = min(BATCH, total - cursor)
        draw_lots(net, work, key, case, first + cursor, count, day)
        if tab.second_ring > 0.0:
            fetch_second_ring(net, tab, work, first + cursor, count)
        for number in range(count):
            layer = work.batch.lot_index[number] & 7
            if unit(work.batch.lots[0, number]) >= tab.trace[layer]:
                continue
            if budget <= 0:
                return cursor + number, 0
            budget -= 1
            contact = net.neighbours[first + cursor + number]
            reached = day + tab.trace_delay[layer]
            push(work, reached, NOTIFY, contact, 1, day + tab.quarantine_days, 0)
            if tab.second_ring > 0.0:
                trace_second_ring(net, tab, work, key, case, contact, reached, day)
        cursor += count
    return -1, budget


@inner
def draw_lots(net: Network, work: Work, key, case: int, first: int, count: int, day: int) -> None:
    """One lot for each of the contacts that stand from `first` on; its index tells the layer."""
    index = work.batch.lot_index
    layer = 0
    for number in range(count):
        while first + number >= net.rows[case, layer] + net.rows[case, STANDING + layer]:
            layer += 1
        index[number] = 8 * day + layer
    lots = work.batch.lots
    blocks_each(key, net.neighbours, first, TRACING, index, count, lots[0], lots[1], lots[2], lots[3])


@inner
def fetch_second_ring(net: Network, tab: Tables, work: Work, first: int, count: int) -> None:
    """The contacts of those who will be found are asked for together."""
    for number in range(count):
        if unit(work.batch.lots[0, number]) < tab.trace[work.batch.lot_index[number] & 7]:
            fetch(net.rows, net.neighbours[first + number])
    for number in range(count):
        if unit(work.batch.lots[0, number]) < tab.trace[work.batch.lot_index[number] & 7]:
            begin = net.rows[net.neighbours[first + number], 0]
            fetch(net.neighbours, begin)
            fetch(net.neighbours, begin + LINE)
            fetch(net.neighbours, begin + 2 * LINE)


@inner
def trace_second_ring(
    net: Network, tab: Tables, work: Work, key, case: int, contact: int, reached: int, day: int
) -> None:
    """Contacts of a contact (F2) are asked to stay at home; their number does not count against the tracers."""
    rows = net.rows[contact]
    first = rows[0]
    last = rows[STANDING - 1] + rows[2 * STANDING - 1]
    lots = work.batch.lots
    while first < last:
        count = min(BATCH, last - first)
        blocks_at(key, net.neighbours, first, SECOND_RING, day, count, lots[4], lots[5], lots[6], lots[7])
        for number in range(count):
            person = net.neighbours[first + number]
            if unit(lots[4, number]) < tab.second_ring and person != case:
                push(work, reached, NOTIFY, person, 2, day + tab.second_ring_days, 0)
        first += count
