"""The order of a day.

 1. Arrivals: on day 0 the seeds, every day the imported infections. For these and for everybody infected
     yesterday, the whole
    course and all potential transmissions are drawn.
 2. Course: patients become severe or critical, recover or die.
 3. Samples: people with symptoms seek a test, quarantined people are tested on schedule, screening takes its share.
 4. Laboratory: the oldest samples are served, up to its capacity.
 5. Results: positives become cases (F0), are isolated, may lock their commune, and join the queue for tracing.
 6. Tracing: cases are traced in the order of detection, up to the tracers' capacity.
 7. Quarantine: contacts reached today enter or are extended; those whose last day has come leave; freed places
     are given away.
 8. Transmission: today's candidates fire, thinned by everything that holds today.
 9. Queues are counted.

Infected on day d means infectious on d + 1 at the earliest. Whoever recovers on day d infects nobody on d.
"""

from chongdich.kernels.simulation.fast.arrivals import arrive, place_seeds
from chongdich.kernels.simulation.fast.calendar import clear_calendar, give_back
from chongdich.kernels.simulation.fast.care import (
    BECOMES_SEVERE,
    TURNS_CRITICAL,
    becomes_severe,
    ends,
    turns_critical,
)
from chongdich.kernels.simulation.fast.fetch import fetch
from chongdich.kernels.simulation.fast.infection import begin_infections
from chongdich.kernels.simulation.fast.sites import fill_places, notified, released
from chongdich.kernels.simulation.fast.spread import expose_together
from chongdich.kernels.simulation.fast.testing import laboratory, positive_result, sample, screening_round
from chongdich.kernels.simulation.fast.tracing import trace_cases
from chongdich.kernels.simulation.fast.work import (
    ARRIVED,
    CAUGHT,
    COURSE,
    CRITICAL_TIER,
    EXPOSE,
    FULL,
    IN_TIER,
    JOB_HEAD,
    JOB_TAIL,
    NOTIFY,
    PHASES,
    PLACES_FREE,
    QUARANTINES,
    RELEASE,
    RESET_ALL,
    RESULT,
    SAMPLE,
    SERVED,
    SEVERE_TIER,
    WAIT_HEAD,
    WAIT_TAIL,
    Work,
)
from chongdich.kernels.simulation.jit import compiled, inner
from chongdich.kernels.simulation.outputs import (
    BEDS_CRITICAL_AWAITED,
    BEDS_SEVERE_AWAITED,
    CASES_TO_TRACE,
    FIRST_STOCK,
    LAB_WAITING,
    PLACES_AWAITED,
)
from chongdich.kernels.simulation.tables import ANY_STATUS, NO_LIMIT, Network, Tables


@compiled
def run_replicate(net: Network, tab: Tables, work: Work, key, out, queues) -> bool:
    """Run one replicate into out (outputs, zones, days) and queues (queues, days), both zero on entry.

    False when the calendar was too small: repeat with a larger one (the result does not depend on its size).
    """
    clear(net, tab, work)
    for day in range(tab.days):
        if day == 0:
            place_seeds(net, tab, work, key, out)
        arrive(net, tab, work, key, out, day)
        begin_infections(net, tab, work, key, day)
        course_events(tab, work, key, out, day)
        sample_events(tab, work, key, out, day)
        screening_round(tab, work, out, day)
        laboratory(tab, work, day)
        result_events(tab, work, out, day)
        trace_cases(net, tab, work, key, day)
        quarantine_events(tab, work, key, out, day)
        expose_events(tab, work, key, out, day)
        count_queues(tab, work, queues, day)
        if work.counts[FULL]:
            return False
    stocks_from_changes(out)
    return True


@inner
def clear(net: Network, tab: Tables, work: Work) -> None:
    """Only the words of people, the calendar and the counters need clearing."""
    clear_people(net, work)
    work.counts[:] = 0
    clear_calendar(work)
    work.slot[:] = -1
    for place in range(tab.places):
        work.free[place] = tab.places - 1 - place
    work.counts[PLACES_FREE] = tab.places
    if tab.has_lockdown:
        work.detected_by[:] = 0
        work.locked_until[:] = 0


