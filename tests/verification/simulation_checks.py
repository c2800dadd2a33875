"""Known answers of epidemic theory, and the simulator asked the same questions.

Each check returns a `Check`; the tests ask whether it passed, and the deliberate command that writes the trust page
runs the same checks with more outbreaks.
"""

from dataclasses import dataclass, replace
from math import comb, lgamma

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.optimize import brentq

from chongdich.kernels.simulation.distributions import fixed, geometric, weibull
from chongdich.kernels.simulation.networks import layer_from_groups, layer_from_pairs, random_pairs_within
from chongdich.kernels.simulation.parameters import NOBODY, Duration, Scenario, SeedCases, Variant
from chongdich.kernels.simulation.population import COMMUNITY, HOUSEHOLD, Population, plain_population
from chongdich.kernels.simulation.simulation import Simulator
from tests.verification.simulation_models import NO_RESPONSE, ONE_DAY

LEAST_P = 1e-4  # a check with fixed seeds that falls below has not had bad luck


@dataclass(frozen=True)
class Check:
    """One comparison: what was asked, known and found values, how much data, and whether they agree."""

    name: str
    known: str
    found: str
    outbreaks: int
    passed: bool
    p: float | None = None


def scenario(variant: Variant, days: int, contacts: float = 0.0, **more: object) -> Scenario:
    plain = {"response": NO_RESPONSE, "passers_by_per_day": contacts, "passers_by_mix": (1.0, 0.0, 0.0)}
    return Scenario(days=days, variants=(variant,), **(plain | more))  # type: ignore[arg-type]


def chi_square(name: str, counts: NDArray, probabilities: NDArray) -> Check:
    """Chi-square test of counts against probabilities; cells with few expected are joined with their neighbour."""
    observed, expected = join_cells(counts.astype(float), probabilities * counts.sum())
    p = float(stats.chisquare(observed, expected * observed.sum() / expected.sum()).pvalue)
    known = " ".join(f"{q:.5f}" for q in probabilities[:6])
    found = " ".join(f"{c / counts.sum():.5f}" for c in counts[:6])
    return Check(name, known, found, int(counts.sum()), p > LEAST_P, p)


def join_cells(observed: NDArray, expected: NDArray, least: float = 10.0) -> tuple[NDArray, NDArray]:
    seen, hoped = [0.0], [0.0]
    for o, e in zip(observed, expected):
        if hoped[-1] >= least:
            seen.append(0.0)
            hoped.append(0.0)
        seen[-1] += o
        hoped[-1] += e
    if hoped[-1] < least and len(hoped) > 1:
        last_seen, last_hoped = seen.pop(), hoped.pop()
        seen[-1] += last_seen
        hoped[-1] += last_hoped
    return np.array(seen), np.array(hoped)


# --- Reed-Frost --------------------------------------------------------------------------------------------


def reed_frost_exact(susceptible: int, p: float) -> NDArray[np.float64]:
    """Distribution of secondary cases in a household of `susceptible` + 1 with one primary case."""
    answer = np.zeros(susceptible + 1)
    states = {(susceptible, 1): 1.0}
    while states:
        following: dict[tuple[int, int], float] = {}
        for (s, i), weight in states.items():
            escape = (1 - p) ** i
            for new in range(s + 1):
                chance = weight * comb(s, new) * (1 - escape) ** new * escape ** (s - new)
                if new == 0:
                    answer[susceptible - s] += chance
                else:
                    following[s - new, new] = following.get((s - new, new), 0.0) + chance
        states = following
    return answer


