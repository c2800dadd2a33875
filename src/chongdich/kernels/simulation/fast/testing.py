"""Samples, laboratory, results: how infections come to be known."""

from chongdich.kernels.simulation.fast.calendar import push
from chongdich.kernels.simulation.fast.care import isolate
from chongdich.kernels.simulation.fast.course import plan_screening, plan_seeking
from chongdich.kernels.simulation.fast.person import commune_of, zone_of
from chongdich.kernels.simulation.fast.sites import IN_QUARANTINE, SCREENED, SEEKS, leave_quarantine
from chongdich.kernels.simulation.fast.work import (
    ARRIVED,
    COURSE_BITS,
    DETECTED_ON,
    END_ON,
    INFECTED_ON,
    INFECTIOUS_ON,
    JOB_TAIL,
    LAB_HEAD,
    LAB_TAIL,
    RESULT,
    SAMPLE_PENDING,
    SERVED,
    Work,
)
from chongdich.kernels.simulation.jit import inner
from chongdich.kernels.simulation.outputs import DETECTED, DETECTED_IN_QUARANTINE, POSITIVES, SAMPLES
from chongdich.kernels.simulation.streams import SCREENING, SENSITIVITY, block, unit
from chongdich.kernels.simulation.tables import (
    DEAD,
    INFECTED,
    IS_DETECTED,
    NO_LIMIT,
    QUARANTINED,
    Tables,
)


@inner
def would_be_positive(tab: Tables, work: Work, key, person: int, reason: int, day: int) -> bool:
    """Whether a sample taken today from an infected person is positive: sensitivity by day since infection."""
    record = work.record[person]
    if tab.only_infectious and not (record[INFECTIOUS_ON] <= day < record[END_ON]):
        return False
    since = min(day - record[INFECTED_ON], len(tab.sensitivity) - 1)
    sure = tab.sensitivity[since] >= 1.0
    return sure or unit(block(key, person, SENSITIVITY, 4 * day + reason)[0]) < tab.sensitivity[since]


@inner
def sample(tab: Tables, work: Work, key, out, person: int, reason: int, day: int) -> None:
    """A person gives a sample, unless the reason for it has passed."""
    status = work.word[person]
    if status & (DEAD | IS_DETECTED) or (reason == IN_QUARANTINE and not status & QUARANTINED):
        return
    infected = (status & INFECTED) != 0
    pending = infected and (work.record[person, COURSE_BITS] & SAMPLE_PENDING) != 0
    if reason == SCREENED:
        plan_screening(tab, work, key, person, day + 1)
        reached = unit(block(key, person, SCREENING, day)[1]) * tab.screen_bound
        if reached >= tab.screen_share[day, commune_of(work.word[person])]:
            return
    if pending and not tab.resample:
        return
    if reason != SCREENED:  # the samples of a screening round are counted whole
        out[SAMPLES, zone_of(tab, work.word[person]), day] += 1
        work.counts[ARRIVED] += 1
    positive = infected and would_be_positive(tab, work, key, person, reason, day)
    if reason == SEEKS and (tab.resample or not positive):
        plan_seeking(tab, work, key, person, day + 1)
    if positive and not pending:
        work.record[person, COURSE_BITS] |= SAMPLE_PENDING
        out[POSITIVES, zone_of(tab, work.word[person]), day] += 1
        to_laboratory(tab, work, person, day)


@inner
def to_laboratory(tab: Tables, work: Work, person: int, day: int) -> None:
    """A positive sample waits its turn. Negative ones only take up a number in the queue."""
    if tab.lab_capacity >= NO_LIMIT:
        push(work, day + tab.result_days, RESULT, person, 0, 0, 0)
        return
    tail = work.counts[LAB_TAIL]
    work.lab[tail, 0] = person
    work.lab[tail, 1] = work.counts[ARRIVED]
    work.counts[LAB_TAIL] = tail + 1


@inner
def screening_round(tab: Tables, work: Work, out, day: int) -> None:
    """The samples of today's screening, all people of the screened communes alike."""
    if tab.screen_bound <= 0.0:
        return
    for commune in range(tab.screen_count.shape[1]):
        out[SAMPLES, tab.zone[commune], day] += tab.screen_count[day, commune]
        work.counts[ARRIVED] += tab.screen_count[day, commune]


@inner
def laboratory(tab: Tables, work: Work, day: int) -> None:
    """Serve the oldest samples up to the capacity; results come `result_days` later."""
    if tab.lab_capacity >= NO_LIMIT:
        return
    work.counts[SERVED] = min(work.counts[ARRIVED], work.counts[SERVED] + tab.lab_capacity)
    while work.counts[LAB_HEAD] < work.counts[LAB_TAIL]:
        head = work.counts[LAB_HEAD]
        if work.lab[head, 1] > work.counts[SERVED]:
            return
        push(work, day + tab.result_days, RESULT, work.lab[head, 0], 0, 0, 0)
        work.counts[LAB_HEAD] = head + 1


@inner
def positive_result(tab: Tables, work: Work, out, person: int, day: int) -> None:
    """The person becomes a case (F0): leaves quarantine, is isolated while ill, and joins the queue for tracing."""
    status = work.word[person]
    if status & (DEAD | IS_DETECTED):
        return
    zone = zone_of(tab, work.word[person])
    out[DETECTED, zone, day] += 1
    if status & QUARANTINED:
        out[DETECTED_IN_QUARANTINE, zone, day] += 1
        leave_quarantine(tab, work, out, person, day)
    work.word[person] |= IS_DETECTED
    work.record[person, DETECTED_ON] = day
    if work.record[person, END_ON] > day:
        isolate(tab, work, out, person, day)
    work.jobs[work.counts[JOB_TAIL]] = person
    work.counts[JOB_TAIL] += 1
    if tab.has_lockdown:
        maybe_lock(tab, work, person, day)


@inner
def maybe_lock(tab: Tables, work: Work, person: int, day: int) -> None:
    """A commune with too many cases in the window is locked from today."""
    commune = commune_of(work.word[person])
    work.detected_by[commune, day] += 1
    recent = work.detected_by[commune, max(0, day - tab.lock_window + 1) : day + 1].sum()
    if recent >= tab.lock_cases:
        work.locked_until[commune] = day + tab.lock_days
