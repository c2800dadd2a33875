"""New people, corrections, telephones, households."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from chongdich.core.errors import Conflict, NotFound
from chongdich.core.identifiers import uuid7
from chongdich.registry.ledger.operations import Author, record
from chongdich.registry.people import facts
from chongdich.registry.people.models import Household, Person, Phone
from chongdich.registry.people.queries import with_number
from chongdich.registry.people.rules import Entry

LOT = 500


@transaction.atomic
def register_person(*, entry: Entry, by: Author, uid: UUID | None = None) -> Person:
    """Write one new person. Raises the entry's first refusal; Conflict when the citizen number is another's.

    A `uid` made elsewhere (on a phone without a network) that is already there gives that person again.
    """
    known = Person.objects.filter(uid=uid).first() if uid else None
    if known:
        return known
    _insist(entry)
    _refuse_taken(entry.values.get("cccd", ""))
    person = _new(entry, uid, by)
    person.save(force_insert=True)
    _add_phones(person.pk, entry.phones or (), by)
    record(facts.PersonRegistered(person_id=person.pk), by=by, about=[f"person:{person.pk}"])
    return person


@transaction.atomic
def register_people(*, entries: Sequence[Entry], by: Author) -> list[Person]:
    """Write many new people as one fact. The caller has already matched them against those who are there."""
    for entry in entries:
        _insist(entry)
    people = Person.objects.bulk_create([_new(entry, None, by) for entry in entries], batch_size=LOT)
    phones = [
        Phone(person=person, number=number, created_at=by.at)
        for person, entry in zip(people, entries)
        for number in entry.phones or ()
    ]
    Phone.objects.bulk_create(phones, batch_size=LOT)
    if people:
        numbers = tuple(person.pk for person in people)
        record(facts.PeopleRegistered(person_ids=numbers), by=by, about=[f"person:{number}" for number in numbers])
    return people


def _insist(entry: Entry) -> None:
    if entry.refusals:
        raise entry.refusals[0]


def _refuse_taken(cccd: str, but: int | None = None) -> None:
    taken = set(with_number("cccd", cccd).filter(merged_into=None).values_list("pk", flat=True)) if cccd else set()
    if taken - {but}:
        raise Conflict("Đã có người mang số CCCD này; hãy mở hồ sơ đang có thay vì thêm mới.", "cccd")


def _new(entry: Entry, uid: UUID | None, by: Author) -> Person:
    own = uid or uuid7(by.at, by.entropy(10))
    return Person(
        uid=own, created_at=by.at, created_by=by.account_id, created_for_id=by.unit_id, **_whole(entry.values)
    )


def _whole(values: dict[str, Any]) -> dict[str, Any]:
    """The present address is the residence as long as nobody says otherwise."""
    if values.get("present_id") or not values.get("residence_id"):
        return values
    return {
        **values,
        "present_id": values["residence_id"],
        "present_hamlet": values.get("present_hamlet") or values.get("residence_hamlet", ""),
        "present_address": values.get("present_address") or values.get("residence_address", ""),
    }


def _add_phones(person_id: int, numbers: Iterable[str], by: Author, owner: str = "") -> None:
    rows = [Phone(person_id=person_id, number=number, owner=owner, created_at=by.at) for number in numbers]
    Phone.objects.bulk_create(rows, ignore_conflicts=True)


def locked_person(person_id: int, version: int | None = None) -> Person:
    """The row, locked, as the caller last saw it. Conflict when it changed since, or was merged."""
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotFound("Không tìm thấy người này.")
    if person.merged_into_id:
        raise Conflict("Hồ sơ này đã được gộp vào hồ sơ khác.")
    if version is not None and person.version != version:
        raise Conflict("Hồ sơ đã được người khác sửa trong lúc bạn làm; hãy mở lại để xem bản mới.")
    return person


@transaction.atomic
def correct_person(*, person_id: int, version: int, entry: Entry, by: Author) -> Person:
    """Write the fields that the entry names; its telephones take the place of the earlier ones when it names them."""
    _insist(entry)
    person = locked_person(person_id, version)
    _refuse_taken(entry.values.get("cccd", ""), but=person.pk)
    for name, value in entry.values.items():
        setattr(person, name, value)
    person.version += 1
    person.save()
    if entry.phones is not None:
        person.phones.exclude(number__in=entry.phones).delete()
        _add_phones(person.pk, entry.phones, by)
    fact = facts.PersonCorrected(person_id=person.pk, version=person.version)
    record(fact, by=by, about=[f"person:{person.pk}"])
    return person


@transaction.atomic
def record_phone(*, person_id: int, number: str, owner: str = "", by: Author) -> None:
    """Add a normalised number; one that is there already stays as it is."""
    person = locked_person(person_id)
    _add_phones(person.pk, [number], by, owner)
    _touch(person, by)


@transaction.atomic
def remove_phone(*, person_id: int, number: str, by: Author) -> None:
    """Take a number away."""
    person = locked_person(person_id)
    person.phones.filter(number=number).delete()
    _touch(person, by)


@transaction.atomic
def set_household(
    *, person_ids: Sequence[int], household_id: int | None = None, head_id: int | None = None, by: Author
) -> Household:
    """Put people into a household, a new one at the first person's address unless one is named."""
    people = [locked_person(person_id) for person_id in sorted(set(person_ids))]
    household = Household.objects.filter(pk=household_id).first() if household_id else _new_household(people[0], by)
    if household is None:
        raise NotFound("Không tìm thấy hộ này.")
    if head_id is not None:
        household.head_id = head_id
        household.save(update_fields=["head"])
    for person in people:
        person.household = household
        _touch(person, by)
    return household


def _new_household(person: Person, by: Author) -> Household:
    return Household.objects.create(
        uid=uuid7(by.at, by.entropy(10)), place_id=person.residence_id, hamlet=person.residence_hamlet,
        address=person.residence_address, created_at=by.at, created_by=by.account_id,
    )  # fmt: skip


def _touch(person: Person, by: Author) -> None:
    person.version += 1
    person.save(update_fields=["version", "household"])
    fact = facts.PersonCorrected(person_id=person.pk, version=person.version)
    record(fact, by=by, about=[f"person:{person.pk}"])
