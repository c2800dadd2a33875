"""Write scenarios, their runs, and registered resources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from chongdich.core.errors import Conflict, NotFound
from chongdich.domain.scenarios import facts
from chongdich.domain.scenarios.models import Resource, Run, Scenario
from chongdich.domain.scenarios.queries import get_run, get_scenario
from chongdich.domain.scenarios.rules import check_resource
from chongdich.domain.scenarios.states import RUN, UNFINISHED
from chongdich.registry.ledger.operations import Author, record


@transaction.atomic
def keep_scenario(*, unit_id: int, name: str, spec: Mapping[str, Any], template: str, by: Author) -> Scenario:
    """Write a scenario of a unit."""
    made = Scenario.objects.create(
        unit_id=unit_id, name=name, spec=dict(spec), template=template, created_at=by.at, by=by.account_id
    )
    _kept(made, by)
    return made


@transaction.atomic
def change_scenario(
    *, scenario_id: int, name: str, spec: Mapping[str, Any], version: int | None, by: Author
) -> Scenario:
    """Write it anew; runs made before keep the question as it was. Conflict when somebody else changed it since."""
    found = get_scenario(scenario_id)
    rows = Scenario.objects.filter(pk=scenario_id, version=found.version if version is None else version)
    if not rows.update(name=name, spec=dict(spec), version=found.version + 1):
        raise Conflict("Kịch bản đã được người khác sửa. Mở lại để xem bản mới.")
    found.refresh_from_db()
    _kept(found, by)
    return found


def _kept(scenario: Scenario, by: Author) -> None:
    fact = facts.ScenarioKept(scenario_id=scenario.pk, unit_id=scenario.unit_id)
    record(fact, by=by, about=(f"scenario:{scenario.pk}",))


@transaction.atomic
def ask_run(*, scenario_id: int, seed: int, runs: int, day: date, by: Author) -> Run:
    """Put a run before the worker."""
    scenario = get_scenario(scenario_id)
    made = Run.objects.create(
        scenario=scenario, spec=scenario.spec, seed=seed, runs=runs, day=day, state="waiting", asked_at=by.at,
        by=by.account_id,
    )  # fmt: skip
    fact = facts.RunAsked(scenario_id=scenario.pk, run_id=made.pk)
    record(fact, by=by, about=(f"scenario:{scenario.pk}",))
    return made


def take_run(*, run: Run, at: datetime) -> bool:
    """Begin a run, or take it over. False when somebody else was quicker."""
    rows = Run.objects.filter(pk=run.pk, state=run.state, beat_at=run.beat_at)
    return bool(rows.update(state="running", beat_at=at, done=0))


def note_progress(*, run_id: int, done: int, answers: Mapping[str, Any]) -> bool:
    """Keep the answers so far. False when the run has been stopped."""
    return bool(Run.objects.filter(pk=run_id, state="running").update(done=done, answers=answers))


def beat(*, run_id: int, at: datetime) -> bool:
    """A sign of life. False when the run has been stopped."""
    return bool(Run.objects.filter(pk=run_id, state="running").update(beat_at=at))


@dataclass(frozen=True)
class Ending:
    """What a run leaves behind."""

    answers: Mapping[str, Any]
    digest: str
    samples: str
    law: str
    population: str
    program: str


@transaction.atomic
def finish_run(*, run_id: int, ending: Ending, by: Author) -> bool:
    """The last answers. False when the run was stopped meanwhile: then nothing is kept."""
    kept = Run.objects.filter(pk=run_id, state="running").update(
        state="done", done=ending.answers["runs"], answers=ending.answers, digest=ending.digest, samples=ending.samples,
        law=ending.law, population=ending.population, program=ending.program, finished_at=by.at,
    )  # fmt: skip
    if kept:
        run = get_run(run_id)
        fact = facts.RunFinished(scenario_id=run.scenario_id, run_id=run_id)
        record(fact, by=by, about=(f"scenario:{run.scenario_id}",))
    return bool(kept)


@transaction.atomic
def cancel_run(*, run_id: int, by: Author) -> Run:
    """Stop a run; what it had found so far is thrown away."""
    run = get_run(run_id)
    stopped = Run.objects.filter(pk=run_id, state__in=UNFINISHED)
    if not stopped.update(state="cancelled", answers=None, done=0, finished_at=by.at):
        raise Conflict(f"Lần chạy {RUN[run.state].label.lower()}, không dừng được nữa.")
    fact = facts.RunCancelled(scenario_id=run.scenario_id, run_id=run_id)
    record(fact, by=by, about=(f"scenario:{run.scenario_id}",))
    return get_run(run_id)


def fail_run(*, run_id: int, problem: str, at: datetime) -> None:
    """A run that cannot be done says why, and leaves no answer."""
    Run.objects.filter(pk=run_id, state__in=UNFINISHED).update(
        state="failed", problem=problem[:500], answers=None, done=0, finished_at=at
    )


@dataclass(frozen=True, kw_only=True)
class NewResource:
    """A resource as it is written."""

    kind: str
    name: str
    quantity: int
    place_id: int | None = None
    note: str = ""


@transaction.atomic
def register_resources(*, unit_id: int, new: Iterable[NewResource], by: Author) -> list[Resource]:
    """Write resources of a unit; what has the same kind, place and name is set right."""
    kept = [_register(unit_id, one, by) for one in new]
    if kept:
        _changed([row.pk for row in kept], unit_id, by)
    return kept


def _register(unit_id: int, new: NewResource, by: Author) -> Resource:
    check_resource(new.kind, new.quantity, new.name)
    where = Q(place=None) if new.place_id is None else Q(place_id=new.place_id)
    rows = Resource.objects.filter(where, unit_id=unit_id, kind=new.kind, name=new.name.strip())
    row = rows.first() or Resource(
        unit_id=unit_id, kind=new.kind, place_id=new.place_id, name=new.name.strip(), version=0
    )
    row.quantity, row.note, row.updated_at, row.by = new.quantity, new.note[:300], by.at, by.account_id
    row.version += 1
    row.save()
    return row


@transaction.atomic
def change_resource(*, resource_id: int, new: NewResource, version: int | None, by: Author) -> Resource:
    """Set one right. Conflict when somebody else changed it since."""
    check_resource(new.kind, new.quantity, new.name)
    row = Resource.objects.filter(pk=resource_id).first()
    if row is None:
        raise NotFound("Không tìm thấy nguồn lực.")
    if version is not None and row.version != version:
        raise Conflict("Nguồn lực đã được người khác sửa. Mở lại để xem bản mới.")
    row.kind, row.name, row.quantity, row.place_id, row.note = (
        new.kind, new.name.strip(), new.quantity, new.place_id, new.note[:300],
    )  # fmt: skip
    row.updated_at, row.by, row.version = by.at, by.account_id, row.version + 1
    row.save()
    _changed([row.pk], row.unit_id, by)
    return row


@transaction.atomic
def remove_resource(*, resource: Resource, by: Author) -> None:
    """Take one away."""
    number, unit_id = resource.pk, resource.unit_id
    resource.delete()
    _changed([number], unit_id, by)


def _changed(ids: list[int], unit_id: int, by: Author) -> None:
    record(facts.ResourcesChanged(resource_ids=tuple(ids), unit_id=unit_id), by=by, about=(f"unit:{unit_id}",))
