"""Scenario files and what is refused with its range; the command; needs, shortages, reserves, sentences."""

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as parquet
import pytest
import yaml
from click.testing import CliRunner

from chongdich.config.cli.simulate import command
from chongdich.core.errors import Refused
from chongdich.domain.scenarios.answering import wording
from chongdich.domain.scenarios.answering.answers import fan, need_answers, shortage
from chongdich.domain.scenarios.answering.needs import needs_of
from chongdich.domain.scenarios.answering.running import FIGURES, Job
from chongdich.domain.scenarios.asking.kinds import KINDS, NORMS
from chongdich.domain.scenarios.asking.measures import contacts_at, quarantine_of
from chongdich.domain.scenarios.asking.reading import (
    TEMPLATES,
    read_spec,
    ready_policies,
    spec_of,
    template_text,
    template_values,
    written,
)
from chongdich.domain.scenarios.asking.shape import MOST_DAYS
from chongdich.domain.scenarios.asking.world import World
from chongdich.domain.scenarios.rules import gaps_of, score_forecast
from chongdich.kernels.simulation import checking
from chongdich.regulations import Law
from chongdich.regulations.overlay import Overlay

DAY = date(2021, 11, 29)


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_template_is_a_scenario_and_survives_being_written(name: str) -> None:
    spec = read_spec(template_text(name))
    assert read_spec(written(spec)) == spec


def test_the_templates_asked_for_are_there() -> None:
    waves = {read_spec(template_text(name)).wave.cases_per_day for name in TEMPLATES if name.startswith("wave")}  # type: ignore[union-attr]
    assert waves == {20, 50, 100, 500, 1000}
    assert {"one_imported", "community_unknown", "cluster", "market", "factory", "school", "tet"} <= set(TEMPLATES)


def test_ready_responses_fit_any_scenario() -> None:
    for slug in ready_policies():
        spec_of({**template_values("cluster"), "policies": [ready_policies()[slug]]})


WRONG = [
    ("days: -3", "days", "[7; 365]"),
    ("people: -5", "people", "[1000; 5000000]"),
    ("seeds: [{count: -5}]", "seeds[0].count", "[0; 100000]"),
    ("policies: [{name: a, seek_test: 1.4}]", "policies[0].seek_test", "[0; 1]"),
    ("policies: [{name: a, trace: {household: 2}}]", "policies[0].trace.household", "[0; 1]"),
    ("policies: [{name: a, levels: [{level: 7}]}]", "policies[0].levels[0].level", "[1; 4]"),
    ("policies: []", "policies", "ít nhất 1"),
    ("policies: [{name: a}, {name: a}]", "policies", "khác nhau"),
    ("capacities: {beds_severe: 3}", "capacities.quarantine_places", "unlimited"),
    ("capacities: {foo: 3}", "capacities.quarantine_places", "unlimited"),
    ("stock: {foo: 3}", "stock.foo", "test_kits"),
    ("stock: {test_kits: -1}", "stock.test_kits", "[0; 100000000]"),
    ("norms: {meals_per_person: 99}", "norms.meals_per_person", "[0; 6]"),
    ("norms: {x: 1}", "norms.x", "meals_per_person"),
    ("variant: omega", "variant", "'delta'"),
    ("uncertainty: {r0: [1.2, 0.8]}", "uncertainty.r0", "[0; 0.8]"),
    ("wave: {cases_per_day: .inf}", "wave.cases_per_day", "[0; 20000]"),
    ("wave: {cases_per_day: .nan}", "wave.cases_per_day", "[0; 20000]"),
    ("start: hom qua", "start", "2021-11-29"),
    ("vaccinated: {one_dose: 0.2, two_doses: 0.5}", "vaccinated.two_doses", "[0; 0.2]"),
    ("arrivals: [{first: 9, last: 3, per_day: 1}]", "arrivals[0].last", "[9; 730]"),
    ("foo: 3", "foo", "capacities"),
]


