"""A drill played through the doors: reproducible, stopped and resumed, nothing half done, a report that adds up."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection, transaction

from chongdich.core.errors import Refused
from chongdich.domain.cases.models import Case, Import, Interview
from chongdich.domain.directives.models import Task
from chongdich.registry.ledger.models import Entry, Settlement
from chongdich.registry.people.models import Person
from chongdich.universe.drill import cards, notebook, sending
from chongdich.universe.drill import play as playing
from chongdich.universe.drill.clock import Pace
from chongdich.universe.drill.options import Options
from chongdich.universe.drill.report.findings import findings_of
from chongdich.universe.drill.report.paper import document_of

SMALL = Options(
    seed=11, days=4, people=200, introductions=6, communes=("01894", "01897"), other_samples=1, slowness=0.5, r0=6.0
)
AT_ONCE = Pace(None, 0, lambda seconds: None)


def played(options: Options, stop_after: int | None = None) -> playing.Stage:
    """A drill played to its end; with `stop_after` it is stopped that often, forgotten and taken up again."""
    stage = playing.set_up(options)
    while not playing.play(stage, AT_ONCE, stop=_after(stop_after)):
        stage = playing.take_up()
    return stage


def _after(count: int | None) -> Callable[[], bool]:
    left = [count]

    def stop() -> bool:
        if left[0] is None:
            return False
        left[0] -= 1
        return left[0] < 0

    return stop


class Undone(Exception):
    pass


def told_of(options: Options, stop_after: int | None = None) -> dict[str, Any]:
    """Play and undo: the report, and what the rooms hold, without row numbers."""
    kept: dict[str, Any] = {}
    with pytest.raises(Undone), transaction.atomic():
        stage = played(options, stop_after)
        kept["report"] = findings_of(stage).as_json()
        kept["facts"] = Counter(Entry.objects.values_list("kind", flat=True))
        kept["people"] = sorted(map(str, Person.objects.values_list("name", "birth_year", "uid")))
        kept["names"] = [one.name for kind in playing.ACTS for one in notebook.done(kind)]
        raise Undone
    return kept


@pytest.mark.django_db
def test_a_small_drill_from_the_first_sample_to_the_report() -> None:
    stage = played(SMALL)
    failed = Settlement.objects.exclude(error="").values_list("journey", "error").first()
    assert failed is None
    confirmed = Case.objects.filter(classification="confirmed")
    assert confirmed.count() >= 2
    assert Interview.objects.exclude(finished_at=None).exists()
    assert Task.objects.exclude(state="received").exists()
    findings = findings_of(stage)
    _adds_up(stage, findings)
    document = document_of(findings)
    assert document.draft
    assert len(document.tables) >= 7
    name = stage.town.identity(stage.truth.infections()[0].person).name
    assert name in cards.cards_of(stage, name)[0]


def _adds_up(stage: playing.Stage, findings: Any) -> None:
    """The report against the truth and the rooms, counted another way."""
    truth = {one.person for one in stage.truth.infections() if one.day < stage.truth.lived}
    known = notebook.known()
    cases = {known[case.person_id] for case in Case.objects.filter(classification="confirmed")}
    assert (findings.people[0].part, findings.people[0].whole) == (len(truth & cases), len(truth))
    assert len(findings.missed) == len(truth - cases)
    assert sum(unit.infections for unit in findings.units) == len(truth)
    assert sum(unit.cases for unit in findings.units) == len(truth & cases)
    assert findings.people[1].whole <= findings.people[0].whole
    assert all(0 <= share.part <= share.whole for share in (*findings.people, *findings.tracing, *findings.quality))
    json.dumps(findings.as_json())


@pytest.mark.django_db
def test_the_same_seed_is_the_same_drill_stopped_and_resumed_or_not() -> None:
    short = replace(SMALL, days=2)
    whole = told_of(short)
    assert whole["report"]["people"][0]["whole"] > 0
    assert whole == told_of(short, stop_after=23)
    other = told_of(replace(SMALL, seed=12, days=1))
    assert other["people"] != whole["people"]


@pytest.mark.django_db
def test_a_happening_that_breaks_leaves_nothing_and_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = playing.set_up(replace(SMALL, days=2))
    real, broken = playing.ACTS["result"], []

    def break_after_writing(stage: playing.Stage, one: notebook.Happening) -> None:
        real(stage, one)
        broken.append(one.name)
        raise KeyboardInterrupt

    monkeypatch.setitem(playing.ACTS, "result", break_after_writing)
    with pytest.raises(KeyboardInterrupt):
        playing.play(stage, AT_ONCE)
    facts = Entry.objects.filter(kind="ResultRecorded").count()
    assert facts == 0
    monkeypatch.setitem(playing.ACTS, "result", real)
    assert playing.play(playing.take_up(), AT_ONCE)
    assert broken[0] in [one.name for one in notebook.done("result")]
    assert Entry.objects.filter(kind="ResultRecorded").exists()


@pytest.mark.django_db
def test_a_drill_that_another_simulator_played_is_not_taken_up() -> None:
    stage = playing.set_up(replace(SMALL, days=2))
    first = notebook.next_waiting(stage.end)
    assert first
    playing.perform(stage, first)
    assert playing.take_up().truth.mark() == stage.truth.mark()
    notebook.mark_done([replace(first, data={**first.data, "mark": "another"})])
    with pytest.raises(Refused, match="bộ giả lập đã đổi"):
        playing.take_up()


@pytest.mark.django_db
def test_without_automatic_staff_the_world_goes_on_and_work_waits() -> None:
    stage = played(replace(SMALL, staff="none", days=3))
    assert Case.objects.filter(classification="confirmed").exists()
    assert not Interview.objects.exists()
    assert not Task.objects.exists()
    assert not Case.objects.exclude(isolated_at=None).exists()
    assert all(not day.data["isolated"] for day in notebook.done("day"))
    findings = findings_of(stage)
    assert findings.clocks[2].met == 0


@pytest.mark.django_db
def test_the_hospitals_list_is_read_as_any_other() -> None:
    stage = playing.set_up(replace(SMALL, days=1))
    playing.perform(stage, next(iter([notebook.next_waiting(stage.end)])))  # type: ignore[arg-type]
    person = next(one.person for one in stage.truth.infections() if one.onset is not None)
    stage.plan("listed:test", stage.at, "listed", person=person, taken=stage.at.isoformat(), ready=stage.at.isoformat())
    one = next(one for one in [notebook.next_waiting(stage.end)] if one and one.kind == "listed")
    sending.listed(stage, one)
    found = Import.objects.get()
    assert found.state == Import.State.MAPPING
    assert {"name", "birth", "address", "sampled_on"} <= set(found.mapping.get("fields", found.mapping))


@pytest.mark.django_db
def test_a_notebook_is_no_part_of_a_working_house() -> None:
    assert not notebook.is_drill()
    assert not any(name.startswith("drill_") for name in connection.introspection.table_names())


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--fast", "--speed", "5"], "--speed"), ([], "--speed"), (["--speed", "0"], "[0,1; 3600]"),
     (["--fast", "--days", "0"], "“days” phải nằm trong khoảng [1; 180]"),
     (["--fast", "--people", "12"], "“people”"), (["--fast", "--staff", "x"], "“staff”"), (["report"], "không có")],
)  # fmt: skip
def test_the_command_refuses_in_words_and_makes_nothing(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    from chongdich.config.cli.drill import command

    monkeypatch.delenv("DATABASE_URL", raising=False)
    folder = tmp_path / "new"
    told = CliRunner().invoke(command, ["--folder", str(folder), *words])
    assert told.exit_code == 1
    assert said in told.output
    assert not folder.exists()


def test_the_command_never_touches_a_real_database_or_folder(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from chongdich.config.cli.drill import command

    folder = tmp_path / "new"
    monkeypatch.setenv("DATABASE_URL", "postgresql://real/house")
    told = CliRunner().invoke(command, ["--folder", str(folder), "--fast"])
    assert told.exit_code == 1
    assert "DATABASE_URL đang trỏ đến cơ sở dữ liệu của hệ thống thật" in told.output
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("CHONGDICH_VAR", str(folder))
    told = CliRunner().invoke(command, ["--folder", str(folder), "--fast"])
    assert told.exit_code == 1
    assert "dữ liệu thật (CHONGDICH_VAR)" in told.output
    assert not folder.exists()
