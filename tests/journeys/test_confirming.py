"""A result becomes a case by the definition of its day, and remembers which."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from chongdich.application.journeys.cases import correct_case
from chongdich.domain.cases.models import Case
from chongdich.domain.lab.operations import NewResult, record_results
from chongdich.registry.people.models import Person
from tests.journeys.house import House


def person(house: House, place: str = "01894") -> Person:
    commune = house.unit("ubnd", place).place
    return Person.objects.create(
        uid=uuid4(), name="Nông Thị Mẫu", name_folded="nong thi mau", birth_year=1988, residence=commune,
        created_at=house.at,
    )  # fmt: skip


def result(
    house: House, who: Person, kind: str = "pcr", outcome: str = "positive", hours_ago: float = 10, **more: object
) -> None:
    taken = house.at - timedelta(hours=hours_ago)
    one = NewResult(
        person_id=who.pk, kind=kind, outcome=outcome, taken_at=taken, resulted_at=taken + timedelta(hours=1),
        **more,  # type: ignore[arg-type]
    )  # fmt: skip
    record_results(results=[one], by=house.machine().author)
    house.settle()


def test_a_positive_pcr_is_a_case_under_3638(house: House) -> None:
    who = person(house)
    result(house, who, ct=24.5)
    case = Case.objects.get()
    assert (case.classification, case.place_id, case.ct) == ("confirmed", who.residence_id, 24.5)
    assert "3638" in str(case.rule)
    assert case.infectious_from == (house.at - timedelta(days=14)).date()
    assert case.window_rule


def test_an_antigen_test_alone_is_no_case_in_november_but_a_suspicion(house: House) -> None:
    who = person(house)
    result(house, who, kind="antigen")
    assert Case.objects.get().classification == "suspected"


def test_a_suspected_case_is_confirmed_by_pcr_and_stays_one(house: House) -> None:
    who = person(house)
    result(house, who, kind="antigen", hours_ago=20)
    result(house, who, hours_ago=4)
    assert Case.objects.get().classification == "confirmed"


@pytest.mark.parametrize(("second_after", "expected"), [(7.0, "suspected"), (30.0, "suspected")])
def test_two_antigen_tests_without_a_factor_stay_a_suspicion_under_11042(
    house: House, second_after: float, expected: str
) -> None:
    later = House(datetime(2022, 1, 10, 3, 0, tzinfo=UTC))
    who = person(house)
    result(later, who, kind="antigen", hours_ago=40)
    result(later, who, kind="antigen", hours_ago=40 - second_after)
    assert Case.objects.get().classification == expected


def test_a_negative_result_makes_no_case(house: House) -> None:
    result(house, person(house), outcome="negative")
    assert Case.objects.count() == 0


def test_the_same_result_twice_is_one_case(house: House) -> None:
    who = person(house)
    result(house, who)
    result(house, who, hours_ago=3)
    assert Case.objects.count() == 1


def test_impossible_times_are_refused_whole(house: House) -> None:
    from chongdich.core.errors import Refused
    from chongdich.domain.lab.models import Sample

    who = person(house)
    good = NewResult(person_id=who.pk, kind="pcr", outcome="positive", taken_at=house.at - timedelta(hours=3),
                     resulted_at=house.at - timedelta(hours=1))  # fmt: skip
    bad = NewResult(person_id=who.pk, kind="pcr", outcome="positive", taken_at=house.at - timedelta(hours=3),
                    resulted_at=house.at - timedelta(hours=5))  # fmt: skip
    with pytest.raises(Refused, match="trước giờ lấy mẫu"):
        record_results(results=[good, bad], by=house.machine().author)
    assert Sample.objects.count() == 0


def test_what_a_person_wrote_on_a_suspected_case_stands_when_the_result_comes(house: House) -> None:
    """The window is counted from the onset that was asked, and ends with the isolation that was ordered."""
    who = person(house)
    result(house, who, kind="antigen", hours_ago=20)
    case = Case.objects.get()
    onset = (house.at - timedelta(days=5)).date()
    values = {"onset_on": onset, "isolated_on": house.at.date(), "origin": "imported"}
    correct_case(house.desk("cdc.dichte"), case_id=case.pk, version=case.version, values=values)
    result(house, who, hours_ago=4)
    case.refresh_from_db()
    assert (case.classification, case.origin) == ("confirmed", "imported")
    assert case.infectious_from == onset - timedelta(days=3)
    assert case.infectious_until == house.at.date()