@pytest.mark.parametrize(("change", "where", "allowed"), WRONG, ids=[row[0] for row in WRONG])
def test_impossible_input_names_the_parameter_and_its_range(change: str, where: str, allowed: str) -> None:
    with pytest.raises(Refused) as refused:
        spec_of({**template_values("cluster"), **yaml.safe_load(change)})
    assert refused.value.where == where
    assert allowed in refused.value.message


@pytest.mark.parametrize("text", ["", "- a\n- b", "a: [", "x" * 300_000, "!!python/object/apply:os.system ['true']"])
def test_what_is_no_scenario_file_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_spec(text)


def test_an_unknown_capacity_is_said_to_be_unknown() -> None:
    values = template_values("cluster")
    del values["capacities"]["beds_severe"]
    with pytest.raises(Refused, match="Chưa biết năng lực"):
        spec_of(values)
    unlimited = {**values["capacities"], "beds_severe": "unlimited"}
    assert spec_of({**values, "capacities": unlimited}).capacities["beds_severe"] == "unlimited"


def test_an_unknown_place_is_refused(world: World) -> None:
    spec = spec_of({**small(), "seeds": [{"count": 1, "place": "99999"}]})
    job = Job(spec, world, Law.shipped(), start=DAY, seed=1, runs=1)
    with pytest.raises(Refused, match="seeds"):
        list(job.steps())


def test_days_are_limited_as_the_simulator_limits_them() -> None:
    assert MOST_DAYS == checking.MOST_DAYS


def test_no_norm_claims_to_be_law_without_a_table_and_none_is_verified() -> None:
    for name, norm in NORMS.items():
        assert not norm.verified, name
        assert norm.low <= norm.value <= norm.high, name
        if norm.law:
            assert Law.shipped().table(norm.law)


def test_measures_come_from_the_law_and_its_overlays() -> None:
    law = Law.shipped()
    free, strict = contacts_at(law, DAY, 1), contacts_at(law, DAY, 4)
    assert free[0] == strict[0] == 1.0, "no law parts a household"
    assert all(late <= early for early, late in zip(free, strict))
    closed = {
        "since": "2021-11-01", "falls_through": True,
        "rows": [{"when": {"activity": "schools", "level": 1}, "then": {"permission": "stop"}}],
    }  # fmt: skip
    other = law.with_overlay(Overlay.what_if("đóng cửa trường học", {"levels/measures": closed}))
    assert contacts_at(other, DAY, 1)[1] < free[1]


def test_quarantine_follows_the_law_of_the_day() -> None:
    law = Law.shipped()
    assert quarantine_of(law, date(2021, 6, 1), 0.0).days == 21
    assert quarantine_of(law, date(2022, 3, 1), 0.9).days == 5
    assert not quarantine_of(law, date(2022, 3, 1), 0.9).centralised


def small(name: str = "cluster", **other: Any) -> dict[str, Any]:
    return {**template_values(name), "people": 2000, "days": 20, **other}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World.of(spec_of(small()), tmp_path_factory.mktemp("people"))


def job_of(world: World, *, runs: int = 7, seed: int = 5, threads: int = 1, **other: Any) -> Job:
    job = Job(spec_of(small(**other)), world, Law.shipped(), start=DAY, seed=seed, runs=runs, threads=threads)
    assert list(job.steps())[-1] == runs
    return job


def test_steps_threads_and_length_change_nothing(world: World) -> None:
    short, long, threaded = job_of(world), job_of(world, runs=12), job_of(world, threads=2)
    for place in range(2):
        assert np.array_equal(short.collected[place].figures, long.collected[place].figures[:7])
        assert np.array_equal(short.collected[place].figures, threaded.collected[place].figures)


def test_equal_policies_share_their_luck_to_the_last_digit(world: World) -> None:
    twice = [{"name": "một"}, {"name": "hai"}]
    job = job_of(world, policies=twice)
    assert np.array_equal(job.collected[0].figures, job.collected[1].figures)


def test_what_communes_need_adds_up_to_what_the_province_uses_up(world: World) -> None:
    job = job_of(world)
    needs, communes = job.needs(0), job.collected[0].by_commune
    for place, (name, kind) in enumerate(KINDS.items()):
        here = communes[:, place].sum(axis=1)
        if kind.stock:
            assert here == pytest.approx(needs[name].sum(axis=1), rel=1e-4), name
        else:
            assert (here >= needs[name].max(axis=1) - 1e-3).all(), name


