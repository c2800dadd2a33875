"""Infection: a person is written into the list of those caught, and all that follows is drawn on the next morning."""

from chongdich.kernels.simulation.fast.course import draw_courses, plan_courses
from chongdich.kernels.simulation.fast.fetch import fetch
from chongdich.kernels.simulation.fast.person import zone_of
from chongdich.kernels.simulation.fast.transmission import plan_transmissions
from chongdich.kernels.simulation.fast.work import BATCH, BEGUN, CAUGHT, Work
from chongdich.kernels.simulation.jit import inner
from chongdich.kernels.simulation.outputs import INFECTIONS
from chongdich.kernels.simulation.tables import INFECTED, Network, Tables


@inner
def catch(tab: Tables, work: Work, out, person: int, variant: int, source: int, day: int) -> None:
    """A person is infected on `day` (before 0 for cases already running)."""
    word = work.word[person]
    work.word[person] = word | INFECTED
    count = work.counts[CAUGHT]
    row = work.caught[count]
    row[0] = person
    row[1] = variant
    row[2] = source
    row[3] = day
    work.counts[CAUGHT] = count + 1
    out[INFECTIONS, zone_of(tab, word), max(day, 0)] += 1


@inner
def begin_infections(net: Network, tab: Tables, work: Work, key, today: int) -> None:
    """Draw all that follows from the infections not yet begun, batch by batch. Nothing of it happens before today."""
    while work.counts[BEGUN] < work.counts[CAUGHT]:
        begun = work.counts[BEGUN]
        count = min(BATCH, work.counts[CAUGHT] - begun)
        batch = work.batch
        for number in range(count):
            person = work.caught[begun + number, 0]
            fetch(work.word, person)
            fetch(work.record, person)
            fetch(net.rows, person)
            if tab.has_vaccine:
                fetch(tab.dose_day, person)
            batch.person[number] = person
            batch.variant[number] = work.caught[begun + number, 1]
            batch.infected_on[number] = work.caught[begun + number, 3]
        draw_courses(tab, work, key, count)
        plan_courses(tab, work, key, count, today)
        plan_transmissions(net, tab, work, key, count, today)
        work.counts[BEGUN] = begun + count
