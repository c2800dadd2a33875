"""Spellings of place names and the gazetteer of the shipped places, without a database."""

from datetime import date

import pytest

from chongdich.registry.places import data_files
from chongdich.registry.places.kinds import Level, PlaceKind
from chongdich.registry.places.spelling import even_tones, read_chain, read_written, same_name

IN_2021 = date(2021, 11, 29)
IN_2025 = date(2025, 9, 1)
GAZETTEER = data_files.shipped_gazetteer()
BA_BE = "061@2020-02-01"


@pytest.mark.parametrize(
    ("late", "even"),
    [("Hoà Mục", "Hòa Mục"), ("Liêm Thuỷ", "Liêm Thủy"), ("Trung Hoà", "Trung Hòa"), ("Quỳnh", "Quỳnh")],
)
def test_tone_marks_move_to_the_first_vowel(late: str, even: str) -> None:
    assert even_tones(late) == even


def test_a_q_keeps_its_vowel_together_and_a_closed_syllable_its_mark() -> None:
    assert even_tones("quý khoản") == "quý khoản"


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("TP. Bắc Kạn", PlaceKind.CITY, "Bắc Kạn"),
        ("T.P Bắc Kạn", PlaceKind.CITY, "Bắc Kạn"),
        ("thành phố  Bắc Kạn.", PlaceKind.CITY, "Bắc Kạn"),
        ("TT. Chợ Rã", PlaceKind.TOWN, "Chợ Rã"),
        ("P.Đức Xuân", PlaceKind.WARD, "Đức Xuân"),
        ("xa phuc loc", PlaceKind.COMMUNE, "phuc loc"),
        ("Tỉnh Bắc Kạn", PlaceKind.PROVINCE, "Bắc Kạn"),
        ("Phúc Lộc", None, "Phúc Lộc"),
    ],
)
def test_the_kind_is_read_off_the_name(text: str, kind: PlaceKind | None, name: str) -> None:
    written = read_written(text)
    assert (written.kind, written.name) == (kind, name)


def test_a_chain_is_read_with_and_without_commas() -> None:
    for text in ("xã Phúc Lộc, huyện Ba Bể, tỉnh Bắc Kạn", "xã Phúc Lộc huyện Ba Bể tỉnh Bắc Kạn"):
        assert [written.name for written in read_chain(text)] == ["Phúc Lộc", "Ba Bể", "Bắc Kạn"]


def test_missing_marks_are_the_same_name_wrong_marks_are_not() -> None:
    assert same_name("Phúc Lộc", "Phúc Lộc") == "exact"
    assert same_name("PHUC LOC", "Phúc Lộc") == "folded"
    assert same_name("Phúc Lọc", "Phúc Lộc") is None
    assert same_name("Hòa Mục", "Hoà Mục") == "exact"


def found(text: str, on: date = IN_2021, within: str | None = None) -> list[tuple[str, str]]:
    return [(match.place.key, match.how) for match in GAZETTEER.find(text, on, within)]


@pytest.mark.parametrize("text", ["TP. Bắc Kạn", "thành phố Bắc Kạn", "TP Bắc Kạn", "Thành phố BẮC KẠN"])
def test_any_spelling_finds_the_city(text: str) -> None:
    assert found(text) == [("058@2020-02-01", "exact")]


def test_a_name_without_marks_is_found_as_folded() -> None:
    assert found("xa phuc loc, huyen ba be") == [("01894@2020-02-01", "folded")]


def test_a_bare_name_of_two_places_gives_both_the_province_first() -> None:
    assert found("Bắc Kạn") == [("06@2020-02-01", "exact"), ("058@2020-02-01", "exact")]
    assert found("Bắc Kạn", within="058@2020-02-01") == [("058@2020-02-01", "exact")]


def test_a_misspelling_is_only_suggested() -> None:
    assert found("xã Phúc Lọc") == [("01894@2020-02-01", "suggested")]
    assert found("Phuc Lôc1")[0] == ("01894@2020-02-01", "suggested")


