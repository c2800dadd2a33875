"""Scenarios are written and run: kept by a unit, asked of the worker, stopped, run on in the background."""

import hashlib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from chongdich.application.desk import Desk
from chongdich.application.lenses.scenarios import get_visible_run, get_visible_scenario
from chongdich.core.errors import Refused
from chongdich.domain.scenarios import operations
from chongdich.domain.scenarios.answering.levels import MOST_RUNS
from chongdich.domain.scenarios.asking.reading import read_spec, spec_of, within
from chongdich.domain.scenarios.asking.shape import Spec
from chongdich.domain.scenarios.models import Run, Scenario
from chongdich.domain.scenarios.queries import find_next_run, get_run
from chongdich.registry import vault

SEEDS = 2**31


def keep_scenario(desk: Desk, *, unit_id: int, spec: Spec, template: str = "") -> Scenario:
    """Write a new scenario of a unit."""
    desk.require("scenarios.plan", unit=unit_id)
    values = spec.model_dump(mode="json", exclude_none=True)
    return operations.keep_scenario(unit_id=unit_id, name=spec.name, spec=values, template=template, by=desk.author)


def keep_file(desk: Desk, *, unit_id: int, text: str) -> Scenario:
    """A scenario from a file, as `chongdich simulate` takes it."""
    desk.require("scenarios.plan", unit=unit_id)
    return keep_scenario(desk, unit_id=unit_id, spec=read_spec(text), template="file")


def change_scenario(desk: Desk, *, scenario_id: int, spec: Spec, version: int | None = None) -> Scenario:
    """Write a scenario anew; runs made before keep the question they answered."""
    desk.require("scenarios.plan")
    found = get_visible_scenario(desk, scenario_id)
    desk.require("scenarios.plan", unit=found.unit_id)
    values = spec.model_dump(mode="json", exclude_none=True)
    return operations.change_scenario(
        scenario_id=scenario_id, name=spec.name, spec=values, version=version, by=desk.author
    )


def ask_run(desk: Desk, *, scenario_id: int, runs: int = 400, seed: int | None = None) -> Run:
    """Have a scenario run in the background. Without a seed one is drawn, and kept with the run."""
    desk.require("scenarios.plan")
    found = get_visible_scenario(desk, scenario_id)
    desk.require("scenarios.plan", unit=found.unit_id)
    within("runs", runs, 1, MOST_RUNS)
    drawn = int.from_bytes(desk.entropy(4), "big") % SEEDS if seed is None else seed
    within("seed", drawn, 0, 2**63 - 1)
    day = spec_of(found.spec).start or desk.today
    return operations.ask_run(scenario_id=found.pk, seed=drawn, runs=runs, day=day, by=desk.author)


def run_again(desk: Desk, *, run_id: int) -> Run:
    """The same question with the same seed: the answer must be the same to the last digit."""
    desk.require("scenarios.plan")
    run = get_visible_run(desk, run_id)
    return ask_run(desk, scenario_id=run.scenario_id, runs=run.runs, seed=run.seed)


def cancel_run(desk: Desk, *, run_id: int) -> Run:
    """Stop a run; nothing of it is kept."""
    desk.require("scenarios.plan")
    run = get_visible_run(desk, run_id)
    desk.require("scenarios.plan", unit=run.scenario.unit_id)
    return operations.cancel_run(run_id=run_id, by=desk.author)


Watch = Callable[[], bool]


def advance_next_run(desk: Desk, *, keep_in: Path, threads: int, due: Watch, stop: Callable[[int], Watch]) -> bool:
    """Take the run that has waited longest and do it to its end. False when none waits.

    `due()` says when it is time to keep the answers so far; `stop(run)` gives what is asked before every replicate.
    """
    desk.require("system.act")
    run = find_next_run(desk.at)
    if run is None:
        return False
    if operations.take_run(run=run, at=desk.at):
        advance_run(desk, run_id=run.pk, keep_in=keep_in, threads=threads, due=due, stop=stop(run.pk))
    return True


def advance_run(desk: Desk, *, run_id: int, keep_in: Path, threads: int, due: Watch, stop: Watch) -> None:
    """Do a run that was taken. A stopped one leaves nothing; one that cannot be done says why."""
    desk.require("system.act")
    run = get_run(run_id)
    try:
        _advance(desk, run, keep_in, threads, due, stop)
    except Refused as refused:
        if refused.code != "stopped":
            operations.fail_run(run_id=run_id, problem=refused.message, at=desk.at)


def _advance(desk: Desk, run: Run, keep_in: Path, threads: int, due: Watch, stop: Watch) -> None:
    from chongdich.domain.scenarios.answering.answers import answers_of
    from chongdich.domain.scenarios.answering.running import Job
    from chongdich.domain.scenarios.answering.saving import packed
    from chongdich.domain.scenarios.asking.world import World

    spec = spec_of(run.spec)
    world = World.of(spec, keep_in)
    job = Job(spec, world, desk.law, start=run.day, seed=run.seed, runs=run.runs, threads=threads)
    for done in job.steps(stop):
        if done < job.runs and due():
            kept = operations.note_progress(run_id=run.pk, done=done, answers=answers_of(job))
            if not kept:
                return
    samples = packed(job)
    ending = operations.Ending(
        answers_of(job), hashlib.sha256(samples).hexdigest(), vault.keep(samples), desk.law.fingerprint[:64],
        world.population.fingerprint, version("chongdich"),
    )  # fmt: skip
    operations.finish_run(run_id=run.pk, ending=ending, by=desk.author)
