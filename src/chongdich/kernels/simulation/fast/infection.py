"""One infection: the whole course and every potential transmission are drawn at once, and written into the calendar."""

import math

from chongdich.kernels.simulation.fast.calendar import push
from chongdich.kernels.simulation.fast.care import BECOMES_SEVERE, ENDS, TURNS_CRITICAL, duration
from chongdich.kernels.simulation.fast.sites import SCREENED, SEEKS, zone_of
from chongdich.kernels.simulation.fast.work import (
    BECOMES_CRITICAL,
    BEGIN,
    COURSE,
    COURSE_BITS,
    CRITICAL_ON,
    DETECTED_ON,
    DIES,
    END_ON,
    END_PLANNED,
    EXPOSE,
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
from chongdich.kernels.simulation.jit import inner
from chongdich.kernels.simulation.outputs import INFECTIONS
from chongdich.kernels.simulation.population import PASSERS_BY, SITE
from chongdich.kernels.simulation.streams import (
    CANDIDATE,
    CANDIDATES,
    INFECTIOUSNESS,
    PASSER_BY,
    SCREENING,
    SEEKING,
    block,
    gamma,
    poisson,
    unit,
)
from chongdich.kernels.simulation.streams import COURSE as COURSE_STREAM
from chongdich.kernels.simulation.tables import (
    ASYMPTOMATIC,
    CRITICAL_END,
    INFECTED,
    LATENT,
    MILD,
    NEVER,
    ONWARD,
    PRESYMPTOMATIC,
    SEVERE_END,
    SEVERITY,
    SINCE_DOSE,
    SYMPTOMS,
    TO_CRITICAL,
    TO_DEATH,
    TO_SEVERE,
    Network,
    Tables,
)

SCALE = 2147483648.0  # thinning thresholds are kept as whole numbers of 2**-31
ALMOST_SURE = 0.999999
LONG_WAIT = 10_000  # days; beyond every scenario


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
def skipped_days(word: int, chance: float) -> int:
    """Days that pass before a daily lot of the given chance first falls (0 = the same day)."""
    if chance >= 1.0:
        return 0
    wait = math.log(unit(word)) / math.log1p(-chance)
    return int(wait) if wait < LONG_WAIT else LONG_WAIT


@inner
def draw_course(net: Network, tab: Tables, work: Work, key, person: int, variant: int, day: int) -> None:
    """Fill the record of a person infected today: the days of each stage, and what becomes of it with full care."""
    record = work.record[person]
    group = net.group[person]
    lot_latent, lot_symptoms, lot_presymptomatic, lot_recovery = block(key, person, COURSE_STREAM, 0)
    record[VARIANT] = variant
    record[TIER] = 0
    record[COURSE_BITS] = 0
    record[DETECTED_ON] = NEVER
    record[SEVERE_ON] = NEVER
    record[CRITICAL_ON] = NEVER
    record[INFECTIOUS_ON] = day + duration(tab, variant, LATENT, lot_latent)
    symptomatic = tab.chance[variant, 0, group] * (1.0 - protection(tab, person, SYMPTOMS, day))
    if unit(lot_symptoms) >= symptomatic:
        record[ONSET_ON] = NEVER
        record[END_ON] = record[INFECTIOUS_ON] + duration(tab, variant, ASYMPTOMATIC, lot_recovery)
        return
    record[COURSE_BITS] = HAS_SYMPTOMS
    record[ONSET_ON] = record[INFECTIOUS_ON] + duration(tab, variant, PRESYMPTOMATIC, lot_presymptomatic)
    lot_severe, lot_when, _, _ = block(key, person, COURSE_STREAM, 1)
    severe = tab.chance[variant, 1, group] * (1.0 - protection(tab, person, SEVERITY, day))
    if unit(lot_severe) >= severe:
        record[END_ON] = record[ONSET_ON] + duration(tab, variant, MILD, lot_recovery)
        return
    record[SEVERE_ON] = record[ONSET_ON] + duration(tab, variant, TO_SEVERE, lot_when)
    draw_severe_course(net, tab, work, key, person, variant)


@inner
def draw_severe_course(net: Network, tab: Tables, work: Work, key, person: int, variant: int) -> None:
    record = work.record[person]
    group = net.group[person]
    _, _, lot_critical, lot_wait = block(key, person, COURSE_STREAM, 1)
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
def catch(
    net: Network, tab: Tables, work: Work, out, person: int, variant: int, source: int, day: int, now: int
) -> None:
    """A person is infected on `day` (before 0 for cases already running). What follows is drawn in step 1 of day
    `now`.
    """
    work.status[person] |= INFECTED
    work.source[person] = source
    work.record[person, INFECTED_ON] = day
    out[INFECTIONS, zone_of(net, tab, person), max(day, 0)] += 1
    push(work, now, BEGIN, person, variant, 0, 0)


@inner
def begin(net: Network, tab: Tables, work: Work, key, person: int, variant: int, today: int) -> None:
    """Draw all that follows from one infection. Nothing of it happens before today."""
    draw_course(net, tab, work, key, person, variant, work.record[person, INFECTED_ON])
    plan_course(tab, work, key, person, today)
    plan_transmissions(net, tab, work, key, person, variant, today)


@inner
def plan_course(tab: Tables, work: Work, key, person: int, first_day: int) -> None:
    """Write the stages that need care, the first visit for a test, and the first screening into the calendar."""
    record = work.record[person]
    if record[SEVERE_ON] != NEVER:
        push(work, max(first_day, record[SEVERE_ON]), COURSE, person, BECOMES_SEVERE, 0, 0)
        if record[CRITICAL_ON] != NEVER:
            push(work, max(first_day, record[CRITICAL_ON]), COURSE, person, TURNS_CRITICAL, 0, 0)
        push(work, max(first_day, record[END_ON]), COURSE, person, ENDS, 0, 0)
    if record[ONSET_ON] != NEVER and tab.seek > 0.0:
        plan_seeking(tab, work, key, person, max(first_day, record[ONSET_ON]))
    if tab.screen_bound > 0.0:
        plan_screening(tab, work, key, person, first_day)


@inner
def plan_seeking(tab: Tables, work: Work, key, person: int, from_day: int) -> None:
    """The day on which a person with symptoms next seeks a test, from `from_day` on, while the symptoms last."""
    day = from_day + skipped_days(block(key, person, SEEKING, from_day)[0], tab.seek)
    if day < work.record[person, END_ON]:
        push(work, day, SAMPLE, person, SEEKS, 0, 0)


@inner
def plan_screening(tab: Tables, work: Work, key, person: int, from_day: int) -> None:
    """When screening may next reach an infected person, from `from_day` on, while it could find anything."""
    day = from_day + skipped_days(block(key, person, SCREENING, from_day)[0], tab.screen_bound)
    if day < work.record[person, INFECTED_ON] + len(tab.sensitivity):
        push(work, day, SAMPLE, person, SCREENED, 0, 0)


@inner
def early_days(total: int, share: float, cap: float) -> int:
    return math.ceil(min(share * total, cap) - 1e-9)


@inner
def to_hazard(probability: float) -> float:
    return -math.log1p(-min(probability, ALMOST_SURE))


@inner
def thinning(lot: float, probability: float, as_probability: bool) -> int:
    """The multiplier a candidate must exceed to happen, in units of 2**-31.

    For hazards it is the lot itself. When the pack gives a probability p for each contact and day, a
    multiplier m makes it p m, not
    1 - (1 - p)**m; solving for m keeps the thinned process exact (also where the pack's p, before thinning, exceeds 1).
    """
    if as_probability:
        p = min(probability, ALMOST_SURE)
        lot = (1.0 - math.exp(lot * math.log1p(-p))) / probability
    return int(min(lot, 1.0) * (SCALE - 1.0))


@inner
def plan_transmissions(net: Network, tab: Tables, work: Work, key, person: int, variant: int, first_day: int) -> None:
    """Draw the candidates: all contacts this infection could lead to if nothing held it back."""
    record = work.record[person]
    shape = tab.shape[variant]
    total = record[END_ON] - record[INFECTIOUS_ON]
    if total <= 0:
        return
    strength = gamma(shape[0], key, person, INFECTIOUSNESS)
    strength *= 1.0 - protection(tab, person, ONWARD, record[INFECTED_ON])
    if not record[COURSE_BITS] & HAS_SYMPTOMS:
        strength *= shape[1]
    early = early_days(total, shape[3], shape[4])
    late = total - early
    late_load = strength / (1.0 + shape[3] * (shape[2] - 1.0))
    early_load = shape[2] * late_load
    rows = net.rows[person]
    weight = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    sum0 = layer_weight(tab, variant, 0, rows[4], early, late, early_load, late_load)
    sum1 = sum0 + layer_weight(tab, variant, 1, rows[5], early, late, early_load, late_load)
    sum2 = sum1 + layer_weight(tab, variant, 2, rows[6], early, late, early_load, late_load)
    sum3 = sum2 + layer_weight(tab, variant, 3, rows[7], early, late, early_load, late_load)
    sum4 = sum3 + layer_weight(tab, variant, PASSERS_BY, tab.passers_by, early, late, early_load, late_load)
    sum5 = sum4 + layer_weight(tab, variant, SITE, tab.room_mates, early, late, early_load, late_load)
    weight = (sum0, sum1, sum2, sum3, sum4, sum5)
    number = poisson(sum5, key, person, CANDIDATES)
    for candidate in range(number):
        lot_layer, lot_who, lot_day, lot_thin = block(key, person, CANDIDATE, candidate)
        layer = 0
        at = unit(lot_layer) * sum5
        while layer < SITE and at >= weight[layer]:
            layer += 1
        hazard = tab.hazard[variant, layer]
        early_rate, late_rate = hazard * early_load, hazard * late_load
        if tab.as_probability:
            early_rate, late_rate = to_hazard(early_rate), to_hazard(late_rate)
        where = unit(lot_day) * (early * early_rate + late * late_rate)
        if where < early * early_rate:
            after = min(early - 1, int(where / early_rate))
            load = early_load
        else:
            after = min(total - 1, early + int((where - early * early_rate) / late_rate))
            load = late_load
        day = record[INFECTIOUS_ON] + after
        if day < first_day or day >= tab.days:
            continue
        if layer < PASSERS_BY:
            target = net.neighbours[rows[layer] + ((lot_who * rows[4 + layer]) >> 32)]
        elif layer == PASSERS_BY:
            target = passer_by(net, tab, key, person, candidate)
        else:
            target = (lot_who * tab.room_mates) >> 32
        need = thinning(unit(lot_thin), hazard * load, tab.as_probability)
        if layer != SITE:
            if work.status[target] & INFECTED:
                continue
            if tab.susceptibility[variant, net.group[target]] * SCALE <= need:
                continue
        push(work, day, EXPOSE, person, target, layer + 8 * variant, need)


@inner
def layer_weight(
    tab: Tables, variant: int, layer: int, contacts: float, early: int, late: int, early_load: float, late_load: float
) -> float:
    """Expected candidates in one layer over the infectious period."""
    if contacts <= 0:
        return 0.0
    early_rate, late_rate = tab.hazard[variant, layer] * early_load, tab.hazard[variant, layer] * late_load
    if tab.as_probability:
        early_rate, late_rate = to_hazard(early_rate), to_hazard(late_rate)
    return contacts * (early * early_rate + late * late_rate)


@inner
def passer_by(net: Network, tab: Tables, key, person: int, candidate: int) -> int:
    """Somebody met by chance: in the own commune, the own district or anywhere in the province."""
    lot_where, lot_who, _, _ = block(key, person, PASSER_BY, candidate)
    commune = net.commune[person]
    where = unit(lot_where)
    if where < tab.mix[0]:
        low, high = net.commune_start[commune], net.commune_start[commune + 1]
    elif where < tab.mix[1]:
        low, high = net.district_range[commune, 0], net.district_range[commune, 1]
    else:
        low, high = 0, len(net.commune)
    return low + ((lot_who * (high - low)) >> 32)
