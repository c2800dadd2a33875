"""Candidates: all contacts an infection could lead to if nothing held it back, drawn when it begins.

They are taken up in batches, one step for all before the next step: lots, then where each leads, then who is met, then
whether it can happen at all. The memory of one step is waited for together.
"""

import math

from chongdich.kernels.simulation.fast.calendar import push
from chongdich.kernels.simulation.fast.course import protection
from chongdich.kernels.simulation.fast.fetch import fetch
from chongdich.kernels.simulation.fast.person import commune_of, group_of
from chongdich.kernels.simulation.fast.work import (
    BATCH,
    COURSE_BITS,
    END_ON,
    EXPOSE,
    HAS_SYMPTOMS,
    INFECTED_ON,
    INFECTIOUS_ON,
    WAITING_CANDIDATES,
    Work,
)
from chongdich.kernels.simulation.inversion import SCALE, candidate_rate, strength_at, threshold
from chongdich.kernels.simulation.jit import inner
from chongdich.kernels.simulation.population import PASSERS_BY, SITE, STANDING
from chongdich.kernels.simulation.streams import (
    CANDIDATE,
    CANDIDATES,
    INFECTIOUSNESS,
    LARGEST_PIECE,
    PASSER_BY,
    block,
    blocks_at,
    blocks_each,
    fine_unit,
    poisson,
    poisson_at,
    unit,
)
from chongdich.kernels.simulation.tables import INFECTED, ONWARD, Network, Tables


@inner
def plan_transmissions(net: Network, tab: Tables, work: Work, key, count: int, first_day: int) -> None:
    """Draw the candidates of a batch of people and write those that can happen into the calendar."""
    batch = work.batch
    lots = batch.lots
    blocks_at(key, batch.person, 0, INFECTIOUSNESS, 0, count, lots[0], lots[1], lots[2], lots[3])
    work.counts[WAITING_CANDIDATES] = 0
    for number in range(count):
        expected = expect(net, tab, work, number)
        if expected <= 0.0:
            continue
        found = poisson_at(fine_unit(lots[1, number], lots[2, number]), min(expected, LARGEST_PIECE))
        if expected > LARGEST_PIECE:
            found += poisson(expected - LARGEST_PIECE, key, batch.person[number], CANDIDATES)
        for candidate in range(found):
            waiting = work.counts[WAITING_CANDIDATES]
            work.candidates.owner[waiting] = number
            work.candidates.number[waiting] = candidate
            work.counts[WAITING_CANDIDATES] = waiting + 1
            if waiting + 1 == BATCH:
                settle(net, tab, work, key, first_day)
    settle(net, tab, work, key, first_day)


@inner
def early_days(total: int, share: float, cap: float) -> int:
    return math.ceil(min(share * total, cap) - 1e-9)


@inner
def contacts_in(net: Network, tab: Tables, person: int, layer: int) -> float:
    """How many people somebody could meet in a layer on one day."""
    if layer < STANDING:
        return float(net.rows[person, STANDING + layer])
    return tab.passers_by if layer == PASSERS_BY else float(tab.room_mates)


@inner
def expect(net: Network, tab: Tables, work: Work, number: int) -> float:
    """Expected candidates of one person of the batch, added up over the layers."""
    batch = work.batch
    person, variant = batch.person[number], batch.variant[number]
    record = work.record[person]
    shape = tab.shape[variant]
    total = record[END_ON] - record[INFECTIOUS_ON]
    strength = strength_at(tab.strength[variant], batch.lots[0, number])
    strength *= 1.0 - protection(tab, person, ONWARD, record[INFECTED_ON])
    if not record[COURSE_BITS] & HAS_SYMPTOMS:
        strength *= shape[0]
    early = early_days(total, shape[2], shape[3])
    late_load = strength / (1.0 + shape[2] * (shape[1] - 1.0))
    early_load = shape[1] * late_load
    batch.total[number] = total
    batch.early[number] = early
    batch.early_load[number] = early_load
    batch.late_load[number] = late_load
    expected = 0.0
    for layer in range(SITE + 1):
        contacts = contacts_in(net, tab, person, layer)
        if contacts > 0.0:
            hazard = tab.hazard[variant, layer]
            early_rate = candidate_rate(hazard * early_load, tab.as_probability)
            late_rate = candidate_rate(hazard * late_load, tab.as_probability)
            expected += contacts * (early * early_rate)
            expected += contacts * ((total - early) * late_rate)
        batch.cumulative[number, layer] = expected
    return expected


