"""Places in the database: loading again and again, and the questions asked of them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from chongdich.core.errors import NotFound
from chongdich.registry.places import queries
from chongdich.registry.places.data_files import shipped_gazetteer
from chongdich.registry.places.models import Border, Place, Population, Succession, Within
from chongdich.registry.places.operations import load_places

pytestmark = pytest.mark.django_db
IN_2021 = date(2021, 11, 29)
TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Once for the module; every test works in a savepoint inside."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_places()
        yield
        transaction.set_rollback(True)


def names(places: object) -> list[str]:
    return sorted(str(place) for place in places)  # type: ignore[attr-defined]


def test_loading_twice_changes_nothing() -> None:
    def everything() -> list[Any]:
        tables = (Place, Succession, Population, Border)
        edges = Within.objects.order_by("place", "above").values_list("place", "above", "distance", "since", "until")
        return [list(table.objects.order_by("pk").values_list()) for table in tables] + [list(edges)]

    before = everything()
    load_places()
    assert everything() == before


def test_loading_mends_what_was_changed() -> None:
    Place.objects.filter(code="01894").update(name="khác")
    load_places()
    assert {place.name for place in Place.objects.filter(code="01894")} == {"Phúc Lộc"}


def test_a_code_is_a_place_only_with_a_day() -> None:
    old, new = queries.get_place("01894", IN_2021), queries.get_place("01894", TODAY)
    assert (old.key, new.key) == ("01894@2020-02-01", "01894@2025-07-01")
    assert queries.get_place_by_key(old.key) == old


@pytest.mark.parametrize("key", ["01894@2021-01-01", "01894", "@", "01894@hôm nay"])
def test_an_unknown_key_is_refused_in_words(key: str) -> None:
    with pytest.raises(NotFound) as refused:
        queries.get_place_by_key(key)
    assert key in refused.value.message


def test_an_unknown_code_is_refused_in_words() -> None:
    with pytest.raises(NotFound, match="29/11/2021"):
        queries.get_place("99999", IN_2021)


def test_ancestors_are_the_nearest_first() -> None:
    phuc_loc = queries.get_place("01894", IN_2021)
    assert [str(above) for above in queries.ancestors(phuc_loc, IN_2021)] == [
        "huyện Ba Bể",
        "tỉnh Bắc Kạn",
        "nước Việt Nam",
    ]


def test_descendants_are_one_query(django_assert_num_queries: Any) -> None:
    province = queries.get_place("06", IN_2021)
    with django_assert_num_queries(1):
        assert len(list(queries.descendants(province, IN_2021))) == 116


def test_a_territory_is_a_place_with_what_lies_in_it() -> None:
    ba_be = queries.get_place("061", IN_2021)
    assert set(queries.territory(ba_be, IN_2021)) == {ba_be, *queries.descendants(ba_be, IN_2021)}
    assert not queries.territory(ba_be, TODAY).exists()


def test_the_centre_of_a_merged_place_lies_between_its_parts() -> None:
    merged = queries.get_place("01894", TODAY)
    centre = queries.find_centre(merged)
    parts = [queries.find_centre(place) for place in queries.places_before(merged)]
    assert centre is not None
    for axis in (0, 1):
        values = [part[axis] for part in parts if part is not None]
        assert min(values) < centre[axis] < max(values)
    assert queries.find_centre(queries.get_place("19", TODAY)) is None


def test_the_gazetteer_of_the_database_is_that_of_the_files_in_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        gazetteer = queries.load_gazetteer()
    shipped = shipped_gazetteer()
    assert gazetteer.places.keys() == shipped.places.keys()
    assert all(gazetteer.chain(key) == shipped.chain(key) for key in shipped.places)


def test_a_place_is_found_within_a_place() -> None:
    ba_be = queries.get_place("061", IN_2021)
    (match,) = queries.find_places("Phúc Lộc", IN_2021, ba_be)
    assert match.place.id == queries.get_place("01894", IN_2021).pk


def test_a_place_today_follows_its_successors() -> None:
    van_tung = queries.get_place("01954", IN_2021)
    assert names(queries.place_today(van_tung, IN_2021)) == ["xã Vân Tùng"]
    assert names(queries.place_today(van_tung, date(2024, 1, 1))) == ["thị trấn Vân Tùng"]
    assert names(queries.place_today(van_tung, TODAY)) == ["xã Ngân Sơn"]
    assert names(queries.place_today(queries.get_place("06", IN_2021), TODAY)) == ["tỉnh Thái Nguyên"]


def test_a_place_of_which_no_source_tells_has_no_place_today() -> None:
    assert queries.place_today(queries.get_place("061", IN_2021), TODAY) == []
    assert names(queries.place_today(queries.get_place("121", IN_2021), TODAY)) == [
        "xã Bắc Yên", "xã Chiềng Sại", "xã Pắc Ngà", "xã Tà Xùa", "xã Tạ Khoa", "xã Xím Vàng",
    ]  # fmt: skip


def test_a_merged_place_knows_what_it_was() -> None:
    new = queries.get_place("01894", TODAY)
    assert names(queries.places_before(new)) == ["xã Bành Trạch", "xã Hà Hiệu", "xã Phúc Lộc"]


def test_population_is_the_latest_known_on_the_day() -> None:
    phuc_loc = queries.get_place("01894", IN_2021)
    latest = queries.find_population(phuc_loc, IN_2021)
    assert latest is not None
    assert (latest.people, latest.verified) == (3526, True)
    earlier = queries.find_population(phuc_loc, date(2021, 11, 25))
    assert earlier is not None
    assert not earlier.verified
    assert queries.find_population(phuc_loc, date(2019, 1, 1)) is None


def test_neighbours_are_mutual() -> None:
    phuc_loc = queries.get_place("01894", IN_2021)
    neighbours = list(queries.find_neighbours(phuc_loc))
    assert neighbours
    assert all(phuc_loc in queries.find_neighbours(place) for place in neighbours)