def test_a_districts_greatest_day_lies_between_its_communes_and_their_sum(world: World) -> None:
    collected = job_of(world).collected[0]
    for district in range(len(world.districts)):
        inside = collected.by_commune[:, :, world.district_of == district]
        whole = collected.by_district[:, :, district]
        assert (whole <= inside.sum(axis=2) * 1.001 + 0.01).all()
        assert (whole >= inside.max(axis=2) * 0.999 - 0.01).all()


def test_more_people_in_quarantine_already_never_need_fewer_places(world: World) -> None:
    few, many = job_of(world), job_of(world, present={"quarantined": 50, "days_left": 10})
    daily = {name: many.collected[0].figures[:, number] for number, name in enumerate(FIGURES)}
    assert (needs_of(daily, many.spec)["quarantine_places"] >= needs_of(daily, few.spec)["quarantine_places"]).all()


def test_cases_known_before_are_no_news_of_the_first_day(world: World) -> None:
    job = job_of(world, event={"setting": "market", "infected": 10, "days_ago": 6, "known": 10})
    assert job.collected[0].figures[:, FIGURES.index("detected"), 0].max() <= 1


def test_shortage_by_hand() -> None:
    need = np.array([[1.0, 5.0, 9.0], [1.0, 1.0, 1.0], [6.0, 2.0, 2.0], [0.0, 5.1, 0.0]])
    found = shortage(need, 5)
    assert found["probability"] == 0.75
    assert found["by_day"] == [0.25, 0.5, 0.75]
    assert found["days"] == [0, 1, 2]


def test_a_stock_runs_out_when_its_sum_does() -> None:
    spec = spec_of({**small(), "days": 7, "stock": {"test_kits": 25}})
    answer = need_answers(np.full((4, 7), 10.0), "test_kits", spec)
    assert answer["there"] == 25
    assert answer["shortage"]["days"] == [2, 2, 2]
    assert answer["peak"][2] == 70
    assert wording.reserve_of(answer, 0.95, 3) == (30, 5)


def test_a_fan_is_ordered_and_reserves_grow_with_surety_and_days() -> None:
    numbers = np.random.Generator(np.random.Philox(1)).poisson(4, (50, 20)).astype(float)
    rows = np.array(fan(numbers))
    assert (np.diff(rows, axis=0) >= 0).all()
    reserve = np.array(need_answers(numbers, "beds_mild", spec_of(small()))["reserve"])
    assert (np.diff(reserve, axis=0) >= 0).all()
    assert (np.diff(reserve, axis=1) >= 0).all()


def test_gaps_by_hand() -> None:
    gaps = gaps_of({("beds_mild", "061"): 10.2, ("meals", ""): 5, ("tracers", ""): 0}, {("meals", ""): 7})
    assert [(gap.kind, gap.wanted, gap.lacking) for gap in gaps] == [("beds_mild", 11, 11), ("meals", 5, 0)]


def test_a_perfect_forecast_scores_nothing_and_a_wrong_one_is_outside() -> None:
    seen = [3.0, 4.0, 5.0]
    perfect = score_forecast([seen] * 5, np.tile(seen, (9, 1)), seen, before=3.0)
    assert perfect is not None
    assert (perfect.wis, perfect.crps, perfect.inside_50, perfect.inside_90) == (0, 0, 1, 1)
    assert perfect.persistence > 0
    wrong = score_forecast([[0.0] * 3] * 5, np.zeros((9, 3)), seen, before=3.0)
    assert wrong is not None
    assert wrong.inside_90 == 0
    assert wrong.crps == pytest.approx(4.0)
    assert score_forecast([seen] * 5, np.tile(seen, (9, 1)), [], before=0) is None


