"""A scenario, one of its policies and one draw of what is uncertain become a scenario of the simulator."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chongdich.domain.scenarios.asking.measures import Quarantine, contacts_at, quarantine_of
from chongdich.domain.scenarios.asking.shape import Event, Policy, Spec, limit, norm
from chongdich.domain.scenarios.asking.world import World
from chongdich.kernels.simulation.parameters import (
    Imports,
    Lockdown,
    Response,
    Scenario,
    Screening,
    SeedCases,
    Six,
    Vaccination,
    Variant,
)
from chongdich.kernels.simulation.population import COMMUNITY, HOUSEHOLD, LAYER_NAMES, SCHOOL, WORK
from chongdich.regulations import Law

SETTINGS = {"market": COMMUNITY, "factory": WORK, "school": SCHOOL, "household": HOUSEHOLD}
OLD_ENOUGH_TO_BE_FOUND = 5  # days since infection from which a wave's cases may be known
LONGEST_LAWFUL_WALK = 200_000  # people looked at while a gathering is put together


@dataclass(frozen=True)
class Draw:
    """One possible truth: the factor by which each uncertain assumption differs, and its own stream of chance."""

    number: int
    factors: Mapping[str, float] = field(default_factory=dict)
    chance: np.random.Generator = field(default_factory=lambda: np.random.Generator(np.random.Philox(0)))

    def factor(self, name: str) -> float:
        return self.factors.get(name, 1.0)


def draw_of(spec: Spec, seed: int, number: int) -> Draw:
    """Draw `number` of a seed: the same for every policy, whatever was drawn before."""
    chance = np.random.Generator(np.random.Philox(key=[seed, number]))
    lots = chance.random(len(spec.uncertainty))
    ranges = sorted(spec.uncertainty.items())
    factors: dict[str, float] = {name: low + lot * (high - low) for (name, (low, high)), lot in zip(ranges, lots)}
    return Draw(number, factors, chance)


@dataclass(frozen=True)
class Prepared:
    """What all draws of a policy share: contacts under its measures, quarantine under the law of the first day."""

    spec: Spec
    policy: Policy
    world: World
    quarantine: Quarantine | None
    measures: NDArray[np.float64] | None


def prepare(spec: Spec, policy: Policy, world: World, law: Law, start: date) -> Prepared:
    """A policy under the law of the first day. Refused names a place or a law that does not exist."""
    given = (policy.quarantine_days, policy.quarantine_tests, policy.centralised)
    quarantine = quarantine_of(law, start, spec.vaccinated.two_doses) if None in given else None
    return Prepared(spec, policy, world, quarantine, _measures(spec, policy, world, law, start))


def compile_draw(prepared: Prepared, draw: Draw) -> Scenario:
    """The simulator's scenario for one draw."""
    spec, policy = prepared.spec, prepared.policy
    return Scenario(
        days=spec.days,
        variants=(_variant(prepared.world.variant, draw),),
        response=_response(prepared, draw),
        seeds=tuple(_seeds(spec, prepared.world, draw)),
        imports=tuple(_imports(spec, prepared.world)),
        vaccination=_vaccination(spec, policy),
        measures=prepared.measures,
        immune_share=spec.immune_share,
    )


def _variant(variant: Variant, draw: Draw) -> Variant:
    severe = tuple(min(1.0, chance * draw.factor("severity")) for chance in variant.severe)
    return replace(
        variant,
        hazard=variant.hazard * draw.factor("r0"),
        dispersion=variant.dispersion * draw.factor("dispersion"),
        severe=severe,
    )


def _vaccination(spec: Spec, policy: Policy) -> Vaccination | None:
    if spec.vaccinated.one_dose == 0 and policy.first_doses_per_day == 0:
        return None
    return Vaccination(
        first_doses_per_day=policy.first_doses_per_day,
        acceptance=max(0.9, spec.vaccinated.one_dose),
        covered_one_dose=spec.vaccinated.one_dose,
        covered_two_doses=spec.vaccinated.two_doses,
        days_since_last_dose=spec.vaccinated.days_since_last_dose,
    )


def _response(prepared: Prepared, draw: Draw) -> Response:
    spec, policy = prepared.spec, prepared.policy
    trace = {name: min(1.0, share * draw.factor("trace")) for name, share in policy.trace.items()}
    usual = Response()
    limits = {
        kind: limit(spec, kind) for kind in ("lab_samples", "tracers", "beds_mild", "beds_severe", "beds_critical")
    }
    tracers = limits["tracers"]
    return replace(
        usual,
        seek_test=min(1.0, policy.seek_test * draw.factor("seek_test")),
        result_days=policy.result_days,
        sensitivity=tuple(min(1.0, share * draw.factor("sensitivity")) for share in usual.sensitivity),
        lab_capacity=limits["lab_samples"],
        screening=tuple(_screening(policy, prepared.world)),
        trace=_six(trace, 0.0),
        trace_delay=(0, *(policy.trace_delay,) * 4, 0),
        trace_second_ring=policy.trace_second_ring,
        tracer_capacity=None if tracers is None else int(tracers * norm(spec, "contacts_per_tracer")),
        central_places=_places(spec),
        compliance=min(1.0, policy.compliance * draw.factor("compliance")),
        arrival_quarantine=policy.arrival_quarantine,
        beds_mild=limits["beds_mild"],
        beds_severe=limits["beds_severe"],
        beds_critical=limits["beds_critical"],
        lockdown=Lockdown(**policy.lockdown.model_dump()) if policy.lockdown else None,
        **_quarantine(prepared),
    )


