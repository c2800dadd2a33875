"""Scenarios through their journeys: kept, run, run again, stopped; plans, gaps, resources, forecasts scored."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chongdich.application.desk import Desk
from chongdich.application.journeys import scenarios, scenarios_plan, scenarios_resources
from chongdich.application.lenses.scenario_scores import judge
from chongdich.application.lenses.scenarios import (
    find_scenarios,
    get_visible_run,
    get_visible_scenario,
    resources_by_kind,
    see_now,
    see_readiness,
)
from chongdich.core.errors import Conflict, NotAllowed, NotFound, Refused
from chongdich.domain.cases.models import Case
from chongdich.domain.scenarios import operations
from chongdich.domain.scenarios.asking.reading import spec_of, template_values
from chongdich.domain.scenarios.models import Resource, Run, Scenario
from chongdich.domain.scenarios.operations import NewResource
from chongdich.registry.ledger.models import Entry
from chongdich.registry.people.models import Person
from chongdich.registry.places.queries import get_place
from tests.journeys.house import House


def small(name: str = "cluster", **other: object) -> dict:
    """A template on a small province: the same parts, quicker."""
    return {**template_values(name), "people": 3000, "days": 28, **other}


def planner(house: House) -> Desk:
    return house.desk("tinh.chuyenvien")


def own_unit(desk: Desk) -> int:
    return desk.actor.grants[0].unit_id


def kept(house: House, **other: Any) -> Scenario:
    desk = planner(house)
    return scenarios.keep_scenario(desk, unit_id=own_unit(desk), spec=spec_of(small(**other)), template="cluster")


def run_to_end(house: House, run: Run, folder: Path) -> Run:
    """As the worker does it, keeping every answer on the way."""
    assert scenarios.advance_next_run(
        house.machine(), keep_in=folder, threads=1, due=lambda: True, stop=lambda number: lambda: False
    )
    run.refresh_from_db()
    return run


def test_a_scenario_is_kept_run_and_answered(house: House, tmp_path: Path) -> None:
    scenario = kept(house)
    run = scenarios.ask_run(planner(house), scenario_id=scenario.pk, runs=10, seed=7)
    assert (run.state, run.day) == ("waiting", date(2021, 11, 29))
    done = run_to_end(house, run, tmp_path)
    assert (done.state, done.done, done.problem) == ("done", 10, "")
    assert done.answers is not None
    first = done.answers["policies"][0]
    assert first["name"] == scenario.spec["policies"][0]["name"]
    assert first["totals"]["infections"][4] > 0
    assert max(first["fans"]["in_central"][4]) > 0
    assert done.law
    assert done.program
    assert Entry.objects.filter(kind__in=("ScenarioKept", "RunAsked", "RunFinished")).count() == 3


def test_the_same_question_and_seed_give_the_same_to_the_last_digit(house: House, tmp_path: Path) -> None:
    scenario = kept(house)
    first = run_to_end(house, scenarios.ask_run(planner(house), scenario_id=scenario.pk, runs=7, seed=11), tmp_path)
    again = run_to_end(house, scenarios.run_again(planner(house), run_id=first.pk), tmp_path)
    other = run_to_end(house, scenarios.ask_run(planner(house), scenario_id=scenario.pk, runs=7, seed=12), tmp_path)
    assert again.digest == first.digest
    assert again.answers == first.answers
    assert other.digest != first.digest


def test_a_stopped_run_leaves_nothing(house: House, tmp_path: Path) -> None:
    desk = planner(house)
    run = scenarios.ask_run(desk, scenario_id=kept(house).pk, runs=10, seed=7)
    stopped: list[int] = []

    def due() -> bool:
        if not stopped:
            stopped.append(scenarios.cancel_run(desk, run_id=run.pk).pk)
        return True

    scenarios.advance_next_run(
        house.machine(), keep_in=tmp_path, threads=1, due=due, stop=lambda number: lambda: bool(stopped)
    )
    run.refresh_from_db()
    assert stopped
    assert (run.state, run.done, run.answers, run.digest, run.samples) == ("cancelled", 0, None, "", "")
    with pytest.raises(Conflict):
        scenarios.cancel_run(desk, run_id=run.pk)


def test_a_run_that_cannot_be_done_says_why(house: House, tmp_path: Path) -> None:
    scenario = kept(house, event={"setting": "market", "infected": 5, "place": "99999"})
    run = run_to_end(house, scenarios.ask_run(planner(house), scenario_id=scenario.pk, runs=5, seed=1), tmp_path)
    assert run.state == "failed"
    assert "event.place" in run.problem
    assert run.answers is None


def test_a_silent_run_is_taken_over(house: House, tmp_path: Path) -> None:
    run = scenarios.ask_run(planner(house), scenario_id=kept(house).pk, runs=5, seed=1)
    assert operations.take_run(run=run, at=house.at)
    free: Any = {"keep_in": tmp_path, "threads": 1, "due": lambda: False, "stop": lambda number: lambda: False}
    assert not scenarios.advance_next_run(house.machine(), **free)
    assert scenarios.advance_next_run(house.later(minutes=2).machine(), **free)
    run.refresh_from_db()
    assert run.state == "done"


def test_whoever_may_not_plan_is_refused_and_sees_nothing_foreign(house: House) -> None:
    scenario = kept(house)
    with pytest.raises(NotAllowed):
        scenarios.ask_run(house.desk("tinh.lanhdao"), scenario_id=scenario.pk)
    assert get_visible_scenario(house.desk("tinh.lanhdao"), scenario.pk) == scenario
    assert not find_scenarios(house.desk("babe.bcd")).exists()
    with pytest.raises(NotFound):
        get_visible_scenario(house.desk("babe.bcd"), scenario.pk)
    with pytest.raises(NotFound):
        scenarios.ask_run(house.desk("babe.bcd"), scenario_id=scenario.pk)


@pytest.mark.parametrize(
    ("field", "value", "named"), [("runs", 0, "runs"), ("runs", 10**6, "runs"), ("seed", -1, "seed")]
)
def test_impossible_runs_are_refused_by_name(house: House, field: str, value: int, named: str) -> None:
    scenario = kept(house)
    with pytest.raises(Refused) as refused:
        scenarios.ask_run(planner(house), scenario_id=scenario.pk, **{field: value})
    assert refused.value.where == named


def register(house: House, username: str, kind: str, quantity: int, place: str = "", name: str = "Cơ sở") -> Resource:
    desk = house.desk(username)
    number = get_place(place, desk.today).pk if place else None
    new = NewResource(kind=kind, name=name, quantity=quantity, place_id=number)
    return scenarios_resources.register_resource(desk, unit_id=own_unit(desk), new=new)


def test_registering_twice_sets_right_and_the_sum_is_of_all_units_below(house: House) -> None:
    register(house, "babe.ubnd", "quarantine_places", 100, "061")
    register(house, "babe.ubnd", "quarantine_places", 150, "061")
    register(house, "phucloc.tyt", "quarantine_places", 20, "01894")
    assert resources_by_kind(planner(house)) == {"quarantine_places": 170}
    assert Resource.objects.count() == 2


def test_a_table_of_resources_is_taken_whole_or_not_at_all(house: House) -> None:
    desk = house.desk("babe.ubnd")
    head = "Loại;Tên;Mã địa bàn;Số lượng;Ghi chú\n"
    good = head + "Chỗ cách ly tập trung;Trường nội trú;061;200;\nkit xét nghiệm;x;;5;\n"
    with pytest.raises(Refused, match="dòng 3"):
        scenarios_resources.import_resources(desk, unit_id=own_unit(desk), name="a.csv", data=good.encode())
    assert not Resource.objects.exists()
    right = head + "Chỗ cách ly tập trung;Trường nội trú;61;200;\ntest_kits;Kho huyện;;5.000;còn hạn\n"
    assert scenarios_resources.import_resources(desk, unit_id=own_unit(desk), name="a.csv", data=right.encode()) == 2
    assert {(row.kind, row.quantity, row.place and row.place.code) for row in Resource.objects.all()} == {
        ("quarantine_places", 200, "061"),
        ("test_kits", 5000, None),
    }


def case(house: House, name: str, found: date, place: str = "01894", **other: object) -> Case:
    person = Person.objects.create(uid=house.machine().new_id(), name=name, created_at=house.at)
    return Case.objects.create(
        person=person, classification="confirmed", confirmed_on=found, place=get_place(place, house.machine().today),
        reported_at=house.at, created_at=house.at, **other,
    )  # fmt: skip


def test_now_is_gathered_from_the_rooms(house: House) -> None:
    case(house, "A", date(2021, 11, 28), onset_on=date(2021, 11, 25))
    case(house, "B", date(2021, 11, 20))
    case(house, "C", date(2021, 11, 20), outcome="recovered")
    register(house, "babe.ubnd", "quarantine_places", 300, "061")
    register(house, "babe.ubnd", "test_kits", 900)
    now = see_now(planner(house))
    assert (now.active, now.found_lately) == (2, 1)
    assert now.seeds == [
        {"count": 1, "place": "01894", "infected_days_ago": 8, "known": True},
        {"count": 1, "place": "01894", "infected_days_ago": 14, "known": True},
        {"count": 1, "place": "01894", "infected_days_ago": 3, "known": False},
    ]
    assert now.capacities == {"quarantine_places": 300}
    assert now.stock == {"test_kits": 900}
    spec = spec_of({**template_values("one_imported"), **now.values()})
    assert spec.capacities["beds_severe"] == "unlimited"


def finished(house: House, folder: Path, **other: Any) -> Run:
    scenario = kept(house, **other)
    return run_to_end(house, scenarios.ask_run(planner(house), scenario_id=scenario.pk, runs=10, seed=5), folder)


def test_gaps_are_needs_less_what_is_registered_there(house: House, tmp_path: Path) -> None:
    run = finished(house, tmp_path)
    bare = see_readiness(planner(house), run)
    worst = next(gap for gap in bare.lacking if gap.place)
    assert worst.there == 0
    register(house, "tinh.chuyenvien", worst.kind, worst.wanted, worst.place)
    filled = see_readiness(planner(house), run)
    assert (worst.kind, worst.place) not in {(gap.kind, gap.place) for gap in filled.lacking}
    assert len(filled.lacking) == len(bare.lacking) - 1


def test_the_plan_is_an_official_document_that_can_be_signed(house: House, tmp_path: Path) -> None:
    run = finished(house, tmp_path)
    document = scenarios_plan.make_plan(planner(house), run_id=run.pk)
    assert document.kind.name == "Phương án"
    heads = [column.title for table in document.tables for column in table.columns]
    for wanted in ("Chỉ huy tại chỗ", "Lực lượng tại chỗ", "Phương tiện tại chỗ", "Hậu cần tại chỗ"):
        assert wanted in heads
    phases = [phase["name"] for phase in run.answers["policies"][0]["phases"]]  # type: ignore[index]
    assert set(phases) <= set(heads)
    desk = planner(house)
    made = scenarios_plan.draft_plan(desk, run_id=run.pk, unit_id=own_unit(desk))
    assert (made.kind, made.state) == ("phương án", "draft")


def test_each_chosen_gap_becomes_a_clause_for_one_unit(house: House, tmp_path: Path) -> None:
    run = finished(house, tmp_path)
    desk = planner(house)
    gaps = see_readiness(desk, run).lacking[:3]
    chosen = [(gap.kind, gap.place) for gap in gaps]
    made = scenarios_plan.draft_gaps(desk, run_id=run.pk, unit_id=own_unit(desk), chosen=chosen, due=date(2021, 12, 10))
    body = made.content["document"]["body"]  # type: ignore[index]
    duties = [block["text"] for block in body if block["level"] == "number"]
    assert len(duties) == 3
    assert all("10/12/2021" in duty and "chuẩn bị thêm" in duty for duty in duties)
    assert made.content["send_to"]  # type: ignore[index]
    with pytest.raises(Refused):
        scenarios_plan.draft_gaps(desk, run_id=run.pk, unit_id=own_unit(desk), chosen=[], due=date(2021, 12, 10))
    with pytest.raises(Refused):
        scenarios_plan.draft_gaps(desk, run_id=run.pk, unit_id=own_unit(desk), chosen=chosen, due=date(2021, 1, 1))


def test_a_forecast_is_scored_by_the_cases_that_came(house: House, tmp_path: Path) -> None:
    run = finished(house, tmp_path)
    assert judge(planner(house), run).score is None
    later = house.later(days=5)
    for day in (29, 30):
        case(house, f"N{day}", date(2021, 11, day))
    judged = judge(planner(later), get_visible_run(planner(later), run.pk))
    assert judged.observed == [1, 1, 0, 0, 0]
    assert judged.score is not None
    assert judged.score.days == 5
    assert judged.score.wis >= 0
    assert 0 <= judged.score.inside_50 <= judged.score.inside_90 <= 1
