"""Random small towns through the real application, held against plain loops over the tables."""

import random
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median

import pytest

from chongdich.application.journeys import presences, tracing
from chongdich.application.journeys.contacts import record_call, release_due
from chongdich.application.lenses.contacts_figures import by_commune, indicators
from chongdich.core.periods import start_of_day
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.models import Contact, Link, Presence, TracedCase
from chongdich.domain.contacts.nearness import class_of, judge_f1, judge_f2
from chongdich.domain.contacts.presences import NewVenue
from chongdich.registry.people.models import Person
from chongdich.regulations import Law
from tests.journeys.house import House
from tests.journeys.test_confirming import result
from tests.journeys.test_contacts_tracing import home, somebody

ROOMS = (("class", "Lớp 1", None), ("market", "Chợ", 3.0), ("outdoor", "Sân", 1.5))
Pairs = dict[tuple[str, str], float]


def town(house: House, seed: int) -> list[Person]:
    """Nine people, two households, thirty stays at three venues over four days, three of them ill."""
    chance = random.Random(seed)
    people = [somebody(house, f"p{n}") for n in range(9)]
    home(house, *people[:2])
    home(house, *people[2:5])
    for _ in range(30):
        kind, name, metres = chance.choice(ROOMS)
        begin = house.at - timedelta(minutes=chance.randrange(60, 4 * 24 * 60, 30))
        length = timedelta(minutes=chance.choice((0, 10, 30, 90)))
        stay = presences.Stay(person=chance.choice(people).uid, since=begin, until=begin + length,
                              masked=chance.choice((True, False, None)))  # fmt: skip
        venue = NewVenue(kind=kind, name=name, place_id=people[0].residence_id, distance_m=metres)
        presences.record_list(house.desk("cdc.dichte"), kind="class", venue=venue, stays=[stay])
    for one in chance.sample(people, 3):
        result(house, one)
    house.settle()
    return people


def meets(one: Presence, other: Presence) -> tuple[datetime, datetime] | None:
    first, last = max(one.since, other.since), min(one.until, other.until)
    return (first, last) if one.venue_id == other.venue_id and first <= last else None


def plain_f1(house: House) -> Pairs:
    """(contact, case) -> minutes together: every pair of stays looked at, judged by the law's table."""
    law, rows = Law.shipped(), list(Presence.objects.filter(superseded=False).select_related("person", "venue"))
    ill = {case.person_id: case for case in Case.objects.filter(classification="confirmed")}
    spans: dict[tuple[str, str], list[tuple[datetime, datetime]]] = {}
    for one in rows:
        case = ill.get(one.person_id)
        for other in rows:
            met = meets(one, other)
            if case is None or other.person_id in ill or met is None or case.infectious_from is None:
                continue
            first, last = max(met[0], start_of_day(case.infectious_from)), min(met[1], house.at)
            masked = one.masked is True and other.masked is True
            kind = class_of(closed=one.venue.closed, distance_m=one.venue.distance_m)
            minutes = (last - first).total_seconds() / 60
            if (
                first <= last
                and judge_f1(law, case.confirmed_on or date.min, kind, masked=masked, minutes=minutes)["contact"]
            ):
                spans.setdefault((other.person.name, case.person.name), []).append((first, last))
    return {pair: round(covered(found), 1) for pair, found in spans.items()}


def covered(spans: list[tuple[datetime, datetime]]) -> float:
    """Minutes of the time line that lie in a span."""
    edges = sorted({edge for span in spans for edge in span})
    parts = [(a, b) for a, b in pairwise(edges) if any(s <= a and b <= e for s, e in spans)]
    return sum((b - a).total_seconds() for a, b in parts) / 60


def plain_f2(house: House) -> set[str]:
    """Who met an F1 after the F1 first met a case, and is neither case nor F1."""
    law, rows = Law.shipped(), list(Presence.objects.filter(superseded=False).select_related("person", "venue"))
    first: dict[int, datetime] = {}
    direct = Link.objects.filter(through=None, withdrawn=False).exclude(contact__state="converted")
    for link in direct.select_related("contact__person"):
        who = link.contact.person_id
        assert link.first_at
        first[who] = min(first.get(who, link.first_at), link.first_at)
    ill = set(Case.objects.filter(classification="confirmed").values_list("person_id", flat=True))
    found = set()
    for one in rows:
        for other in rows:
            met = meets(one, other)
            if one.person_id in first and other.person_id not in {*first, *ill, one.person_id} and met:
                kind = class_of(closed=one.venue.closed, distance_m=one.venue.distance_m)
                if met[1] >= first[one.person_id] and judge_f2(law, house.machine().today, kind)["contact"]:
                    found.add(other.person.name)
    return found


