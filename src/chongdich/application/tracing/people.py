"""The people of one tracing as the law and the worklists see them: where they live, what protects them, who comes
first. A few questions however many people."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from chongdich.application.desk import Desk
from chongdich.application.tracing.whereabouts import Map, Whereabouts
from chongdich.core.periods import vietnam_day
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.models import Link
from chongdich.domain.contacts.recording import FoundLink, Home
from chongdich.domain.contacts.recording import Person as Seen
from chongdich.domain.contacts.rules import FollowUp, Protection, follow_up, is_vulnerable, lives_away, rank_of
from chongdich.registry.people.models import Person
from chongdich.regulations import Law

COLUMNS = ("pk", "present_id", "residence_id", "present_address", "residence_address", "birth_year", "pregnant",
           "comorbidities", "vaccine_doses", "last_dose_on")  # fmt: skip
LOT = 500


class People(Mapping[int, Seen]):
    """By person; read from the registry at once, decided one by one as they are asked for."""

    def __init__(self, desk: Desk, law: Law, disease: str, links: list[FoundLink], cases: list[Case]) -> None:
        self.desk, self.law, self.disease = desk, law, disease
        before = Link.objects.filter(case__in=[case.pk for case in cases]).values_list("contact__person_id", flat=True)
        wanted = sorted({link.person_id for link in links} | set(before))
        self.rows = {row.pk: row for lot in _lots(wanted) for row in Person.objects.filter(pk__in=lot).only(*COLUMNS)}
        self.recovered = _recovered(disease, wanted)
        case_places = {case.place_id for case in cases if case.place_id}
        homes = {row.present_id or row.residence_id for row in self.rows.values()}
        self.map = Map((place for place in homes | case_places if place), desk.today)
        self.case_homes = {(self.map.district(place), self.map.province(place)) for place in case_places}
        self.home = frozenset(province for _, province in self.case_homes if province)
        self.law_on = {case.pk: case.confirmed_on or vietnam_day(case.reported_at) for case in cases}
        self.day = _days(links, self.law_on)
        self.followed: dict[tuple, FollowUp] = {}

    def __getitem__(self, person_id: int) -> Seen:
        row = self.rows[person_id]
        where = self.map.find(row, self.home)
        return Seen(
            self._home(where),
            lambda generation, last: self._follow(row, generation, vietnam_day(last)),
            lambda generation, minutes, last: self._rank(row, generation, minutes, last),
        )

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def _home(self, where: Whereabouts) -> Home:
        away = bool(where.outside) or lives_away((where.district_id, where.province_id), self.case_homes)
        return Home(where.place_id, where.unit_id, where.outside, away)

    def _follow(self, row: Person, generation: int, last: date) -> FollowUp:
        """The same for all whose last day and protection are the same."""
        protection = Protection(row.vaccine_doses, row.last_dose_on, self.recovered.get(row.pk))
        key = (self.day.get(row.pk, self.desk.today), generation, last, protection)
        if key not in self.followed:
            self.followed[key] = follow_up(self.law, *key)
        return self.followed[key]

    def _rank(self, row: Person, generation: int, minutes: float, last: datetime) -> float:
        age = self.desk.today.year - row.birth_year if row.birth_year else None
        risk = is_vulnerable(age=age, pregnant=bool(row.pregnant), diseases=row.comorbidities or ())
        return rank_of(generation=generation, minutes=minutes, last_exposure=last, vulnerable=risk)


def _days(links: list[FoundLink], law_on: Mapping[int, date]) -> dict[int, date]:
    """The day whose law a contact is followed by: that of the latest of the cases."""
    found: dict[int, date] = {}
    for link in links:
        day = law_on[link.case_id]
        if link.person_id not in found or day > found[link.person_id]:
            found[link.person_id] = day
    return found


def _recovered(disease: str, people: list[int]) -> dict[int, date]:
    found: dict[int, date] = {}
    for lot in _lots(people):
        rows = Case.objects.filter(disease=disease, person__in=lot, outcome="recovered").exclude(outcome_on=None)
        found |= {person: day for person, day in rows.order_by("outcome_on").values_list("person_id", "outcome_on")
                  if day}  # fmt: skip
    return found


def _lots(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + LOT] for start in range(0, len(keys), LOT))