def reed_frost(susceptible: int, p: float, households: int, as_probability: bool = False, repeats: int = 1) -> Check:
    """Many households at once, each with one case, nothing between them."""
    size = susceptible + 1
    people = households * size
    everybody = np.arange(people, dtype=np.int32)
    population = plain_population(people, {HOUSEHOLD: layer_from_groups(people, everybody, everybody // size)})
    hazard = p if as_probability else -np.log1p(-p)
    plan = scenario(
        replace(ONE_DAY, hazard=hazard),
        days=size + 2,
        seeds=(SeedCases(people=everybody[::size]),),
        per_contact_probability=as_probability,
    )
    simulator = Simulator(population, plan)
    counts = np.zeros(size, np.int64)
    for repeat in range(repeats):
        infected = np.zeros(people, np.int64)
        infected[simulator.tree(seed=11, replicate=repeat).infected] = 1
        counts += np.bincount(infected.reshape(-1, size).sum(axis=1) - 1, minlength=size)
    kind = "probability" if as_probability else "hazard"
    return chi_square(
        f"Reed-Frost, {susceptible} susceptible, p = {p} ({kind})", counts, reed_frost_exact(susceptible, p)
    )


# --- Branching process -------------------------------------------------------------------------------------


def chain_size_exact(r: float, k: float, longest: int) -> NDArray[np.float64]:
    """P(chain of exactly j cases), j = 1 ... longest, negative binomial offspring (Blumberg and Lloyd-Smith 2013)."""
    j = np.arange(1, longest + 1)
    log_p = [lgamma(k * n + n - 1) - lgamma(k * n) - lgamma(n + 1) for n in j]
    return np.exp(np.array(log_p) + (j - 1) * np.log(r / k) - (k * j + j - 1) * np.log1p(r / k))


def extinct_by_exact(r: float, k: float, generations: int) -> float:
    q = 0.0
    for _ in range(generations):
        q = (1 + r * (1 - q) / k) ** -k
    return q


def chains(r: float, k: float, days: int, outbreaks: int, people: int = 60_000) -> NDArray[np.int64]:
    """Infections per day of many single introductions into a large well-mixed population."""
    variant = replace(ONE_DAY, hazard=1.0, dispersion=k)
    population = plain_population(people)
    simulator = Simulator(population, scenario(variant, days, contacts=r, seeds=(SeedCases(1),)))
    part = min(outbreaks, 10_000)
    runs = [simulator.run(17, part, first_replicate=first) for first in range(0, outbreaks, part)]
    return np.concatenate([run.daily("infections") for run in runs])


def chain_sizes(r: float, k: float, outbreaks: int) -> Check:
    daily = chains(r, k, days=60, outbreaks=outbreaks)
    sizes = daily.sum(axis=1)
    longest = 12
    exact = chain_size_exact(r, k, longest)
    counts = np.append(
        np.bincount(np.minimum(sizes, longest + 1), minlength=longest + 2)[1 : longest + 1], (sizes > longest).sum()
    )
    return chi_square(f"chain sizes, R = {r}, k = {k}", counts, np.append(exact, 1 - exact.sum()))


def extinction(r: float, k: float, outbreaks: int, generations: int = 7) -> Check:
    """Extinct means: nobody infected in the last generation looked at."""
    daily = chains(r, k, days=generations + 1, outbreaks=outbreaks)
    extinct = int((daily[:, generations] == 0).sum())
    known = extinct_by_exact(r, k, generations)
    p = float(stats.binomtest(extinct, outbreaks, known).pvalue)
    name = f"extinct within {generations} generations, R = {r}, k = {k}"
    return Check(name, f"{known:.5f}", f"{extinct / outbreaks:.5f}", outbreaks, p > LEAST_P, p)


# --- Large populations -------------------------------------------------------------------------------------


def final_size_exact(r0: float, seeded: float) -> float:
    """Share ever infected when a share `seeded` is infected at the start."""
    return float(brentq(lambda z: 1 - z - (1 - seeded) * np.exp(-r0 * z), 1e-9, 1.0))


def final_size(r0: float, people: int, outbreaks: int) -> Check:
    seeds = people // 200
    plan = scenario(replace(ONE_DAY, hazard=1.0), days=120, contacts=r0, seeds=(SeedCases(seeds),))
    shares = Simulator(plain_population(people), plan).run(5, outbreaks).total("infections") / people
    known = final_size_exact(r0, seeds / people)
    error = shares.std(ddof=1) / np.sqrt(outbreaks)
    passed = abs(shares.mean() - known) < 4 * error + 2.0 / np.sqrt(people) / 10
    return Check(
        f"final size, R0 = {r0}", f"{known:.4f}", f"{shares.mean():.4f} (SE {error:.4f})", outbreaks, bool(passed)
    )


def seir_by_day(
    people: int, seeds: int, days: int, beta: float, latent: float, infectious: float
) -> NDArray[np.float64]:
    """Deterministic SEIR in days with the simulator's own rules: new infections of each day."""
    stay_e, stay_i = 1 - 1 / latent, 1 - 1 / infectious
    s, i = people - seeds, 0.0
    fresh, exposed = float(seeds), 0.0
    answer = [float(seeds)]
    for _ in range(1, days):
        exposed, turned = (exposed + fresh) * stay_e, (exposed + fresh) / latent
        i = i * stay_i + turned
        fresh = s * -np.expm1(-beta * i / people)
        s -= fresh
        answer.append(fresh)
    return np.array(answer)


def seir_limit(people: int, outbreaks: int) -> Check:
    """Geometric latent and infectious periods in a large population follow the deterministic equations."""
    variant = replace(ONE_DAY, hazard=2.5 / 7, latent=geometric(4.5), asymptomatic_to_recovery=geometric(7.0))
    seeds = people // 100
    plan = scenario(variant, days=160, contacts=1.0, seeds=(SeedCases(seeds),))
    daily = Simulator(plain_population(people), plan).run(3, outbreaks).daily("infections").mean(axis=0)
    known = seir_by_day(people, seeds, 160, 2.5 / 7, 4.5, 7.0)
    worst = np.abs(daily.cumsum() - known.cumsum()).max() / people
    found = f"peak {daily.max():.0f} on day {daily.argmax()}, attack {daily.sum() / people:.4f}, worst gap {worst:.4f}"
    text = f"peak {known.max():.0f} on day {known.argmax()}, attack {known.sum() / people:.4f}"
    return Check("SEIR limit, R0 = 2.5", text, found, outbreaks, bool(worst < 0.01))


# --- Intervals ---------------------------------------------------------------------------------------------


def intervals(outbreaks: int) -> tuple[Check, Check]:
    """Generation and serial interval of the first generation, against their exact means under the infectiousness
    curve.
    """
    variant = replace(
        ONE_DAY,
        hazard=1.0,
        latent=geometric(4.0),
        presymptomatic=fixed(2),
        mild_to_recovery=geometric(5.0),
        symptomatic=(1.0,) * 10,
        early_ratio=3.0,
        early_share=0.4,
        early_cap=3.0,
    )
    population = plain_population(400_000)
    plan = scenario(variant, days=200, contacts=0.05, seeds=(SeedCases(outbreaks),))
    tree = Simulator(population, plan).tree(seed=23)
    seeds = np.flatnonzero(tree.source == -1)
    children = np.flatnonzero(np.isin(tree.source, seeds) & (tree.record[:, 0] < 190))
    parents = tree.source[children]
    generation = tree.record[children, 0] - tree.record[parents, 0]
    serial = tree.record[children, 2].astype(int) - tree.record[parents, 2]
    known_generation, known_serial = interval_means(variant)
    return mean_check("generation interval", generation, known_generation), mean_check(
        "serial interval", serial, known_serial
    )


def interval_means(variant: Variant) -> tuple[float, float]:
    """Means over infected pairs: each source counts as often as it infects, each day by its share of infectiousness."""
    latent, mild = variant.latent.probabilities, variant.mild_to_recovery.probabilities
    latent_mean = float(np.dot(np.arange(len(latent)), latent))
    weight = since_infectious = 0.0
    for days, chance in enumerate(mild):
        total = days + 2
        early = int(np.ceil(min(variant.early_share * total, variant.early_cap) - 1e-9))
        load = np.where(np.arange(total) < early, variant.early_ratio, 1.0) / (
            1 + variant.early_share * (variant.early_ratio - 1)
        )
        weight += chance * load.sum()
        since_infectious += chance * np.dot(np.arange(total), load)
    generation = latent_mean + since_infectious / weight
    return generation, generation  # the incubation of source and target have the same mean and drop out


def mean_check(name: str, values: NDArray, known: float) -> Check:
    error = values.std(ddof=1) / np.sqrt(len(values))
    z = (values.mean() - known) / error
    p = float(2 * stats.norm.sf(abs(z)))
    return Check(
        f"mean {name}", f"{known:.4f} days", f"{values.mean():.4f} (SE {error:.4f})", len(values), p > LEAST_P, p
    )


# --- Controllability after Hellewell et al. 2020 -------------------------------------------------------------

CONTROLLED_BELOW = 5_000  # cases; and nobody infected in weeks 12 to 16
WEEK_12 = 84


def hellewell_population(people: int = 100_000, contacts: int = 100) -> Population:
    """Acquaintances enough that a person of great infectiousness finds somebody to infect."""
    rng = np.random.default_rng(8)
    pairs = random_pairs_within(np.arange(people, dtype=np.int32), contacts, rng)
    return plain_population(people, {COMMUNITY: layer_from_pairs(people, *pairs)})


def hellewell_scenario(r0: float, traced: float, cases: int, contacts: int = 100) -> Scenario:
    """The study's baseline in our terms: k = 0.16, short delay, about 15 % before symptoms, none asymptomatic.

    Infectiousness is even over six days, one of them before onset, instead of a skew-normal. Two differences make
    control easier here: a traced contact is isolated at once (in the study not before its own onset), and tracing also
    finds the source of a case and everybody else the source infected (in the study only those whom the case infected).
    """
    incubation = weibull(2.322737, 6.492272).probabilities
    latent = (incubation[0] + incubation[1], *incubation[2:])  # infectious from the day before onset
    variant = replace(
        ONE_DAY,
        hazard=r0 / (6 * contacts),
        dispersion=0.16,
        latent=Duration(latent),
        presymptomatic=fixed(1),
        mild_to_recovery=fixed(5),
        symptomatic=(1.0,) * 10,
    )
    response = replace(
        NO_RESPONSE,
        seek_test=1 / 3.83,
        result_days=1,
        sensitivity=(1.0,),
        trace=(0.0, 0.0, 0.0, traced, 0.0, 0.0),
        trace_delay=(0,) * 6,
        quarantine_days=14,
        quarantine_tests=(7,),
        centralised=False,
        compliance=1.0,
        home_contacts=NOBODY,
        isolation_contacts=NOBODY,
        home_isolation_contacts=NOBODY,
    )
    return scenario(variant, days=112, response=response, seeds=(SeedCases(cases),))


def controlled(population: Population, r0: float, traced: float, cases: int, outbreaks: int) -> float:
    """Share of outbreaks that are over within 12 weeks with fewer than 5,000 cases."""
    daily = Simulator(population, hellewell_scenario(r0, traced, cases)).run(31, outbreaks).daily("infections")
    over = daily[:, WEEK_12:].sum(axis=1) == 0
    return float(np.mean(over & (daily.sum(axis=1) < CONTROLLED_BELOW)))


def hellewell_thresholds(population: Population, outbreaks: int, cases: int = 20) -> list[Check]:
    """The published thresholds are enough: tracing that share controls most outbreaks (that less would do is not
    refuted).
    """
    checks = []
    for r0, coverage in ((1.5, 0.5), (2.5, 0.8), (3.5, 0.9)):
        share = controlled(population, r0, coverage, cases, outbreaks)
        untraced = controlled(population, r0, 0.0, cases, min(outbreaks, 20))
        found = f"{share:.0%} controlled (nobody traced: {untraced:.0%})"
        passed = share > 0.5 and share >= untraced
        known = f"tracing {coverage:.0%} controls most"
        checks.append(Check(f"Hellewell, R0 = {r0}, {cases} cases", known, found, outbreaks, passed))
    return checks
