"""The same question gives the same answer as when the baseline was written, on every machine."""

import pytest

from chongdich.kernels.simulation import streams
from tests.verification import simulation_baseline


def test_the_streams_are_philox() -> None:
    """Known answers of Philox4x32-10 as published with Random123."""
    ones = streams.MASK
    pi = (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0)
    known = {
        (0,) * 6: (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8),
        (ones,) * 6: (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
        pi: (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    }
    for counter, words in known.items():
        assert streams.philox(*counter) == words
        assert streams.philox.py_func(*counter) == words  # type: ignore[attr-defined]


@pytest.mark.slow
def test_answers_have_not_changed() -> None:
    kept, now = simulation_baseline.kept(), simulation_baseline.answers()
    assert now == kept
