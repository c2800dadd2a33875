"""The question to the tracing engine: cases of one rule with their windows in, contacts by case out, with reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from chongdich.application.desk import Desk
from chongdich.application.tracing import keeping
from chongdich.application.tracing.households import make_sure
from chongdich.core.periods import vietnam_day
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.findings import Met, as_one, onward_of, pairs_of
from chongdich.domain.contacts.models import Contact, Venue
from chongdich.domain.contacts.nearness import DayRule, judge_f1, judge_f2
from chongdich.domain.contacts.recording import FoundLink
from chongdich.domain.contacts.rules import window_of
from chongdich.registry.people.models import Person
from chongdich.regulations import Law


@dataclass(frozen=True)
class Window:
    """A case with the moments between which it could infect, and the day whose law applies; no window: no contacts."""

    case: Case
    span: tuple[datetime, datetime] | None
    law_on: date


def law_of(desk: Desk, disease: str) -> Law:
    """The desk's law, asked for a disease."""
    return desk.law if desk.law.disease == disease else _packed(desk.law, disease)


@lru_cache(maxsize=8)
def _packed(law: Law, disease: str) -> Law:
    return law.pack(disease)


def longest_lag() -> int:
    last = Venue.objects.filter(lag_minutes__gt=0).order_by("-lag_minutes").values_list("lag_minutes", flat=True)
    return int(last.first() or 0)


def window_of_case(desk: Desk, case: Case) -> Window:
    law_on = case.confirmed_on or vietnam_day(case.reported_at)
    if case.classification != "confirmed" or case.outcome == "discarded":
        return Window(case, None, law_on)
    ends = ((case.window_rule or {}).get("outcome") or {}).get("end_event")
    span = window_of(
        since=case.infectious_from, until=case.infectious_until, isolated_at=case.isolated_at,
        closed_on=case.outcome_on, ends_by_isolation=ends == "isolated", at=desk.at,
    )  # fmt: skip
    return Window(case, span, law_on)


@dataclass
class Found:
    links: list[FoundLink]
    version: int = 0
    rows: int = 0
    f2_record: dict[str, Any] | None = None


