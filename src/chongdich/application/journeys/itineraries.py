"""A finished interview becomes presences: the patient's stays, and a meeting with everybody the patient named."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from chongdich.application.desk import Desk
from chongdich.application.journeys.people import facets_of_entry
from chongdich.core.periods import VIETNAM, vietnam_day
from chongdich.core.vietnamese import squeeze
from chongdich.domain.cases.facts import InterviewFinished
from chongdich.domain.cases.interviews import NamedContact, ToldStay, contacts_of, stays_of
from chongdich.domain.cases.models import Case, Interview
from chongdich.domain.contacts.models import Presence
from chongdich.domain.contacts.presences import (
    NewPresence,
    NewVenue,
    announce,
    find_or_add_venues,
    record_presences,
)
from chongdich.registry.ledger.operations import Author
from chongdich.registry.people import operations, queries
from chongdich.registry.people.models import Person
from chongdich.registry.people.rules import Entry, folded_name, read_entry

# Kind of place in an interview -> kind of venue.
VENUE = {"home": "household", "market": "market", "school": "class", "work": "workplace", "party": "event",
         "health": "health", "vehicle": "vehicle", "worship": "worship", "other": "other"}  # fmt: skip
NOON = time(12)
SURE, UNSURE = 1.0, 0.6
UNKNOWN = "Chưa rõ tên"


def take_interview(desk: Desk, fact: InterviewFinished) -> None:
    """Write what an interview told; told anew, it takes the place of what it told before."""
    desk.require("system.act")
    interview = Interview.objects.select_related("case", "case__person").filter(pk=fact.interview_id).first()
    if interview is None or interview.finished_at is None:
        return
    by, origin = _author(interview, desk), f"interview:{interview.pk}"
    old = Presence.objects.filter(origin=origin, superseded=False)
    before = list(old)
    old.update(superseded=True)
    new = [*_stays(desk, interview, by), *_meetings(desk, interview, by)]
    if new:
        record_presences(
            new=new, source="interview", origin=origin, by=by, about=[f"case:{fact.case_id}"], number=interview.pk
        )
    else:
        announce(before, by, about=[f"case:{fact.case_id}"], number=interview.pk)


def _author(interview: Interview, desk: Desk) -> Author:
    return replace(desk.author, account_id=interview.by, unit_id=interview.case.unit_id)


def _stays(desk: Desk, interview: Interview, by: Author) -> list[NewPresence]:
    """Stays at home are known by the household."""
    told = [stay for stay in stays_of(interview.content) if stay.place and stay.since <= desk.at]
    told = [stay for stay in told if stay.kind != "home" or interview.case.person.household_id is None]
    venues = find_or_add_venues([_venue(stay, interview.case) for stay in told], by)
    return [
        NewPresence(
            person_id=interview.case.person_id, venue_id=venue.pk, since=stay.since, until=min(stay.until, desk.at),
            certainty=SURE if stay.sure else UNSURE, masked=stay.masked, seat=stay.seat,
        )
        for stay, venue in zip(told, venues)
    ]  # fmt: skip


def _venue(stay: ToldStay, case: Case) -> NewVenue:
    """A vehicle is one on one trip and day; any other place is the same every day."""
    place = stay.commune_id or case.place_id
    if stay.kind == "vehicle" or stay.plate:
        name = squeeze(f"{stay.trip or stay.place} {vietnam_day(stay.since):%d/%m/%Y}")
        return NewVenue(kind="vehicle", name=name, plate=stay.plate)
    name = f"{stay.place} · {case.person_id}" if stay.kind == "home" else stay.place  # "ở nhà" is everybody's own
    return NewVenue(kind=VENUE.get(stay.kind, "other"), name=name, place_id=place)


def _meetings(desk: Desk, interview: Interview, by: Author) -> list[NewPresence]:
    """Patient and person named, at a venue of their own, on the day they last met."""
    found: list[NewPresence] = []
    for at, named in enumerate(contacts_of(interview.content), 1):
        person_id = _person(desk, named, interview.case, by)
        if person_id == interview.case.person_id:
            continue
        name = f"Gặp riêng {interview.pk}.{at}"
        venue = find_or_add_venues([NewVenue(kind="encounter", name=name, place_id=interview.case.place_id)], by)[0]
        since, until = _when(named, interview.case, desk.at)
        masked = named.masked if named.minutes is not None else None  # without minutes no minimum can be asked for
        found += [
            NewPresence(person_id=who, venue_id=venue.pk, since=since, until=until, masked=masked,
                        certainty=SURE if named.last_met else UNSURE)
            for who in (interview.case.person_id, person_id)
        ]  # fmt: skip
    return found


def _when(named: NamedContact, case: Case, at: datetime) -> tuple[datetime, datetime]:
    """Noon of the day told, or earlier when the patient was isolated or the day is not over; the minutes told."""
    last = min(case.isolated_at or at, at)  # isolation may be written down ahead: today, at noon
    day = named.last_met or vietnam_day(last)
    length = timedelta(minutes=named.minutes or 0)
    begin = min(datetime.combine(day, NOON, VIETNAM), last - length)
    return begin, begin + length


def _person(desk: Desk, named: NamedContact, case: Case, by: Author) -> int:
    """Somebody the registry knows by more than the name, or of the patient's own household; else somebody new."""
    own = _met_before(named, case)
    if own:
        return own
    entry = _entry(desk, named, case)
    alike = queries.find_alike(facets_of_entry(entry), but=case.person_id)
    sure = [person for person, comparison in alike if "phone" in comparison.agreeing]
    if len(sure) == 1:
        return sure[0].pk
    return operations.register_person(entry=entry, by=by).pk


def _entry(desk: Desk, named: NamedContact, case: Case) -> Entry:
    """What was told, as the registry takes it; a telephone or a name it cannot take stays in the note."""
    raw: dict[str, Any] = {"name": named.name, "residence_hamlet": named.place}
    if named.relation in ("household", "neighbour") or not named.place:
        raw |= {"residence_id": case.person.residence_id, "residence_hamlet": named.place}
    entry = read_entry({**raw, "phone": named.phone} if named.phone else raw, desk.today)
    if not entry.refusals:
        return entry
    told = f"Như được khai: {named.name}, {named.phone}"
    entry = read_entry({**raw, "note": told}, desk.today)
    return entry if not entry.refusals else read_entry({**raw, "name": UNKNOWN, "note": told}, desk.today)


def _met_before(named: NamedContact, case: Case) -> int | None:
    """Of the patient's household, or named by the patient in an earlier interview."""
    name, home = folded_name(named.name), case.person.household
    told = Presence.objects.filter(person=case.person_id, venue__kind="encounter").values("venue")
    known = Person.objects.filter(pk__in=Presence.objects.filter(venue__in=told).values("person"))
    people = (known | home.members.all()) if home else known
    rows = set(people.filter(name_folded=name).exclude(pk=case.person_id).values_list("pk", flat=True))
    return rows.pop() if len(rows) == 1 else None
