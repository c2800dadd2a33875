"""Write venues and presences. A presence is only added; a correction supersedes it, and a mistake is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from chongdich.core.errors import Conflict, NotFound, Refused
from chongdich.core.vietnamese import fold_words, squeeze
from chongdich.domain.contacts import facts
from chongdich.domain.contacts.models import Batch, Presence, Venue
from chongdich.domain.contacts.states import SOURCE, USUAL, VENUE_KIND
from chongdich.registry.ledger.operations import Author, record

LOT = 500
LONGEST = timedelta(days=62)  # a stay told longer than this is a slip; a household has no such bound


@dataclass(frozen=True, kw_only=True)
class NewVenue:
    """A venue as it is first written. `closed` and `distance_m` None take what is usual for the kind."""

    kind: str
    name: str
    place_id: int | None = None
    address: str = ""
    plate: str = ""
    household_id: int | None = None
    closed: bool | None = None
    distance_m: float | None = None
    lag_minutes: int = 0


@dataclass(frozen=True, kw_only=True)
class NewPresence:
    """Somebody at a venue; both moments aware, the end may equal the beginning (a check-in)."""

    person_id: int
    venue_id: int
    since: datetime
    until: datetime
    certainty: float = 1.0
    masked: bool | None = None
    seat: str = ""


def find_or_add_venues(new: Sequence[NewVenue], by: Author) -> list[Venue]:
    """The venues of these names (same kind, place, plate and household), written where there is none. In order."""
    found = {_key_of(row): row for row in Venue.objects.filter(search__in={_search(one) for one in new})}
    missing = {_key(one): one for one in new if _key(one) not in found}
    made = Venue.objects.bulk_create([_venue(one, by) for one in missing.values()], batch_size=LOT)
    found |= {_key_of(row): row for row in made}
    return [found[_key(one)] for one in new]


def _search(one: NewVenue) -> str:
    return fold_words(f"{one.name} {one.plate}")[:220]


def _key(one: NewVenue) -> tuple:
    return (one.kind, _search(one), one.place_id, one.household_id)


def _key_of(row: Venue) -> tuple:
    return (row.kind, row.search, row.place_id, row.household_id)


def _venue(one: NewVenue, by: Author) -> Venue:
    if one.kind not in VENUE_KIND or not one.name.strip():
        raise Refused("Nơi có mặt cần có loại và tên.", "venue")
    closed, distance = USUAL[one.kind]
    return Venue(
        kind=one.kind, name=squeeze(one.name)[:200], search=_search(one), place_id=one.place_id,
        address=squeeze(one.address)[:200], plate=squeeze(one.plate)[:20], household_id=one.household_id,
        closed=closed if one.closed is None else one.closed,
        distance_m=distance if one.distance_m is None else one.distance_m, lag_minutes=one.lag_minutes,
        created_at=by.at, by=by.account_id,
    )  # fmt: skip


@transaction.atomic
def describe_venue(*, venue_id: int, closed: bool, distance_m: float | None, lag_minutes: int, by: Author) -> Venue:
    """Say how near people are at a venue; everybody traced there is traced anew."""
    venue = Venue.objects.filter(pk=venue_id).first()
    if venue is None:
        raise NotFound("Không tìm thấy nơi này.")
    if distance_m is not None and not 0 <= distance_m <= 100:
        raise Refused("Khoảng cách phải từ 0 đến 100 m.", "distance_m")
    venue.closed, venue.distance_m, venue.lag_minutes, venue.kept = closed, distance_m, lag_minutes, False
    venue.save()
    span = Presence.objects.filter(venue=venue, superseded=False)
    people = tuple(span.values_list("person_id", flat=True).distinct()[:10_000])
    first, last = span.order_by("since").first(), span.order_by("-until").first()
    fact = facts.PresencesRecorded(
        origin=venue.pk, person_ids=people, count=0, since=first.since if first else None,
        until=last.until if last else None,
    )  # fmt: skip
    record(fact, by=by, about=[f"venue:{venue.pk}"])
    return venue


@transaction.atomic
def record_presences(
    *, new: Sequence[NewPresence], source: str, origin: str, by: Author, about: Sequence[str] = (), number: int = 0
) -> list[Presence]:
    """Add presences in one go, one fact. `origin` says what they came from ("interview:12"), `number` its number.

    Refused, naming the row, for a stay that ends before it begins, lasts beyond belief or lies in the future.
    """
    if source not in SOURCE:
        raise Refused("Chưa rõ nguồn của thông tin có mặt.", "source")
    for at, one in enumerate(new, 1):
        _check(one, by.at, f"dòng {at}", source)
    rows = Presence.objects.bulk_create([_presence(one, source, origin, by) for one in new], batch_size=LOT)
    announce(rows, by, about=about, number=number)
    return rows


def _check(one: NewPresence, at: datetime, where: str, source: str) -> None:
    if one.until < one.since:
        raise Refused("Thời điểm rời đi trước thời điểm đến.", where)
    if source != "household" and one.until - one.since > LONGEST:
        raise Refused(f"Một lần có mặt dài quá {LONGEST.days} ngày.", where)
    if one.since > at:
        raise Refused("Thời điểm đến ở tương lai.", where)
    if not 0 <= one.certainty <= 1:
        raise Refused("Độ chắc chắn phải từ 0 đến 1.", where)


def _presence(one: NewPresence, source: str, origin: str, by: Author) -> Presence:
    return Presence(
        person_id=one.person_id, venue_id=one.venue_id, since=one.since, until=one.until, source=source,
        certainty=one.certainty, masked=one.masked, seat=squeeze(one.seat)[:20], origin=origin[:60],
        recorded_at=by.at, by=by.account_id,
    )  # fmt: skip


def announce(rows: Sequence[Presence], by: Author, about: Sequence[str] = (), number: int = 0) -> None:
    """Say that presences came in or count no longer."""
    if not rows:
        return
    people = tuple(sorted({row.person_id for row in rows}))
    fact = facts.PresencesRecorded(
        origin=number, person_ids=people, count=len(rows), since=min(row.since for row in rows),
        until=max(row.until for row in rows),
    )  # fmt: skip
    record(fact, by=by, about=[*about, *(f"person:{one}" for one in people[:200])])


@transaction.atomic
def correct_presence(*, presence_id: int, new: NewPresence, by: Author) -> Presence:
    """A row in place of an earlier one, which stays and counts no longer."""
    old = _standing(presence_id)
    _check(new, by.at, "until", old.source)
    row = _presence(new, old.source, old.origin, by)
    row.supersedes = old
    row.save()
    Presence.objects.filter(pk=old.pk).update(superseded=True)
    announce([old, row], by)
    return row


@transaction.atomic
def withdraw_presences(*, presence_ids: Sequence[int], by: Author) -> int:
    """These never were; how many stood until now."""
    rows = [row for row in Presence.objects.filter(pk__in=presence_ids) if not row.superseded]
    Presence.objects.filter(pk__in=[row.pk for row in rows]).update(superseded=True)
    announce(rows, by)
    return len(rows)


def _standing(presence_id: int) -> Presence:
    old = Presence.objects.filter(pk=presence_id).first()
    if old is None:
        raise NotFound("Không tìm thấy lần có mặt này.")
    if old.superseded:
        raise Conflict("Dòng này đã được sửa; hãy sửa dòng mới nhất.")
    return old


@transaction.atomic
def receive_batch(
    *, name: str, sha256: str, source: str, columns: dict[str, str], count: int, since: datetime, until: datetime,
    by: Author,
) -> Batch:  # fmt: skip
    """A file of presences was kept; its rows go to the tracing store next."""
    row = Batch.objects.create(
        name=name[:200], sha256=sha256, source=source, columns=columns, unit_id=by.unit_id, count=count, since=since,
        until=until, at=by.at, by=by.account_id,
    )  # fmt: skip
    fact = facts.PresencesRecorded(origin=row.pk, person_ids=(), count=count, since=since, until=until)
    record(fact, by=by, about=[f"presences:{row.pk}"])
    return row
