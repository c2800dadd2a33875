"""Patients: where they are cared for, how they leave, what a missing bed does."""

from chongdich.kernels.simulation.fast.calendar import push
from chongdich.kernels.simulation.fast.person import group_of, zone_of
from chongdich.kernels.simulation.fast.sites import ADMITTED, leave_quarantine
from chongdich.kernels.simulation.fast.work import (
    BECOMES_CRITICAL,
    COURSE,
    COURSE_BITS,
    CRITICAL_ON,
    CRITICAL_TIER,
    DIES,
    END_ON,
    END_PLANNED,
    IN_TIER,
    MILD_TIER,
    SAMPLE,
    SEVERE_TIER,
    TIER,
    VARIANT,
    Work,
)
from chongdich.kernels.simulation.inversion import days_at
from chongdich.kernels.simulation.jit import inner
from chongdich.kernels.simulation.outputs import CRITICAL, DEATHS, IN_HOME_TREATMENT, IN_MILD, SEVERE
from chongdich.kernels.simulation.streams import COURSE as COURSE_STREAM
from chongdich.kernels.simulation.streams import block, unit
from chongdich.kernels.simulation.tables import (
    AT_HOME,
    CRITICAL_END,
    DEAD,
    IS_DETECTED,
    ISOLATED,
    QUARANTINED,
    TO_CRITICAL,
    TO_DEATH,
    Tables,
)

BECOMES_SEVERE, TURNS_CRITICAL, ENDS = range(3)  # kinds of course events


@inner
def duration(tab: Tables, variant: int, which: int, word: int) -> int:
    """Days of one part of the course."""
    return days_at(tab.duration_cut[variant, which], tab.duration_guide[variant, which], word)


@inner
def enter_tier(tab: Tables, work: Work, out, person: int, tier: int, day: int) -> None:
    work.record[person, TIER] = tier
    work.counts[IN_TIER + tier] += 1
    shift = 0 if tier == MILD_TIER else 1
    out[IN_MILD + tier - 1 + shift, zone_of(tab, work.word[person]), day] += 1


@inner
def leave_tier(tab: Tables, work: Work, out, person: int, day: int) -> None:
    tier = work.record[person, TIER]
    if tier == 0:
        return
    work.record[person, TIER] = 0
    work.counts[IN_TIER + tier] -= 1
    shift = 0 if tier == MILD_TIER else 1
    out[IN_MILD + tier - 1 + shift, zone_of(tab, work.word[person]), day] -= 1


@inner
def isolate(tab: Tables, work: Work, out, person: int, day: int) -> None:
    """A detected person who is still ill is isolated: in a bed for mild cases if one is free, else treated at home."""
    record = work.record[person]
    work.word[person] |= ISOLATED
    if record[TIER] == 0 and work.counts[IN_TIER + MILD_TIER] < tab.beds[MILD_TIER]:
        enter_tier(tab, work, out, person, MILD_TIER, day)
    elif record[TIER] == 0:
        work.word[person] |= AT_HOME
        out[IN_HOME_TREATMENT, zone_of(tab, work.word[person]), day] += 1
    if not record[COURSE_BITS] & END_PLANNED:
        record[COURSE_BITS] |= END_PLANNED
        push(work, record[END_ON], COURSE, person, ENDS, 0, 0)


@inner
def leave_home_treatment(tab: Tables, work: Work, out, person: int, day: int) -> None:
    if work.word[person] & AT_HOME:
        work.word[person] &= ~AT_HOME
        out[IN_HOME_TREATMENT, zone_of(tab, work.word[person]), day] -= 1


@inner
def becomes_severe(tab: Tables, work: Work, key, out, person: int, day: int) -> None:
    """Needs oxygen. Without a free bed the chance of becoming critical is greater (same lot, higher threshold)."""
    record = work.record[person]
    out[SEVERE, zone_of(tab, work.word[person]), day] += 1
    leave_tier(tab, work, out, person, day)
    leave_home_treatment(tab, work, out, person, day)
    crowded = work.counts[IN_TIER + SEVERE_TIER] >= tab.beds[SEVERE_TIER]
    enter_tier(tab, work, out, person, SEVERE_TIER, day)
    if crowded and not record[COURSE_BITS] & BECOMES_CRITICAL:
        worsens(tab, work, key, person, day)
    if tab.admission_test and not work.word[person] & IS_DETECTED:
        push(work, day, SAMPLE, person, ADMITTED, 0, 0)


@inner
def worsens(tab: Tables, work: Work, key, person: int, day: int) -> None:
    """No oxygen bed was free: some who would have recovered become critical, and recover or die later."""
    record = work.record[person]
    _, _, lot, wait = block(key, person, COURSE_STREAM, 1)
    chance = tab.chance[record[VARIANT], 2, group_of(work.word[person])] * tab.without_bed[0]
    if unit(lot) >= chance:
        return
    record[COURSE_BITS] |= BECOMES_CRITICAL
    record[CRITICAL_ON] = day + duration(tab, record[VARIANT], TO_CRITICAL, wait)
    fate, to_end, _, _ = block(key, person, COURSE_STREAM, 2)
    dies = unit(fate) < tab.chance[record[VARIANT], 3, group_of(work.word[person])]
    if dies:
        record[COURSE_BITS] |= DIES
    record[END_ON] = record[CRITICAL_ON] + duration(tab, record[VARIANT], TO_DEATH if dies else CRITICAL_END, to_end)
    push(work, max(day + 1, record[CRITICAL_ON]), COURSE, person, TURNS_CRITICAL, 0, 0)
    push(work, max(day + 1, record[END_ON]), COURSE, person, ENDS, 0, 0)


@inner
def turns_critical(tab: Tables, work: Work, key, out, person: int, day: int) -> None:
    """Needs intensive care. Without a free bed the chance of death is greater."""
    record = work.record[person]
    out[CRITICAL, zone_of(tab, work.word[person]), day] += 1
    leave_tier(tab, work, out, person, day)
    crowded = work.counts[IN_TIER + CRITICAL_TIER] >= tab.beds[CRITICAL_TIER]
    enter_tier(tab, work, out, person, CRITICAL_TIER, day)
    if not crowded or record[COURSE_BITS] & DIES:
        return
    fate, to_end, _, _ = block(key, person, COURSE_STREAM, 2)
    if unit(fate) < tab.chance[record[VARIANT], 3, group_of(work.word[person])] * tab.without_bed[1]:
        record[COURSE_BITS] |= DIES
        record[END_ON] = record[CRITICAL_ON] + duration(tab, record[VARIANT], TO_DEATH, to_end)
        push(work, max(day + 1, record[END_ON]), COURSE, person, ENDS, 0, 0)


@inner
def ends(tab: Tables, work: Work, out, person: int, day: int) -> None:
    """Recovery or death. An end that has been put off (or brought forward) since it was written is passed over."""
    if day < work.record[person, END_ON] or work.word[person] & DEAD:
        return
    leave_tier(tab, work, out, person, day)
    leave_home_treatment(tab, work, out, person, day)
    work.word[person] &= ~ISOLATED
    if work.record[person, COURSE_BITS] & DIES:
        if work.word[person] & QUARANTINED:
            leave_quarantine(tab, work, out, person, day)
        work.word[person] |= DEAD
        out[DEATHS, zone_of(tab, work.word[person]), day] += 1
