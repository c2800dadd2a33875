"""What a replicate costs against infections, people and days: process CPU time, drawn into docs/reference.

python -m benchmarks.simulation.cost OUT.json        measure and draw
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from charts import Axis, Line, draw

from chongdich.kernels.simulation.parameters import Response, Scenario, SeedCases
from chongdich.kernels.simulation.population import Population
from chongdich.kernels.simulation.province import province, read_facts
from chongdich.kernels.simulation.simulation import Simulator
from chongdich.kernels.simulation.variants import load_variant

PICTURES = Path(__file__).parents[2] / "docs" / "reference" / "simulation"
RESPONSE = Response(seek_test=0.3, trace=(1.0, 0.8, 0.8, 0.4, 0.0, 0.0))
SIZES = (50_000, 100_000, 200_000, 400_000, 800_000)
LENGTHS = (30, 60, 120, 240, 365)
SEEDS = (1, 4, 16, 64, 256, 1024, 4096)


def cost(population: Population, scenario: Scenario, replicates: int) -> tuple[float, float]:
    """Mean infections and CPU milliseconds of a replicate."""
    simulator = Simulator(population, scenario)
    simulator.run(7, 1)
    begin = time.process_time()
    run = simulator.run(8, replicates)
    return float(run.total("infections").mean()), 1000 * (time.process_time() - begin) / replicates


def questions() -> Iterator[tuple[str, float, Population, Scenario, int]]:
    small = {size: province(read_facts(people=size)) for size in SIZES}
    home = small[200_000]
    variant = load_variant("ancestral", home, r0=2.0)
    plain = Scenario(120, (variant,), RESPONSE, (SeedCases(50),))
    for seeds in SEEDS:
        yield "infections", seeds, home, replace(plain, seeds=(SeedCases(seeds),)), max(3, 2000 // seeds)
    for size, population in small.items():
        fitting = load_variant("ancestral", population, r0=2.0)
        yield "people", size, population, replace(plain, variants=(fitting,)), 60
    for days in LENGTHS:
        yield "days", days, home, replace(plain, days=days), 60


def measured() -> dict[str, list[tuple[float, float, float]]]:
    rows: dict[str, list[tuple[float, float, float]]] = {"infections": [], "people": [], "days": []}
    for against, value, population, scenario, replicates in questions():
        infections, milliseconds = cost(population, scenario, replicates)
        rows[against].append((value, infections, milliseconds))
        print(f"{against:10s} {value:9,.0f}  {infections:10,.0f} infections  {milliseconds:8.3f} ms", flush=True)
    return rows


def pictures(rows: dict[str, list[tuple[float, float, float]]]) -> None:
    milliseconds = Axis("CPU ms a replicate", (0.01, 0.1, 1.0, 10.0, 100.0), logarithmic=True)
    per_infection = Axis("CPU µs an infection", (0.0, 2.0, 4.0, 6.0, 8.0, 10.0))
    at = Axis("infections (200,000 people, 120 days)", (1.0, 10.0, 100.0, 1000.0, 10_000.0, 100_000.0), True)
    found = rows["infections"]
    draw(
        PICTURES / "cost-infections.svg",
        "Cost follows infections",
        at,
        milliseconds,
        [Line("measured", [r[1] for r in found], [r[2] for r in found])],
    )
    for against, axis, title in (
        ("people", Axis("people (50 seeds, 120 days)", (0, 200_000, 400_000, 600_000, 800_000)), "not people,"),
        ("days", Axis("days (200,000 people, 50 seeds)", (0, 120, 240, 365)), "and not days"),
    ):
        line = Line("measured", [r[0] for r in rows[against]], [min(10.0, 1000 * r[2] / r[1]) for r in rows[against]])
        draw(PICTURES / f"cost-{against}.svg", title, axis, per_infection, [line])


def main() -> None:
    rows = measured()
    Path(sys.argv[1]).write_text(json.dumps(rows), encoding="utf-8")
    pictures(rows)


if __name__ == "__main__":
    main()
