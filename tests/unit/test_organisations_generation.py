"""Which bodies exist where and when, and who stands under whom, without a database."""

from collections import Counter
from datetime import date

import pytest

from chongdich.registry.organisations.catalogue import body_kinds, groups
from chongdich.registry.organisations.generation import Body, Under, plan_bodies, plan_standings
from chongdich.registry.places.data_files import shipped_gazetteer

IN_2021 = date(2021, 11, 29)
IN_2025 = date(2025, 9, 1)
PLACES = shipped_gazetteer()
KINDS = body_kinds()
BODIES = {body.key: body for body in plan_bodies(PLACES, KINDS)}
STANDINGS = plan_standings(PLACES, KINDS, list(BODIES.values()))


def kinds_at(place: str, on: date) -> set[str]:
    return {body.kind for body in BODIES.values() if body.place == place and body.exists(on)}


def superiors(child: str, on: date, line: str = "territorial") -> list[str]:
    edges = [edge for edge in STANDINGS if edge.child == child and edge.line == line]
    return [edge.parent for edge in edges if edge.since <= on and (edge.until is None or on < edge.until)]


def test_the_catalogue_names_only_kinds_and_families_it_has() -> None:
    for kind in KINDS.values():
        assert {*kind.territorial, *kind.professional, *kind.becomes} <= KINDS.keys(), kind.kind
        assert kind.where, kind.kind
    families = {kind.family for kind in KINDS.values()} | {"phong"}
    named = [*groups().families.values(), *groups().open.values(), groups().units, groups().likely]
    assert {family for some in named for family in some} <= families


def test_a_commune_of_2021_has_its_bodies() -> None:
    assert kinds_at("01894@2020-02-01", IN_2021) == {
        "dang_uy", "hdnd", "ubnd", "bcd", "cong_an", "quan_su", "tram_y_te", "to_covid", "dai_truyen_thanh", "mttq",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["huyen_uy", "phong_ktht", "phong_nnptnt"])
def test_a_rural_district_has_what_a_city_has_not(kind: str) -> None:
    assert kind in kinds_at("061@2020-02-01", IN_2021)
    assert kind not in kinds_at("058@2020-02-01", IN_2021)


@pytest.mark.parametrize("kind", ["thanh_uy", "phong_kinh_te", "phong_qldt"])
def test_a_city_has_what_a_rural_district_has_not(kind: str) -> None:
    assert kind in kinds_at("058@2020-02-01", IN_2021)
    assert kind not in kinds_at("061@2020-02-01", IN_2021)


def test_a_hospital_stands_only_where_it_is_known() -> None:
    assert [body.place for body in BODIES.values() if body.kind == "bvdk_huyen"] == ["121@2020-02-01"]


def test_the_province_has_eight_district_steering_committees_until_july_2025() -> None:
    def committees(on: date) -> int:
        return sum(b.kind == "bcd" and PLACES.lies_in(b.place, "06@2020-02-01") and b.exists(on) and
                   PLACES.places[b.place].level == 2 for b in BODIES.values())  # fmt: skip

    assert (committees(IN_2021), committees(date(2025, 6, 30)), committees(date(2025, 7, 1))) == (8, 8, 0)


def test_the_two_tier_province_has_no_district_and_new_commune_offices() -> None:
    commune = kinds_at("01894@2025-07-01", IN_2025)
    assert {"ubnd", "bcd", "van_phong_hdnd_ubnd", "phong_vhxh", "phong_kinh_te", "tt_hcc"} <= commune
    assert "phong_ktht_dt" in kinds_at("01843@2025-07-01", IN_2025)
    assert superiors("ubnd:01894@2025-07-01", IN_2025) == ["ubnd:19@2025-07-01"]


def test_departments_change_in_march_2025() -> None:
    before, after = kinds_at("14@2020-02-01", date(2025, 2, 28)), kinds_at("14@2020-02-01", date(2025, 3, 1))
    assert {"so_gtvt", "so_tttt", "so_ldtbxh"} <= before
    assert not {"so_gtvt", "so_tttt", "so_ldtbxh"} & after
    assert after - before == {"so_nnmt", "so_dan_toc_ton_giao"}


