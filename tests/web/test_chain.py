"""Chains on screen: the real line lists go in by the importer and are drawn; files that other tools read."""

import csv
import io
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from PIL import Image

from chongdich.domain.cases.models import Case, Link
from chongdich.registry.people.models import Person
from tests.journeys.house import House
from tests.journeys.test_importing_lists import of, take_in
from tests.web.client import signed_in

PICTURES = ("do-thi", "thoi-gian", "the-he", "dia-ban")
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture(autouse=True)
def own_files(tmp_path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.VAR = tmp_path


def family(house: House) -> list[Case]:
    """Four cases of Phúc Lộc: one infects two, of whom one infects the fourth, who fell ill too early; one alone."""
    place = house.unit("ubnd", "01894").place_id
    unit = house.unit("tram_y_te", "01894").pk
    cases = []
    for number, (name, onset) in enumerate(
        [("Nông Văn Một", 20), ("Nông Thị Hai", 23), ("Nông Văn Ba", 24), ("Nông Thị Bốn", 22), ("Hà Văn Lẻ", 25)], 1
    ):
        person = Person.objects.create(
            uid=house.desk("cdc.dichte").new_id(), name=name, name_folded=name.lower(), birth_year=1980,
            residence_id=place, created_at=house.at,
        )  # fmt: skip
        cases.append(Case.objects.create(
            person=person, code=f"BN{number}", place_id=place, unit_id=unit, classification="confirmed",
            onset_on=date(2021, 11, onset), confirmed_on=date(2021, 11, 27), reported_at=house.at, created_at=house.at,
        ))  # fmt: skip
    for source, case in ((0, 1), (0, 2), (2, 3)):
        Link.objects.create(source=cases[source], case=cases[case], at=house.at)
    return cases


def marks(page: str) -> int:
    return len(re.findall(r'<g class="mark"', page))


@pytest.mark.parametrize("kind", PICTURES)
def test_each_picture_has_every_linked_case_and_link(house: House, kind: str) -> None:
    family(house)
    page = signed_in(house, "phucloc.tyt").get(f"/chuoi-lay/?kieu={kind}").content.decode()
    assert (marks(page), page.count('class="arrow"')) == (4, 3)
    assert "BN1 · Nông Văn Một" in page
    assert "1 ca lẻ không vẽ" in page
    every = signed_in(house, "phucloc.tyt").get(f"/chuoi-lay/?kieu={kind}&single=on").content.decode()
    assert marks(every) == 5


def test_the_chain_of_one_case_a_period_and_a_commune(house: House) -> None:
    cases = family(house)
    client = signed_in(house, "phucloc.tyt")
    assert marks(client.get(f"/chuoi-lay/?case={cases[4].pk}").content.decode()) == 1
    assert marks(client.get(f"/chuoi-lay/?case={cases[1].pk}").content.decode()) == 4
    assert marks(client.get("/chuoi-lay/?confirmed_from=28/11/2021").content.decode()) == 0
    wrong = client.get("/chuoi-lay/?confirmed_from=28/11/2021&confirmed_to=27/11/2021")
    assert wrong.status_code == 422
    place = cases[0].place_id
    assert marks(client.get(f"/chuoi-lay/?place={place}").content.decode()) == 4


def test_the_list_says_generations_and_sources_and_keeps_the_conditions(house: House) -> None:
    family(house)
    client = signed_in(house, "phucloc.tyt")
    page = client.get("/chuoi-lay/bang/?confirmed_from=27/11/2021").content.decode()
    assert "BN4 · Nông Thị Bốn" in page
    assert "confirmed_from=27%2F11%2F2021" in page
    found = client.get("/chuoi-lay/bang/?q=hai").content.decode()
    assert "Nông Thị Hai" in found
    assert "Nông Văn Ba" not in found


def test_what_is_to_be_set_right_is_listed(house: House) -> None:
    family(house)
    page = signed_in(house, "phucloc.tyt").get("/chuoi-lay/kiem-tra/").content.decode()
    assert "BN4 khởi phát 22/11/2021, trước ca nguồn BN3 2 ngày" in page
    assert "BN5 chưa nối với ca nào" in page


def test_who_may_not_know_names_sees_none_and_another_district_sees_nothing(house: House) -> None:
    family(house)
    page = signed_in(house, "tinh.lanhdao").get("/chuoi-lay/").content.decode()
    assert "BN1 · N.V.M., 41 t., xã Phúc Lộc" in page
    assert "Nông Văn" not in page
    assert "BN1" not in signed_in(house, "tp.lanhdao").get("/chuoi-lay/").content.decode()


def test_a_source_outside_ones_area_is_no_reason_to_complain(house: House) -> None:
    cases = family(house)
    Case.objects.filter(pk=cases[0].pk).update(place=house.unit("ubnd", "01840").place_id, unit=None)
    page = signed_in(house, "phucloc.tyt").get("/chuoi-lay/kiem-tra/").content.decode()
    assert "BN1" not in page
    assert "BN2 chưa nối" not in page


def test_files_that_other_tools_read(house: House) -> None:
    family(house)
    client = signed_in(house, "cdc.dichte")
    root = ElementTree.fromstring(client.get("/chuoi-lay/tep/graphml").content)
    assert len(root.findall(f".//{GRAPHML}node")) == 5
    intervals = {edge.findtext(f"{GRAPHML}data[@key='days']") for edge in root.findall(f".//{GRAPHML}edge")}
    assert intervals == {"3", "4", "-2"}
    lines = list(csv.DictReader(io.StringIO(client.get("/chuoi-lay/tep/linelist.csv").content.decode())))
    links = list(csv.DictReader(io.StringIO(client.get("/chuoi-lay/tep/contacts.csv").content.decode())))
    assert [line["id"] for line in lines][:1] == ["BN1"]
    assert lines[0]["onset"] == "2021-11-20"
    assert {(link["from"], link["to"]) for link in links} == {("BN1", "BN2"), ("BN1", "BN3"), ("BN3", "BN4")}
    assert {link["from"] for link in links} <= {line["id"] for line in lines}
    assert not any("Nông" in value for line in lines for value in line.values())


def test_a_picture_as_png(house: House) -> None:
    family(house)
    image = Image.open(io.BytesIO(signed_in(house, "cdc.dichte").get("/chuoi-lay/tep/png?kieu=thoi-gian").content))
    assert image.format == "PNG"
    assert image.width > 400


def test_files_need_their_right(house: House) -> None:
    family(house)
    assert signed_in(house, "phucloc.tyt").get("/chuoi-lay/tep/graphml").status_code == 403
    assert signed_in(house, "cdc.dichte").get("/chuoi-lay/tep/x").status_code == 404
    assert signed_in(house, "tinh.vanthu").get("/chuoi-lay/").status_code == 403


def test_no_page_asks_more_than_twelve_questions(house: House, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    family(house)
    client = signed_in(house, "cdc.dichte")
    client.get("/chuoi-lay/")
    for address in ("/chuoi-lay/?kieu=thoi-gian", "/chuoi-lay/bang/", "/chuoi-lay/kiem-tra/"):
        with django_assert_max_num_queries(12):
            client.get(address)


# The public lists, through the importer


def test_trongthanh_is_drawn_whole(house: House) -> None:
    take_in(house, of("trongthanh_patients.csv"))
    client = signed_in(house, "cdc.dichte")
    page = client.get("/chuoi-lay/?single=on").content.decode()
    assert (marks(page), page.count('class="arrow"')) == (288, 85)
    assert "BN17" in client.get("/chuoi-lay/?kieu=the-he").content.decode()


def test_the_ministrys_form_5_is_drawn_and_its_contradictions_are_told(house: House) -> None:
    take_in(house, of("optima_form5_case_close_contact_list_20200922_raw.csv"))
    client = signed_in(house, "cdc.dichte")
    page = client.get("/chuoi-lay/?single=on").content.decode()
    assert (marks(page), page.count('class="arrow"')) == (Case.objects.count(), Link.objects.count())
    doubts = client.get("/chuoi-lay/kiem-tra/?kind=secondary_first").content.decode()
    assert "NB35 khởi phát 06/03/2020, trước ca nguồn NB28 14 ngày" in doubts
    loops = client.get("/chuoi-lay/kiem-tra/?kind=loop").content.decode()
    assert "NB86 → NB87 → NB107" in loops


def test_the_simulated_outbreak_is_drawn_at_its_size(house: House) -> None:
    """5,829 cases, written straight (that they import whole is tested where lists come in)."""
    cases = outbreak(house)
    rows = csv.DictReader(io.StringIO(of("ebola_sim_clean__contacts.csv").decode()))
    pairs = {(row["infector"], row["case_id"]) for row in rows if row["infector"] in cases and row["case_id"] in cases}
    Link.objects.bulk_create(Link(source_id=cases[a], case_id=cases[b], at=house.at) for a, b in pairs)
    client = signed_in(house, "cdc.dichte")
    page = client.get("/chuoi-lay/").content.decode()
    linked = {one for pair in pairs for one in pair}
    assert (marks(page), page.count('class="arrow"')) == (len(linked), len(pairs))
    first = client.get("/chuoi-lay/?kieu=thoi-gian").content.decode()
    assert 0 < marks(first) <= 400
    assert "Chuỗi 1–" in first


def outbreak(house: House) -> dict[str, int]:
    """The simulated line list as cases of one nameless person; code -> key."""
    person = Person.objects.create(uid=house.desk("cdc.dichte").new_id(), name="X", name_folded="x",
                                   created_at=house.at)  # fmt: skip
    rows = csv.DictReader(io.StringIO(of("ebola_sim_clean__linelist.csv").decode()))
    Case.objects.bulk_create(
        [Case(person=person, code=row["case_id"], classification="confirmed", outcome="recovered",
              onset_on=row["date_of_onset"], confirmed_on=row["date_of_onset"], reported_at=house.at,
              created_at=house.at) for row in rows], batch_size=500,
    )  # fmt: skip
    return dict(Case.objects.values_list("code", "pk"))
