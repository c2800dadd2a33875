"""See who infected whom: the cases of one's area with their links, as chains, generations and things to set right."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet

from chongdich.application.desk import Desk
from chongdich.application.lenses.cases import find_cases
from chongdich.core.periods import vietnam_day
from chongdich.domain.cases.chains import Problem, Told, exposure_window, find_problems
from chongdich.domain.cases.linelist.rows import NAMELESS
from chongdich.domain.cases.models import Case, Cluster, Link
from chongdich.kernels.chains import graph
from chongdich.registry.people.rules import pseudonym
from chongdich.registry.places.models import Place

MOST = 6_000  # cases that one picture takes; the newest are kept
_FIELDS = (
    "pk", "code", "onset_on", "sampled_on", "resulted_on", "confirmed_on", "isolated_at", "outcome", "outcome_on",
    "infectious_from", "infectious_until", "origin", "severity", "symptoms", "source_id", "classification",
    "cluster__name", "place__full_name", "person__name", "person__birth_year", "person__residence_address",
    "person__present__full_name", "person__residence__full_name",
)  # fmt: skip


@dataclass(frozen=True)
class ChainQuestion:
    """Which cases are asked for. `case_id` asks for the chain that this case belongs to."""

    since: date | None = None
    until: date | None = None
    cluster_id: int | None = None
    place_id: int | None = None
    case_id: int | None = None


@dataclass(frozen=True)
class Member:
    """One case in its chain: `parent` is a position in the same list, or None; `generation` counts from 0."""

    told: Told
    title: str
    chain: int
    generation: int
    parent: int | None
    infected: int
    origin: str
    severity: str
    outcome: str
    place: str
    cluster: str
    classification: str

    @property
    def pk(self) -> int:
        return self.told.case_id


class Chains:
    """Cases in order of chain and day, their links as positions, and what follows from both."""

    def __init__(self, members: list[Member], links: list[tuple[int, int]], left_out: int, incubation: int) -> None:
        self.members, self.links, self.left_out, self.incubation = members, links, left_out, incubation

    @cached_property
    def parent(self) -> graph.Numbers:
        return np.array([graph.NONE if m.parent is None else m.parent for m in self.members], np.int64)

    @cached_property
    def chain(self) -> graph.Numbers:
        return np.array([m.chain for m in self.members], np.int64)

    @cached_property
    def days(self) -> graph.Days:
        return _days([m.told for m in self.members])

    @cached_property
    def sizes(self) -> list[int]:
        """How many cases each chain has, the largest first."""
        return np.bincount(self.chain).tolist() if self.members else []

    @property
    def linked(self) -> int:
        return sum(size for size in self.sizes if size > 1)

    @cached_property
    def problems(self) -> list[Problem]:
        told = {m.pk: m.told for m in self.members}
        links = [(self.members[a].pk, self.members[b].pk) for a, b in self.links]
        ends = np.array(self.links, np.int64).reshape(-1, 2)
        circles = graph.loops(len(self.members), ends[:, 0], ends[:, 1])
        return find_problems(told, links, [[self.members[n].pk for n in group] for group in circles], self.incubation)

    def exposure(self, member: Member) -> tuple[date, date] | None:
        """When a case was probably infected."""
        source = None if member.parent is None else self.members[member.parent].told
        return exposure_window(member.told, source, self.incubation)

    def only(self, chains: range) -> "Chains":
        """Some of the chains."""
        kept = {at: new for new, at in enumerate(at for at, m in enumerate(self.members) if m.chain in chains)}
        first = chains.start
        members = [
            replace(m, chain=m.chain - first, parent=None if m.parent is None else kept[m.parent])
            for at, m in enumerate(self.members)
            if at in kept
        ]
        links = [(kept[a], kept[b]) for a, b in self.links if a in kept and b in kept]
        return Chains(members, links, self.left_out, self.incubation)


def _days(told: list[Told]) -> graph.Days:
    return np.array([one.day.toordinal() if one.day else np.nan for one in told], np.float64)


def find_area(desk: Desk) -> QuerySet[Case]:
    """The cases of one's area that may stand in chains, for the lenses below."""
    desk.require("cases.read")
    return find_cases(desk).exclude(classification="discarded").order_by()


def see_chains(desk: Desk, question: ChainQuestion, area: QuerySet[Case]) -> Chains:
    """The chains among the cases of `area` that a question asks for. Two questions to the database."""
    desk.require("cases.read")
    rows = area.filter(_asked(desk, question))
    newest = list(rows.order_by("-confirmed_on", "-pk").values_list(*_FIELDS, named=True)[: MOST + 1])
    cases, left_out = newest[:MOST], len(newest) - MOST
    if left_out > 0:
        left_out = rows.order_by().count() - MOST
    seen = {case.pk for case in cases}
    told = Link.objects.filter(case__in=_keys(rows, left_out, seen)).values_list("source_id", "case_id")
    links = {*told, *((case.source_id, case.pk) for case in cases if case.source_id)}
    found = _arranged(desk, cases, sorted(links), max(left_out, 0))
    return _chain_of(found, question.case_id) if question.case_id else found


