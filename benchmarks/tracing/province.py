"""A generated province-month: who was where, with homes, work, and public places whose crowds follow a Zipf law.

Invented people. At night they are at home; by day they go to work or school (always the same place) or to
public places, a few of which draw most visitors. Times in seconds from the first day, 00:00.
"""

import numpy as np

from chongdich.kernels.tracing.words import Presences

PEOPLE = 315_000
PER_HOME = 3.6
WORKPLACES, PUBLIC = 25_000, 60_000
HOME, WORK, SHOP, OPEN = range(4)  # distance classes of the generated places


def places(people: int = PEOPLE) -> np.ndarray:
    """The distance class of every place: homes first, then workplaces and classes, then public places."""
    homes = int(people / PER_HOME)
    public = np.where(np.arange(PUBLIC) % 5 == 4, OPEN, SHOP)
    return np.concatenate([np.full(homes, HOME), np.full(WORKPLACES, WORK), public]).astype(np.uint8)


def month(rows: int, people: int = PEOPLE, days: int = 31, seed: int = 1, first_day: int = 0) -> Presences:
    """About `rows` presences: a fifth at home, two fifths at work, two fifths in public places."""
    chance = np.random.default_rng(seed)
    person = chance.integers(0, people, rows, dtype=np.int32)
    day = chance.integers(0, days, rows, dtype=np.int32)
    kind = chance.choice(3, rows, p=[0.2, 0.4, 0.4]).astype(np.int8)
    homes = int(people / PER_HOME)
    place = np.where(kind == 0, person % homes, homes + person % WORKPLACES).astype(np.int32)
    public = kind == 2
    place[public] = homes + WORKPLACES + zipf(chance, int(public.sum()))
    hour = np.select(
        [kind == 0, kind == 1], [chance.normal(18.5, 1.0, rows), chance.normal(7.5, 0.7, rows)], rhythm(chance, rows)
    )
    start = ((first_day + day) * 86_400 + np.clip(hour, 0, 23.5) * 3600).astype(np.int32)
    stay = np.select(
        [kind == 0, kind == 1], [chance.normal(11, 1, rows), chance.normal(7, 1.5, rows)], chance.gamma(2, 0.25, rows)
    )
    end = start + (np.clip(stay, 0, 14) * 3600).astype(np.int32)
    return Presences(person, place, start, end)


def zipf(chance: np.random.Generator, count: int) -> np.ndarray:
    """Places by popularity: the share of the k-th is proportional to 1 / (k + 100)."""
    share = 1 / (np.arange(PUBLIC) + 100.0)
    order = chance.random(count)
    return np.searchsorted(np.cumsum(share) / share.sum(), order).clip(0, PUBLIC - 1).astype(np.int32)


def rhythm(chance: np.random.Generator, count: int) -> np.ndarray:
    """Hours of going out: a morning and an afternoon peak."""
    return np.where(chance.random(count) < 0.5, chance.normal(9, 1.5, count), chance.normal(16, 2, count))
