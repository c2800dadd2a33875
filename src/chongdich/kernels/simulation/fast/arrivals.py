"""Infections from outside: the cases of day 0 and the arrivals of every day."""

from chongdich.kernels.simulation.fast.calendar import push
from chongdich.kernels.simulation.fast.infection import catch
from chongdich.kernels.simulation.fast.person import zone_of
from chongdich.kernels.simulation.fast.work import NOTIFY, RESULT, Work
from chongdich.kernels.simulation.jit import inner
from chongdich.kernels.simulation.outputs import IMPORTED
from chongdich.kernels.simulation.streams import IMPORT_COUNT, IMPORT_PERSON, SEED_CASE, block, poisson, unit
from chongdich.kernels.simulation.tables import INFECTED, Network, Tables

NOBODY = -1  # the source of an infection from outside
TRIES = 1000


@inner
def somebody_uninfected(net: Network, work: Work, key, commune: int, purpose: int, stream: int) -> int:
    """A person by lot in a commune (-1: anywhere) who is not infected; -1 when none was met in a thousand tries."""
    low, high = 0, len(net.word)
    if commune >= 0:
        low, high = net.commune_start[commune], net.commune_start[commune + 1]
    for attempt in range(TRIES):
        person = low + ((block(key, stream, purpose, attempt)[0] * (high - low)) >> 32)
        if high > low and not work.word[person] & INFECTED:
            return person
    return -1


@inner
def seed(tab: Tables, work: Work, out, person: int, ago: int, variant: int, known: int) -> None:
    if person < 0 or work.word[person] & INFECTED:
        return
    catch(tab, work, out, person, variant, NOBODY, -ago)
    if known:
        push(work, 0, RESULT, person, 0, 0, 0)


@inner
def place_seeds(net: Network, tab: Tables, work: Work, key, out) -> None:
    for row in tab.seed_people:
        seed(tab, work, out, row[0], row[1], row[2], row[3])
    stream = 0
    for row in tab.seed_random:
        for _ in range(row[0]):
            person = somebody_uninfected(net, work, key, row[1], SEED_CASE, stream)
            stream += 1
            seed(tab, work, out, person, row[2], row[3], row[4])


@inner
def arrive(net: Network, tab: Tables, work: Work, key, out, day: int) -> None:
    """Imported infections of today; a share of the arrivals is quarantined at once."""
    stream = 0
    for row in range(tab.import_start[day], tab.import_start[day + 1]):
        commune, variant = tab.imports[row, 0], tab.imports[row, 1]
        for _ in range(poisson(tab.import_mean[row], key, row, IMPORT_COUNT)):
            entity = day * 65536 + stream
            stream += 1
            person = somebody_uninfected(net, work, key, commune, IMPORT_PERSON, entity)
            if person < 0:
                continue
            catch(tab, work, out, person, variant, NOBODY, day)
            out[IMPORTED, zone_of(tab, net.word[person]), day] += 1
            if unit(block(key, entity, IMPORT_PERSON, TRIES)[1]) < tab.arrival_quarantine:
                push(work, day, NOTIFY, person, 1, day + tab.quarantine_days, 0)
