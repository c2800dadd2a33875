"""Named counter-based random streams: Philox4x32-10.

Source: Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3".
A draw is named by (seed, replicate, entity, purpose, index), never by how many draws came before it. Three things
follow: a run is the same on any number of threads, two policies share their luck (common random numbers), and nothing
has to be stored. Everything below is integer arithmetic on 64-bit words masked to 32, so plain Python and compiled
code give the same bits.
"""

import math

from chongdich.kernels.simulation.jit import compiled, inner

# What a draw is for. A number once given is never given again: the baseline file rests on them.
COURSE = 1  # latent period, symptoms, severity ... of one infected person
INFECTIOUSNESS = 2  # how infectious this person is (overdispersion), and how many potential transmissions that makes
CANDIDATES = 3  # how many more, where sixteen are expected
CANDIDATE = 4  # one potential transmission: layer, neighbour, day, thinning
PASSER_BY = 5  # the person met by chance
SEEKING = 6  # when a person with symptoms seeks a test
SENSITIVITY = 7  # whether a sample of an infected person is positive
SCREENING = 8  # when screening reaches a person
TRACING = 9  # whether a contact is found; keyed by the contact and the day, so naming twice is finding once
SECOND_RING = 10  # whether a contact of a contact is found
COMPLIANCE = 11  # whether a person keeps home quarantine
SEED_CASE = 12  # which people are infected at the start
IMPORT_COUNT = 13  # how many arrive infected
IMPORT_PERSON = 14  # who they are
IMMUNITY = 15  # who is immune at the start
VACCINE_ORDER = 16  # order within a priority group (used when tables are made, not in the loop)

MASK = 0xFFFFFFFF
TO_UNIT = 2.0**-32


@compiled
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Ten rounds of Philox4x32: four counter words and two key words give four words in [0, 2**32)."""
    for _ in range(10):
        a = 0xD2511F53 * c0
        b = 0xCD9E8D57 * c2
        c0 = ((b >> 32) & MASK) ^ c1 ^ k0
        c2 = ((a >> 32) & MASK) ^ c3 ^ k1
        c1 = b & MASK
        c3 = a & MASK
        k0 = (k0 + 0x9E3779B9) & MASK
        k1 = (k1 + 0xBB67AE85) & MASK
    return c0, c1, c2, c3


@compiled
def block(key: tuple[int, int, int], entity: int, purpose: int, index: int) -> tuple[int, int, int, int]:
    """Four words of the stream (entity, purpose) at `index`; key = (seed low word, seed high word, replicate)."""
    return philox(index & MASK, entity & MASK, purpose & MASK, key[2] & MASK, key[0], key[1])


@compiled
def unit(word: int) -> float:
    """A word as a number strictly between 0 and 1."""
    return (word + 0.5) * TO_UNIT


@compiled
def fine_unit(high: int, low: int) -> float:
    """Two words as one uniform number in (0, 1) with 53 bits."""
    return (high + unit(low)) * TO_UNIT


TOGETHER = 16


@inner
def blocks_at(key, entities, first: int, purpose: int, index: int, count: int, w0, w1, w2, w3) -> None:
    """`block` for entities[first : first + count] at once, four words each into w0 ... w3.

    The compiler makes vector code of it. It works in whole groups of sixteen: arrays must have room behind `count`.
    """
    whole = (count + TOGETHER - 1) & -TOGETHER
    chosen = entities[first : first + whole]
    for place in range(whole):
        w0[place], w1[place], w2[place], w3[place] = block(key, chosen[place], purpose, index)


@inner
def blocks_each(key, entities, first: int, purpose: int, indices, count: int, w0, w1, w2, w3) -> None:
    """The same with an index for each."""
    whole = (count + TOGETHER - 1) & -TOGETHER
    chosen = entities[first : first + whole]
    for place in range(whole):
        w0[place], w1[place], w2[place], w3[place] = block(key, chosen[place], purpose, indices[place])


LARGEST_PIECE = 16.0


@compiled
def poisson_at(u: float, mean: float) -> int:
    """The Poisson quantile of u for a mean of LARGEST_PIECE at most (so that nothing underflows)."""
    term = math.exp(-mean)
    cumulative = term
    n = 0
    while u > cumulative and n < 200:
        n += 1
        term *= mean / n
        cumulative += term
    return n


@compiled
def poisson(mean: float, key: tuple[int, int, int], entity: int, purpose: int) -> int:
    """Poisson draw by inversion, in pieces: exact."""
    total = 0
    index = 0
    while mean > 0.0:
        high, low, _, _ = block(key, entity, purpose, index)
        total += poisson_at(fine_unit(high, low), min(mean, LARGEST_PIECE))
        mean -= LARGEST_PIECE
        index += 1
    return total


def key_of(seed: int, replicate: int) -> tuple[int, int, int]:
    """The key of one replicate of one seed (seed is any integer in [0, 2**64))."""
    return seed & MASK, (seed >> 32) & MASK, replicate
