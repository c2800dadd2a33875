"""The course of the disease of people infected together: the day of each stage, and what becomes of them with full
care.
"""

from chongdich.kernels.simulation.fast.calendar import push
from chongdich.kernels.simulation.fast.care import BECOMES_SEVERE, ENDS, TURNS_CRITICAL, duration
from chongdich.kernels.simulation.fast.person import group_of
from chongdich.kernels.simulation.fast.sites import SCREENED, SEEKS
from chongdich.kernels.simulation.fast.work import (
    BECOMES_CRITICAL,
    COURSE,
    COURSE_BITS,
    CRITICAL_ON,
    DETECTED_ON,
    DIES,
    END_ON,
    END_PLANNED,
    HAS_SYMPTOMS,
    INFECTED_ON,
    INFECTIOUS_ON,
    ONSET_ON,
    SAMPLE,
    SEVERE_ON,
    TIER,
    VARIANT,
    Work,
)
from chongdich.kernels.simulation.inversion import days_at
from chongdich.kernels.simulation.jit import inner
from chongdich.kernels.simulation.streams import COURSE as COURSE_STREAM
from chongdich.kernels.simulation.streams import SCREENING, SEEKING, block, blocks_at, blocks_each, unit
from chongdich.kernels.simulation.tables import (
    ASYMPTOMATIC,
    CRITICAL_END,
    LATENT,
    MILD,
    NEVER,
    PRESYMPTOMATIC,
    SEVERE_END,
    SEVERITY,
    SINCE_DOSE,
    SYMPTOMS,
    TO_CRITICAL,
    TO_DEATH,
    TO_SEVERE,
    Tables,
)


@inner
def protection(tab: Tables, person: int, effect: int, day: int) -> float:
    """What vaccination takes away of a risk on a day: the better of the two doses."""
    if not tab.has_vaccine:
        return 0.0
    best = 0.0
    for dose in range(2):
        since = day - tab.dose_day[person, dose]
        if since >= 0:
            best = max(best, tab.protection[effect, dose + 1, min(since, SINCE_DOSE - 1)])
    return best


@inner
def draw_courses(tab: Tables, work: Work, key, count: int) -> None:
    """Fill the records of a batch. Rows 0-3 and 4-7 of its lots are the first two blocks of each course."""
    batch = work.batch
    lots = batch.lots
    blocks_at(key, batch.person, 0, COURSE_STREAM, 0, count, lots[0], lots[1], lots[2], lots[3])
    blocks_at(key, batch.person, 0, COURSE_STREAM, 1, count, lots[4], lots[5], lots[6], lots[7])
    for number in range(count):
        draw_course(tab, work, key, number)


@inner
def draw_course(tab: Tables, work: Work, key, number: int) -> None:
    batch = work.batch
    lots = batch.lots
    person, variant, day = batch.person[number], batch.variant[number], batch.infected_on[number]
    record = work.record[person]
    group = group_of(work.word[person])
    record[INFECTED_ON] = day
    record[VARIANT] = variant
    record[TIER] = 0
    record[DETECTED_ON] = NEVER
    record[SEVERE_ON] = NEVER
    record[CRITICAL_ON] = NEVER
    infectious = day + duration(tab, variant, LATENT, lots[0, number])
    record[INFECTIOUS_ON] = infectious
    symptomatic = tab.chance[variant, 0, group] * (1.0 - protection(tab, person, SYMPTOMS, day))
    if unit(lots[1, number]) >= symptomatic:
        record[COURSE_BITS] = 0
        record[ONSET_ON] = NEVER
        record[END_ON] = infectious + duration(tab, variant, ASYMPTOMATIC, lots[3, number])
        return
    record[COURSE_BITS] = HAS_SYMPTOMS
    onset = infectious + duration(tab, variant, PRESYMPTOMATIC, lots[2, number])
    record[ONSET_ON] = onset
    severe = tab.chance[variant, 1, group] * (1.0 - protection(tab, person, SEVERITY, day))
    if unit(lots[4, number]) >= severe:
        record[END_ON] = onset + duration(tab, variant, MILD, lots[3, number])
        return
    record[SEVERE_ON] = onset + duration(tab, variant, TO_SEVERE, lots[5, number])
    draw_severe_course(tab, work, key, person, variant, lots[6, number], lots[7, number])


