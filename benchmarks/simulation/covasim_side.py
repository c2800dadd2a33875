"""The peer's half of the comparison; runs under Covasim 3.1.6 in an environment of its own (see README.md).

python covasim_side.py network PEOPLE SEED FILE         write Covasim's own population and parameters
python covasim_side.py run PEOPLE SEED REGIME COUNT OUT  run COUNT replicates on that population, one JSON line each
"""

import json
import sys
import time

import covasim as cv
import numpy as np

DAYS = 120
REGIMES = {
    "contain": {
        "seeds": 20,
        "test": {"symp_prob": 0.5, "asymp_prob": 0.0, "test_delay": 1},
        "trace": {
            "trace_probs": {"h": 1, "s": 0.8, "w": 0.8, "c": 0.4},
            "trace_time": {"h": 0, "s": 1, "w": 1, "c": 2},
        },
    },
    "wave": {
        "seeds": 100,
        "test": {"symp_prob": 0.1, "asymp_prob": 0.0, "test_delay": 2},
        "trace": {
            "trace_probs": {"h": 0.6, "s": 0.2, "w": 0.2, "c": 0},
            "trace_time": {"h": 1, "s": 3, "w": 3, "c": 0},
        },
    },
}


def simulation(people: int, network_seed: int, regime: str, run_seed: int, population: object = None) -> cv.Sim:
    chosen = REGIMES[regime]
    parameters = {
        "pop_size": people,
        "pop_type": "hybrid",
        "pop_infected": chosen["seeds"],
        "n_days": DAYS - 1,
        "use_waning": False,
        "rescale": False,
        "rand_seed": network_seed,
        "verbose": 0,
        "interventions": [cv.test_prob(**chosen["test"]), cv.contact_tracing(**chosen["trace"])],
    }
    sim = cv.Sim(parameters)
    if population is not None:
        sim.popdict = population
    sim.initialize()
    sim.people.pars["rand_seed"] = run_seed + 1_000_000  # not the seed of the run: the two would draw the same numbers
    sim.people.set_prognoses()  # a new infectiousness for everybody, so that runs on one network are independent
    sim.people.set_prognoses = lambda: None
    sim["rand_seed"] = run_seed
    sim.set_seed()
    return sim


def export(people: int, seed: int, path: str) -> None:
    sim = simulation(people, seed, "contain", seed)
    arrays = {"age": sim.people.age}
    for layer in "hswc":
        contacts = sim.people.contacts[layer]
        arrays[f"{layer}1"], arrays[f"{layer}2"] = contacts["p1"], contacts["p2"]
    wanted = ("sus_ORs", "symp_probs", "severe_probs", "crit_probs", "death_probs")
    prognoses = {name: list(map(float, sim["prognoses"][name])) for name in wanted}
    settings = {
        "beta": sim["beta"],
        "beta_layer": {k: float(v) for k, v in sim["beta_layer"].items()},
        "iso_factor": sim["iso_factor"],
        "quar_factor": sim["quar_factor"],
        "quar_period": sim["quar_period"],
        "asymp_factor": sim["asymp_factor"],
        "viral_dist": sim["viral_dist"],
        "beta_dist": sim["beta_dist"],
        "dur": sim["dur"],
        "prognoses": prognoses,
        "regimes": REGIMES,
    }
    np.savez(path, settings=json.dumps(settings), **arrays)


def answers(sim: cv.Sim) -> dict[str, float]:
    r = sim.results
    return {
        "infections": float(r["cum_infections"].values[-1]),
        "tests": float(r["cum_tests"].values[-1]),
        "diagnoses": float(r["cum_diagnoses"].values[-1]),
        "quarantined": float(r["cum_quarantined"].values[-1]),
        "severe": float(r["cum_severe"].values[-1]),
        "deaths": float(r["cum_deaths"].values[-1]),
        "peak_incidence": float(r["new_infections"].values.max()),
        "peak_quarantine": float(r["n_quarantined"].values.max()),
        "peak_hospital": float(r["n_severe"].values.max()),
    }


def main() -> None:
    mode, people, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if mode == "network":
        export(people, seed, sys.argv[4])
        return
    regime, count, path = sys.argv[4], int(sys.argv[5]), sys.argv[6]
    first = int(sys.argv[7]) if len(sys.argv) > 7 else 1
    with open(path, "a") as stream:
        for number in range(first, first + count):
            sim = simulation(people, seed, regime, 1000 * seed + number)
            begin = time.process_time()
            sim.run()
            cpu = time.process_time() - begin
            line = {"tool": "covasim", "people": people, "regime": regime, "network": seed, "cpu": cpu, **answers(sim)}
            stream.write(json.dumps(line) + "\n")
            stream.flush()


if __name__ == "__main__":
    main()
