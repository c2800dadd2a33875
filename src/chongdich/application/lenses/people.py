"""See people: half-hidden, by name where the right is held, whole only after an opening that said what for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet

from chongdich.application.desk import Desk
from chongdich.core.errors import NotAllowed, NotFound
from chongdich.core.vietnamese import fold_words
from chongdich.registry.accounts.models import Account
from chongdich.registry.people import queries
from chongdich.registry.people.models import Likeness, Merge, Opening, Person
from chongdich.registry.people.queries import OPENING_LASTS, Scope
from chongdich.registry.people.rules import Comparison, Facets, compare, pseudonym
from chongdich.registry.people.searching import find_people
from chongdich.registry.places.kinds import Level
from chongdich.registry.places.models import Place, Within

__all__ = ["OPENING_LASTS", "Scope"]


@dataclass(frozen=True)
class Glimpse:
    """A person in a list. `title` is the name, or "N.V.A., 34 t., xã Phúc Lộc" for who may not know it."""

    uid: UUID
    title: str
    detail: str
    named: bool


@dataclass(frozen=True)
class Record:
    """A whole record, open for its reader. `others` are people of the same household."""

    person: Person
    phones: list[str]
    opening: Opening
    others: list[Glimpse] = field(default_factory=list)


@dataclass(frozen=True)
class Pair:
    """Two rows beside each other."""

    likeness: Likeness
    first: Record
    second: Record
    comparison: Comparison


def scope_of(desk: Desk, permission: str = "people.read") -> Scope:
    """Whom the actor may see under a permission: the people of the territories of the units that give it."""
    return desk.territory(permission)


def find_visible_people(desk: Desk) -> QuerySet[Person]:
    """People one may see, without those merged into others; nobody for who lacks the permission."""
    return queries.visible_people(scope_of(desk))


def place_of(person: Person) -> Place | None:
    """Where somebody is, else where somebody resides."""
    return person.present or person.residence


def pseudonym_of(desk: Desk, person: Person) -> str:
    """ "N.V.A., 34 t., xã Phúc Lộc"."""
    place = place_of(person)
    return pseudonym(person.name, person.birth_year, desk.today.year, str(place) if place else "")


def glimpse(desk: Desk, person: Person, *, named: bool, phone: str = "") -> Glimpse:
    """One person as a list shows them."""
    if not named:
        return Glimpse(person.uid, pseudonym_of(desk, person), "", False)
    place = place_of(person)
    born = f"sinh {person.birth_date:%d/%m/%Y}" if person.birth_date else ""
    born = born or (f"sinh {person.birth_year}" if person.birth_year else "")
    parts = [person.get_sex_display(), born, str(place) if place else "", _masked(phone)]
    return Glimpse(person.uid, person.name, ", ".join(part for part in parts if part), True)


def _masked(phone: str) -> str:
    return f"ĐT …{phone[-3:]}" if phone else ""


def glimpses(desk: Desk, people: Iterable[Person]) -> list[Glimpse]:
    """Several, with their telephones' last digits, in two questions."""
    rows = list(people)
    named = desk.may("people.open")
    phones = queries.phones_of(row.pk for row in rows) if named else {}
    return [glimpse(desk, row, named=named, phone=next(iter(phones.get(row.pk, [])), "")) for row in rows]


def find_as_typed(desk: Desk, text: str) -> list[Glimpse]:
    """At most twenty people in scope by name without marks, telephone or number."""
    desk.require("people.read")
    return glimpses(desk, find_people(text, scope_of(desk)))


def see_person(desk: Desk, uid: UUID) -> tuple[Person, Glimpse]:
    """One person half-hidden. NotFound outside the actor's scope."""
    desk.require("people.read")
    person = queries.get_person(uid, scope_of(desk))
    return person, glimpse(desk, person, named=desk.may("people.open"))


def get_record(desk: Desk, uid: UUID) -> Record:
    """The whole record. NotAllowed unless this account opened it, with a purpose, within the hour."""
    desk.require("people.open")
    person = queries.get_person(uid, scope_of(desk, "people.open"))
    opening = queries.find_opening(person.pk, desk.actor.account_id, desk.at)
    if opening is None:
        raise NotAllowed("Hãy mở hồ sơ và nêu mục đích trước khi xem đầy đủ.")
    phones = queries.phones_of([person.pk]).get(person.pk, [])
    return Record(person, phones, opening, _household_of(desk, person))


def _household_of(desk: Desk, person: Person) -> list[Glimpse]:
    if person.household is None:
        return []
    others = person.household.members.exclude(pk=person.pk).filter(merged_into=None)
    return glimpses(desk, others.select_related("residence", "present")[:30])