def test_a_right_name_in_the_wrong_district_is_only_suggested() -> None:
    assert found("xã Phúc Lộc, huyện Chợ Đồn") == [("01894@2020-02-01", "suggested")]


def test_a_wrong_kind_is_only_suggested() -> None:
    assert found("phường Phúc Lộc") == [("01894@2020-02-01", "suggested")]


def test_the_day_decides_which_unit_bears_the_name() -> None:
    assert found("xã Phúc Lộc", IN_2025) == [("01894@2025-07-01", "exact")]
    assert found("huyện Ba Bể", IN_2025)[0] == ("01906@2025-07-01", "suggested")
    assert found("xã Vân Tùng", date(2023, 4, 9)) == [("01954@2020-02-01", "exact")]
    assert found("thị trấn Vân Tùng", date(2023, 4, 10)) == [("01954@2023-04-10", "exact")]


def test_nothing_is_found_for_nothing() -> None:
    assert found("") == found(" ,; ") == []


def test_every_name_finds_its_own_place_on_its_first_day() -> None:
    for place in GAZETTEER.places.values():
        if place.kind is PlaceKind.COUNTRY:
            continue
        keys = [match.place.key for match in GAZETTEER.find(place.full_name, place.valid_from) if match.how == "exact"]
        assert place.key in keys, place.full_name


@pytest.mark.parametrize(
    ("day", "level", "within", "count"),
    [
        (IN_2021, Level.DISTRICT, "06@2020-02-01", 8),
        (IN_2021, Level.COMMUNE, "06@2020-02-01", 108),
        (IN_2021, Level.COMMUNE, BA_BE, 15),
        (IN_2021, Level.COMMUNE, "121@2020-02-01", 16),
        (date(2024, 1, 1), Level.COMMUNE, "06@2020-02-01", 108),
        (IN_2025, Level.DISTRICT, None, 0),
        (IN_2025, Level.COMMUNE, "19@2025-07-01", 92),
        (IN_2025, Level.COMMUNE, "14@2020-02-01", 6),
    ],
)
def test_as_many_units_as_the_law_says(day: date, level: Level, within: str | None, count: int) -> None:
    assert sum(place.level == level for place in GAZETTEER.on(day, within)) == count


@pytest.mark.parametrize(("day", "wards", "towns"), [(IN_2021, 6, 6), (date(2024, 1, 1), 6, 7)])
def test_the_kinds_of_bac_kan_are_those_of_the_resolutions(day: date, wards: int, towns: int) -> None:
    kinds = [place.kind for place in GAZETTEER.on(day, "06@2020-02-01")]
    assert kinds.count(PlaceKind.WARD) == wards
    assert kinds.count(PlaceKind.TOWN) == towns


def test_a_reused_code_is_two_places() -> None:
    assert {place.key for place in GAZETTEER.places.values() if place.code == "01894"} == {
        "01894@2020-02-01",
        "01894@2025-07-01",
    }


def test_every_commune_of_bac_kan_of_2021_has_exactly_one_successor_and_a_code_is_passed_on() -> None:
    links = [link for link in data_files.read_successions() if link["later"].endswith("2025-07-01")]
    communes = {place.key for place in GAZETTEER.on(date(2025, 6, 30), "06@2020-02-01") if place.level == Level.COMMUNE}
    earlier = [link["earlier"] for link in links if link["earlier"] in communes]
    assert sorted(earlier) == sorted(communes)
    later = {link["later"] for link in links if link["earlier"] in communes}
    assert len(later) == 37
    passed_on = {link["later"][:5] for link in links if link["earlier"][:5] == link["later"][:5]}
    assert {key[:5] for key in later} == passed_on


def test_every_link_says_where_it_comes_from() -> None:
    rows = [*data_files.read_successions(), *data_files.read_populations()]
    assert all(row["source"] for row in rows)
    assert all(data.source for data in data_files.read_places())


def test_borders_join_places_of_one_day() -> None:
    for one, other in data_files.read_borders():
        assert one < other
        left, right = GAZETTEER.places[one], GAZETTEER.places[other]
        assert left.valid_from < (right.valid_until or date.max)
        assert right.valid_from < (left.valid_until or date.max)