def test_names_follow_the_place() -> None:
    names = {key: (BODIES[key].name, BODIES[key].short_name, BODIES[key].symbol) for key in (
        "ubnd:061@2020-02-01", "quan_su:06@2020-02-01", "quan_su:061@2020-02-01", "tinh_uy:06@2020-02-01",
        "bo_y_te:VN@1900-01-01",
    )}  # fmt: skip
    assert names == {
        "ubnd:061@2020-02-01": ("Ủy ban nhân dân huyện Ba Bể", "UBND huyện Ba Bể", "UBND"),
        "quan_su:06@2020-02-01": ("Bộ Chỉ huy Quân sự tỉnh Bắc Kạn", "Bộ CHQS tỉnh Bắc Kạn", "BCH"),
        "quan_su:061@2020-02-01": ("Ban Chỉ huy Quân sự huyện Ba Bể", "Ban CHQS huyện Ba Bể", "BCH"),
        "tinh_uy:06@2020-02-01": ("Tỉnh ủy Bắc Kạn", "Tỉnh ủy Bắc Kạn", "TU"),
        "bo_y_te:VN@1900-01-01": ("Bộ Y tế", "Bộ Y tế", "BYT"),
    }


@pytest.mark.parametrize(
    ("child", "line", "parent"),
    [
        ("ubnd:01894@2020-02-01", "territorial", "ubnd:061@2020-02-01"),
        ("ubnd:061@2020-02-01", "territorial", "ubnd:06@2020-02-01"),
        ("ubnd:06@2020-02-01", "territorial", "chinh_phu:VN@1900-01-01"),
        ("bcd:061@2020-02-01", "territorial", "ubnd:061@2020-02-01"),
        ("bcd:061@2020-02-01", "professional", "bcd:06@2020-02-01"),
        ("bcd:06@2020-02-01", "professional", "bcd_quoc_gia:VN@1900-01-01"),
        ("tram_y_te:01894@2020-02-01", "professional", "ttyt:061@2020-02-01"),
        ("ttyt:061@2020-02-01", "professional", "so_y_te:06@2020-02-01"),
        ("so_y_te:06@2020-02-01", "professional", "bo_y_te:VN@1900-01-01"),
        ("cdc:06@2020-02-01", "territorial", "so_y_te:06@2020-02-01"),
        ("to_covid:01894@2020-02-01", "territorial", "bcd:01894@2020-02-01"),
        ("dang_uy:01894@2020-02-01", "territorial", "huyen_uy:061@2020-02-01"),
        ("dang_uy:01840@2020-02-01", "territorial", "thanh_uy:058@2020-02-01"),
    ],
)
def test_who_stands_under_whom_in_2021(child: str, line: str, parent: str) -> None:
    assert superiors(child, IN_2021, line) == [parent]


def test_commune_police_pass_to_the_province_when_the_district_police_end() -> None:
    child = "cong_an:01894@2020-02-01"
    assert superiors(child, date(2025, 2, 28), "professional") == ["cong_an:061@2020-02-01"]
    assert superiors(child, date(2025, 3, 1), "professional") == ["cong_an:06@2020-02-01"]


def test_on_each_line_a_body_has_at_most_one_superior_on_any_day() -> None:
    days = sorted({edge.since for edge in STANDINGS})
    for on in days:
        alive = [edge for edge in STANDINGS if edge.since <= on and (edge.until is None or on < edge.until)]
        assert max(Counter((edge.child, edge.line) for edge in alive).values()) == 1


def test_no_body_stands_under_itself_at_any_height() -> None:
    above = {(edge.child, edge.line): edge.parent for edge in STANDINGS}
    for child, line in above:
        climbed: set[str] = set()
        here: str | None = child
        while here is not None:
            assert here not in climbed
            climbed.add(here)
            here = above.get((here, line))


def test_an_edge_lives_only_while_both_bodies_do() -> None:
    for edge in STANDINGS:
        _inside(edge, BODIES[edge.parent])
        _inside(edge, BODIES[edge.child])


def _inside(edge: Under, body: Body) -> None:
    assert body.since <= edge.since
    assert body.until is None or (edge.until is not None and edge.until <= body.until)