def _keys(rows: QuerySet[Case], left_out: int, seen: set[int]) -> Any:
    """The cases as the database may be asked about them: a subquery, or the numbers when some were left out."""
    return sorted(seen) if left_out > 0 and len(seen) < 900 else rows.order_by().values("pk")


def _asked(desk: Desk, question: ChainQuestion) -> Q:
    found = Q()
    if question.since:
        found &= Q(confirmed_on__gte=question.since)
    if question.until:
        found &= Q(confirmed_on__lte=question.until)
    if question.cluster_id:
        found &= Q(cluster=question.cluster_id)
    if question.place_id:
        found &= Q(place__within__above=question.place_id, place__within__since__lte=desk.today) & (
            Q(place__within__until=None) | Q(place__within__until__gt=desk.today)
        )
    return found


def _arranged(desk: Desk, cases: list[Any], links: list[tuple[int, int]], left_out: int) -> Chains:
    at = {case.pk: number for number, case in enumerate(cases)}
    inside = [(at[a], at[b]) for a, b in links if a in at and b in at]
    foreign = {b for a, b in links if a not in at}
    told = [_told(case, foreign) for case in cases]
    ends = np.array(inside, np.int64).reshape(-1, 2)
    chain = graph.components(len(cases), ends[:, 0], ends[:, 1])
    chosen = np.array([at.get(case.source_id or 0, graph.NONE) for case in cases], np.int64)
    days = _days(told)
    parent = graph.parents(ends[:, 0], ends[:, 1], days, chosen)
    order = np.lexsort((np.arange(len(cases)), np.nan_to_num(days, nan=np.inf), chain)).tolist()
    new = {old: place for place, old in enumerate(order)}
    depth, infected = graph.generations(parent), np.bincount(ends[:, 0], minlength=len(cases))
    named = desk.may("people.open")
    members = [
        Member(
            told[old], _title(desk, cases[old], named), int(chain[old]), int(depth[old]),
            None if parent[old] == graph.NONE else new[int(parent[old])], int(infected[old]), cases[old].origin,
            cases[old].severity, cases[old].outcome, _place(cases[old]), cases[old].cluster__name or "",
            cases[old].classification,
        )
        for old in order
    ]  # fmt: skip
    incubation = int(desk.law.find("cases/incubation_days", on=desk.today) or 14)
    return Chains(members, sorted((new[a], new[b]) for a, b in inside), left_out, incubation)


def _told(case: Any, foreign: set[int]) -> Told:
    return Told(
        case_id=case.pk, label=case.code or f"#{case.pk}", onset=case.onset_on, sampled=case.sampled_on,
        resulted=case.resulted_on, confirmed=case.confirmed_on,
        isolated=vietnam_day(case.isolated_at) if case.isolated_at else None, ended=case.outcome_on,
        infectious_from=case.infectious_from, infectious_until=case.infectious_until, origin=case.origin,
        symptoms=bool(case.symptoms), chosen=case.source_id, elsewhere=case.pk in foreign,
    )  # fmt: skip


def _title(desk: Desk, case: Any, named: bool) -> str:
    name, born = case.person__name, case.person__birth_year
    if name == NAMELESS:
        words = f"{name.lower()}, {desk.today.year - born} t." if born else name.lower()
    elif named:
        words = name
    else:
        words = pseudonym(name, born, desk.today.year, _home(case))
    return f"{case.code} · {words}" if case.code else words


def _home(case: Any) -> str:
    return case.person__present__full_name or case.person__residence__full_name or ""


def _place(case: Any) -> str:
    """The commune; of a case from elsewhere the last part of its address, which is a province or a country."""
    return case.place__full_name or case.person__residence_address.rpartition(",")[2].strip()[:40]


def _chain_of(found: Chains, case_id: int) -> Chains:
    chain = next((m.chain for m in found.members if m.pk == case_id), None)
    return found.only(range(0)) if chain is None else found.only(range(chain, chain + 1))


def find_clusters(desk: Desk, area: QuerySet[Case]) -> list[tuple[int, str]]:
    """Clusters that cases of one's area belong to."""
    desk.require("cases.read")
    named = area.exclude(cluster=None).values("cluster")
    return list(Cluster.objects.filter(pk__in=named).order_by("name").values_list("pk", "name")[:500])


def find_case_places(desk: Desk, area: QuerySet[Case]) -> list[tuple[int, str]]:
    """Communes, and the districts about them, in which cases of one's area are counted."""
    desk.require("cases.read")
    counted = area.exclude(place=None).values("place")
    rows = Place.objects.filter(holds__place__in=counted, level__gt=1).distinct().order_by("level", "search")
    return list(rows.values_list("pk", "full_name")[:500])
