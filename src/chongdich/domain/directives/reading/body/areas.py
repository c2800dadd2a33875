"""What an instruction is about: one of sixteen subject areas, told by its words."""

import re

from chongdich.kernels.text.passages import Passage

from ..vocabulary import AREAS

_PATTERNS = tuple((area, re.compile("|".join(rf"\b{re.escape(w)}" for w in words))) for area, words in AREAS.items())


def areas_of(text: Passage, headings: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The areas of an instruction, the likeliest first; ("other",) when no word speaks for any."""
    folded = text.folded
    weights = [(_weight(pattern, folded, headings), area) for area, pattern in _PATTERNS]
    named = sorted((pair for pair in weights if pair[0] > 0), key=lambda pair: -pair[0])
    if not named:
        return ("other",)
    return tuple(area for weight, area in named if weight >= named[0][0] / 3)


def _weight(pattern: re.Pattern[str], folded: str, headings: tuple[str, ...]) -> float:
    """Each mention counts one, a mention in the first words more, in the heading half."""
    places = [match.start() for match in pattern.finditer(folded)]
    early = sum(1.5 for place in places if place < 80)
    return len(places) + early + sum(0.5 for heading in headings if pattern.search(heading))