@inner
def settle(net: Network, tab: Tables, work: Work, key, first_day: int) -> None:
    """Everything about the candidates that wait, step by step, and into the calendar."""
    count = work.counts[WAITING_CANDIDATES]
    work.counts[WAITING_CANDIDATES] = 0
    waiting = work.candidates
    for place in range(count):
        waiting.person[place] = work.batch.person[waiting.owner[place]]
    lots = waiting.lots
    blocks_each(key, waiting.person, 0, CANDIDATE, waiting.number, count, lots[0], lots[1], lots[2], lots[3])
    kept = 0
    for place in range(count):
        kept += lead(net, tab, work, key, first_day, place, kept)
    for place in range(kept):
        if waiting.layer[place] < PASSERS_BY:
            waiting.target[place] = net.neighbours[waiting.target[place]]
        if waiting.layer[place] < SITE:
            fetch(work.word, waiting.target[place])
    for place in range(kept):
        write(tab, work, place)


@inner
def lead(net: Network, tab: Tables, work: Work, key, first_day: int, place: int, kept: int) -> int:
    """Where a candidate leads: layer, day, and where the person met is found. Answers 1 when it is kept."""
    waiting, batch = work.candidates, work.batch
    owner, person, lots = waiting.owner[place], waiting.person[place], waiting.lots
    cumulative = batch.cumulative[owner]
    at = unit(lots[0, place]) * cumulative[SITE]
    layer = 0
    while layer < SITE and at >= cumulative[layer]:
        layer += 1
    total, early = batch.total[owner], batch.early[owner]
    strength = tab.hazard[batch.variant[owner], layer] * batch.early_load[owner]
    before = cumulative[layer - 1] if layer > 0 else 0.0
    rate = candidate_rate(strength, tab.as_probability)
    if at < before + contacts_in(net, tab, person, layer) * (early * rate):
        after = (lots[2, place] * early) >> 32
    else:
        after = early + ((lots[2, place] * (total - early)) >> 32)
        strength = tab.hazard[batch.variant[owner], layer] * batch.late_load[owner]
    day = work.record[person, INFECTIOUS_ON] + after
    if day < first_day or day >= tab.days:
        return 0
    target = 0
    if layer < PASSERS_BY:
        target = net.rows[person, layer] + ((lots[1, place] * net.rows[person, STANDING + layer]) >> 32)
    elif layer == PASSERS_BY:
        target = passer_by(net, tab, work, key, person, waiting.number[place])
    else:
        target = (lots[1, place] * tab.room_mates) >> 32
    # `kept` never exceeds `place`: what is overwritten has been read
    if layer < PASSERS_BY:
        fetch(net.neighbours, target)
    waiting.day[kept] = day
    waiting.layer[kept] = layer
    waiting.thin[kept] = lots[3, place]
    waiting.strength[kept] = strength
    waiting.target[kept] = target
    waiting.owner[kept] = owner
    waiting.person[kept] = person
    return 1


@inner
def write(tab: Tables, work: Work, place: int) -> None:
    """Into the calendar, unless the person met is infected already or hardly susceptible."""
    waiting = work.candidates
    layer, strength = waiting.layer[place], waiting.strength[place]
    word = 0
    if layer < SITE:
        word = work.word[waiting.target[place]]
        if word & INFECTED:
            return
    rate = candidate_rate(strength, tab.as_probability)
    need = threshold(unit(waiting.thin[place]), rate, strength, tab.as_probability)
    variant = work.batch.variant[waiting.owner[place]]
    if need < 0 or (layer < SITE and tab.susceptibility[variant, group_of(word)] * SCALE <= need):
        return
    push(work, waiting.day[place], EXPOSE, waiting.person[place], waiting.target[place], layer + 8 * variant, need)


@inner
def passer_by(net: Network, tab: Tables, work: Work, key, person: int, candidate: int) -> int:
    """Somebody met by chance: in the own commune, the own district or anywhere in the province."""
    lot_where, lot_who, _, _ = block(key, person, PASSER_BY, candidate)
    commune = commune_of(work.word[person])
    where = unit(lot_where)
    if where < tab.mix[0]:
        low, high = net.commune_start[commune], net.commune_start[commune + 1]
    elif where < tab.mix[1]:
        low, high = net.district_range[commune, 0], net.district_range[commune, 1]
    else:
        low, high = 0, len(net.word)
    return low + ((lot_who * (high - low)) >> 32)
