"""Every feature on at once, on the synthetic province: CPU time, wall time on two threads, memory.

python -m benchmarks.simulation.everything OUT.jsonl
"""

import json
import resource
import sys
import time
from dataclasses import replace

import numpy as np

from chongdich.kernels.simulation.parameters import (
    Imports,
    Lockdown,
    Response,
    Scenario,
    Screening,
    SeedCases,
    Vaccination,
)
from chongdich.kernels.simulation.population import Population
from chongdich.kernels.simulation.province import province, read_facts
from chongdich.kernels.simulation.simulation import Simulator
from chongdich.kernels.simulation.variants import load_variant

DAYS = 120


def levels(communes: int) -> np.ndarray:
    """Measures as levels give them: three weeks of caution, then a stricter level in every third commune."""
    measures = np.ones((DAYS, communes, 6))
    measures[21:, :, 1:] *= 0.9
    measures[42:, ::3, 1:] *= 0.8
    return measures


def everything(population: Population, r0: float, response: Response, seeds: int) -> Scenario:
    delta = load_variant("delta", population, r0=r0)
    alpha = load_variant("alpha", population, r0=0.8 * r0)
    return Scenario(
        days=DAYS,
        variants=(delta, alpha),
        response=response,
        seeds=(SeedCases(seeds), SeedCases(2, 5, 3, 1, known=True)),
        imports=(Imports(0, DAYS, 0.05), Imports(30, 60, 0.1, 7, 1)),
        vaccination=Vaccination(first_doses_per_day=500, covered_one_dose=0.15, covered_two_doses=0.05),
        measures=levels(len(population.codes)),
        immune_share=0.03,
    )


FULL = Response(
    seek_test=0.5,
    lab_capacity=8_000,
    screening=(Screening(20, 40, 0.002), Screening(50, 60, 0.01, (3, 4, 5))),
    trace=(1.0, 0.8, 0.8, 0.4, 0.0, 0.0),
    trace_second_ring=0.01,
    tracer_capacity=4_000,
    central_places=3_000,
    site_hazard=0.2,
    arrival_quarantine=0.8,
    beds_mild=2_000,
    beds_severe=300,
    beds_critical=40,
    lockdown=Lockdown(30),
)
REGIMES = {
    "contain, everything": (3.2, FULL, 60),
    "wave, everything": (
        5.0,
        replace(FULL, seek_test=0.1, trace=(0.6, 0.2, 0.2, 0.0, 0.0, 0.0), lockdown=Lockdown(400)),
        100,
    ),
}


def measure(name: str, population: Population, replicates: int, threads: int) -> dict[str, object]:
    simulator = Simulator(population, everything(population, *REGIMES[name]))
    simulator.run(99, threads, threads)
    cpu, wall = time.process_time(), time.perf_counter()
    run = simulator.run(2021, replicates, threads)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return {
        "tool": "chongdich",
        "regime": name,
        "people": population.people,
        "threads": threads,
        "replicates": replicates,
        "cpu": cpu / replicates,
        "wall": wall / replicates,
        "infections": float(run.total("infections").mean()),
        "quarantined": float((run.total("to_home") + run.total("to_central")).mean()),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    begin = time.process_time()
    population = province(read_facts())
    print(f"population built in {time.process_time() - begin:.2f} s CPU")
    with open(sys.argv[1], "a", encoding="utf-8") as stream:
        for name, replicates in (("contain, everything", 100), ("wave, everything", 6)):
            line = measure(name, population, replicates, threads=1)
            print(line, flush=True)
            stream.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
