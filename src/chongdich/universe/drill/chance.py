"""Named luck: what is drawn for a purpose and a key never depends on what was drawn before it."""

import random


def lot(seed: int, purpose: str, *key: object) -> random.Random:
    """A source of luck of its own for (seed, purpose, key): a drill that was stopped goes on as if it had not been."""
    return random.Random(f"{seed}/{purpose}/" + "/".join(map(str, key)))


def happens(chance: random.Random, probability: float) -> bool:
    """Whether something of a probability (cut at 1) comes about."""
    return chance.random() < min(1.0, probability)


def waiting_days(chance: random.Random, probability: float, most: int = 60) -> int:
    """Days that pass before a daily lot of the given probability first falls; 0 is the same day."""
    days = 0
    while days < most and chance.random() >= probability:
        days += 1
    return days
