"""How what is written down differs from what is: slips of the pen, forgotten numbers, the wrong commune."""

import random
from collections.abc import Sequence

from chongdich.core.vietnamese import fold
from chongdich.universe.drill.chance import happens

# How often each slip comes about at noise 1. Orders of magnitude of surveillance data (missing telephones, wrong days
# of onset in a majority of reports); set by hand, not measured.
UNMARKED, MISSPELT, NO_PHONE, ONLY_YEAR, NO_CARD, WRONG_COMMUNE, NO_HAMLET = 0.12, 0.06, 0.3, 0.25, 0.5, 0.04, 0.2
_BEGINNINGS = {"s": "x", "x": "s", "ch": "tr", "tr": "ch", "n": "l", "l": "n", "d": "gi", "gi": "d", "h": "kh"}
_SOUNDS = {"i": "y", "y": "i", "ă": "a", "â": "a", "ô": "o", "ơ": "o", "ư": "u", "ê": "e", "ả": "ã", "ã": "ả", "ũ": "ủ",
           "ĩ": "ỉ"}  # fmt: skip


def name(said: str, chance: random.Random, noise: float) -> str:
    """A name as somebody wrote it: without its marks, or with one letter as it sounds."""
    if happens(chance, UNMARKED * noise):
        return fold(said).title()
    return _misspelt(said, chance) if happens(chance, MISSPELT * noise) else said


def _misspelt(said: str, chance: random.Random) -> str:
    words = said.split()
    at = chance.randrange(1, len(words))
    heard = _as_heard(words[at].lower())
    if not heard:
        return fold(said).title()
    words[at] = chance.choice(heard).capitalize()
    return " ".join(words)


def _as_heard(word: str) -> list[str]:
    """How a word may be written by somebody who hears it: another beginning, another sign on a vowel."""
    begun = [new + word[len(old) :] for old, new in _BEGINNINGS.items() if word.startswith(old)]
    return begun + [word.replace(old, new, 1) for old, new in _SOUNDS.items() if old in word]


def commune(true: int, others: Sequence[int], chance: random.Random, noise: float) -> int:
    """A commune as it was noted: now and then a neighbour's."""
    wrong = [other for other in others if other != true]
    return chance.choice(wrong) if wrong and happens(chance, WRONG_COMMUNE * noise) else true


def kept(value: str, chance: random.Random, missing: float) -> str:
    """The value, or nothing where nobody asked."""
    return "" if happens(chance, missing) else value
