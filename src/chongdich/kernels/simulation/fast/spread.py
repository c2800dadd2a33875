"""Candidates fire: whether a potential transmission happens is settled on its day, by what holds on that day."""

from chongdich.kernels.simulation.fast.course import protection
from chongdich.kernels.simulation.fast.fetch import fetch
from chongdich.kernels.simulation.fast.infection import catch
from chongdich.kernels.simulation.fast.person import commune_of, group_of, status_of
from chongdich.kernels.simulation.fast.work import Work
from chongdich.kernels.simulation.inversion import SCALE
from chongdich.kernels.simulation.jit import inner
from chongdich.kernels.simulation.population import SITE
from chongdich.kernels.simulation.streams import IMMUNITY, block, unit
from chongdich.kernels.simulation.tables import CENTRAL, INFECTED, INFECTION, Tables


@inner
def room_mate(tab: Tables, work: Work, person: int, number: int) -> int:
    """The person in the `number`-th other place of the room, or -1: an empty place, or no room at all."""
    if not work.word[person] & CENTRAL:
        return -1
    place = work.place[person]
    first = place - place % tab.room_size
    slot = first + number
    if slot >= place:
        slot += 1
    return work.slot[slot] if slot < len(work.slot) else -1


@inner
def expose_together(tab: Tables, work: Work, key, out, events, count: int, day: int) -> None:
    """The candidates of one chunk: first all who are met are looked up, then one after another is settled."""
    for number in range(count):
        fetch(work.word, events[number, 0])
        if events[number, 2] & 7 != SITE:
            fetch(work.word, events[number, 1])
            if tab.has_vaccine:
                fetch(tab.dose_day, events[number, 1])
    for number in range(count):
        expose(tab, work, key, out, events[number, 0], events[number, 1], events[number, 2], events[number, 3], day)


@inner
def expose(tab: Tables, work: Work, key, out, person: int, target: int, packed: int, need: int, day: int) -> None:
    """One candidate: it happens when today's multiplier exceeds the threshold drawn when the source was infected."""
    layer = packed & 7
    variant = packed >> 3
    if layer == SITE:
        target = room_mate(tab, work, person, target)
        if target < 0:
            return
    here, there = work.word[person], work.word[target]
    if there & INFECTED:
        return
    multiplier = tab.susceptibility[variant, group_of(there)]
    multiplier *= tab.contact[status_of(here), layer]
    multiplier *= tab.contact[status_of(there), layer]
    if multiplier * SCALE <= need:
        return
    multiplier *= 1.0 - protection(tab, target, INFECTION, day)
    multiplier *= place_multiplier(tab, work, commune_of(here), commune_of(there), layer, day)
    if multiplier * SCALE <= need:
        return
    if tab.has_immune and unit(block(key, target, IMMUNITY, 0)[0]) < tab.immune[commune_of(there)]:
        return
    catch(tab, work, out, target, variant, person, day)


@inner
def place_multiplier(tab: Tables, work: Work, here: int, there: int, layer: int, day: int) -> float:
    """Measures in force and lockdowns: the stricter of the two communes holds."""
    multiplier = 1.0
    if tab.has_measures:
        multiplier = min(tab.measures[day, here, layer], tab.measures[day, there, layer])
    if tab.has_lockdown and (day < work.locked_until[here] or day < work.locked_until[there]):
        multiplier *= tab.lock_contact[layer]
    return multiplier
