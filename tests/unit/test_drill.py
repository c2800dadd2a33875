"""The drill's plain parts: options, folders, clock, people, days, noise, the true outbreak, the report's figures."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chongdich.core.errors import Refused
from chongdich.core.vietnamese import fold
from chongdich.kernels.simulation.population import COMMUNITY, HOUSEHOLD, SCHOOL, WORK
from chongdich.kernels.simulation.simulation import Simulator
from chongdich.kernels.simulation.variants import PACKS
from chongdich.registry.people.rules import read_entry
from chongdich.universe.drill import apart, noise
from chongdich.universe.drill.chance import lot
from chongdich.universe.drill.clock import DrillOffset, Pace, Setting, read_setting, write_setting
from chongdich.universe.drill.life import day_of, met_between
from chongdich.universe.drill.options import RANGES, VARIANTS, Options, check
from chongdich.universe.drill.outbreak import Held, begin_outbreak, scenario_of
from chongdich.universe.drill.report.figures import Share, clock_of, delay_of
from chongdich.universe.drill.town import build_town

SMALL = Options(people=800, days=12, introductions=5, r0=8.0, seed=4)
NAMES = ("Chợ Rã", "Bành Trạch", "Phúc Lộc", "Hà Hiệu")
MONDAY = date(2021, 11, 22)


@pytest.fixture(scope="module")
def town():
    return build_town(SMALL)


# --- options -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(RANGES))
def test_a_value_beyond_its_range_is_refused_with_its_name_and_range(name: str) -> None:
    low, high = RANGES[name]
    for value in (low - 1, high + 1, float("nan")):
        with pytest.raises(Refused) as refused:
            check(replace(Options(), **{name: value}))
        assert refused.value.where == name
        assert f"“{name}” phải nằm trong khoảng [" in refused.value.message


@pytest.mark.parametrize(
    ("given_", "where"),
    [({"staff": "robots"}, "staff"), ({"variant": "omicron"}, "variant"), ({"communes": ()}, "communes"),
     ({"communes": ("01894", "01894")}, "communes"), ({"start": date(1999, 1, 1)}, "start"),
     ({"days": 3.5}, "days"), ({"people": 100, "introductions": 80}, "introductions")],
)  # fmt: skip
def test_what_cannot_be_is_refused(given_: dict, where: str) -> None:
    with pytest.raises(Refused) as refused:
        check(replace(Options(), **given_))
    assert refused.value.where == where


def test_a_commune_that_is_not_known_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        build_town(replace(SMALL, communes=("99999",)))
    assert refused.value.where == "communes"


def test_communes_of_a_district_that_do_not_stand_together_are_refused() -> None:
    with pytest.raises(Refused, match="liền nhau"):
        build_town(replace(SMALL, communes=("01894", "01834", "01888")))


def test_options_are_kept_and_read_again() -> None:
    assert Options.of_json(json.loads(json.dumps(SMALL.as_json()))) == SMALL


def test_the_variants_are_the_simulators() -> None:
    assert set(VARIANTS) == set(PACKS)


# --- apart from real data ------------------------------------------------------------------------------------------


def test_the_real_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        apart.check_apart(tmp_path.resolve(), "", {"CHONGDICH_VAR": str(tmp_path)})
    assert refused.value.code == "real_data"
    assert "dữ liệu thật" in refused.value.message


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / apart.DATABASE).write_bytes(b"")
    with pytest.raises(Refused, match="không mang dấu diễn tập"):
        apart.check_apart(tmp_path, "", {"CHONGDICH_VAR": "/elsewhere"})


def test_the_real_database_is_refused(tmp_path: Path) -> None:
    real = "postgresql://real"
    for database in ("", real):
        with pytest.raises(Refused, match="DATABASE_URL"):
            apart.check_apart(tmp_path / "new", database, {"DATABASE_URL": real, "CHONGDICH_VAR": "/elsewhere"})
    apart.check_apart(tmp_path / "new", "sqlite:///other", {"DATABASE_URL": real, "CHONGDICH_VAR": "/elsewhere"})


def test_a_drills_folder_is_entered_without_mail_and_partners(tmp_path: Path) -> None:
    apart.write_mark(tmp_path, SMALL, "")
    apart.check_apart(tmp_path, "", {"CHONGDICH_VAR": "/elsewhere"})
    assert apart.read_mark(tmp_path) == (SMALL, "")
    environment = {"DATABASE_URL": "postgresql://real", "CHONGDICH_EMAIL_BACKEND": "smtp", "CHONGDICH_EXCHANGE": "/x"}
    apart.enter(tmp_path, "", environment)
    assert environment["DATABASE_URL"] == f"sqlite:///{tmp_path / apart.DATABASE}"
    assert environment["CHONGDICH_EXCHANGE"] == str(tmp_path / "exchange")
    assert environment["CHONGDICH_EMAIL_BACKEND"].endswith("filebased.EmailBackend")


# --- the clock -----------------------------------------------------------------------------------------------------

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
THEN = datetime(2021, 11, 22, 1, tzinfo=UTC)


def test_house_time_runs_at_its_rate_and_never_far_ahead() -> None:
    setting = Setting(THEN, NOON, 60)
    assert setting.at(NOON + timedelta(seconds=30)) == THEN + timedelta(minutes=30)
    assert setting.at(NOON + timedelta(days=2)) == THEN + timedelta(hours=1)
    assert setting.at(NOON - timedelta(days=2)) == THEN
    assert Setting(THEN, NOON, 0).at(NOON + timedelta(days=2)) == THEN


def test_a_server_beside_the_drill_reads_the_same_time(tmp_path: Path) -> None:
    write_setting(tmp_path, Setting(THEN, NOON, 60))
    assert read_setting(tmp_path) == Setting(THEN, NOON, 60)
    assert NOON + timedelta(seconds=10) + DrillOffset(tmp_path) == THEN + timedelta(minutes=10)


def test_the_pace_sleeps_as_long_as_asked_and_the_fastest_never(tmp_path: Path) -> None:
    slept: list[float] = []
    Pace(tmp_path, 60, slept.append, lambda: NOON).wait_until(THEN + timedelta(hours=2), THEN)
    Pace(None, 0, slept.append).wait_until(THEN + timedelta(hours=2), THEN)
    assert slept == [120]
    setting = read_setting(tmp_path)
    assert setting
    assert (setting.house, setting.rate) == (THEN + timedelta(hours=2), 60)


# --- people and their days -----------------------------------------------------------------------------------------


def test_everybody_has_an_identity_that_the_registry_takes(town) -> None:
    for person in range(0, town.people, 7):
        one = town.identity(person)
        entry = read_entry(
            {"name": one.name, "birth": f"{one.born:%d/%m/%Y}", "sex": one.sex, "phone": one.phone, "cccd": one.cccd},
            SMALL.start,
        )  # fmt: skip
        assert entry.refusals == []
        assert entry.doubts == []
        assert abs((SMALL.start - one.born).days / 365.25 - town.age(person)) <= 1.01


def test_the_same_seed_is_the_same_people_and_another_seed_is_not(town) -> None:
    again, other = build_town(SMALL), build_town(replace(SMALL, seed=5))
    people = range(0, town.people, 50)
    assert [town.identity(p) for p in people] == [again.identity(p) for p in people]
    assert [town.identity(p) for p in people] != [other.identity(p) for p in people]


@given(person=st.integers(0, 799), offset=st.integers(0, 13))
def test_who_meets_somebody_is_met_by_them_at_the_same_place_and_time(person: int, offset: int) -> None:
    town, day = _town(), MONDAY + timedelta(days=offset)
    for stay in day_of(town, NAMES, person, day):
        assert person not in stay.company
        for other in stay.company:
            theirs = [
                one for one in day_of(town, NAMES, other, day) if person in one.company and one.layer == stay.layer
            ]
            assert [(one.since, one.until, one.place) for one in theirs] == [(stay.since, stay.until, stay.place)]


def _town():
    if not hasattr(_town, "kept"):
        _town.kept = build_town(SMALL)
    return _town.kept


def test_a_week_of_meetings_is_among_the_simulators_contacts(town) -> None:
    for person in range(0, town.people, 40):
        met = set(met_between(town, NAMES, person, MONDAY, MONDAY + timedelta(days=20)))
        assert met == set(town.contacts(person))
        for layer in (HOUSEHOLD, SCHOOL, WORK, COMMUNITY):
            assert set(town.around(person, layer)) - {person} <= met


# --- noise ---------------------------------------------------------------------------------------------------------


def test_without_noise_nothing_changes_and_with_it_something_does() -> None:
    said = "Hoàng Thị Nguyệt"
    drawn = [noise.name(said, lot(1, "test", n), 0.0) for n in range(300)]
    assert set(drawn) == {said}
    slips = {noise.name(said, lot(1, "test", n), 1.0) for n in range(300)}
    assert fold(said).title() in slips
    assert len(slips) > 2
    wrong = [noise.commune(0, range(4), lot(1, "place", n), 1.0) for n in range(2000)]
    assert 0.01 < sum(1 for one in wrong if one) / len(wrong) < 0.08


@given(st.sampled_from(["Hoàng Thị Nguyệt", "Đinh Đức Tuấn", "Nông Văn Sơn", "Lý A Dình"]), st.integers(0, 10_000))
def test_a_slip_changes_one_word_as_it_sounds_or_all_signs(said: str, key: int) -> None:
    written = noise.name(said, lot(1, "slip", key), 1.0)
    theirs, ours = written.split(), said.split()
    assert len(theirs) == len(ours)
    assert theirs[0] == ours[0] or written == fold(said).title()
    assert written == fold(said).title() or sum(one != other for one, other in zip(theirs, ours)) <= 1


# --- the true outbreak -----------------------------------------------------------------------------------------------


def test_with_nobody_held_it_is_the_simulators_outbreak_person_by_person(town) -> None:
    living = begin_outbreak(town)
    for _ in range(SMALL.days):
        living.live(Held())
    tree = Simulator(town.population, scenario_of(town)).tree(SMALL.seed)
    assert len(tree.infected) > 20
    assert {person: living.outbreak.source[person] for person in living.outbreak.source} == {
        int(person): int(tree.source[person]) for person in tree.infected
    }
    for one in living.infections():
        assert (one.day, one.infectious, one.end) == tuple(tree.record[one.person][[0, 1, 5]])


def test_whoever_is_isolated_infects_nobody_outside_home_from_then_on(town) -> None:
    free, held = begin_outbreak(town), begin_outbreak(town)
    everybody: list[int] = []
    for _ in range(SMALL.days):
        free.live(Held())
        fresh = held.live(Held(isolated=everybody))
        everybody += [one.person for one in fresh]
    assert len(held.infections()) < len(free.infections())
    layers = [one.layer for one in held.infections() if one.source >= 0]
    assert layers.count(SCHOOL) + layers.count(WORK) + layers.count(COMMUNITY) <= sum(
        1 for one in free.infections() if one.layer in (SCHOOL, WORK, COMMUNITY)
    )


def test_whoever_is_let_go_can_infect_again(town) -> None:
    living = begin_outbreak(town)
    living.live(Held())
    person = living.infections()[0].person
    living.live(Held(isolated=[person], quarantined=[person]))
    assert living.outbreak.people[person].isolated
    assert living.outbreak.people[person].quarantined
    living.live(Held())
    assert not living.outbreak.people[person].isolated
    assert not living.outbreak.people[person].quarantined


# --- the report's figures --------------------------------------------------------------------------------------------


@given(
    done=st.lists(st.floats(0, 500), max_size=40), waiting=st.lists(st.floats(0, 500), max_size=40),
    limit=st.floats(1, 100),
)  # fmt: skip
def test_a_clock_counts_each_thing_once_and_what_is_still_in_time_not_at_all(done, waiting, limit) -> None:
    clock = clock_of("", "", limit, done, waiting)
    assert clock.met + clock.late == len(done)
    assert clock.open + sum(1 for one in waiting if one <= limit) == len(waiting)
    assert clock.share.whole == clock.met + clock.late + clock.open


def test_a_delay_tells_the_middle_and_the_tail() -> None:
    delay = delay_of("", [float(n) for n in range(1, 102)])
    assert (delay.count, delay.median, delay.ninth, delay.longest) == (101, 51.0, 91.0, 101.0)
    assert delay_of("", [7.0]).median == 7.0
    assert delay_of("", []).median is None
    assert Share("", 0, 0).percent is None