def find_own_opening(desk: Desk, person: Person) -> Opening | None:
    """The opening under which this account may read the record now."""
    return queries.find_opening(person.pk, desk.actor.account_id, desk.at)


def find_likenesses(desk: Desk) -> QuerySet[Likeness]:
    """The queue of probable duplicates of which both people are in scope."""
    desk.require("people.merge")
    return queries.visible_likenesses(scope_of(desk, "people.merge"))


def get_likeness(desk: Desk, likeness_id: int) -> Likeness:
    """One open pair in scope."""
    found = find_likenesses(desk).filter(pk=likeness_id).first()
    if found is None:
        raise NotFound("Cặp này không còn trong danh sách chờ.")
    return found


def compare_pair(desk: Desk, likeness: Likeness) -> Comparison:
    """How the two rows speak for and against each other now."""
    phones = queries.phones_of([likeness.first_id, likeness.second_id])
    one = queries.facets_of(likeness.first, phones.get(likeness.first_id, ()))
    other = queries.facets_of(likeness.second, phones.get(likeness.second_id, ()))
    return compare(one, other)


def compare_pairs(desk: Desk, pairs: Sequence[Likeness]) -> dict[int, Comparison]:
    """The same for a page of them, in one question."""
    desk.require("people.merge")
    phones = queries.phones_of({one for pair in pairs for one in (pair.first_id, pair.second_id)})

    def facets(person: Person) -> Facets:
        return queries.facets_of(person, phones.get(person.pk, ()))

    return {pair.pk: compare(facets(pair.first), facets(pair.second)) for pair in pairs}


def get_pair(desk: Desk, likeness_id: int) -> Pair:
    """Both rows whole; both must have been opened."""
    likeness = get_likeness(desk, likeness_id)
    first, second = get_record(desk, likeness.first.uid), get_record(desk, likeness.second.uid)
    return Pair(likeness, first, second, compare_pair(desk, likeness))


def find_merges(desk: Desk) -> QuerySet[Merge]:
    """What was merged, newest first."""
    desk.require("people.merge")
    return queries.visible_merges(scope_of(desk, "people.merge"))


def find_openings(desk: Desk) -> QuerySet[Opening]:
    """Who opened whose record and what for: of everybody in scope, or only one's own for who may not watch."""
    if desk.may("people.watch"):
        return queries.visible_openings(_watched(desk))
    desk.require("people.open")
    return queries.visible_openings(Scope(), desk.actor.account_id)


def _watched(desk: Desk) -> Scope:
    return scope_of(desk, "people.watch")


def names_of_accounts(account_ids: Iterable[int | None]) -> dict[int | None, str]:
    """Display names of accounts by number."""
    wanted = {one for one in account_ids if one}
    return {None: "Hệ thống", **dict(Account.objects.filter(pk__in=wanted).values_list("pk", "display_name"))}


def find_communes(desk: Desk) -> list[tuple[int, str]]:
    """(number, "xã Phúc Lộc, huyện Ba Bể") of the communes that exist today, in the order of their names."""
    today = desk.today
    alive = Q(since__lte=today) & (Q(until=None) | Q(until__gt=today))
    rows = Within.objects.filter(alive, distance=1, place__level=Level.COMMUNE, place__valid_from__lte=today)
    rows = rows.filter(Q(place__valid_until=None) | Q(place__valid_until__gt=today))
    found = rows.order_by("place__name", "above__name").values_list("place_id", "place__full_name", "above__full_name")
    return [(place, f"{name}, {above}") for place, name, above in found]


def place_in_address(text: str, communes: Sequence[tuple[int, str]]) -> tuple[int | None, str]:
    """The commune that "Thôn Nà Khao, Phúc Lộc, Ba Bể, Bắc Kạn" names, and what stands before it."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    folded = [_bare(part) for part in parts]
    for place, label in communes:
        commune, _, above = label.partition(", ")
        for at in range(len(parts) - 1):
            if folded[at] == _bare(commune) and folded[at + 1] == _bare(above):
                return place, ", ".join(parts[:at])
    return None, ""


_KINDS = ("thi tran ", "thanh pho ", "phuong ", "huyen ", "tinh ", "xa ", "tp ")


def _bare(name: str) -> str:
    """A place's name folded, without its kind."""
    folded = fold_words(name)
    kind = next((kind for kind in _KINDS if folded.startswith(kind)), "")
    return folded.removeprefix(kind)
