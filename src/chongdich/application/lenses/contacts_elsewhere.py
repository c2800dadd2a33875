"""Contacts who live elsewhere, as lists for each district and other province; what the public must know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from chongdich.application.desk import Desk
from chongdich.application.lenses.cases import find_cases
from chongdich.application.lenses.contacts import contact_filter, place_told
from chongdich.core.periods import VIETNAM
from chongdich.domain.contacts.models import Contact, Link, Presence
from chongdich.domain.contacts.queries import OPEN_STATES
from chongdich.domain.contacts.states import CONDITION, GENERATION
from chongdich.registry.organisations.models import Organisation
from chongdich.registry.people.queries import phones_of
from chongdich.registry.places.kinds import Level
from chongdich.registry.places.models import Place, Within

PUBLIC = ("market", "vehicle", "event", "worship", "health", "outdoor", "other", "workplace", "class", "checkpoint")


@dataclass(frozen=True)
class Group:
    """Contacts of one district (`unit`: its committee, that can be written to) or of one other province."""

    key: str  # "place:41", or "outside:Hà Nội"
    name: str
    place_id: int | None
    unit_id: int | None
    contact_ids: tuple[int, ...]
    f1: int
    referred: int  # of these already handed over


def groups_elsewhere(desk: Desk, *, case_id: int | None = None) -> list[Group]:
    """Open contacts who live in another district or province than the cases, most first."""
    desk.require("contacts.read")
    rows = Contact.objects.filter(contact_filter(desk), Q(away=True) | ~Q(outside=""), state__in=OPEN_STATES)
    if case_id is not None:
        rows = rows.filter(pk__in=Link.objects.filter(case=case_id, withdrawn=False).values("contact"))
    found = list(rows.order_by("-rank", "pk").only("pk", "place_id", "outside", "generation", "state"))
    above = _districts({row.place_id for row in found if row.place_id})
    kept: dict[str, list[Contact]] = {}
    for row in found:
        kept.setdefault(_key(row, above), []).append(row)
    groups = [_group(desk, key, rows) for key, rows in kept.items()]
    return sorted(groups, key=lambda group: (-len(group.contact_ids), group.name))


def _districts(places: set[int]) -> dict[int, int]:
    """The district above each commune; the commune itself where there are no districts any more."""
    rows = Within.objects.filter(place__in=places, above__level=Level.DISTRICT).values_list("place_id", "above_id")
    return {place: place for place in places} | dict(rows)


def _key(row: Contact, above: dict[int, int]) -> str:
    return f"outside:{row.outside}" if row.outside or not row.place_id else f"place:{above[row.place_id]}"


def _group(desk: Desk, key: str, rows: list[Contact]) -> Group:
    kind, _, name = key.partition(":")
    place = Place.objects.filter(pk=int(name)).first() if kind == "place" else None
    unit = _committee(desk, place) if place else None
    return Group(
        key, place.full_name if place else name or "Chưa rõ nơi ở", place.pk if place else None, unit,
        tuple(row.pk for row in rows), sum(row.generation == 1 for row in rows),
        sum(row.state == "elsewhere" for row in rows),
    )  # fmt: skip


def _committee(desk: Desk, place: Place) -> int | None:
    alive = Q(since__lte=desk.today) & (Q(until=None) | Q(until__gt=desk.today))
    bodies = Organisation.objects.filter(alive, place=place, kind__in=("ubnd", "bcd"))
    return bodies.order_by("-kind").values_list("pk", flat=True).first()


@dataclass(frozen=True)
class HandedOver:
    """One line of a list for the receiver: everything needed to reach and follow the person, nothing more."""

    contact_id: int
    name: str
    born: str
    sex: str
    phone: str
    address: str
    generation: str
    cases: str
    exposure: str
    last_exposure: str
    follow_until: str


HEADER = ("Họ và tên", "Năm sinh", "Giới tính", "Điện thoại", "Địa chỉ", "F1/F2", "Ca bệnh liên quan",
          "Nơi, thời gian tiếp xúc", "Tiếp xúc lần cuối", "Theo dõi đến ngày")  # fmt: skip


def lines_to_hand_over(desk: Desk, contact_ids: Iterable[int]) -> list[HandedOver]:
    """The lines of a list, by rank; personal data: only for who may refer, and the referral is in the ledger."""
    desk.require("contacts.refer")
    rows = Contact.objects.filter(contact_filter(desk, "contacts.refer"), pk__in=list(contact_ids))
    people = list(rows.select_related("person", "person__residence", "person__present").order_by("-rank", "pk"))
    phones = phones_of(row.person_id for row in people)
    links: dict[int, list[Link]] = {}
    for link in Link.objects.filter(contact__in=[row.pk for row in people], withdrawn=False).select_related(
        "case", "venue", "venue__place"
    ):
        links.setdefault(link.contact_id, []).append(link)
    above = _names_above({row.person.present_id or row.person.residence_id or 0 for row in people})
    return [_line(row, phones.get(row.person_id, []), links.get(row.pk, []), above) for row in people]


def _names_above(places: set[int]) -> dict[int, str]:
    """ "xã Phúc Lộc, huyện Ba Bể" for each place."""
    rows = Within.objects.filter(place__in=places, distance=1).order_by("since")
    return {place: f"{name}, {above}" for place, name, above in rows.values_list(
        "place_id", "place__full_name", "above__full_name")}  # fmt: skip


def _line(row: Contact, phones: list[str], links: list[Link], above: dict[int, str]) -> HandedOver:
    who = row.person
    codes = dict.fromkeys(link.case.code or f"ca {link.case.pk}" for link in links if link.case)
    met = "; ".join(
        dict.fromkeys(f"{place_told(link)} {_hours(link.first_at, link.last_at)}".strip() for link in links)
    )
    where = (who.present_hamlet or who.residence_hamlet, who.present_address or who.residence_address,
             above.get(who.present_id or who.residence_id or 0, ""))  # fmt: skip
    return HandedOver(
        row.pk, who.name, str(who.birth_date.year if who.birth_date else who.birth_year or ""), who.get_sex_display(),
        ", ".join(phones), ", ".join(part for part in where if part), GENERATION[row.generation], ", ".join(codes),
        f"{met} ({CONDITION.get(row.category, '')})" if row.category else met,
        f"{row.last_exposure.astimezone(VIETNAM):%d/%m/%Y}" if row.last_exposure else "",
        f"{row.follow_until:%d/%m/%Y}" if row.follow_until else "",
    )  # fmt: skip


def _hours(first: datetime | None, last: datetime | None) -> str:
    if first is None or last is None:
        return ""
    begin, end = first.astimezone(VIETNAM), last.astimezone(VIETNAM)
    if begin.date() == end.date():
        return f"{begin:%H:%M}–{end:%H:%M} ngày {begin:%d/%m/%Y}"
    return f"từ {begin:%H:%M %d/%m/%Y} đến {end:%H:%M %d/%m/%Y}"


@dataclass(frozen=True)
class PublicPlace:
    """A venue where cases were while they could infect: no name, no case number; times Vietnam's, in words."""

    venue_id: int
    what: str
    times: tuple[str, ...]


def places_to_tell(desk: Desk, *, case_ids: Iterable[int]) -> list[PublicPlace]:
    """Public places and vehicles of cases of one's area, inside their infectious windows; homes are left out."""
    desk.require("contacts.read")
    from chongdich.domain.contacts.models import TracedCase

    cases = find_cases(desk).filter(pk__in=list(case_ids)).values("pk")
    windows = TracedCase.objects.filter(case__in=cases).exclude(since=None).select_related("case")
    found: dict[int, list[str]] = {}
    told: dict[int, str] = {}
    for one in windows:
        stays = Presence.objects.filter(
            person=one.case.person_id, superseded=False, venue__kind__in=PUBLIC, since__lte=one.until,
            until__gte=one.since,
        ).select_related("venue", "venue__place").order_by("since")  # fmt: skip
        for stay in stays:
            begin, end = max(stay.since, one.since or stay.since), min(stay.until, one.until or stay.until)
            found.setdefault(stay.venue_id, []).append(_hours(begin, end))
            told[stay.venue_id] = place_told(Link(venue=stay.venue))
    return [PublicPlace(key, told[key], tuple(dict.fromkeys(times))) for key, times in found.items()]
