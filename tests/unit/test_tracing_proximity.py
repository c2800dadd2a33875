"""Proximity: the published GAEN v1.2 test vectors, matching, and encounters traced like any presence."""

import numpy as np
import pytest

from chongdich.core.errors import Refused
from chongdich.kernels.tracing import engine
from chongdich.kernels.tracing.proximity.encounters import Hearing, encounters, from_matches
from chongdich.kernels.tracing.proximity.gaen import (
    DailyKey,
    Heard,
    derived,
    identifiers,
    interval_of,
    matches,
    metadata,
)
from chongdich.kernels.tracing.words import Case, TraceRule, World

# Exposure Notification test vectors v1.2 (google/exposure-notifications-internals, TestVectors)
KEY = bytes.fromhex("75c734c6dd1a782de7a965da5eb93125")
START = 2642976
SENT = {
    0: ("8be6cd371c5c891604bfbe49df845096", "72033874"),
    1: ("3c9a1de5dd6b02afa7fded7b570b3e56", "c29211b1"),
    2: ("243ffe9a3b08bded3094bac8630bb8ad", "6adfad03"),
    10: ("f60123c67bd2fc4b62002b4b7d595ba6", "e0a7f9f2"),
    20: ("c742dd9c96a3e6fa7c4f22621dacc24d", "06390ded"),
    30: ("34116255 1c29319b c53538ed fcf23040".replace(" ", ""), "8009b2aa"),
}
RULE = TraceRule(15, 15, 15, near=(1,))


def test_the_keys_follow_the_published_vectors():
    assert interval_of(1585785600) == START
    assert derived(KEY, b"EN-RPIK").hex() == "185ad91db69ec7dd048960f1f3ba6175"
    assert derived(KEY, b"EN-AEMK").hex() == "d57c46af7a1d83965b9bed8bd152936a"


def test_identifiers_and_metadata_follow_the_published_vectors():
    sent = identifiers(DailyKey(0, KEY, START))
    assert len(sent) == 144
    for number, (identifier, hidden) in SENT.items():
        assert sent[number].hex() == identifier
        assert metadata(KEY, sent[number], bytes.fromhex(hidden)).hex() == "40080000"


def test_what_was_heard_matches_its_key_and_a_replay_does_not():
    identifier, hidden = (bytes.fromhex(part) for part in SENT[2])
    moment = (START + 2) * 600 + 30
    heard = [
        Heard(7, moment, identifier, hidden, strength=-60),
        Heard(8, moment + 4 * 3600, identifier),  # the same identifier four hours later: replayed
        Heard(9, moment, bytes(16)),
    ]
    found = list(matches([DailyKey(5, KEY, START)], heard, tolerance=7200))
    assert found == [(5, 7, moment, 8 + 60)]
    assert from_matches(found, epoch=moment - 100) == [Hearing(5, 7, 100, 68)]


def test_a_key_of_the_wrong_length_is_refused():
    with pytest.raises(Refused, match="16 byte"):
        identifiers(DailyKey(0, b"short", START))


def test_encounters_are_traced_like_any_presence():
    heard = [Hearing(0, 1, at, 55) for at in range(0, 1500, 300)]  # 20 minutes close by
    heard += [Hearing(1, 0, 9000, 55)]  # once, hours later: another encounter, too short
    heard += [Hearing(0, 2, at, 80) for at in range(0, 1500, 300)]  # as long, but far
    heard += [Hearing(3, 0, at) for at in range(0, 1500, 300)]  # strength not known
    met = encounters(heard, first_place=10, gap=600, classes=[(63, 1), (90, 3)], unknown_class=4, source=9)
    assert met.distance == {10: 1, 11: 1, 12: 3, 13: 4}
    assert set(met.presences.source.tolist()) == {9}
    classes = np.full(14, 15)
    classes[list(met.distance)] = list(met.distance.values())
    snapshot = engine.index(World(met.presences, classes))
    found = engine.trace(snapshot, [Case(0, 0, 86_400)], RULE)
    assert found.table[["person", "seconds"]].tolist() == [(1, 1200)]


def test_no_encounters_give_no_presences():
    met = encounters([], first_place=0, gap=600, classes=[], unknown_class=4)
    assert len(met.presences) == 0
    assert met.distance == {}
