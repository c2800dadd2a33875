"""Variants from the packs folder, and the hazard that gives a wanted reproduction number in a population."""

from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
import yaml

from chongdich.core.errors import NotFound
from chongdich.kernels.simulation.distributions import lognormal
from chongdich.kernels.simulation.parameters import Duration, Variant
from chongdich.kernels.simulation.population import LAYER_NAMES, PASSERS_BY, STANDING, Population
from chongdich.kernels.simulation.tables import AGES

PACKS = ("ancestral", "alpha", "delta")
PLAIN = ("name", "dispersion", "asymptomatic_factor", "early_ratio", "early_share", "early_cap")


def load_variant(
    name: str, population: Population, passers_by_per_day: float = 3.0, r0: float | None = None
) -> Variant:
    """A variant whose hazard gives the pack's R0 (or `r0`) in this population when nobody does anything."""
    raw = read_pack(name)
    bare = variant_from(raw)
    at_one = reproduction_number(replace(bare, hazard=1.0), population, passers_by_per_day)
    return replace(bare, hazard=(raw["r0"] if r0 is None else r0) / at_one)


def read_pack(name: str) -> dict[str, Any]:
    """The fields of a pack; what it does not say comes from the pack it is based on."""
    if name not in PACKS:
        raise NotFound(f"Không có gói tham số biến thể “{name}”; chọn một trong: {', '.join(PACKS)}.", where="variant")
    text = files("chongdich.kernels.simulation.packs").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    own: dict[str, Any] = yaml.safe_load(text)
    if "based_on" not in own:
        return own
    base = read_pack(own["based_on"])
    merged = {key: dict(base[key], **own.get(key, {})) for key in ("durations", "references")}
    return base | own | merged


def variant_from(raw: dict[str, Any]) -> Variant:
    """A pack as a variant with hazard 0 (it depends on the population)."""
    severe, critical, death = _conditional(raw)
    weights = raw["layer_weight"]
    given: dict[str, Any] = {field: raw[field] for field in PLAIN}
    given |= {field: lognormal(*law) for field, law in raw["durations"].items()}
    return Variant(
        hazard=0.0,
        layer_weight=tuple(float(weights[layer]) for layer in LAYER_NAMES),  # type: ignore[arg-type]
        susceptibility=tuple(raw["susceptibility"]),
        symptomatic=tuple(raw["symptomatic"]),
        severe=severe,
        critical=critical,
        death=death,
        references=raw["references"],
        **given,
    )


def _conditional(raw: dict[str, Any]) -> tuple[tuple[float, ...], ...]:
    """Severe given symptoms, critical given severe, death given critical; a severity factor multiplies the first."""
    chain = [np.array(raw[step], float) for step in ("symptomatic", "severe", "critical", "death")]
    steps = [later / earlier for earlier, later in pairwise(chain)]
    steps[0] = steps[0] * raw.get("severity_factor", 1.0)
    return tuple(tuple(float(p) for p in np.minimum(step, 1.0)) for step in steps)


def mean_days(duration: Duration) -> float:
    return float(np.dot(np.arange(len(duration.probabilities)), duration.probabilities))


def reproduction_number(variant: Variant, population: Population, passers_by_per_day: float = 3.0) -> float:
    """Expected infections caused by a person taken at random when all others can be infected (mild course).

    Contacts met again and again are counted as often as they are met, so the true number is a little smaller.
    """
    group = np.minimum(population.age // 10, AGES - 1)
    symptomatic = float(np.mean(np.array(variant.symptomatic)[group]))
    sick = mean_days(variant.presymptomatic) + mean_days(variant.mild_to_recovery)
    days = symptomatic * sick
    days += (1 - symptomatic) * variant.asymptomatic_factor * mean_days(variant.asymptomatic_to_recovery)
    contacts = sum(variant.layer_weight[layer] * population.layers[layer].mean_degree for layer in range(STANDING))
    contacts += variant.layer_weight[PASSERS_BY] * passers_by_per_day
    return variant.hazard * days * contacts * float(np.mean(np.array(variant.susceptibility)[group]))
