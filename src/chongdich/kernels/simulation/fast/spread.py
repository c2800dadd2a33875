"""Candidates fire: whether a potential transmission happens is settled on its day, by what holds on that day."""

from chongdich.kernels.simulation.fast.infection import SCALE, catch, protection
from chongdich.kernels.simulation.fast.work import Work
from chongdich.kernels.simulation.jit import inner
from chongdich.kernels.simulation.population import SITE
from chongdich.kernels.simulation.streams import IMMUNITY, block, unit
from chongdich.kernels.simulation.tables import CENTRAL, INFECTED, INFECTION, Network, Tables


@inner
def room_mate(tab: Tables, work: Work, person: int, number: int) -> int:
    """The person in the `number`-th other place of the room, or -1: an empty place, or no room at all."""
    if not work.status[person] & CENTRAL:
        return -1
    place = work.place[person]
    first = place - place % tab.room_size
    slot = first + number
    if slot >= place:
        slot += 1
    return work.slot[slot] if slot < len(work.slot) else -1


@inner
def expose(
    net: Network, tab: Tables, work: Work, key, out, person: int, target: int, packed: int, need: int, day: int
) -> None:
    """One candidate: it happens when today's multiplier exceeds the threshold drawn when the source was infected."""
    layer = packed & 7
    variant = packed >> 3
    if layer == SITE:
        target = room_mate(tab, work, person, target)
        if target < 0:
            return
    if work.status[target] & INFECTED:
        return
    multiplier = tab.susceptibility[variant, net.group[target]]
    multiplier *= tab.contact[work.status[person], layer]
    multiplier *= tab.contact[work.status[target], layer]
    if multiplier * SCALE <= need:
        return
    multiplier *= 1.0 - protection(tab, target, INFECTION, day)
    multiplier *= place_multiplier(net, tab, work, person, target, layer, day)
    if multiplier * SCALE <= need:
        return
    if tab.has_immune and unit(block(key, target, IMMUNITY, 0)[0]) < tab.immune[net.commune[target]]:
        return
    catch(net, tab, work, out, target, variant, person, day, day + 1)


@inner
def place_multiplier(net: Network, tab: Tables, work: Work, person: int, target: int, layer: int, day: int) -> float:
    """Measures in force and lockdowns: the stricter of the two communes holds."""
    if not (tab.has_measures or tab.has_lockdown):
        return 1.0
    here, there = net.commune[person], net.commune[target]
    multiplier = 1.0
    if tab.has_measures:
        multiplier = min(tab.measures[day, here, layer], tab.measures[day, there, layer])
    if tab.has_lockdown and (day < work.locked_until[here] or day < work.locked_until[there]):
        multiplier *= tab.lock_contact[layer]
    return multiplier
