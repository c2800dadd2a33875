"""Three instances, province, city and ward, each with its own database, speak through edXML packets in folders."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SETTINGS = "chongdich.config.settings.base"
ROOT = Path(__file__).parents[2]
PROVINCE, CITY, WARD = "000.00.00.H03", "000.01.00.H03", "000.01.01.H03"
Say = Callable[..., dict[str, Any]]


def step(var: Path, post: Path, organ_id: str, *words: str, dies: bool = False) -> dict[str, Any]:
    """One process of one instance; its answer."""
    environment = {**os.environ, "CHONGDICH_VAR": str(var), "CHONGDICH_EXCHANGE": str(post),
                   "CHONGDICH_ORGAN_ID": organ_id, "DJANGO_SETTINGS_MODULE": SETTINGS}  # fmt: skip
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.instance", *words],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if dies:
        assert done.returncode == 9, done.stderr[-2000:]
        return {}
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.strip().splitlines()[-1]) or {}


@pytest.fixture(scope="module")
def empty_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with the lists and the posts, built once and copied."""
    folder = tmp_path_factory.mktemp("empty")
    step(folder / "var", folder / "post", "", "build")
    return folder / "var"


@pytest.fixture
def network(empty_house: Path, tmp_path: Path) -> dict[str, Say]:
    """province, city, ward: `network["city"]("turn")`."""
    post = tmp_path / "post"
    post.mkdir()
    keys = {"ubnd:06": PROVINCE, "ubnd:058": CITY, "ubnd:01840": WARD}
    (post / "partners.json").write_text(json.dumps(_partners(empty_house, keys)))
    found: dict[str, Say] = {}
    for name, organ_id in (("province", PROVINCE), ("city", CITY), ("ward", WARD)):
        shutil.copytree(empty_house, tmp_path / name)
        found[name] = _speaker(tmp_path / name, post, organ_id)
        found[name]("show")  # its folders exist from now on
    return found


def _speaker(var: Path, post: Path, organ_id: str) -> Say:
    return lambda *words, dies=False: step(var, post, organ_id, *words, dies=dies)


def _partners(var: Path, wanted: dict[str, str]) -> dict[str, str]:
    import sqlite3

    with sqlite3.connect(var / "chongdich.sqlite3") as database:
        rows = database.execute(
            "select o.key, o.kind || ':' || p.code from organisations_organisation o join places_place p on "
            "p.id = o.place_id where o.since <= '2021-11-29' and (o.until is null or o.until > '2021-11-29')"
        )
        return {key: wanted[name] for key, name in rows if name in wanted}


def province_issues(network: dict[str, Say]) -> dict[str, Any]:
    return network["province"]("issue", "tinh.chuyenvien", "tinh.lanhdao", "tinh.vanthu", "ubnd:06", "ubnd:058")


@pytest.mark.slow
def test_from_province_to_city_to_ward_and_back(network: dict[str, Say]) -> None:
    province, city, ward = network["province"], network["city"], network["ward"]
    sent = province_issues(network)
    assert (sent["out"], sent["status"]) == ([["01", "UBND-VP", "issued"]], [""])

    got = city("turn")
    assert got["in"] == [["01", "UBND-VP", "Ủy ban nhân dân tỉnh Bắc Kạn", "read", 1]]
    assert any("rà soát toàn bộ người trở về" in text for text in got["clauses"])
    assert any(name.endswith(".docx") for name in got["files"])
    assert province("turn")["status"] == ["01"]

    assert city("confirm", "tp.chuyenvien", "ubnd:058")["tasks"] == ["received"]
    assert province("turn")["status"] == ["04"]

    passed = city("issue", "tp.chuyenvien", "tp.lanhdao", "tp.vanthu", "ubnd:058", "ubnd:01840", "implements")
    assert passed["out"] == [["01", "UBND-VP", "issued"]]
    below = ward("turn")
    assert [row[:2] + row[3:] for row in below["in"]] == [["01", "UBND-VP", "read", 1]]
    ward("confirm", "ducxuan.vp", "ubnd:01840")
    done = ward("work_on", "ducxuan.canbo", "ducxuan.vp")
    assert set(done["tasks"]) == {"accepted"}
    assert city("turn")["status"][0] == "06"

    assert [house("show")["breaks"] for house in network.values()] == [0, 0, 0]
    assert [house("show")["aside"] for house in network.values()] == [[], [], []]


@pytest.mark.slow
def test_killed_between_taking_in_and_acknowledging_nothing_is_lost_or_doubled(network: dict[str, Say]) -> None:
    province_issues(network)
    network["city"]("turn", "acknowledge", dies=True)
    cut = network["city"]("show")
    assert len(cut["in"]) == 1
    assert len(cut["waiting"]) == 1, "the packet still waits: it was not acknowledged"
    network["city"]("turn", "send_answer", dies=True)
    again = network["city"]("turn")
    assert len(again["in"]) == 1, "once in the books"
    assert network["province"]("turn")["status"] == [""], "the answer that died is tried again after its lease"
    assert again["waiting"] == []


@pytest.mark.slow
def test_recall_replacement_update_and_refusal_are_answered(network: dict[str, Say]) -> None:
    province, city = network["province"], network["city"]
    province_issues(network)
    city("turn")
    province("update")
    assert any(name.endswith(".edxml") for name in city("turn")["files"])
    assert province("turn")["status"] == ["15"]
    province("replace", "tinh.chuyenvien", "tinh.lanhdao", "tinh.vanthu")
    both = city("turn")
    assert [row[3] for row in both["in"]] == ["withdrawn", "read"]
    province("turn")
    province("recall", "tinh.vanthu", "Ban hành nhầm")
    assert [row[3] for row in city("turn")["in"]] == ["withdrawn", "withdrawn"]
    assert province("turn")["status"] == ["15", "15"]
    province_issues(network)
    city("turn")
    city("refuse", "tp.vanthu", "Gửi nhầm nơi nhận")
    assert province("turn")["status"] == ["15", "15", "02"]


@pytest.mark.slow
def test_a_bad_packet_is_put_aside_with_its_reason_and_the_next_one_is_taken(
    network: dict[str, Say], tmp_path: Path
) -> None:
    inbox = tmp_path / "post" / CITY / "Inbox"
    (inbox / "00-hong.edxml").write_bytes(b"<edXML>not whole")
    os.utime(inbox / "00-hong.edxml", (0, 0))
    stranger = (ROOT / "tests" / "unit").glob("*.edxml")
    for number, packet in enumerate(stranger):
        shutil.copy(packet, inbox / f"01-{number}.edxml")
    province_issues(network)
    got = network["city"]("turn")
    assert [row[0] for row in got["in"]] == ["01"]
    assert "00-hong.edxml" in dict(got["aside"])
    assert dict(got["aside"])["00-hong.edxml"]
