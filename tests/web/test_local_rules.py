"""A document of the province enters the law from the screen, counts at once, and may be taken back."""

from chongdich.registry.local_law.models import LocalRule
from tests.journeys.house import House
from tests.web.client import signed_in

GIVEN = {
    "number": "8010/UBND-VXNV", "signed_on": "28/11/2021", "signatory": "Người Ký Mẫu", "issuer": "UBND tỉnh Bắc Kạn",
    "table": "contacts/f1_distance_m", "since": "28/11/2021", "until": "", "clause": "mục 2", "content": "value: 3",
}  # fmt: skip


def test_a_rule_counts_from_its_day_and_says_whose_it_is(house: House) -> None:
    client = signed_in(house, "cdc.dichte")
    assert client.post("/quy-dinh/cua-tinh/moi/", GIVEN).status_code == 302
    law = house.later(minutes=1).desk("cdc.dichte").law
    assert law.value("contacts/f1_distance_m", on=house.desk("cdc.dichte").today) == 3
    shown = client.get("/quy-dinh/bang/covid19/contacts/f1_distance_m/").content.decode()
    assert "8010/UBND-VXNV" in shown
    assert "8010/UBND-VXNV" in client.get("/quy-dinh/cua-tinh/").content.decode()
    row = LocalRule.objects.get()
    assert client.post(f"/quy-dinh/cua-tinh/{row.pk}/bo/").status_code == 302
    assert house.later(minutes=1).desk("cdc.dichte").law.value(
        "contacts/f1_distance_m", on=house.desk("cdc.dichte").today
    ) == 2  # fmt: skip


def test_the_form_begins_with_what_the_table_says(house: House) -> None:
    page = signed_in(house, "cdc.dichte").get("/quy-dinh/cua-tinh/moi/?bang=quarantine/contact").content.decode()
    assert "rows:" in page
    assert "then:" in page


def test_wrong_content_is_told_and_kept(house: House) -> None:
    client = signed_in(house, "cdc.dichte")
    wrong = ("rows: [", "chữ thường", "rows:\n- then: {khong_co: 1}", "value: 3\nthua: 1", "value: ba mét")
    for content in wrong:
        answer = client.post("/quy-dinh/cua-tinh/moi/", {**GIVEN, "content": content})
        assert answer.status_code == 422, content
        assert content.split("\n")[-1] in answer.content.decode()
    assert client.post("/quy-dinh/cua-tinh/moi/", {**GIVEN, "signatory": ""}).status_code == 422
    assert client.post("/quy-dinh/cua-tinh/moi/", {**GIVEN, "signed_on": "01/01/2030"}).status_code == 422
    assert LocalRule.objects.count() == 0


def test_only_who_may_record_does(house: House) -> None:
    client = signed_in(house, "tinh.vanthu")
    assert client.get("/quy-dinh/cua-tinh/").status_code == 200
    assert client.get("/quy-dinh/cua-tinh/moi/").status_code == 403
    assert client.post("/quy-dinh/cua-tinh/moi/", GIVEN).status_code == 403
