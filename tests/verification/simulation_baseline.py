"""Answers of the simulator that only a deliberate command changes.

That command is `python -m benchmarks.simulation.trust --baseline`.
"""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from chongdich.kernels.simulation.parameters import Response, Scenario, SeedCases
from chongdich.kernels.simulation.province import province, read_facts
from chongdich.kernels.simulation.simulation import simulate
from chongdich.kernels.simulation.variants import load_variant
from tests.verification.test_simulation_twins import EVERYTHING, small_province

FILE = Path(__file__).with_name("simulation_baseline.json")
TOTALS = ("infections", "samples", "detected", "f1", "f2", "to_central", "to_home", "severe", "critical", "deaths")


def answers() -> dict[str, dict[str, object]]:
    """Totals of three replicates of each scenario, and a hash of every daily figure."""
    people = province(read_facts(people=30_000))
    delta = load_variant("delta", people)
    asked = {
        "everything, small province": (small_province(), EVERYTHING),
        "delta in Bắc Kạn at a tenth": (people, Scenario(90, (delta,), Response(), (SeedCases(20),))),
        "nobody does anything": (people, Scenario(90, (delta,), replace(Response(), seek_test=0.0), (SeedCases(5),))),
    }
    return {name: _answer(population, scenario) for name, (population, scenario) in asked.items()}


def _answer(population: object, scenario: Scenario) -> dict[str, object]:
    run = simulate(population, scenario, seed=2021, replicates=3)  # type: ignore[arg-type]
    digest = hashlib.blake2b(run.figures.tobytes() + run.queues.tobytes(), digest_size=8).hexdigest()
    return {name: run.total(name).tolist() for name in TOTALS} | {"population": run.fingerprint, "every figure": digest}


def write() -> None:
    FILE.write_text(json.dumps(answers(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def kept() -> dict[str, dict[str, object]]:
    return json.loads(FILE.read_text(encoding="utf-8"))
