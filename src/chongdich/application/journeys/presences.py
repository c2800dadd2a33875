"""Who was where comes in: from interviews, lists, checkpoints, files and phones. Households follow by themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np
from django.db import transaction
from django.db.models import Model

from chongdich.application.desk import Desk
from chongdich.application.lenses.people import scope_of
from chongdich.application.tracing import keeping
from chongdich.core.errors import Conflict, NotFound, Refused
from chongdich.domain.contacts import presences
from chongdich.domain.contacts.models import Batch, Presence, Venue
from chongdich.domain.contacts.presences import NewPresence, NewVenue
from chongdich.kernels.tracing.proximity.encounters import Hearing, encounters
from chongdich.registry import vault
from chongdich.registry.people.models import Person
from chongdich.registry.people.queries import visible_people


@dataclass(frozen=True, kw_only=True)
class Stay:
    """One line of a list: who (registry's identifier), from when to when, aware; the seat or bed when there is one."""

    person: UUID
    since: datetime
    until: datetime
    seat: str = ""
    masked: bool | None = None


# Kinds of list, and the source that their rows carry.
LISTS = {"class": "list", "shift": "list", "ward": "ward", "room": "ward", "manifest": "manifest"}
VENUE_OF = {"class": "class", "shift": "workplace", "ward": "health", "room": "quarantine", "manifest": "vehicle"}


def record_list(desk: Desk, *, kind: str, venue: NewVenue, stays: Sequence[Stay]) -> list[Presence]:
    """A class, shift, ward, quarantine room or passenger manifest: everybody on it was at the venue.

    `kind` is a key of `LISTS`; the venue is found by its name and place or written. All rows or none.
    """
    desk.require("presences.write")
    if kind not in LISTS:
        raise Refused("Chưa rõ loại danh sách.", "kind")
    if not stays:
        raise Refused("Danh sách chưa có người nào.", "stays")
    row = presences.find_or_add_venues([venue], desk.author)[0]
    return _record(desk, row, stays, source=LISTS[kind], origin=f"list:{kind}:{row.pk}", number=row.pk)


def record_check_ins(desk: Desk, *, venue: NewVenue, passed: Mapping[UUID, datetime], by_qr: bool = False) -> int:
    """People who passed a checkpoint or scanned a code at a moment; how many rows were written."""
    desk.require("presences.write")
    row = presences.find_or_add_venues([venue], desk.author)[0]
    stays = [Stay(person=uid, since=at, until=at) for uid, at in passed.items()]
    source = "qr" if by_qr else "checkpoint"
    return len(_record(desk, row, stays, source=source, origin=f"{source}:{row.pk}", number=row.pk))


def _record(
    desk: Desk, venue: Venue, stays: Sequence[Stay], *, source: str, origin: str, number: int
) -> list[Presence]:
    people = _people(desk, {stay.person for stay in stays})
    new = [
        NewPresence(
            person_id=people[stay.person], venue_id=venue.pk, since=stay.since, until=stay.until, seat=stay.seat,
            masked=stay.masked,
        )
        for stay in stays
    ]  # fmt: skip
    return presences.record_presences(
        new=new, source=source, origin=origin, by=desk.author, about=[f"venue:{venue.pk}"], number=number
    )


def _people(desk: Desk, uids: Iterable[UUID]) -> dict[UUID, int]:
    wanted = set(uids)
    rows = visible_people(scope_of(desk, "presences.write")).filter(uid__in=wanted)
    found: dict[UUID, int] = dict(rows.values_list("uid", "pk"))
    missing = next(iter(wanted - set(found)), None)
    if missing:
        raise NotFound(f"Không có người {missing} trên địa bàn của bạn.", "person")
    return found


def correct_presence(
    desk: Desk, *, presence_id: int, since: datetime, until: datetime, masked: bool | None = None
) -> Presence:
    """Other times for one stay; the earlier row stays and counts no longer."""
    desk.require("presences.write")
    old = _own(desk, presence_id)
    new = NewPresence(
        person_id=old.person_id, venue_id=old.venue_id, since=since, until=until, certainty=old.certainty,
        masked=masked, seat=old.seat,
    )  # fmt: skip
    return presences.correct_presence(presence_id=old.pk, new=new, by=desk.author)


def withdraw_presences(desk: Desk, *, presence_ids: Sequence[int]) -> int:
    """These stays never were; what was traced from them is looked at again."""
    desk.require("presences.write")
    rows = [_own(desk, one) for one in presence_ids]
    return presences.withdraw_presences(presence_ids=[row.pk for row in rows], by=desk.author)


def _own(desk: Desk, presence_id: int) -> Presence:
    people = visible_people(scope_of(desk, "presences.write"))
    row = Presence.objects.filter(pk=presence_id, person__in=people).first()
    if row is None:
        raise NotFound("Không tìm thấy lần có mặt này.")
    return row


def describe_venue(
    desk: Desk, *, venue_id: int, closed: bool, distance_m: float | None = None, lag_minutes: int = 0
) -> Venue:
    """How near people are at a venue: one closed space, usual distance in metres, minutes air is shared afterwards."""
    desk.require("contacts.trace")
    return presences.describe_venue(
        venue_id=venue_id, closed=closed, distance_m=distance_m, lag_minutes=lag_minutes, by=desk.author
    )


MOST_BYTES = 1 << 30


def import_presences(
    desk: Desk, *, name: str, data: bytes, columns: dict[str, str] | None = None, source: str = "import"
) -> Batch:
    """Keep a Parquet or CSV file of presences; its rows reach the store next, and whoever they touch is traced anew.

    Columns person, place (numbers of people and venues here), begins, ends (timestamps, Vietnam's where no zone is
    said), optionally certainty (0-100) and mask (-1, 0, 1); `columns` maps ours to the file's. Whole or not at all: a
    row that cannot be, or a person or venue that is not here, refuses the file and names the first one.
    """
    desk.require("presences.write")
    if not desk.actor.bounds("presences.write").everywhere:
        desk.require("contacts.trace")
    if len(data) > MOST_BYTES:
        raise Refused(f"Tệp lớn hơn {MOST_BYTES >> 30} GB; hãy tách thành nhiều tệp.", "file")
    sha256 = vault.keep(data)
    if Batch.objects.filter(sha256=sha256, withdrawn=False).exists():
        raise Conflict("Tệp này đã được nhập.", "file")
    batch = Batch(name=name, sha256=sha256, columns=columns or {}, source=source)
    count, first, last = _look_through(batch)
    return presences.receive_batch(
        name=name, sha256=sha256, source=source, columns=columns or {}, count=count, since=keeping.moment(first),
        until=keeping.moment(last), by=desk.author,
    )  # fmt: skip


def _look_through(batch: Batch) -> tuple[int, int, int]:
    """(rows, first and last second); Refused when a person or venue is not here."""
    count, first, last = 0, 2**31, -(2**31)
    people, places = _numbers(Person), _numbers(Venue)
    for part in keeping.read_batch(batch):
        _refuse_strangers(part.person, people, "người")
        _refuse_strangers(part.place, places, "nơi có mặt")
        count += len(part)
        first, last = min(first, int(part.start.min())), max(last, int(part.end.max()))
    if not count:
        raise Refused("Tệp không có dòng nào.", "file")
    return count, first, last


def _numbers(model: type[Model]) -> np.ndarray:
    return np.fromiter(model._default_manager.values_list("pk", flat=True).order_by("pk").iterator(10_000), np.int64)


def _refuse_strangers(found: np.ndarray, known: np.ndarray, what: str) -> None:
    strange = found[~np.isin(found, known)]
    if len(strange):
        raise Refused(f"Không có {what} số {int(strange[0])} trong hệ thống ({len(strange)} dòng).", "file")


# (weaker than so many dB, class): the usual bounds of phones' exposure notification; then the metres of each class.
WEAKENING = ((55.0, 1), (73.0, 3), (float("inf"), 2))
METRES = {1: 2.0, 2: 3.0, 3: None}


@transaction.atomic
def import_encounters(desk: Desk, *, hearings: Sequence[tuple[UUID, UUID, datetime, float | None]]) -> int:
    """Encounters of phones (one, other, moment, weakening in dB or None): how many, each at a venue of its own.

    Hearings of a pair less than ten minutes apart are one encounter. Weakening below 55 dB counts as within 2 m, below
    73 as not known, above as farther.
    """
    desk.require("presences.write")
    people = _people(desk, {uid for one, other, _, _ in hearings for uid in (one, other)})
    heard = [Hearing(people[one], people[other], keeping.seconds(at), weak) for one, other, at, weak in hearings]
    found = encounters(heard, first_place=0, gap=600, classes=WEAKENING, unknown_class=3)
    new = [
        NewVenue(kind="encounter", name=f"Gần nhau {at}.{keeping.seconds(desk.at)}")
        for at in range(len(found.distance))
    ]
    venues = presences.find_or_add_venues(new, desk.author)
    for at, venue in enumerate(venues):
        venue.distance_m = METRES[found.distance[at]]
    Venue.objects.bulk_update(venues, ["distance_m"], batch_size=500)
    rows = found.presences
    told = [
        NewPresence(person_id=person, venue_id=venues[place].pk, since=keeping.moment(start), until=keeping.moment(end))
        for person, place, start, end in zip(
            rows.person.tolist(), rows.place.tolist(), rows.start.tolist(), rows.end.tolist()
        )
    ]  # fmt: skip
    presences.record_presences(new=told, source="proximity", origin="proximity", by=desk.author)
    return len(venues)
