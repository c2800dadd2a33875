"""Ask about people. `find_` may be empty, `get_` answers or raises NotFound; who may see whom comes in as a Scope."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from chongdich.core.errors import NotFound
from chongdich.registry.organisations.models import Organisation
from chongdich.registry.people.models import Likeness, Merge, Opening, Person, Phone
from chongdich.registry.people.pairs import find_pairs
from chongdich.registry.people.rules import Comparison, Facets, compare, folded_name
from chongdich.registry.places.kinds import Level
from chongdich.registry.places.models import Place, Succession, Within

OPENING_LASTS = timedelta(minutes=60)


@dataclass(frozen=True)
class Scope:
    """Which people somebody may see: those who reside or are in `places`, those whom `units` entered, or everybody.

    `placeless` adds people of whom no place in the registry is known: for bodies that answer for a province.
    """

    places: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    placeless: bool = False
    everywhere: bool = False

    def filter(self) -> Q:
        """The same as a condition on people."""
        if self.everywhere:
            return Q()
        places = sorted(self.places)
        found = Q(residence__in=places) | Q(present__in=places) | Q(created_for__in=sorted(self.units))
        return found | Q(residence=None, present=None) if self.placeless else found

    def holds(self, person: Person) -> bool:
        """The same for a row in hand."""
        if self.everywhere or person.residence_id in self.places or person.present_id in self.places:
            return True
        placeless = person.residence_id is None and person.present_id is None
        return person.created_for_id in self.units or (self.placeless and placeless)


def scope_of(unit_ids: Iterable[int], on: date) -> Scope:
    """The people of the territories of some units on a day, with the units' lands before they were merged."""
    units = frozenset(unit_ids)
    if not units:
        return Scope()
    homes = dict(Place.objects.filter(pk__in=_places_of_units(units)).values_list("pk", "level"))
    alive = Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))
    inside = set(Within.objects.filter(alive, above__in=homes).values_list("place_id", flat=True)) | set(homes)
    placeless = any(level <= Level.PROVINCE for level in homes.values())
    return Scope(frozenset(_with_earlier(inside)), units, placeless)


def _places_of_units(units: frozenset[int]) -> QuerySet:
    return Organisation.objects.filter(pk__in=units).values("place")


def _with_earlier(places: set[int]) -> set[int]:
    """With the places whose land they took over, and these places' forerunners."""
    before: dict[int, list[int]] = {}
    for earlier, later in Succession.objects.values_list("earlier_id", "later_id"):
        before.setdefault(later, []).append(earlier)
    found, waiting = set(places), list(places)
    while waiting:
        for earlier in before.get(waiting.pop(), []):
            if earlier not in found:
                found.add(earlier)
                waiting.append(earlier)
    return found


def visible_people(scope: Scope) -> QuerySet[Person]:
    """People one may see, without those merged into others."""
    return Person.objects.filter(scope.filter(), merged_into=None)


def get_person(uid: UUID, scope: Scope) -> Person:
    """One person; of a merged one the one that was kept. NotFound when outside the scope."""
    found = Person.objects.select_related("residence", "present", "household", "merged_into").filter(uid=uid).first()
    while found and found.merged_into_id:
        found = (
            Person.objects.select_related("residence", "present", "household").filter(pk=found.merged_into_id).first()
        )
    if found is None or not scope.holds(found):
        raise NotFound("Không tìm thấy người này.")
    return found


def get_person_by_id(person_id: int, scope: Scope) -> Person:
    """The same by number."""
    found = Person.objects.filter(pk=person_id).values_list("uid", flat=True).first()
    if found is None:
        raise NotFound("Không tìm thấy người này.")
    return get_person(found, scope)


def facets_of(person: Person, phones: Iterable[str]) -> Facets:
    """What speaks for or against a person being another."""
    return Facets(
        person.name, person.birth_date, person.birth_year, person.sex, person.cccd, person.cmnd, person.passport,
        person.insurance_number, frozenset(phones), person.residence_id, person.present_id, person.residence_hamlet,
        person.household_id,
    )  # fmt: skip


def find_alike(facets: Facets, but: int | None = None, limit: int = 10) -> list[tuple[Person, Comparison]]:
    """Everybody in the house who is probably this person, the likeliest first. Blocks by index, then weighs."""
    ids = {pk for pk in _block(facets) if pk != but}
    people = Person.objects.filter(pk__in=ids, merged_into=None).select_related("residence", "present")
    phones = phones_of(ids)
    weighed = [(person, compare(facets, facets_of(person, phones.get(person.pk, ())))) for person in people]
    likely = [(person, comparison) for person, comparison in weighed if comparison.probable]
    return sorted(likely, key=lambda pair: (-pair[1].score, pair[0].pk))[:limit]


