"""A pasted list of people who were together: each line is somebody known, somebody new, or somebody to be decided."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from chongdich.application.desk import Desk
from chongdich.application.journeys.people import facets_of_entry, register_person, set_household
from chongdich.application.journeys.presences import Stay, record_list
from chongdich.application.lenses.people import scope_of
from chongdich.core.errors import Refused
from chongdich.domain.contacts.facts import PresencesRecorded
from chongdich.domain.contacts.models import Presence
from chongdich.domain.contacts.presences import NewVenue
from chongdich.registry.ledger.operations import record
from chongdich.registry.people import queries
from chongdich.registry.people.models import Person
from chongdich.registry.people.rules import Comparison, read_entry

MOST = 300  # lines of one list
HOUSEHOLD = "household"
RECENT = timedelta(days=28)  # whoever fell ill since then is traced anew when a household is written
NEW = "new"
_FIELDS = ("name", "birth", "phone", "seat")


@dataclass(frozen=True)
class Line:
    """One line and what is to become of it: a person, a new one (`person` None, no `alike`), or a choice."""

    number: int
    text: str
    raw: Mapping[str, str]
    person: Person | None = None
    alike: tuple[tuple[Person, Comparison], ...] = ()
    problem: str = ""

    @property
    def settled(self) -> bool:
        return not self.problem and not self.alike


@dataclass(frozen=True)
class Attendance:
    """What became of a list: `written` presences, or nothing while `lines` are not settled."""

    lines: list[Line] = field(default_factory=list)
    written: int = 0
    new_people: int = 0
    venue_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Together:
    """Where and when they were together; moments aware. `kind` is a key of `presences.LISTS`, or a household,
    which has no venue and no hours of its own."""

    kind: str
    venue: NewVenue | None = None
    since: datetime | None = None
    until: datetime | None = None
    masked: bool | None = None
    near: int | None = None  # the commune that these people are probably of: it helps to tell who is who


def record_attendance(desk: Desk, *, together: Together, text: str, choices: Mapping[int, str]) -> Attendance:
    """Write the list whole, or give back its lines when one must be decided or is wrong.

    `choices`: line -> a person's identifier, or `NEW`. The same number of identity or telephone and name decide by
    themselves; a name alone never does.
    """
    desk.require("presences.write")
    lines = [_decided(desk, line, choices.get(line.number, ""), together.near) for line in read_lines(text)]
    if not lines:
        raise Refused("Chưa có người nào trong danh sách.", "people")
    if not all(line.settled for line in lines):
        return Attendance(lines)
    new = sum(line.person is None for line in lines)
    with transaction.atomic():
        people = [line.person or _register(desk, line) for line in lines]
        if together.kind == HOUSEHOLD:
            return Attendance(lines, _record_household(desk, people), new)
        rows = _record_stays(desk, together, people, lines)
    return Attendance(lines, len(rows), new, rows[0].venue_id)


def _record_stays(desk: Desk, together: Together, people: list[Person], lines: list[Line]) -> list[Presence]:
    if together.venue is None or together.since is None or together.until is None:
        raise Refused("Cần tên nơi, ngày và giờ.", "name")
    stays = [
        Stay(person=one.uid, since=together.since, until=together.until, seat=line.raw["seat"], masked=together.masked)
        for one, line in zip(people, lines)
    ]
    return record_list(desk, kind=together.kind, venue=together.venue, stays=_each_once(stays))


def _record_household(desk: Desk, people: list[Person]) -> int:
    """They live together: in the household of the first who has one, else in a new one. Said, so that it is traced."""
    home = next((one.household_id for one in people if one.household_id), None)
    set_household(desk, uids=list(dict.fromkeys(one.uid for one in people)), household_id=home)
    keys = tuple(sorted({one.pk for one in people}))
    fact = PresencesRecorded(origin=0, person_ids=keys, count=0, since=desk.at - RECENT, until=desk.at)
    record(fact, by=desk.author, about=[f"person:{key}" for key in keys])
    return len(keys)


def read_lines(text: str) -> list[Line]:
    """Name; birth; telephone; seat: by tabs or semicolons, in this order. Empty lines and a header fall away."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in re.split(r"[\t;]", line)]
        if not any(cells) or (number == 1 and cells[0].casefold() in ("họ tên", "họ và tên", "tên", "name")):
            continue
        found.append(Line(number, line.strip(), dict(zip(_FIELDS, [*cells, "", "", "", ""]))))
    if len(found) > MOST:
        raise Refused(f"Danh sách có {len(found)} người, mỗi lần nhập tối đa {MOST}.", "people")
    return found


def _decided(desk: Desk, line: Line, choice: str, near: int | None) -> Line:
    entry = read_entry(_entry(line), desk.today)
    if entry.refusals:
        return Line(line.number, line.text, line.raw, problem=entry.refusals[0].message)
    if choice == NEW:
        return line
    alike = tuple(queries.find_alike(replace(facets_of_entry(entry), residence=near)))
    chosen = next((person for person, _ in alike if str(person.uid) == choice), None)
    sure = [person for person, comparison in alike if _certain(comparison)]
    if choice and chosen is None:
        return Line(line.number, line.text, line.raw, problem="Người đã chọn không còn khớp với dòng này; hãy ghi lại.")
    person = chosen or (sure[0] if len(sure) == 1 else None)
    if person and not scope_of(desk, "presences.write").holds(person):
        return Line(line.number, line.text, line.raw, problem="Người này ở ngoài địa bàn của bạn, đã có hồ sơ.")
    return Line(line.number, line.text, line.raw, person, () if person else alike)


def _certain(comparison: Comparison) -> bool:
    return comparison.certain or {"name", "phone"} <= set(comparison.agreeing)


def _entry(line: Line) -> dict[str, Any]:
    return {name: line.raw[name] for name in ("name", "birth", "phone") if line.raw[name] or name == "name"}


def _register(desk: Desk, line: Line) -> Person:
    person = register_person(desk, raw=_entry(line), sure=True).person
    assert person is not None  # nothing holds back an entry that somebody is sure of
    return person


def _each_once(stays: Sequence[Stay]) -> list[Stay]:
    """Somebody who stands on the list twice was there once."""
    kept: dict[UUID, Stay] = {}
    for stay in stays:
        kept.setdefault(stay.person, stay)
    return list(kept.values())
