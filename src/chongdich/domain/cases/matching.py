"""Who of the registry a lot of rows are, asked with a handful of questions for the whole lot, never one per row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from chongdich.domain.cases.linelist.rows import NAMELESS, Draft
from chongdich.registry.people.models import Person, Phone
from chongdich.registry.people.queries import NUMBERS, facets_of, phones_of
from chongdich.registry.people.rules import Facets, compare, folded_name

SAME = 70  # points from which a row is taken to be a person without asking: a name, a birth and a place or number agree
MOST_ALIKE = 5
_MANY = 400  # values in one question
Key = tuple[str, str]


@dataclass(frozen=True)
class Match:
    """`person`: this one. `alike`: somebody must say which, if any. `row`: an earlier row's person."""

    person: int | None = None
    alike: tuple[int, ...] = ()
    row: int | None = None


def facets_of_draft(draft: Draft) -> Facets:
    """A row as it is compared with people."""
    values: dict[str, Any] = draft.entry.values
    return Facets(
        name=values.get("name", ""), birth_date=values.get("birth_date"), birth_year=values.get("birth_year"),
        sex=values.get("sex", ""), cccd=values.get("cccd", ""), cmnd=values.get("cmnd", ""),
        passport=values.get("passport", ""), insurance_number=values.get("insurance_number", ""),
        phones=frozenset(draft.entry.phones or ()), residence=values.get("residence_id"),
        hamlet=values.get("residence_hamlet", ""),
    )  # fmt: skip


def _shared(facets: Facets) -> Iterator[Key]:
    """Numbers and telephones: keys that mean the same for who is asked about and who is there."""
    for field in NUMBERS:
        if value := getattr(facets, field):
            yield field, value
    for phone in facets.phones:
        yield "phone", phone


def _own(facets: Facets) -> Iterator[Key]:
    """Under what somebody is found."""
    yield from _shared(facets)
    name = folded_name(facets.name)
    yield "name", name
    yield "born", f"{name} {facets.birth_year or '?'}"


def _asked(facets: Facets) -> Iterator[Key]:
    """By what somebody is looked for: namesakes of about the same age, all namesakes when no age is told."""
    yield from _shared(facets)
    if facets.name == NAMELESS:
        return
    name, year = folded_name(facets.name), facets.birth_year
    if year is None:
        yield "name", name
    else:
        yield from (("born", f"{name} {near}") for near in (year - 1, year, year + 1, "?"))


class Crowd:
    """The people whom a lot could mean, and the lot's own earlier rows."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.facets: dict[int, Facets] = {}
        self.by_key: dict[Key, list[int]] = defaultdict(list)
        self.rows: dict[int, int] = {}
        self._load([facets_of_draft(draft) for draft in drafts])

    def _load(self, wanted: Sequence[Facets]) -> None:
        keys = {key for facets in wanted for key in _asked(facets)}
        ids = set(_ids(keys))
        phones = phones_of(ids) if ids else {}
        for person in _in_lots(ids):
            self._add(person.pk, facets_of(person, phones.get(person.pk, ())))

    def _add(self, number: int, facets: Facets) -> None:
        self.facets[number] = facets
        for key in _own(facets):
            self.by_key[key].append(number)

    def find(self, draft: Draft, row: int) -> Match:
        """Who this row is; a row that is nobody known joins the crowd under its number."""
        facets = facets_of_draft(draft)
        near = {number for key in _asked(facets) for number in self.by_key.get(key, ())}
        weighed = sorted(
            ((compare(facets, self.facets[number]), number) for number in near), key=lambda one: -one[0].score
        )
        likely = [(comparison, number) for comparison, number in weighed if comparison.probable]
        sure = [number for comparison, number in likely if comparison.certain or comparison.score >= SAME]
        if len(sure) == 1 or (sure and likely[0][0].certain):
            return Match(row=self.rows[sure[0]]) if sure[0] in self.rows else Match(person=sure[0])
        if likely:
            return self._ask([number for _, number in likely])
        self._add(-row, facets)
        self.rows[-row] = row
        return Match()

    def _ask(self, numbers: list[int]) -> Match:
        people = tuple(number for number in numbers if number > 0)[:MOST_ALIKE]
        twin = next((self.rows[number] for number in numbers if number in self.rows), None)
        return Match(alike=people, row=None if people else twin) if people else Match(alike=(-(twin or 0),))


def _ids(keys: Iterable[Key]) -> Iterator[int]:
    found: dict[str, set[str]] = defaultdict(set)
    for field, value in keys:
        found[field].add(value)
    born = found.pop("born", set())
    names = sorted({value.rpartition(" ")[0] for value in born})
    for start in range(0, len(names), _MANY):
        rows = Person.objects.filter(name_folded__in=names[start : start + _MANY], merged_into=None)
        for pk, name, year in rows.values_list("pk", "name_folded", "birth_year"):
            if f"{name} {year or '?'}" in born:
                yield pk
    for field, values in found.items():
        ordered = sorted(values)
        for start in range(0, len(ordered), _MANY):
            yield from _asked_for(field, ordered[start : start + _MANY])


def _asked_for(field: str, values: list[str]) -> Iterator[int]:
    if field == "phone":
        yield from Phone.objects.filter(number__in=values).values_list("person_id", flat=True)
    elif field == "name":
        yield from Person.objects.filter(name_folded__in=values, merged_into=None).values_list("pk", flat=True)
    else:
        rows = Person.objects.filter(~Q(**{field: ""}), **{f"{field}__in": values}, merged_into=None)
        yield from rows.values_list("pk", flat=True)


def _in_lots(ids: set[int]) -> Iterator[Person]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), 400):
        yield from Person.objects.filter(pk__in=ordered[start : start + 400], merged_into=None)