@inner
def clear_people(net: Network, work: Work) -> None:
    """Only people whom the replicate before has touched, when they are few."""
    caught, quarantines = work.counts[CAUGHT], work.counts[QUARANTINES]
    if work.counts[RESET_ALL] or 4 * (caught + quarantines) > len(work.word):
        for person in range(len(work.word)):
            work.word[person] = net.word[person]
        return
    for number in range(caught):
        work.word[work.caught[number, 0]] &= ~ANY_STATUS
    for number in range(quarantines):
        work.word[work.quarantined[number]] &= ~ANY_STATUS


@inner
def fetch_people(work: Work, chunk: int) -> None:
    for number in range(work.filled[chunk]):
        person = work.events[chunk, number, 0]
        fetch(work.word, person)
        fetch(work.record, person)


@inner
def fetch_stays(tab: Tables, work: Work, chunk: int) -> None:
    for number in range(work.filled[chunk]):
        person = work.events[chunk, number, 0]
        fetch(work.word, person)
        fetch(work.until, person)
        if not tab.quarantine_recovered:
            fetch(work.record, person)


@inner
def course_events(tab: Tables, work: Work, key, out, day: int) -> None:
    chunk = work.heads[day * PHASES + COURSE]
    while chunk >= 0:
        for number in range(work.filled[chunk]):
            person, kind = work.events[chunk, number, 0], work.events[chunk, number, 1]
            if kind == BECOMES_SEVERE:
                becomes_severe(tab, work, key, out, person, day)
            elif kind == TURNS_CRITICAL:
                turns_critical(tab, work, key, out, person, day)
            else:
                ends(tab, work, out, person, day)
        chunk = give_back(work, chunk)


@inner
def sample_events(tab: Tables, work: Work, key, out, day: int) -> None:
    chunk = work.heads[day * PHASES + SAMPLE]
    while chunk >= 0:
        fetch_people(work, chunk)
        for number in range(work.filled[chunk]):
            sample(tab, work, key, out, work.events[chunk, number, 0], work.events[chunk, number, 1], day)
        chunk = give_back(work, chunk)


@inner
def result_events(tab: Tables, work: Work, out, day: int) -> None:
    chunk = work.heads[day * PHASES + RESULT]
    while chunk >= 0:
        fetch_people(work, chunk)
        for number in range(work.filled[chunk]):
            positive_result(tab, work, out, work.events[chunk, number, 0], day)
        chunk = give_back(work, chunk)


@inner
def quarantine_events(tab: Tables, work: Work, key, out, day: int) -> None:
    chunk = work.heads[day * PHASES + NOTIFY]
    while chunk >= 0:
        fetch_stays(tab, work, chunk)
        for number in range(work.filled[chunk]):
            event = work.events[chunk, number]
            notified(tab, work, key, out, event[0], event[1], event[2], day)
        chunk = give_back(work, chunk)
    chunk = work.heads[day * PHASES + RELEASE]
    while chunk >= 0:
        for number in range(work.filled[chunk]):
            released(tab, work, out, work.events[chunk, number, 0], day)
        chunk = give_back(work, chunk)
    if tab.centralised:
        fill_places(tab, work, out, day)


@inner
def expose_events(tab: Tables, work: Work, key, out, day: int) -> None:
    chunk = work.heads[day * PHASES + EXPOSE]
    while chunk >= 0:
        expose_together(tab, work, key, out, work.events[chunk], work.filled[chunk], day)
        chunk = give_back(work, chunk)


@inner
def count_queues(tab: Tables, work: Work, queues, day: int) -> None:
    if tab.lab_capacity < NO_LIMIT:
        queues[LAB_WAITING, day] = work.counts[ARRIVED] - work.counts[SERVED]
    queues[CASES_TO_TRACE, day] = work.counts[JOB_TAIL] - work.counts[JOB_HEAD]
    queues[PLACES_AWAITED, day] = work.counts[WAIT_TAIL] - work.counts[WAIT_HEAD]
    queues[BEDS_SEVERE_AWAITED, day] = max(0, work.counts[IN_TIER + SEVERE_TIER] - tab.beds[SEVERE_TIER])
    queues[BEDS_CRITICAL_AWAITED, day] = max(0, work.counts[IN_TIER + CRITICAL_TIER] - tab.beds[CRITICAL_TIER])


@inner
def stocks_from_changes(out) -> None:
    """Occupancy was written as changes; add them up over the days."""
    for output in range(FIRST_STOCK, out.shape[0]):
        for zone in range(out.shape[1]):
            for day in range(1, out.shape[2]):
                out[output, zone, day] += out[output, zone, day - 1]