def test_sentences_say_what_the_numbers_say() -> None:
    need = {"there": 25, "peak": [1, 2, 30.0, 40, 50.0], "reserve": [[5.0] * 20] * 3 + [[44.2] * 20] * 2,
            "shortage": {"probability": 0.42, "days": [3, 5, 9], "by_day": []}}  # fmt: skip
    said = wording.said(wording.need_sentence("beds_severe", need, 100, DAY))
    assert "25 giường" in said
    assert "42 %" in said
    assert "04/12/2021" in said
    reserve = wording.said(wording.reserve_sentence("beds_severe", need, 0.95, 14))
    assert "chắc 95 %" in reserve
    assert "cần có 45 giường" in reserve
    assert "thêm 20" in reserve
    quiet = wording.said(wording.need_sentence("beds_severe", {**need, "shortage": None, "there": None}, 100, DAY))
    assert "Chưa đăng ký" in quiet


def test_small_chances_are_never_told_as_none_or_all() -> None:
    assert [wording.percent(share) for share in (0, 0.004, 0.5, 0.996, 1)] == ["0", "dưới 1", "50", "trên 99", "100"]


# The command


def file_of(folder: Path, **other: Any) -> str:
    path = folder / "scenario.yaml"
    path.write_text(yaml.safe_dump(json.loads(spec_of(small(**other)).model_dump_json(exclude_none=True))), "utf-8")
    return str(path)


def test_the_command_answers_and_writes_the_same_again(tmp_path: Path) -> None:
    arguments = ["--scenario", file_of(tmp_path), "--runs", "6", "--seed", "3"]
    for name in ("a.json", "b.json", "a.csv", "a.parquet"):
        done = CliRunner().invoke(command, [*arguments, "--out", str(tmp_path / name)])
        assert done.exit_code == 0, done.output
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    table = parquet.read_table(tmp_path / "a.parquet")
    lines = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()
    assert table.num_rows == len(lines) - 1 == 2 * 6 * 20
    assert table.schema.metadata[b"seed"] == b"3"
    assert "Chỗ cách ly" in done.output
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "a.csv",
        "a.json",
        "a.parquet",
        "b.json",
        "scenario.yaml",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--scenario", "khong-co"], "Không có tệp"),
        (["--scenario", "cluster", "--runs", "0"], "runs"),
        (["--scenario", "cluster", "--seed", "-1"], "seed"),
        (["--scenario", "cluster", "--out", "x.exe"], ".parquet"),
        ([], "--scenario"),
    ],
)
def test_the_command_refuses_with_words(arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 1
    assert said in done.output


def test_the_command_lists_and_prints_its_templates() -> None:
    listed = CliRunner().invoke(command, ["--templates"]).output
    assert all(name in listed for name in TEMPLATES)
    printed = CliRunner().invoke(command, ["--print-template", "market"]).output
    assert read_spec(printed) == read_spec(template_text("market"))


def test_ctrl_c_leaves_no_file_behind(tmp_path: Path) -> None:
    script = "from chongdich.config.cli.simulate import command; command()"
    path = file_of(tmp_path)
    running = subprocess.Popen(
        [sys.executable, "-c", script, "--scenario", path, "--runs", "20000", "--out", str(tmp_path / "out.csv")],
        stderr=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "NUMBA_NUM_THREADS": "1"},
    )  # fmt: skip
    assert running.stderr is not None
    assert "giây" in running.stderr.readline().decode(), "the first coarse answer is there"
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=120) == 130
    assert [one.name for one in tmp_path.iterdir()] == ["scenario.yaml"]


def test_the_sentence_of_a_fan_is_true_of_its_numbers() -> None:
    def told(rows: list[list[float]]) -> str:
        return wording.said(wording.fan_sentence(rows, DAY))

    assert "95 %" in told([[0.0, 0.0]] * 5)
    assert "từ 3 trở lên" in told([[0.0, 0.0]] * 4 + [[1.0, 3.0]])
    assert told([[1.0, 2.0], [1.0, 3.0], [2.0, 4.0], [3.0, 5.0], [4.0, 1234.0]]) == (
        "Trung vị cao nhất là 4 vào ngày 30/11/2021; vào ngày đó 90 % số lần chạy nằm trong khoảng từ 2 đến 1.234."
    )
