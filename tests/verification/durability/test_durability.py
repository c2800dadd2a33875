"""No acknowledged write is lost: kills, power cuts, full disks; and the same test catches a weaker setting.

C1, C2, C5 of the reliability catalogue, with the ledger as the thing that is written. Bigger numbers by
CHONGDICH_DURABILITY (a factor). Kills wait for a number of acknowledged writes and then for a random moment, so that a
slow machine tells the same as a fast one.
"""

import os
import random
from pathlib import Path

import pytest

from tests.verification.durability.plant import Plant, inspect, plant

FACTOR = int(os.environ.get("CHONGDICH_DURABILITY", "1"))
KILLS, CUTS = 25 * FACTOR, 40 * FACTOR

pytestmark = pytest.mark.slow


def acks(said: list[str]) -> list[int]:
    return [int(line.split()[1]) for line in said if line.startswith("ack")]


def check(built: Plant, acked: list[int]) -> list[int]:
    """The acknowledged writes that are missing. The chain and the file must be whole, whatever is missing."""
    held = inspect(built)
    assert held["integrity"] == "ok", held["integrity"]
    assert held["breaks"] == []
    seqs = held["seqs"]
    assert isinstance(seqs, list)
    assert held["last"] in (None, str(max(seqs, default=0))), "the row beside the fact is of the same transaction"
    return sorted(set(acked) - set(seqs))


def test_c1_kills_lose_nothing(tmp_path: Path) -> None:
    chance = random.Random(1)
    acked: list[int] = []
    with plant(tmp_path) as built:
        for _ in range(KILLS):
            pid = built.order("write")
            acked += acks(built.kill_at_work(pid, 2, chance.random() * 0.25))
        assert len(acked) > KILLS
        assert check(built, acked) == []


@pytest.mark.parametrize("mix", [False, True], ids=["drop", "mix"])
def test_c2_power_cuts_lose_nothing(tmp_path: Path, mix: bool) -> None:
    chance = random.Random(2)
    acked: list[int] = []
    with plant(tmp_path, power_cuts=True) as built:
        for number in range(CUTS // 2):
            pid = built.order("write")
            acked += acks(built.kill_at_work(pid, 3, chance.random() * 0.2))
            built.power_cut(chance if mix else None)
            if number % 5 == 4:
                assert check(built, acked) == []
        assert len(acked) > CUTS
        assert check(built, acked) == []


def test_c2_the_same_test_catches_synchronous_normal(tmp_path: Path) -> None:
    """The test of the test: with NORMAL acknowledged writes do go missing."""
    lost: list[int] = []
    with plant(tmp_path, power_cuts=True, WRITER_PRAGMA="PRAGMA synchronous=NORMAL") as built:
        for _ in range(10):
            pid = built.order("write")
            acked = acks(built.kill_at_work(pid, 20, 0.05))
            built.power_cut()
            lost += check(built, acked)
            if lost:
                return
    raise AssertionError("a weaker setting went unnoticed: the power cut does not cut")


@pytest.mark.parametrize("fault", ["ENOSPC", "EIO"])
def test_c5_a_failing_disk_acknowledges_nothing_false(tmp_path: Path, fault: str) -> None:
    with plant(tmp_path, power_cuts=True) as built:
        pid = built.order("write")
        said = built.read_until(lambda lines: len(acks(lines)) >= 5)
        built.fault.write_text(fault)
        said += built.read_until(lambda lines: sum(line.startswith("refused") for line in lines) >= 3)
        built.fault.unlink()
        said += built.read_until(lambda lines: len(acks(lines[-5:])) == 5)
        said += built.kill_after(pid, 0.1)
        refused = [index for index, line in enumerate(said) if line.startswith("refused")]
        assert refused, "the fault was felt"
        assert acks(said[refused[-1] :]), "and when it was over, work went on"
        built.power_cut()
        assert check(built, acks(said)) == []


def test_settlement_survives_kills_at_any_moment(tmp_path: Path) -> None:
    """Journeys are settled once each, however often the worker dies in the middle."""
    chance = random.Random(3)
    with plant(tmp_path, WRITER_FLOW="1") as built:
        pid = built.order("write")
        acked = acks(built.kill_at_work(pid, 20, 0.1))
        for _ in range(12 * FACTOR):
            built.kill_after(built.order("settle"), chance.random() * 0.15)
        pid = built.order("settle")
        while built.line() != "done":
            pass
        held = inspect(built)
    assert held["waiting"] == 0
    settled = held["settled"]
    assert isinstance(settled, list)
    assert len(settled) == len(set(settled)), "no journey ran twice to the end"
    assert set(acked) <= set(settled)