def found_f1() -> Pairs:
    rows = Link.objects.filter(through=None, withdrawn=False).exclude(contact__state="converted")
    rows = rows.select_related("contact__person", "case__person")
    return {(link.contact.person.name, link.case.person.name): link.minutes for link in rows if link.case}


def found_f2() -> set[str]:
    rows = Contact.objects.filter(generation=2, supported=True, state="to_reach")
    return set(rows.values_list("person__name", flat=True))


@pytest.mark.parametrize("seed", range(4))
def test_towns_are_traced_as_plain_loops_trace_them_before_and_after_stays_are_taken_back(
    house: House, seed: int
) -> None:
    town(house, seed)
    assert found_f1() == plain_f1(house)
    assert found_f2() == plain_f2(house)
    rows = list(Presence.objects.exclude(source="household").order_by("pk").values_list("pk", flat=True))
    presences.withdraw_presences(house.desk("cdc.dichte"), presence_ids=random.Random(seed).sample(rows, 12))
    house.settle()
    assert found_f1() == plain_f1(house)
    assert found_f2() == plain_f2(house)
    cases = list(TracedCase.objects.values_list("case_id", flat=True))
    outcome = tracing.trace_again(house.desk("cdc.dichte"), case_ids=cases)
    assert (outcome.new, outcome.changed) == ([], []), "what came step by step is what comes at once"


def test_the_towns_are_lively_enough_to_mean_something(house: House) -> None:
    town(house, 1)
    pairs = found_f1()
    assert len(pairs) >= 3
    assert any(minutes > 0 for minutes in pairs.values())
    assert Contact.objects.filter(state="converted").exists(), "a contact who fell ill"


def test_indicators_are_what_plain_loops_count(house: House) -> None:
    town(house, 2)
    later = house.later(hours=30)
    for at, contact in enumerate(Contact.objects.filter(generation=1).order_by("pk")):
        when = house.later(hours=3 * at + 1) if at % 2 else later
        record_call(when.desk("cdc.dichte"), contact_id=contact.pk, outcome="reached" if at % 3 else "no_answer")
    today = later.machine().today
    told = indicators(later.desk("cdc.dichte"), since=today - timedelta(days=2), until=today)
    rows = [row for row in Contact.objects.filter(generation=1) if row.state != "dismissed"]
    judged = [row for row in rows if row.reached_at or later.at - row.found_at > timedelta(hours=24)]
    in_time = [row for row in judged if row.reached_at and row.reached_at - row.found_at <= timedelta(hours=24)]
    reached = [row for row in rows if row.reached_at]
    known = {row.pk: min(link.case.reported_at for link in row.links.filter(through=None) if link.case) for row in rows}
    delays = [(row.reached_at - known[row.pk]).total_seconds() / 3600 for row in reached if row.reached_at]
    cases = list(Case.objects.filter(classification="confirmed"))
    links = Link.objects.filter(through=None, withdrawn=False).exclude(contact__state="dismissed").count()
    assert told.found == len(rows)
    assert told.reached_24h == round(100 * len(in_time) / len(judged), 1)
    assert told.delay_hours == round(median(delays), 2)
    assert told.known_before == round(100 * sum(case.known_contact for case in cases) / len(cases), 1)
    assert told.per_case == round(links / len(cases), 2)
    assert told.waiting == sum(row.state == "to_reach" for row in rows)
    assert by_commune(later.desk("cdc.dichte"))[0].to_reach == told.waiting


def test_the_clock_releases_whom_the_rule_releases_and_nobody_else(house: House) -> None:
    town(house, 3)
    followed = Contact.objects.filter(generation=1, state="to_reach").order_by("pk").first()
    assert followed
    record_call(house.desk("cdc.dichte"), contact_id=followed.pk, outcome="reached")
    assert followed.follow_until
    last = House(start_of_day(followed.follow_until + timedelta(days=1)) - timedelta(hours=1))
    assert release_due(last.machine()) == 0, "the last day still counts"
    assert release_due(last.later(days=1).machine()) == 1
    followed.refresh_from_db()
    assert followed.state == "released"
    assert not Contact.objects.filter(state="released").exclude(pk=followed.pk).exists(), "the unreached stay"
