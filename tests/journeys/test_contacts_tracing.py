"""From a result to F1 and F2 through the real application: households, lists, interviews; again and again the same."""

from datetime import datetime, timedelta
from uuid import uuid4

from chongdich.application.journeys import presences
from chongdich.application.journeys.presences import Stay
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.models import Contact, Link
from chongdich.domain.contacts.presences import NewVenue
from chongdich.registry.people.models import Household, Person
from tests.journeys.house import House
from tests.journeys.test_confirming import result

COMMUNE = "01894"


def somebody(house: House, name: str, place: str = COMMUNE, **more: object) -> Person:
    commune = house.unit("ubnd", place).place
    return Person.objects.create(
        uid=uuid4(), name=name, name_folded=name.lower(), birth_year=1990, residence=commune, created_at=house.at,
        **more,
    )  # fmt: skip


def home(house: House, *people: Person) -> Household:
    row = Household.objects.create(uid=uuid4(), place=people[0].residence, created_at=house.at)
    Person.objects.filter(pk__in=[one.pk for one in people]).update(household=row)
    return row


def sit(house: House, name: str, begin: datetime, minutes: int, *people: Person) -> None:
    stays = [Stay(person=one.uid, since=begin, until=begin + timedelta(minutes=minutes)) for one in people]
    venue = NewVenue(kind="class", name=name, place_id=people[0].residence_id)
    presences.record_list(house.desk("cdc.dichte"), kind="class", venue=venue, stays=stays)


def found(generation: int) -> set[str]:
    rows = Contact.objects.filter(generation=generation, supported=True).exclude(state="dismissed")
    return set(rows.values_list("person__name", flat=True))


def test_household_and_class_are_f1_and_their_households_f2(house: House) -> None:
    ill, wife, pupil, mother, stranger = (somebody(house, name) for name in "abcde")
    home(house, ill, wife)
    home(house, pupil, mother)
    sit(house, "Lớp 5A", house.at - timedelta(days=3), 45, ill, pupil)
    sit(house, "Lớp 5B", house.at - timedelta(days=3), 45, stranger)
    result(house, ill)
    assert found(1) == {"b", "c"}
    assert found(2) == {"d"}
    link = Link.objects.get(contact__person=pupil)
    assert (link.minutes, link.condition, len(link.evidence)) == (45, "closed_space", 1)
    assert "3638" in str(link.rule)
    assert Contact.objects.get(person=pupil).unit == house.unit("tram_y_te", COMMUNE)
