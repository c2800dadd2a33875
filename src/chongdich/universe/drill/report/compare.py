"""Lay the true outbreak beside what the house found: the figures of the report."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from rapidfuzz import fuzz

from chongdich.core.periods import vietnam_day
from chongdich.core.vietnamese import fold_words
from chongdich.domain.cases.interviews import contacts_of
from chongdich.universe.drill.life import met_between
from chongdich.universe.drill.outbreak import Infection
from chongdich.universe.drill.report.seen import Seen, everybody_seen, recorded_contacts
from chongdich.universe.drill.stage import Stage

FRESH = 5  # days: who was infected later than so long before the end can hardly have been found
SAME_NAME = 82  # how alike a named contact's name must be to a true contact's, 0 to 100
NOBODY = Seen()


@dataclass
class Comparison:
    """One drill as it stands now. Everything is worked out once and kept."""

    stage: Stage

    @cached_property
    def seen(self) -> dict[int, Seen]:
        return everybody_seen()

    @cached_property
    def infections(self) -> list[Infection]:
        """True infections up to now."""
        return [one for one in self.stage.truth.infections() if one.day < self.stage.truth.lived]

    @cached_property
    def found(self) -> list[Infection]:
        """Those of them that are confirmed cases."""
        return [one for one in self.infections if self.of(one.person).case]

    def of(self, person: int) -> Seen:
        return self.seen.get(person, NOBODY)

    @property
    def ripe(self) -> list[Infection]:
        """Infections old enough to be found."""
        return [one for one in self.infections if one.day + FRESH < self.stage.truth.lived]

    def window(self, one: Infection) -> tuple[date, date]:
        """The days on which a patient truly could infect others and was not isolated, up to today."""
        since = self.stage.date_of(max(one.infectious, 0))
        case = self.of(one.person).case
        isolated = vietnam_day(case.isolated_at) if case and case.isolated_at else None
        until = min(day for day in (self.stage.date_of(one.end - 1), self.stage.today, isolated) if day)
        return since, until

    @cached_property
    def true_contacts(self) -> dict[int, set[int]]:
        """Patient found -> everybody truly met while infectious and at large."""
        told = {}
        for one in self.found:
            since, until = self.window(one)
            told[one.person] = set(met_between(self.stage.town, self.stage.names, one.person, since, until))
        return told

    @cached_property
    def recorded(self) -> dict[int, set[int]]:
        """Patient -> people on record as contacts of theirs."""
        return recorded_contacts()

    @cached_property
    def named(self) -> dict[int, set[int]]:
        """Patient -> true contacts whom a finished interview names."""
        return {person: self._named(person) for person in self.true_contacts}

    def _named(self, person: int) -> set[int]:
        told = [one for interview in self.of(person).interviews for one in contacts_of(interview.content)]
        found = set()
        for other in self.true_contacts[person]:
            true = self.stage.town.identity(other)
            name = fold_words(true.name)
            if any(fuzz.ratio(name, fold_words(one.name)) >= SAME_NAME for one in told):
                found.add(other)
        return found

    def pairs(self, which: dict[int, set[int]]) -> set[tuple[int, int]]:
        """(patient, contact) of those who truly met."""
        return {
            (person, other)
            for person, others in self.true_contacts.items()
            for other in others & which.get(person, set())
        }

    @property
    def all_pairs(self) -> set[tuple[int, int]]:
        return self.pairs(self.true_contacts)

    def infected_by_found(self) -> Iterator[Infection]:
        """True infections whose source is a case of the house's."""
        sources = {one.person for one in self.found}
        return (one for one in self.infections if one.source in sources)


def hours(since: datetime | None, until: datetime | None) -> float | None:
    """Hours from one moment to another, where both are known."""
    return None if since is None or until is None else (until - since) / timedelta(hours=1)


def known(values: Iterable[float | None]) -> list[float]:
    """Without the unknown; what happened beforehand took no time."""
    return [max(0.0, value) for value in values if value is not None]


def duplicates(seen: dict[int, Seen], merged: set[int]) -> Counter[str]:
    """Rows of the registry beyond one a person, merged meanwhile or not."""
    counted: Counter[str] = Counter()
    for one in seen.values():
        extra = len(one.rows) - 1
        gone = min(extra, len(merged & set(one.rows)))
        counted["merged"] += gone
        counted["extra"] += extra
    return counted
