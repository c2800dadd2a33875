"""The kernel made ready: what Numba compiles on first use is compiled now, and kept on disk for every later process."""

import numpy as np

from chongdich.kernels.simulation.distributions import fixed
from chongdich.kernels.simulation.parameters import Scenario, SeedCases, Variant
from chongdich.kernels.simulation.population import plain_population
from chongdich.kernels.simulation.simulation import simulate

ALIKE = (1.0,) * 10
NOBODY = (0.0,) * 10


def warm() -> bool:
    """Run the smallest possible outbreak, which compiles the kernel where that has not been done (half a minute of
    computing) and reads it from disk where it has. Meant for the installation and for the start of a worker.
    """
    day = fixed(1)
    variant = Variant(
        name="none",
        hazard=0.1,
        layer_weight=(1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
        dispersion=0.5,
        asymptomatic_factor=1.0,
        early_ratio=1.0,
        early_share=0.5,
        early_cap=1.0,
        latent=day,
        presymptomatic=day,
        asymptomatic_to_recovery=day,
        mild_to_recovery=day,
        onset_to_severe=day,
        severe_to_critical=day,
        severe_to_recovery=day,
        critical_to_recovery=day,
        critical_to_death=day,
        susceptibility=ALIKE,
        symptomatic=ALIKE,
        severe=NOBODY,
        critical=NOBODY,
        death=NOBODY,
    )
    run = simulate(plain_population(10), Scenario(5, (variant,), seeds=(SeedCases(2),)), seed=1, replicates=1)
    return bool(np.all(run.total("infections") >= 2))
