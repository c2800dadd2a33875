"""Quarantine: who enters, where a place is free, who leaves."""

from chongdich.kernels.simulation.fast.calendar import push
from chongdich.kernels.simulation.fast.person import zone_of
from chongdich.kernels.simulation.fast.work import (
    END_ON,
    PLACES_FREE,
    QUARANTINES,
    RELEASE,
    RESET_ALL,
    SAMPLE,
    WAIT_HEAD,
    WAIT_TAIL,
    Work,
)
from chongdich.kernels.simulation.jit import inner
from chongdich.kernels.simulation.outputs import F1, F2, IN_CENTRAL, IN_HOME, TO_CENTRAL, TO_HOME
from chongdich.kernels.simulation.streams import COMPLIANCE, block, unit
from chongdich.kernels.simulation.tables import (
    BREAKS_RULES,
    CENTRAL,
    DEAD,
    INFECTED,
    IS_DETECTED,
    QUARANTINED,
    Tables,
)

SEEKS, IN_QUARANTINE, SCREENED, ADMITTED = range(4)  # reasons for a sample


@inner
def take_place(work: Work, person: int) -> None:
    """The place freed last is given first, so that people who come together share rooms."""
    work.counts[PLACES_FREE] -= 1
    slot = work.free[work.counts[PLACES_FREE]]
    work.slot[slot] = person
    work.place[person] = slot
    work.word[person] |= CENTRAL


@inner
def notified(tab: Tables, work: Work, key, out, person: int, ring: int, until: int, day: int) -> None:
    """A contact is reached: quarantine begins, or is extended."""
    status = work.word[person]
    if status & (DEAD | IS_DETECTED):
        return
    zone = zone_of(tab, work.word[person])
    out[F1 if ring == 1 else F2, zone, day] += 1
    if status & QUARANTINED:
        work.until[person] = max(work.until[person], until)
        return
    if not tab.quarantine_recovered and status & INFECTED and work.record[person, END_ON] <= day:
        return
    enter_quarantine(tab, work, key, out, person, ring, until, day)


@inner
def enter_quarantine(tab: Tables, work: Work, key, out, person: int, ring: int, until: int, day: int) -> None:
    zone = zone_of(tab, work.word[person])
    remember(work, person)
    work.word[person] |= QUARANTINED
    work.until[person] = until
    if tab.compliance < 1.0 and unit(block(key, person, COMPLIANCE, 0)[0]) >= tab.compliance:
        work.word[person] |= BREAKS_RULES
    if ring == 1 and tab.centralised and work.counts[PLACES_FREE] > 0:
        take_place(work, person)
        out[TO_CENTRAL, zone, day] += 1
        out[IN_CENTRAL, zone, day] += 1
    else:
        out[TO_HOME, zone, day] += 1
        out[IN_HOME, zone, day] += 1
        if ring == 1 and tab.centralised:
            wait_for_place(work, person)
    push(work, max(day, until), RELEASE, person, 0, 0, 0)
    for after in tab.quarantine_tests:
        if after > 0 and day + after <= until:
            push(work, day + after, SAMPLE, person, IN_QUARANTINE, 0, 0)


@inner
def remember(work: Work, person: int) -> None:
    """Whose word must be put back before the next replicate."""
    count = work.counts[QUARANTINES]
    if count == len(work.quarantined):
        work.counts[RESET_ALL] = 1
        return
    work.quarantined[count] = person
    work.counts[QUARANTINES] = count + 1


@inner
def wait_for_place(work: Work, person: int) -> None:
    """Join the queue for a central place (as long as the province has people, so it is never full in practice)."""
    if work.counts[WAIT_TAIL] - work.counts[WAIT_HEAD] < len(work.waiting):
        work.waiting[work.counts[WAIT_TAIL] % len(work.waiting)] = person
        work.counts[WAIT_TAIL] += 1


@inner
def leave_quarantine(tab: Tables, work: Work, out, person: int, day: int) -> None:
    if work.word[person] & CENTRAL:
        slot = work.place[person]
        work.slot[slot] = -1
        work.free[work.counts[PLACES_FREE]] = slot
        work.counts[PLACES_FREE] += 1
        out[IN_CENTRAL, zone_of(tab, work.word[person]), day] -= 1
    else:
        out[IN_HOME, zone_of(tab, work.word[person]), day] -= 1
    work.word[person] &= ~(QUARANTINED | CENTRAL | BREAKS_RULES)


@inner
def released(tab: Tables, work: Work, out, person: int, day: int) -> None:
    """The day written for release has come; a stay that has been extended is looked at again on its new last day."""
    if not work.word[person] & QUARANTINED:
        return
    until = work.until[person]
    if until > day:
        push(work, until, RELEASE, person, 0, 0, 0)
    else:
        leave_quarantine(tab, work, out, person, day)


@inner
def fill_places(tab: Tables, work: Work, out, day: int) -> None:
    """Freed places go to those who wait at home, in the order of arrival."""
    while work.counts[PLACES_FREE] > 0 and work.counts[WAIT_HEAD] < work.counts[WAIT_TAIL]:
        person = work.waiting[work.counts[WAIT_HEAD] % len(work.waiting)]
        work.counts[WAIT_HEAD] += 1
        status = work.word[person]
        if status & QUARANTINED and not status & CENTRAL:
            take_place(work, person)
            zone = zone_of(tab, work.word[person])
            out[IN_HOME, zone, day] -= 1
            out[IN_CENTRAL, zone, day] += 1
            out[TO_CENTRAL, zone, day] += 1