class Question:
    """Cases of one rule, put to the store; households of those found are made sure of before the last word."""

    def __init__(self, desk: Desk, disease: str, rule: DayRule, windows: list[Window]) -> None:
        self.desk, self.disease, self.rule, self.law = desk, disease, rule, law_of(desk, disease)
        self.windows = [one for one in windows if one.span]
        self.judged: dict[Any, Any] = {}

    def ask(self) -> Found:
        if not self.windows:
            return Found([])
        make_sure({one.case.person_id for one in self.windows}, self.desk.author)
        store = keeping.catch_up(self.desk.at)
        if store is None:
            return Found([])
        met = self._put(store)
        if make_sure({one.person for one in met[0]}, self.desk.author):
            store = keeping.catch_up(self.desk.at) or store
            met = self._put(store)
        now = store.manifest()
        links = [self._direct(one) for one in met[0]]
        first: dict[int, int] = {}
        for link in sorted((link for link in links if link), key=lambda link: link.first_at):
            first.setdefault(link.person_id, link.case_id)
        onward = [self._onward(one, first) for one in met[1]]
        record = next((link.rule for link in onward if link), None)
        return Found(
            [*(link for link in links if link), *(replace(link, rule=None) for link in onward if link)],
            now.version, now.rows, record,
        )  # fmt: skip

    def _put(self, store: Any) -> tuple[list[Met], list[Met]]:
        """(who met a case, who met one of those)."""
        from chongdich.kernels.tracing import trace

        snapshot = store.snapshot()
        ill, kept = self._ill(), self._merged()
        cases = [engine_case(who, *one.span) for one in self.windows for who in self._selves(one, kept) if one.span]
        self.index = [at for at, one in enumerate(self.windows) for _ in self._selves(one, kept)]
        cases += [engine_case(who, keeping.moment(1), keeping.moment(0)) for who in ill]
        found = trace(snapshot, cases, self.rule.f1, self._quarantined(), self.rule.f2)
        pairs = pairs_of(found.evidence(1), self._lags())
        direct = as_one([replace(one, case=self.index[one.case]) for one in pairs], kept)  # all selves are one case
        own = {one.case.person_id for one in self.windows} | ill
        onward = as_one(onward_of(found.table, snapshot.distance), kept)
        known = own | {one.person for one in direct}
        return [one for one in direct if one.person not in own], [one for one in onward if one.person not in known]

    def _selves(self, one: Window, kept: Mapping[int, int]) -> list[int]:
        """A person's number, and those of records merged into it."""
        return [one.case.person_id, *(gone for gone, to in kept.items() if to == one.case.person_id)]

    def _merged(self) -> dict[int, int]:
        return dict(Person.objects.exclude(merged_into=None).values_list("pk", "merged_into_id"))

    def _ill(self) -> set[int]:
        """People who are cases of the disease themselves: they are called no contacts."""
        rows = Case.objects.filter(disease=self.disease, classification="confirmed")
        rows = rows.filter(outcome__in=("active", "died", "moved"))
        return set(rows.values_list("person_id", flat=True))

    def _quarantined(self) -> dict[int, int]:
        rows = Contact.objects.filter(disease=self.disease).exclude(quarantined_at=None)
        return {who: keeping.seconds(at) for who, at in rows.values_list("person_id", "quarantined_at") if at}

    def _lags(self) -> dict[int, int] | None:
        if not self.rule.f1.lag_minutes:
            return None
        rows = Venue.objects.filter(lag_minutes__gt=0).values_list("pk", "lag_minutes")
        return {pk: minutes * 60 for pk, minutes in rows}

    def _direct(self, met: Met) -> FoundLink | None:
        window = self.windows[met.case]
        minutes = met.seconds / 60
        record = self._judged(window.law_on, met.distance, met.mask == 1, minutes)
        if record is None:
            return None
        return _link(met, window.case.pk, None, record)

    def _judged(self, on: date, kind: int, masked: bool, minutes: float) -> dict[str, Any] | None:
        """The record of the decision, decided once for each kind of meeting and noted with its own minutes."""
        key = (on, kind, masked, int(min(minutes, 60)))
        if key not in self.judged:
            decision = judge_f1(self.law, on, kind, masked=masked, minutes=round(minutes, 1))
            self.judged[key] = decision.record() if decision and decision["contact"] else None
        found = self.judged[key]
        return found and {**found, "given": {**found["given"], "minutes": round(minutes, 1)}}

    def _onward(self, met: Met, first: Mapping[int, int]) -> FoundLink | None:
        case_id = first.get(met.through)
        if case_id is None:
            return None
        law_on = next(one.law_on for one in self.windows if one.case.pk == case_id)
        key = (law_on, met.distance)
        if key not in self.judged:
            decision = judge_f2(self.law, law_on, met.distance)
            self.judged[key] = decision.record() if decision else None
        return _link(self._until_now(met), case_id, met.through, self.judged[key])

    def _until_now(self, met: Met) -> Met:
        """What has not come yet is no meeting: people of one household are written as together for years to come."""
        ahead = max(0, met.last - keeping.seconds(self.desk.at))
        return replace(met, last=met.last - ahead, seconds=max(0, met.seconds - ahead))


def engine_case(person: int, since: datetime, until: datetime) -> Any:
    from chongdich.kernels.tracing import Case as EngineCase

    return EngineCase(person, keeping.seconds(since), keeping.seconds(until))


def _link(met: Met, case_id: int, through: int | None, record: dict[str, Any] | None) -> FoundLink:
    condition = ((record or {}).get("outcome") or {}).get("condition") or ("onward" if through is not None else "")
    return FoundLink(
        met.person, case_id, through, met.place, round(met.seconds / 60, 1), keeping.moment(met.first),
        keeping.moment(met.last), met.meetings, condition, record, met.proof,
    )  # fmt: skip