NUMBERS = ("cccd", "cmnd", "passport", "insurance_number")


def _number(field: str, value: str) -> Q:
    """Somebody's number; the words that it is not empty are what lets SQLite use the partial index."""
    return Q(**{field: value}) & ~Q(**{field: ""})


def with_number(field: str, value: str) -> QuerySet[Person]:
    """People with exactly this value of one of `NUMBERS`."""
    return Person.objects.filter(_number(field, value))


MOST_OF_A_BLOCK = 400  # a block that holds more tells nothing


def _block(facets: Facets) -> set[int]:
    """Numbers of people who share a key with these facets: each key is one index."""
    name = folded_name(facets.name)
    keys = [_number(field, getattr(facets, field)) for field in NUMBERS if getattr(facets, field)]
    if facets.phones:
        keys.append(Q(pk__in=Phone.objects.filter(number__in=sorted(facets.phones)).values("person")))
    if facets.birth_date:
        keys.append(Q(birth_date=facets.birth_date))
    if facets.birth_year:
        years = [facets.birth_year - 1, facets.birth_year, facets.birth_year + 1]
        keys.append(Q(name_folded=name, birth_year__in=years))
        keys += [Q(birth_year=facets.birth_year, residence__in=sorted(facets.places))] if facets.places else []
        keys += [Q(birth_year=facets.birth_year, present__in=sorted(facets.places))] if facets.places else []
    elif facets.places:
        keys.append(Q(name_folded=name, residence__in=sorted(facets.places)))
    found: set[int] = set()
    for key in keys:
        found.update(Person.objects.filter(key).values_list("pk", flat=True)[:MOST_OF_A_BLOCK])
    return found


def phones_of(person_ids: Iterable[int]) -> dict[int, list[str]]:
    """Each person's numbers in order of entry."""
    found: dict[int, list[str]] = {}
    rows = Phone.objects.filter(person__in=list(person_ids)).order_by("pk")
    for person_id, number in rows.values_list("person_id", "number"):
        found.setdefault(person_id, []).append(number)
    return found


def find_opening(person_id: int, account_id: int | None, at: datetime) -> Opening | None:
    """The account's opening of this record that still holds at a moment."""
    rows = Opening.objects.filter(person=person_id, account_id=account_id, at__lte=at, at__gt=at - OPENING_LASTS)
    return rows.order_by("-at").first()


def visible_openings(scope: Scope, account_id: int | None = None) -> QuerySet[Opening]:
    """Openings of people one may see, or by one account, newest first."""
    whose = Q(account_id=account_id) if account_id else Q(person__in=Person.objects.filter(scope.filter()).values("pk"))
    return Opening.objects.filter(whose).select_related("person", "person__residence").order_by("-at", "-pk")


def visible_likenesses(scope: Scope) -> QuerySet[Likeness]:
    """Open pairs of which both people are in scope, the likeliest first."""
    rows = Likeness.objects.filter(state=Likeness.State.OPEN, first__merged_into=None, second__merged_into=None)
    if not scope.everywhere:
        inside = Person.objects.filter(scope.filter()).values("pk")
        rows = rows.filter(first__in=inside, second__in=inside)
    return rows.select_related(
        "first", "second", "first__residence", "second__residence", "first__present", "second__present"
    ).order_by("-score", "pk")


def visible_merges(scope: Scope) -> QuerySet[Merge]:
    """Merges whose kept person is in scope, newest first."""
    rows = Merge.objects.select_related("kept", "gone", "kept__residence", "kept__present")
    if not scope.everywhere:
        rows = rows.filter(kept__in=Person.objects.filter(scope.filter()).values("pk"))
    return rows.order_by("-at", "-pk")


def find_people_by_ids(person_ids: Sequence[int]) -> dict[int, Person]:
    """People with their places, by number."""
    rows = Person.objects.filter(pk__in=person_ids).select_related("residence", "present")
    return {person.pk: person for person in rows}


def find_all_pairs(scope: Scope) -> Iterator[tuple[int, int, Comparison]]:
    """Every probable pair among the people in scope."""
    people = visible_people(scope).only(*_COMPARED).iterator(chunk_size=5000)
    phones: dict[int, list[str]] = {}
    for person_id, number in Phone.objects.values_list("person_id", "number").iterator():
        phones.setdefault(person_id, []).append(number)
    return find_pairs([(person.pk, facets_of(person, phones.get(person.pk, ()))) for person in people])


_COMPARED = (
    "name", "birth_date", "birth_year", "sex", "cccd", "cmnd", "passport", "insurance_number", "residence_id",
    "present_id", "residence_hamlet", "household_id",
)  # fmt: skip
