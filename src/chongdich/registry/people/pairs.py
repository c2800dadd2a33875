"""All probable pairs of a whole list at once, in memory: blocks by key, a quick look at names, then the full weighing.

The same keys as `queries.find_alike`. A list of 300,000 people takes about a minute and 1 GB.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from rapidfuzz.distance import JaroWinkler

from chongdich.registry.people.rules import Comparison, Facets, compare, folded_name

MOST_OF_A_BLOCK = 400
NAMES_WORTH_WEIGHING = 0.84
Row = tuple[int, Facets]
Key = tuple[object, ...]


def find_pairs(rows: Sequence[Row]) -> Iterator[tuple[int, int, Comparison]]:
    """(number, number, comparison) of every pair that is probably one person, each once."""
    names = [folded_name(facets.name) for _, facets in rows]
    blocks = _blocks(rows, names)
    seen: set[int] = set()
    for sure, places in blocks:
        for one, other in combinations(places, 2):
            mark = one * len(rows) + other
            if mark in seen or not (sure or _worth(names[one], names[other])):
                continue
            seen.add(mark)
            comparison = compare(rows[one][1], rows[other][1])
            if comparison.probable:
                yield rows[one][0], rows[other][0], comparison


def _worth(one: str, other: str) -> bool:
    return one == other or JaroWinkler.similarity(one, other, score_cutoff=NAMES_WORTH_WEIGHING) > 0


def _blocks(rows: Sequence[Row], names: list[str]) -> Iterator[tuple[bool, list[int]]]:
    """(whether the key is a number of the person's own, positions of the rows that share it)."""
    found: dict[Key, list[int]] = defaultdict(list)
    for position, (_, facets) in enumerate(rows):
        for key in _keys(facets, names[position]):
            found[key].append(position)
    for key, places in found.items():
        if 1 < len(places) <= MOST_OF_A_BLOCK:
            yield key[0] == "number", places


def _keys(facets: Facets, name: str) -> Iterator[Key]:
    for field in ("cccd", "cmnd", "passport", "insurance_number"):
        if value := getattr(facets, field):
            yield "number", field, value
    for phone in facets.phones:
        yield "phone", phone
    if facets.birth_date:
        yield "day", facets.birth_date.toordinal()
    year = facets.birth_year
    if year:
        yield "name", name, year
        yield "name", name, year + 0.5  # shared by this year and the next
        yield "name", name, year - 0.5
        yield from (("year", year, place) for place in facets.places)
    else:
        yield from (("home", name, place) for place in facets.places)
