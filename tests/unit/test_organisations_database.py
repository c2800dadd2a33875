"""Organisations in the database: generated again and again, and the questions asked of them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from chongdich.core.errors import NotFound
from chongdich.registry.organisations import queries
from chongdich.registry.organisations.models import Line, Organisation, Standing
from chongdich.registry.organisations.operations import generate_organisations
from chongdich.registry.organisations.resolution import Resolver
from chongdich.registry.places.operations import load_places
from chongdich.registry.places.queries import get_place

pytestmark = pytest.mark.django_db
IN_2021 = date(2021, 11, 29)


@pytest.fixture(scope="module", autouse=True)
def _generated(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Once for the module; every test works in a savepoint inside."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_places()
        generate_organisations()
        yield
        transaction.set_rollback(True)


def test_generating_twice_changes_nothing_and_keeps_what_was_added() -> None:
    place = get_place("06", IN_2021)
    added = Organisation.objects.create(
        key="benh_vien_da_chien:1", name="Bệnh viện dã chiến", short_name="BVDC", kind="field", place=place,
        since=IN_2021, search="benh vien da chien",
    )  # fmt: skip
    before = [list(table.objects.order_by("pk").values_list()) for table in (Organisation, Standing)]
    generate_organisations()
    assert [list(table.objects.order_by("pk").values_list()) for table in (Organisation, Standing)] == before
    assert Organisation.objects.filter(pk=added.pk).exists()


def test_the_directory_is_two_queries_and_resolves_to_rows(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        directory = queries.load_directory()
    answer = Resolver(directory, IN_2021, "06@2020-02-01").resolve("BCĐ các huyện, thành phố")
    found = Organisation.objects.filter(pk__in=answer.organisations)
    assert answer.kind == "each"
    assert {body.place.code for body in found} == {"058", "060", "061", "062", "063", "064", "065", "066"}


def test_bodies_are_got_by_kind_place_and_day() -> None:
    ba_be = get_place("061", IN_2021)
    body = queries.get_body("bcd", ba_be, IN_2021)
    assert body == queries.get_organisation("bcd:061@2020-02-01")
    with pytest.raises(NotFound, match="01/07/2025"):
        queries.get_body("bcd", ba_be, date(2025, 7, 1))
    with pytest.raises(NotFound, match="bcd:999"):
        queries.get_organisation("bcd:999")


def test_organisations_are_found_without_diacritics_inside_a_place() -> None:
    ba_be = get_place("061", IN_2021)
    found = queries.find_organisations("tram y te phuc loc", IN_2021, ba_be)
    assert [body.key for body in found] == ["tram_y_te:01894@2020-02-01"]
    assert not queries.find_organisations("trạm y tế Quảng Bạch", IN_2021, ba_be).exists()


def test_a_committee_knows_who_is_above_and_below_it() -> None:
    district = queries.get_organisation("ubnd:061@2020-02-01")
    assert [str(body) for body in queries.find_superiors(district, IN_2021)] == ["UBND tỉnh Bắc Kạn"]
    below = queries.find_subordinates(district, IN_2021)
    assert below.filter(kind="ubnd").count() == 15
    station = queries.get_organisation("tram_y_te:01894@2020-02-01")
    assert [str(body) for body in queries.find_superiors(station, IN_2021, Line.PROFESSIONAL)] == ["TTYT huyện Ba Bể"]


def test_bodies_at_a_place_are_not_those_below_it() -> None:
    found = queries.find_bodies_at(get_place("01894", IN_2021), IN_2021)
    assert {body.place.code for body in found.select_related("place")} == {"01894"}
