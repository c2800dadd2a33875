"""See scenarios: those of one's units, their answers, today's state as a scenario begins from it, and gaps."""

import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from chongdich.application.desk import Desk
from chongdich.application.lenses.cases import case_filter
from chongdich.core.errors import NotFound
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.models import Contact
from chongdich.domain.scenarios.asking.kinds import KINDS, ROOM
from chongdich.domain.scenarios.models import Resource, Run, Scenario
from chongdich.domain.scenarios.rules import Gap, gaps_of
from chongdich.registry import vault
from chongdich.registry.places.models import Place

LOOKED_BACK = 30  # days: whoever was found before is over it
BEFORE_FOUND = 5  # assumption: days from infection to being found where the onset is not known
BEFORE_ONSET = 4  # assumption: days from infection to onset


def find_scenarios(desk: Desk) -> QuerySet[Scenario]:
    """Scenarios of the units one may see, with their unit and the number of their runs."""
    desk.require("scenarios.read")
    rows = Scenario.objects.filter(desk.visible("scenarios.read")).select_related("unit")
    return rows.annotate(number_of_runs=Count("runs"))


def get_visible_scenario(desk: Desk, scenario_id: int) -> Scenario:
    """One of them; a foreign one looks like none."""
    found = find_scenarios(desk).filter(pk=scenario_id).first()
    if found is None:
        raise NotFound("Không tìm thấy kịch bản.")
    return found


def find_visible_runs(desk: Desk) -> QuerySet[Run]:
    """Runs of these scenarios."""
    desk.require("scenarios.read")
    rows = Run.objects.filter(desk.visible("scenarios.read", "scenario__unit"))
    return rows.select_related("scenario", "scenario__unit")


def get_visible_run(desk: Desk, run_id: int) -> Run:
    """One of them; a foreign one looks like none."""
    found = find_visible_runs(desk).filter(pk=run_id).first()
    if found is None:
        raise NotFound("Không tìm thấy lần chạy.")
    return found


def find_resources(desk: Desk, permission: str = "scenarios.read") -> QuerySet[Resource]:
    """Registered resources of the units one may see (or, for `resources.write`, may change)."""
    desk.require(permission)
    return Resource.objects.filter(desk.visible(permission)).select_related("unit", "place")


def get_own_resource(desk: Desk, resource_id: int) -> Resource:
    """One that the person may change; any other looks like none."""
    found = find_resources(desk, "resources.write").filter(pk=resource_id).first()
    if found is None:
        raise NotFound("Không tìm thấy nguồn lực.")
    return found


def resources_by_kind(desk: Desk) -> dict[str, int]:
    """What is registered in all, by kind."""
    rows = find_resources(desk).order_by().values("kind").annotate(total=Sum("quantity"))
    return {row["kind"]: row["total"] for row in rows}


@dataclass(frozen=True)
class Now:
    """Today's state as the rooms hold it, and what a scenario takes from it."""

    day: date
    active: int
    found_lately: int
    quarantined: int
    by_severity: dict[str, int]
    capacities: dict[str, int]
    stock: dict[str, int]
    seeds: list[dict[str, Any]] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        """Kinds that limit the response and that nobody has registered."""
        return [kind for kind in ROOM if kind not in self.capacities]

    def values(self) -> dict[str, Any]:
        """As a scenario file says it."""
        return {
            "start": self.day,
            "seeds": self.seeds,
            "present": {"quarantined": self.quarantined},
            "capacities": {**dict.fromkeys(self.missing, "unlimited"), **self.capacities},
            "stock": self.stock,
        }


def see_now(desk: Desk, unseen: float = 1.0) -> Now:
    """Gather today's state. `unseen`: infections not yet found for each case found in the last week (an assumption)."""
    desk.require("scenarios.read")
    since = desk.today - timedelta(days=LOOKED_BACK)
    territory = case_filter(desk) if desk.may("cases.read") else Q(pk__in=())
    active = Case.objects.filter(territory, classification="confirmed", outcome="active")
    rows = list(active.values_list("place__code", "onset_on", "confirmed_on", "severity"))
    lately = sum(1 for _, _, found, _ in rows if found and found > desk.today - timedelta(days=7))
    there = resources_by_kind(desk)
    return Now(
        day=desk.today,
        active=len(rows),
        found_lately=lately,
        quarantined=_quarantined(desk, territory),
        by_severity=dict(Counter(severity or "unknown" for *_, severity in rows)),
        capacities={kind: number for kind, number in there.items() if not KINDS[kind].stock},
        stock={kind: number for kind, number in there.items() if KINDS[kind].stock},
        seeds=_seeds([row[:3] for row in rows if row[2] is None or row[2] >= since], desk.today, unseen),
    )


def _quarantined(desk: Desk, cases: Q) -> int:
    """Contacts in quarantine in the territory of the cases (both have a place and a unit that follows)."""
    if not desk.may("contacts.read"):
        return 0
    same = desk.actor.bounds("contacts.read") == desk.actor.bounds("cases.read")
    area = cases if same else case_filter(desk, "contacts.read")
    return Contact.objects.filter(area, state="quarantined").count()


