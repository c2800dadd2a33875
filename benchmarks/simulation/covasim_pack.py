"""Covasim's exported population and parameters as a population and a scenario of this simulator."""

import json
from pathlib import Path

import numpy as np

from chongdich.kernels.simulation.distributions import lognormal
from chongdich.kernels.simulation.networks import layer_from_pairs
from chongdich.kernels.simulation.parameters import Response, Scenario, SeedCases, Six, Variant
from chongdich.kernels.simulation.population import Population, plain_population

DURATIONS = {
    "latent": "exp2inf",
    "presymptomatic": "inf2sym",
    "asymptomatic_to_recovery": "asym2rec",
    "mild_to_recovery": "mild2rec",
    "onset_to_severe": "sym2sev",
    "severe_to_critical": "sev2crit",
    "severe_to_recovery": "sev2rec",
    "critical_to_recovery": "crit2rec",
    "critical_to_death": "crit2die",
}
DAYS = 120

# Covasim asks in single precision whether day / length < 0.3 (or < 4 / length). Where the two are equal, as on day 3 of
# 10 or day 4 of 14, rounding mostly says yes: one more day of high load, about 1 % of all transmission.
EDGE = 1e-6


def read(path: Path) -> tuple[Population, dict]:
    """The population (layers h, s, w, c) and Covasim's settings."""
    with np.load(path) as kept:
        settings = json.loads(str(kept["settings"]))
        people = len(kept["age"])
        layers = {
            number: layer_from_pairs(people, kept[f"{name}1"].astype(np.int32), kept[f"{name}2"].astype(np.int32))
            for number, name in enumerate("hswc")
        }
        return plain_population(people, layers, age=kept["age"].astype(np.uint8)), settings


def variant(settings: dict) -> Variant:
    durations = {
        ours: lognormal(settings["dur"][its]["par1"], settings["dur"][its]["par2"]) for ours, its in DURATIONS.items()
    }
    prognoses = settings["prognoses"]
    return Variant(
        name="covasim",
        hazard=settings["beta"],
        layer_weight=six(settings["beta_layer"]),
        dispersion=settings["beta_dist"]["par2"],
        asymptomatic_factor=settings["asymp_factor"],
        early_ratio=settings["viral_dist"]["load_ratio"],
        early_share=settings["viral_dist"]["frac_time"] + EDGE,
        early_cap=settings["viral_dist"]["high_cap"] + EDGE,
        susceptibility=tuple(prognoses["sus_ORs"]),
        symptomatic=tuple(prognoses["symp_probs"]),
        severe=tuple(prognoses["severe_probs"]),
        critical=tuple(prognoses["crit_probs"]),
        death=tuple(prognoses["death_probs"]),
        **durations,
    )


def scenario(settings: dict, regime: str) -> Scenario:
    """The regime with everything that Covasim does switched on, and nothing that it does not."""
    chosen = settings["regimes"][regime]
    delays = chosen["trace"]["trace_time"]
    response = Response(
        seek_test=chosen["test"]["symp_prob"],
        result_days=chosen["test"]["test_delay"],
        resample_while_waiting=True,
        detectable_when_infectious=True,
        sensitivity=(1.0,),
        test_on_admission=False,
        trace=six(chosen["trace"]["trace_probs"]),
        trace_delay=(*(delays[name] for name in "hswc"), 0, 0),
        quarantine_days=settings["quar_period"],
        quarantine_tests=(),
        quarantine_recovered=False,
        centralised=False,
        central_places=0,
        compliance=1.0,
        home_contacts=six(settings["quar_factor"]),
        isolation_contacts=six(settings["iso_factor"]),
    )
    return Scenario(
        days=DAYS,
        variants=(variant(settings),),
        response=response,
        seeds=(SeedCases(chosen["seeds"]),),
        passers_by_per_day=0.0,
        per_contact_probability=True,
    )


def six(by_layer: dict) -> Six:
    return (*(float(by_layer[name]) for name in "hswc"), 0.0, 0.0)  # type: ignore[return-value]
