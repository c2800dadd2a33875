"""Our half of the comparison, on Covasim's own population.

python our_side.py NETWORK.npz REGIME COUNT OUT [FIRST] [THREADS] [SEEDS]   one JSON line for each replicate
"""

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from covasim_pack import read, scenario

from chongdich.kernels.simulation.parameters import SeedCases
from chongdich.kernels.simulation.results import Result
from chongdich.kernels.simulation.simulation import Simulator


def answers(run: Result) -> list[dict[str, float]]:
    """The nine outputs as Covasim defines them, for each replicate."""
    severe_now = run.daily("in_severe") + run.daily("in_critical")
    columns = {
        "infections": run.total("infections"),
        "tests": run.total("samples"),
        "diagnoses": run.total("positives"),
        "quarantined": run.total("to_home"),
        "severe": run.total("severe"),
        "deaths": run.total("deaths"),
        "peak_incidence": run.daily("infections")[:, 1:].max(axis=1),
        "peak_quarantine": run.daily("in_home").max(axis=1),
        "peak_hospital": severe_now.max(axis=1),
    }
    return [{name: float(column[row]) for name, column in columns.items()} for row in range(run.replicates)]


def main() -> None:
    path, regime, count, out = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
    first = int(sys.argv[5]) if len(sys.argv) > 5 else 0
    threads = int(sys.argv[6]) if len(sys.argv) > 6 else 1
    population, settings = read(path)
    asked = scenario(settings, regime)
    if len(sys.argv) > 7:
        asked = replace(asked, seeds=(SeedCases(int(sys.argv[7])),))
        regime = f"{regime}, {sys.argv[7]} seeds"
    simulator = Simulator(population, asked)
    simulator.run(seed=99, replicates=1, threads=threads)  # compile, and touch the buffers
    begin, wall = time.process_time(), time.perf_counter()
    run = simulator.run(seed=2021, replicates=count, threads=threads, first_replicate=first)
    cpu, wall = (time.process_time() - begin) / count, (time.perf_counter() - wall) / count
    common = {
        "tool": "chongdich",
        "people": population.people,
        "regime": regime,
        "network": path.stem,
        "cpu": cpu,
        "wall": wall,
    }
    with open(out, "a") as stream:
        for line in answers(run):
            stream.write(json.dumps(common | line) + "\n")
    mean = np.mean(run.total("infections"))
    print(f"{regime}: {1000 * cpu:.3f} ms CPU, {1000 * wall:.3f} ms wall a replicate, {mean:.0f} infections")


if __name__ == "__main__":
    main()
