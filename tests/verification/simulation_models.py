"""Small populations and plain variants that the checks of the simulator share."""

from dataclasses import replace

import numpy as np

from chongdich.kernels.simulation.distributions import fixed, lognormal
from chongdich.kernels.simulation.networks import layer_from_groups, layer_from_pairs, random_pairs_within
from chongdich.kernels.simulation.parameters import Response, Variant
from chongdich.kernels.simulation.population import COMMUNITY, HOUSEHOLD, Commune, Population, plain_population

ONES = (1.0,) * 10
ZEROS = (0.0,) * 10
NO_RESPONSE = Response(seek_test=0.0, test_on_admission=False, central_places=0)

# Everybody alike: infectious for exactly one day after one day of latency, no symptoms, no variation.
ONE_DAY = Variant(
    name="one-day",
    hazard=0.1,
    layer_weight=(1.0, 0.0, 0.0, 1.0, 1.0, 0.0),
    dispersion=0.0,
    asymptomatic_factor=1.0,
    early_ratio=1.0,
    early_share=0.0,
    early_cap=0.0,
    latent=fixed(1),
    presymptomatic=fixed(0),
    asymptomatic_to_recovery=fixed(1),
    mild_to_recovery=fixed(1),
    onset_to_severe=fixed(1),
    severe_to_critical=fixed(1),
    severe_to_recovery=fixed(1),
    critical_to_recovery=fixed(1),
    critical_to_death=fixed(1),
    susceptibility=ONES,
    symptomatic=ZEROS,
    severe=ZEROS,
    critical=ZEROS,
    death=ZEROS,
)

# A disease with every stage, worse than any real one so that small populations visit all of them.
HARSH = replace(
    ONE_DAY,
    name="harsh",
    hazard=0.15,
    layer_weight=(1.0, 0.2, 0.2, 0.1, 0.1, 1.0),
    dispersion=0.45,
    asymptomatic_factor=0.6,
    early_ratio=2.0,
    early_share=0.3,
    early_cap=4.0,
    latent=lognormal(4.5, 1.5),
    presymptomatic=lognormal(1.1, 0.9),
    asymptomatic_to_recovery=lognormal(8, 2),
    mild_to_recovery=lognormal(8, 2),
    onset_to_severe=lognormal(6.6, 4.9),
    severe_to_critical=lognormal(1.5, 2),
    severe_to_recovery=lognormal(18, 6.3),
    critical_to_recovery=lognormal(18, 6.3),
    critical_to_death=lognormal(10.7, 4.8),
    susceptibility=(0.34, 0.67, 1, 1, 1, 1, 1.24, 1.47, 1.47, 1.47),
    symptomatic=(0.7,) * 10,
    severe=(0.15,) * 10,
    critical=(0.3,) * 10,
    death=(0.5,) * 10,
)


def small_province(people: int = 1200, seed: int = 1) -> Population:
    """Four communes in two districts; households of four and random acquaintances."""
    rng = np.random.default_rng(seed)
    everybody = np.arange(people, dtype=np.int32)
    households = layer_from_groups(people, everybody, everybody // 4)
    friends = layer_from_pairs(people, *random_pairs_within(everybody, 10, rng))
    places = [Commune(str(number), str(number // 2), people // 4) for number in range(4)]
    ages = rng.integers(0, 90, people)
    return plain_population(people, {HOUSEHOLD: households, COMMUNITY: friends}, age=ages, communes=places)
