"""Who was where comes in: from interviews, lists, checkpoints, files and phones. Households follow by themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chongdich.application.desk import Desk
from chongdich.application.lenses.people import scope_of
from chongdich.core.errors import NotFound, Refused
from chongdich.domain.contacts import presences
from chongdich.domain.contacts.models import Presence, Venue
from chongdich.domain.contacts.presences import NewPresence, NewVenue
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