@inner
def draw_severe_course(
    tab: Tables, work: Work, key, person: int, variant: int, lot_critical: int, lot_wait: int
) -> None:
    record = work.record[person]
    group = group_of(work.word[person])
    lot_fate, lot_end, lot_leave, _ = block(key, person, COURSE_STREAM, 2)
    record[COURSE_BITS] |= END_PLANNED
    if unit(lot_critical) >= tab.chance[variant, 2, group]:
        record[END_ON] = record[SEVERE_ON] + duration(tab, variant, SEVERE_END, lot_leave)
        return
    record[COURSE_BITS] |= BECOMES_CRITICAL
    record[CRITICAL_ON] = record[SEVERE_ON] + duration(tab, variant, TO_CRITICAL, lot_wait)
    dies = unit(lot_fate) < tab.chance[variant, 3, group]
    if dies:
        record[COURSE_BITS] |= DIES
    record[END_ON] = record[CRITICAL_ON] + duration(tab, variant, TO_DEATH if dies else CRITICAL_END, lot_end)


@inner
def plan_courses(tab: Tables, work: Work, key, count: int, first_day: int) -> None:
    """Write the stages that need care, the first visit for a test, and the first screening into the calendar."""
    batch = work.batch
    for number in range(count):
        record = work.record[batch.person[number]]
        batch.visit_from[number] = max(first_day, record[ONSET_ON])
    lots = batch.lots
    if tab.seek > 0.0:
        blocks_each(key, batch.person, 0, SEEKING, batch.visit_from, count, lots[0], lots[1], lots[2], lots[3])
    for number in range(count):
        person = batch.person[number]
        record = work.record[person]
        if record[SEVERE_ON] != NEVER:
            plan_care(work, person, first_day)
        if record[ONSET_ON] != NEVER and tab.seek > 0.0:
            visit_on(tab, work, person, batch.visit_from[number], lots[0, number])
        if tab.screen_bound > 0.0:
            plan_screening(tab, work, key, person, first_day)


@inner
def plan_care(work: Work, person: int, first_day: int) -> None:
    record = work.record[person]
    push(work, max(first_day, record[SEVERE_ON]), COURSE, person, BECOMES_SEVERE, 0, 0)
    if record[CRITICAL_ON] != NEVER:
        push(work, max(first_day, record[CRITICAL_ON]), COURSE, person, TURNS_CRITICAL, 0, 0)
    push(work, max(first_day, record[END_ON]), COURSE, person, ENDS, 0, 0)


@inner
def visit_on(tab: Tables, work: Work, person: int, from_day: int, lot: int) -> None:
    day = from_day + days_at(tab.seek_cut, tab.seek_guide, lot)
    if day < work.record[person, END_ON]:
        push(work, day, SAMPLE, person, SEEKS, 0, 0)


@inner
def plan_seeking(tab: Tables, work: Work, key, person: int, from_day: int) -> None:
    """The day on which a person with symptoms next seeks a test, from `from_day` on, while the symptoms last."""
    visit_on(tab, work, person, from_day, block(key, person, SEEKING, from_day)[0])


@inner
def plan_screening(tab: Tables, work: Work, key, person: int, from_day: int) -> None:
    """When screening may next reach an infected person, from `from_day` on, while it could find anything."""
    day = from_day + days_at(tab.screen_cut, tab.screen_guide, block(key, person, SCREENING, from_day)[0])
    if day < work.record[person, INFECTED_ON] + len(tab.sensitivity):
        push(work, day, SAMPLE, person, SCREENED, 0, 0)
