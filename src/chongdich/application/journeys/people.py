"""Write about people: enter, correct, open with a purpose, merge, undo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from chongdich.application.desk import Desk
from chongdich.application.lenses.people import scope_of
from chongdich.core.errors import NotFound
from chongdich.registry.people import operations, queries
from chongdich.registry.people.models import Household, Likeness, Merge, Opening, Person
from chongdich.registry.people.rules import Comparison, Doubt, Entry, Facets, phone_number, read_entry


@dataclass(frozen=True)
class Registered:
    """A person written, or (`person` None) why somebody should look first: who is alike, what is doubtful."""

    person: Person | None
    alike: list[tuple[Person, Comparison]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def register_person(desk: Desk, *, raw: Mapping[str, Any], sure: bool = False, uid: UUID | None = None) -> Registered:
    """Enter one person as typed (`rules.read_entry`). Unless `sure`, nothing is written while anybody is alike.

    Raises the first Refused of the entry; use `check_entry` to have them all.
    """
    desk.require("people.write")
    entry = read_entry(raw, desk.today)
    _insist(entry)
    alike = queries.find_alike(facets_of_entry(entry))
    if not sure and (alike or entry.doubts):
        return Registered(None, alike, entry.doubts)
    person = operations.register_person(entry=entry, by=desk.author, uid=uid)
    _note(desk, person, alike)
    return Registered(person, alike, entry.doubts)


def check_entry(desk: Desk, *, raw: Mapping[str, Any]) -> Entry:
    """What is wrong or doubtful in an entry, without writing it."""
    desk.require("people.write")
    return read_entry(raw, desk.today)


def _insist(entry: Entry) -> None:
    if entry.refusals:
        raise entry.refusals[0]


def facets_of_entry(entry: Entry) -> Facets:
    """An entry as it is compared with those who are there."""
    values = entry.values
    return Facets(
        name=values.get("name", ""), birth_date=values.get("birth_date"), birth_year=values.get("birth_year"),
        sex=values.get("sex", ""), cccd=values.get("cccd", ""), cmnd=values.get("cmnd", ""),
        passport=values.get("passport", ""), insurance_number=values.get("insurance_number", ""),
        phones=frozenset(entry.phones or ()), residence=values.get("residence_id"), present=values.get("present_id"),
        hamlet=values.get("residence_hamlet", ""),
    )  # fmt: skip


def _note(desk: Desk, person: Person, alike: Sequence[tuple[Person, Comparison]]) -> None:
    pairs = [(person.pk, other.pk, comparison) for other, comparison in alike if other.pk != person.pk]
    operations.note_likenesses(pairs=pairs, by=desk.author)


def correct_person(desk: Desk, *, uid: UUID, version: int, raw: Mapping[str, Any]) -> Person:
    """Write the fields that `raw` names over those of a person in scope; Conflict when somebody was first."""
    desk.require("people.write")
    known = queries.get_person(uid, scope_of(desk, "people.write"))
    entry = read_entry(raw, desk.today)
    person = operations.correct_person(person_id=known.pk, version=version, entry=entry, by=desk.author)
    phones = queries.phones_of([person.pk]).get(person.pk, [])
    _note(desk, person, queries.find_alike(queries.facets_of(person, phones), but=person.pk))
    return person


def record_phone(desk: Desk, *, uid: UUID, number: str, owner: str = "") -> None:
    """Add a telephone number to a person in scope."""
    desk.require("people.write")
    person = queries.get_person(uid, scope_of(desk, "people.write"))
    operations.record_phone(person_id=person.pk, number=phone_number(number), owner=owner, by=desk.author)


def set_household(desk: Desk, *, uids: Sequence[UUID], household_id: int | None = None) -> Household:
    """Put people in scope into one household; the first is its head when it is new."""
    desk.require("people.write")
    scope = scope_of(desk, "people.write")
    people = [queries.get_person(uid, scope).pk for uid in uids]
    head = None if household_id else people[0]
    return operations.set_household(person_ids=people, household_id=household_id, head_id=head, by=desk.author)


def open_record(desk: Desk, *, uid: UUID, purpose: str, reason: str = "") -> Opening:
    """Open a full record for an hour; who, whose, when and what for stay in the log."""
    desk.require("people.open")
    person = queries.get_person(uid, scope_of(desk, "people.open"))
    return operations.open_record(person_id=person.pk, purpose=purpose, reason=reason, by=desk.author)


def open_pair(desk: Desk, *, likeness_id: int) -> Likeness:
    """Open both records of a pair to compare them: two lines in the log."""
    desk.require("people.merge")
    pair = _pair(desk, likeness_id)
    for person_id in (pair.first_id, pair.second_id):
        operations.open_record(person_id=person_id, purpose="records", reason="So sánh hồ sơ trùng", by=desk.author)
    return pair


def _pair(desk: Desk, likeness_id: int) -> Likeness:
    found = queries.visible_likenesses(scope_of(desk, "people.merge")).filter(pk=likeness_id).first()
    if found is None:
        raise NotFound("Cặp này không còn trong danh sách chờ.")
    return found


def merge_people(desk: Desk, *, kept: UUID, gone: UUID, take: tuple[str, ...] = ()) -> Merge:
    """Merge one person in scope into another; `take` names fields taken from the row that goes."""
    desk.require("people.merge")
    scope = scope_of(desk, "people.merge")
    one, other = queries.get_person(kept, scope), queries.get_person(gone, scope)
    return operations.merge_people(kept_id=one.pk, gone_id=other.pk, take=take, by=desk.author)


def undo_merge(desk: Desk, *, merge_id: int) -> Merge:
    """Undo a merge in scope."""
    desk.require("people.merge")
    if not queries.visible_merges(scope_of(desk, "people.merge")).filter(pk=merge_id).exists():
        raise NotFound("Không tìm thấy lần gộp này.")
    return operations.undo_merge(merge_id=merge_id, by=desk.author)


def say_distinct(desk: Desk, *, likeness_id: int) -> None:
    """These two are not one person."""
    desk.require("people.merge")
    pair = _pair(desk, likeness_id)
    operations.say_distinct(likeness_id=pair.pk, by=desk.author)


def look_for_duplicates(desk: Desk) -> int:
    """Compare everybody in scope with everybody; how many new pairs. Minutes for a province: a job's work."""
    desk.require("people.merge")
    return operations.note_likenesses(pairs=queries.find_all_pairs(scope_of(desk, "people.merge")), by=desk.author)