Found = tuple[str | None, date | None, date | None]  # commune, onset, day of confirmation


def _seeds(rows: Iterable[Found], today: date, unseen: float) -> list[dict[str, Any]]:
    """Known cases by place and day of infection, and those that are likely not found yet in the same places."""
    from chongdich.kernels.simulation.province import read_facts

    known_places = {place.code for place in read_facts().communes}
    known: Counter[tuple[str, int]] = Counter()
    hidden: Counter[str] = Counter()
    for code, onset, found in rows:
        place = code if code in known_places else ""
        ago = (today - onset).days + BEFORE_ONSET if onset else (today - (found or today)).days + BEFORE_FOUND
        known[place, min(60, max(0, ago))] += 1
        if found and (today - found).days < 7:
            hidden[place] += 1
    told = [
        {"count": number, "place": place, "infected_days_ago": ago, "known": True}
        for (place, ago), number in sorted(known.items())
    ]
    for place, number in sorted(hidden.items()):
        if round(number * unseen):
            told.append({"count": round(number * unseen), "place": place, "infected_days_ago": 3, "known": False})
    return told


def answers_in(run: Run) -> dict[str, Any]:
    """The answers so far. NotFound while there are none."""
    if run.answers is None:
        raise NotFound("Lần chạy chưa có kết quả.")
    found: dict[str, Any] = run.answers
    return found


@dataclass(frozen=True)
class Readiness:
    """A plan's needs against what is registered: gaps by kind and place, and names of the places."""

    run: Run
    policy: dict[str, Any]
    gaps: list[Gap]
    names: dict[str, str]

    @property
    def lacking(self) -> list[Gap]:
        return [gap for gap in self.gaps if gap.lacking]


def see_readiness(desk: Desk, run: Run, policy: int = 0, high: bool = True) -> Readiness:
    """Needs of one policy (95 %, or the median) against registered resources: by district for what is used on the spot,
    for the whole province otherwise."""
    desk.require("scenarios.read")
    whole = answers_in(run)
    if policy >= len(whole["policies"]):
        raise NotFound("Không có phương án ứng phó này.")
    answers = whole["policies"][policy]
    districts = list(dict.fromkeys(whole["districts"]))
    wanted: dict[tuple[str, str], float] = {}
    for kind, made in KINDS.items():
        if not made.local:
            wanted[kind, ""] = answers["needs"][kind]["peak"][4 if high else 2]
            continue
        for number, code in enumerate(districts):
            wanted[kind, code] = answers["places"]["districts"][kind][number][1 if high else 0]
    there = _registered(desk, whole)
    return Readiness(run, answers, gaps_of(wanted, there), place_names(run, districts))


def _registered(desk: Desk, answers: dict[str, Any]) -> dict[tuple[str, str], int]:
    """Registered by (kind, district); what serves the province counts for the province wherever it stands."""
    district_of = dict(zip(answers["communes"], answers["districts"]))
    found: Counter[tuple[str, str]] = Counter()
    rows = find_resources(desk).order_by().values_list("kind", "place__code").annotate(total=Sum("quantity"))
    for kind, code, total in rows:
        district = district_of.get(code or "", code if code in district_of.values() else "")
        found[kind, district if KINDS[kind].local else ""] += total
    return dict(found)


def place_names(run: Run, codes: Iterable[str]) -> dict[str, str]:
    """Code -> full name as it was on the day of the run."""
    rows = Place.objects.filter(code__in=list(codes), valid_from__lte=run.day).order_by("valid_from")
    return dict(rows.values_list("code", "full_name"))


def find_observed(desk: Desk, run: Run) -> tuple[list[int], float]:
    """(cases found on each day since the first of the run, up to yesterday; the mean of the week before it)."""
    desk.require("scenarios.read")
    last = min(desk.today, run.day + timedelta(days=answers_in(run)["days"]))
    area = Case.objects.filter(
        case_filter(desk) if desk.may("cases.read") else Q(pk__in=()), classification="confirmed"
    )
    span = area.filter(confirmed_on__gte=run.day - timedelta(days=7), confirmed_on__lt=last)
    rows = dict(span.order_by().values_list("confirmed_on").annotate(number=Count("pk")))
    days = max(0, (last - run.day).days)
    seen = [rows.get(run.day + timedelta(days=day), 0) for day in range(days)]
    before = sum(rows.get(run.day - timedelta(days=day), 0) for day in range(1, 8)) / 7
    return seen, before


def samples_of(run: Run, policy: int = 0) -> dict[str, Any]:
    """Figures of one policy by name, (runs, days). NotFound when the run kept none."""
    if not run.samples:
        raise NotFound("Lần chạy này chưa có số liệu chi tiết.")
    import numpy as np

    with np.load(io.BytesIO(vault.fetch(run.samples)), allow_pickle=False) as kept:
        if f"policy_{policy}" not in kept:
            raise NotFound("Không có phương án ứng phó này.")
        figures = kept[f"policy_{policy}"]
        return {str(name): figures[:, number] for number, name in enumerate(kept["figures"])}