def _quarantine(prepared: Prepared) -> dict[str, Any]:
    policy, law = prepared.policy, prepared.quarantine
    days = policy.quarantine_days if policy.quarantine_days is not None or law is None else law.days
    tests = policy.quarantine_tests if policy.quarantine_tests is not None or law is None else law.tests
    central = policy.centralised if policy.centralised is not None or law is None else law.centralised
    return {"quarantine_days": days, "quarantine_tests": tests, "centralised": central}


def _places(spec: Spec) -> int:
    """Free places on day 0: what is registered less who is there already."""
    places = limit(spec, "quarantine_places")
    return spec.people if places is None else max(0, places - spec.present.quarantined)


def _screening(policy: Policy, world: World) -> list[Screening]:
    found = []
    for number, rule in enumerate(policy.screening):
        places = world.communes_in(rule.place, f"screening[{number}].place") if rule.place else ()
        found.append(Screening(rule.first, rule.last, rule.share_per_day, tuple(places)))
    return found


def _six(by_layer: Mapping[Any, float], rest: float) -> Six:
    return tuple(float(by_layer.get(name, rest)) for name in LAYER_NAMES)  # type: ignore[return-value]


def _measures(spec: Spec, policy: Policy, world: World, law: Law, start: date) -> NDArray[np.float64] | None:
    """Contacts (days, communes, layers) under the levels in force and the closures by hand; None when all are free."""
    if not policy.levels and not policy.contacts:
        return None
    table = np.ones((spec.days, len(world.facts.communes), len(LAYER_NAMES)))
    for number, level in enumerate(policy.levels):
        where = world.communes_in(level.place, f"levels[{number}].place")
        table[level.first : level.last + 1, where] = contacts_at(law, start, level.level)
    for number, rule in enumerate(policy.contacts):
        where = world.communes_in(rule.place, f"contacts[{number}].place")
        table[rule.first : rule.last + 1, where] *= _six(rule.contacts, 1.0)
    return table


def _seeds(spec: Spec, world: World, draw: Draw) -> list[SeedCases]:
    found = []
    for number, seed in enumerate(spec.seeds):
        for commune, count in world.spread(seed.count, world.communes_in(seed.place, f"seeds[{number}].place")):
            found.append(SeedCases(count, commune, seed.infected_days_ago, known=seed.known))
    if spec.wave:
        found += _wave(spec, world, draw)
    if spec.event:
        found += _event(spec.event, world, draw)
    return found


def _wave(spec: Spec, world: World, draw: Draw) -> list[SeedCases]:
    wave = spec.wave
    assert wave is not None
    communes = world.communes_in(wave.place, "wave.place")
    found = []
    for ago in range(1, wave.days + 1):
        count = int(draw.chance.poisson(wave.cases_per_day))
        known = int(draw.chance.binomial(count, wave.found_share)) if ago >= OLD_ENOUGH_TO_BE_FOUND else 0
        for part, is_known in ((known, True), (count - known, False)):
            found += [
                SeedCases(number, commune, ago, known=is_known) for commune, number in world.spread(part, communes)
            ]
    return found


def _event(event: Event, world: World, draw: Draw) -> list[SeedCases]:
    """People who know one another through the setting, found outward from somebody drawn by lot."""
    people = _gathering(event, world, draw.chance)
    known = people[: event.known]
    rest = people[event.known :]
    found = [SeedCases(infected_days_ago=event.days_ago, known=True, people=tuple(known))] if known else []
    return [*found, SeedCases(infected_days_ago=event.days_ago, people=tuple(rest))] if rest else found


def _gathering(event: Event, world: World, chance: np.random.Generator) -> list[int]:
    layer = world.population.layers[SETTINGS[event.setting]]
    communes = world.communes_in(event.place, "event.place")
    start = world.population.commune_start
    pool = np.concatenate([np.arange(start[c], start[c + 1]) for c in communes])
    meeting = pool[np.diff(layer.offsets)[pool] > 0]
    candidates = meeting if len(meeting) else pool
    met: dict[int, None] = {}
    looked = 0
    while len(met) < min(event.infected, len(candidates)) and looked < LONGEST_LAWFUL_WALK:
        line = [int(chance.choice(candidates))]
        while line and len(met) < event.infected:
            person = line.pop(0)
            looked += 1
            if person in met:
                continue
            met[person] = None
            near = layer.neighbours[layer.offsets[person] : layer.offsets[person + 1]]
            line += [int(other) for other in chance.permutation(near)]
    return list(met)


def _imports(spec: Spec, world: World) -> list[Imports]:
    found = []
    for number, flow in enumerate(spec.arrivals):
        communes = world.communes_in(flow.place, f"arrivals[{number}].place")
        whole = len(communes) == len(world.facts.communes)
        weights = world.people_in[communes] / world.people_in[communes].sum()
        shares = [(-1, 1.0)] if whole else list(zip(communes, weights))
        found += [Imports(flow.first, flow.last, flow.per_day * float(share), c) for c, share in shares]
    return found
