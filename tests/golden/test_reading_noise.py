"""The seeds, spoiled as scans and layouts spoil pages, are still read: the floors are what a clerk can work with."""

import random

import pytest

from chongdich.domain.directives.reading import read
from tests.golden.reading import noise
from tests.golden.reading.facts import pooled, scorer, seeds
from tests.shared import needs_shared

pytestmark = needs_shared
SPOILED = {
    "plain": (lambda text, seed: noise.plain(text), 1.0),
    "wrapped": (lambda text, seed: noise.wrapped(text, random.Random(seed)), 0.99),
    "columns": (
        lambda text, seed: noise.columns_merged(noise.wrapped(text, random.Random(seed)), random.Random(seed)),
        0.97,
    ),
    "marks lost": (lambda text, seed: noise.marks_lost(noise.plain(text), random.Random(seed), 0.15), 0.95),
    "scanned": (noise.scanned, 0.95),
}


@pytest.mark.parametrize("way", SPOILED)
def test_spoiled_seeds_are_still_read(way):
    spoil, floor = SPOILED[way]
    rows = [
        scorer().score(gold, read(spoil(text, seed)).to_gold()) for seed in range(2) for text, gold in seeds().values()
    ]
    low = {figure: value for figure, value in pooled(rows).items() if value < floor}
    assert not low
