"""Tracing: tracers take up cases in the order of detection, and contacts one by one, as far as the day's capacity
goes.
"""

from chongdich.kernels.simulation.fast.calendar import push
from chongdich.kernels.simulation.fast.work import JOB_CURSOR, JOB_HEAD, JOB_TAIL, NOTIFY, Work
from chongdich.kernels.simulation.jit import inner
from chongdich.kernels.simulation.population import STANDING
from chongdich.kernels.simulation.streams import SECOND_RING, TRACING, block, unit
from chongdich.kernels.simulation.tables import Network, Tables


@inner
def trace_cases(net: Network, tab: Tables, work: Work, key, day: int) -> None:
    """Spend the day's capacity; a case half done is continued tomorrow where it was left."""
    budget = tab.tracer_capacity
    while work.counts[JOB_HEAD] < work.counts[JOB_TAIL]:
        case = work.jobs[work.counts[JOB_HEAD]]
        left_at, budget = trace_contacts(net, tab, work, key, case, work.counts[JOB_CURSOR], budget, day)
        work.counts[JOB_CURSOR] = left_at
        if left_at >= 0:
            return
        work.counts[JOB_CURSOR] = 0
        work.counts[JOB_HEAD] += 1


@inner
def trace_contacts(
    net: Network, tab: Tables, work: Work, key, case: int, cursor: int, budget: int, day: int
) -> tuple[int, int]:
    """Find the contacts of one case from `cursor` on. Answers where it stopped for want of tracers (-1: done), and
    what is left.
    """
    rows = net.rows[case]
    position = 0
    for layer in range(STANDING):
        degree = rows[STANDING + layer]
        begin = max(0, cursor - position)
        if tab.trace[layer] > 0.0:
            for number in range(begin, degree):
                contact = net.neighbours[rows[layer] + number]
                if tab.trace[layer] < 1.0:
                    lot = unit(block(key, contact, TRACING, 8 * day + layer)[0])
                    if lot >= tab.trace[layer]:
                        continue
                if budget <= 0:
                    return position + number, 0
                budget -= 1
                reached = day + tab.trace_delay[layer]
                push(work, reached, NOTIFY, contact, 1, day + tab.quarantine_days, 0)
                if tab.second_ring > 0.0:
                    trace_second_ring(net, tab, work, key, case, contact, reached, day)
        position += degree
    return -1, budget


@inner
def trace_second_ring(
    net: Network, tab: Tables, work: Work, key, case: int, contact: int, reached: int, day: int
) -> None:
    """Contacts of a contact (F2) are asked to stay at home; their number does not count against the tracers."""
    rows = net.rows[contact]
    for layer in range(STANDING):
        for number in range(rows[STANDING + layer]):
            person = net.neighbours[rows[layer] + number]
            if person == case:
                continue
            if unit(block(key, person, SECOND_RING, day)[0]) < tab.second_ring:
                push(work, reached, NOTIFY, person, 2, day + tab.second_ring_days, 0)
