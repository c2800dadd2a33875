"""What a scenario file may say, with the allowed range of every number.

Days are counted from the first day of the scenario (day 0); shares and probabilities lie in [0, 1]; places are codes of
communes or districts of the population ("" = the whole province).
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from chongdich.domain.scenarios.asking.kinds import NORMS

MOST_DAYS = 730  # as the simulator takes it

Share = Annotated[float, Field(ge=0, le=1)]
Day = Annotated[int, Field(ge=0, le=MOST_DAYS)]
Capacity = Annotated[int, Field(ge=0, le=1_000_000)] | Literal["unlimited"]
Factor = Annotated[float, Field(ge=0, le=10)]

LAYERS = Literal["household", "school", "work", "community", "passers_by"]
MEETING = Literal["household", "school", "work", "community"]  # layers whose contacts can be traced
UNCERTAIN = Literal["r0", "seek_test", "trace", "compliance", "sensitivity", "severity", "dispersion"]


def _usual_tracing() -> Any:
    return {"household": 1.0, "school": 0.9, "work": 0.8, "community": 0.5}


def _usual_uncertainty() -> Any:
    """By how much each assumption may differ from the value given; the planner's own, not from a source."""
    return {
        "r0": (0.8, 1.2), "seek_test": (0.7, 1.3), "trace": (0.7, 1.1), "compliance": (0.8, 1.1),
        "sensitivity": (0.9, 1.1), "severity": (0.7, 1.3), "dispersion": (0.5, 1.5),
    }  # fmt: skip


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Seeds(Strict):
    """People infected before day 0; `known` ones are cases already."""

    count: int = Field(ge=0, le=100_000)
    place: str = ""
    infected_days_ago: int = Field(default=0, ge=0, le=60)
    known: bool = False


class Wave(Strict):
    """An epidemic under way: so many infections a day for the last `days` days, a share of the older ones found."""

    cases_per_day: float = Field(ge=0, le=20_000)
    days: int = Field(default=10, ge=1, le=30)
    found_share: Share = 0.5
    place: str = ""


class Event(Strict):
    """One gathering that infected many at once: people who know one another through the setting's contacts."""

    setting: Literal["market", "factory", "school", "household"]
    infected: int = Field(ge=1, le=5_000)
    place: str = ""
    days_ago: int = Field(default=3, ge=0, le=60)
    known: int = Field(default=1, ge=0, le=5_000)


class Arrivals(Strict):
    """Infected people who come in: on average so many a day."""

    first: Day = 0
    last: Day = MOST_DAYS
    per_day: float = Field(ge=0, le=10_000)
    place: str = ""


class Vaccinated(Strict):
    """Shares of the adults before day 0."""

    one_dose: Share = 0.0
    two_doses: Share = 0.0
    days_since_last_dose: int = Field(default=30, ge=0, le=365)


class Present(Strict):
    """Who is in quarantine on day 0 already; they leave evenly over `days_left` days."""

    quarantined: int = Field(default=0, ge=0, le=1_000_000)
    days_left: int = Field(default=14, ge=1, le=60)


class LevelRule(Strict):
    """The measures that the law gives to an epidemic level, in a place, from a day on."""

    level: int = Field(ge=1, le=4)
    first: Day = 0
    last: Day = MOST_DAYS
    place: str = ""


class ContactRule(Strict):
    """Contacts multiplied by hand: a closure, a holiday, a festival (above 1)."""

    first: Day = 0
    last: Day = MOST_DAYS
    place: str = ""
    contacts: dict[LAYERS, Factor]


class ScreeningRule(Strict):
    first: Day = 0
    last: Day = MOST_DAYS
    share_per_day: Share
    place: str = ""


class LockdownRule(Strict):
    cases: int = Field(ge=1, le=100_000)
    window: int = Field(default=7, ge=1, le=60)
    days: int = Field(default=14, ge=1, le=365)


class Policy(Strict):
    """What is done. `quarantine_days`, `quarantine_tests`, `centralised` left out come from the law of the day."""

    name: str = Field(min_length=1, max_length=80)
    seek_test: Share = 0.25
    result_days: int = Field(default=1, ge=0, le=60)
    trace: dict[MEETING, Share] = Field(default_factory=_usual_tracing)
    trace_delay: int = Field(default=1, ge=0, le=30)
    trace_second_ring: Share = 0.0
    quarantine_days: int | None = Field(default=None, ge=1, le=60)
    quarantine_tests: tuple[Annotated[int, Field(ge=0, le=60)], ...] | None = None
    centralised: bool | None = None
    compliance: Share = 0.9
    arrival_quarantine: Share = 0.0
    first_doses_per_day: float = Field(default=0.0, ge=0, le=1_000_000)
    levels: tuple[LevelRule, ...] = ()
    contacts: tuple[ContactRule, ...] = ()
    screening: tuple[ScreeningRule, ...] = ()
    lockdown: LockdownRule | None = None


class Phase(Strict):
    """A part of the plan, first and last day included."""

    name: str = Field(min_length=1, max_length=80)
    first: Day
    last: Day


class Spec(Strict):
    """One scenario. `capacities` and `stock` are by kind of resource; `norms` replace those of `norms.yaml`."""

    name: str = Field(min_length=1, max_length=160)
    note: str = Field(default="", max_length=2000)
    start: date | None = None
    days: int = Field(default=60, ge=7, le=365)
    province: Literal["bac_kan_2021"] = "bac_kan_2021"
    people: int = Field(default=315_000, ge=1_000, le=5_000_000)
    variant: Literal["ancestral", "alpha", "delta"] = "delta"
    r0: float | None = Field(default=None, ge=0, le=20)
    seeds: tuple[Seeds, ...] = ()
    wave: Wave | None = None
    event: Event | None = None
    arrivals: tuple[Arrivals, ...] = ()
    immune_share: Share = 0.0
    vaccinated: Vaccinated = Vaccinated()
    present: Present = Present()
    policies: tuple[Policy, ...] = Field(min_length=1, max_length=6)
    capacities: dict[str, Capacity]
    stock: dict[str, Annotated[int, Field(ge=0, le=100_000_000)]] = Field(default_factory=dict)
    norms: dict[str, float] = Field(default_factory=dict)
    uncertainty: dict[UNCERTAIN, tuple[Factor, Factor]] = Field(default_factory=_usual_uncertainty)
    phases: tuple[Phase, ...] = ()


def limit(spec: Spec, kind: str) -> int | None:
    """The capacity of a kind; None: without limit, or nobody has registered any."""
    found = spec.capacities.get(kind, "unlimited")
    return None if found == "unlimited" else int(found)


def norm(spec: Spec, name: str) -> float:
    """A norm: the scenario's own, else the room's assumption."""
    return spec.norms.get(name, NORMS[name].value)
