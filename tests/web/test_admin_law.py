"""The law of a day, one table through time, and what changed."""

from datetime import date

import pytest

from chongdich.regulations import Law
from chongdich.web.pages.law.rows import rules_on
from tests.journeys.house import House
from tests.web.client import signed_in

pytestmark = pytest.mark.django_db


def test_the_law_of_a_day_says_value_document_and_doubt(house: House) -> None:
    client = signed_in(house, "phucloc.canbo")
    page = client.get("/quy-dinh/?ngay=29/11/2021")
    assert page.status_code == 200
    text = page.content.decode()
    assert "30/2020/NĐ-CP" in text
    assert "chưa kiểm chứng" in text
    rules = rules_on(Law.shipped(), date(2021, 11, 29))
    assert page.context["table"].page.count == len(rules)
    assert page.context["unverified"] == sum(rule.recorded and not rule.verified for rule in rules) > 0


def test_the_day_travels_with_sorting_filters_and_files(house: House) -> None:
    client = signed_in(house, "phucloc.canbo")
    table = client.get("/quy-dinh/?ngay=01/03/2020&linh_vuc=levels").context["table"]
    assert all("ngay=01%2F03%2F2020" in head.url for head in table.heads if head.url)
    assert all("ngay=01%2F03%2F2020" in url for _, url in table.file_links)
    csv = client.get("/quy-dinh/?ngay=29/11/2021&chua=1&export=csv").content.decode()
    assert "chưa kiểm chứng" in csv
    assert ",đã kiểm chứng" not in csv


def test_a_day_that_is_none_is_said(house: House) -> None:
    page = signed_in(house, "phucloc.canbo").get("/quy-dinh/?ngay=31/02/2021")
    assert page.status_code == 200
    assert "không phải là ngày" in page.content.decode()


@pytest.mark.parametrize("name", Law.shipped().names())
def test_every_table_opens_on_any_day(house: House, name: str) -> None:
    client = signed_in(house, "phucloc.canbo")
    for day in ("29/11/2021", "01/01/1990", "01/10/2026"):
        assert client.get(f"/quy-dinh/bang/{name}/?ngay={day}").status_code == 200


def test_an_unknown_table_is_not_found(house: House) -> None:
    assert signed_in(house, "phucloc.canbo").get("/quy-dinh/bang/khong/co/bang/").status_code == 404


def test_changes_between_two_days(house: House) -> None:
    client = signed_in(house, "phucloc.canbo")
    page = client.get("/quy-dinh/thay-doi/?since=01/10/2021&until=30/11/2021")
    assert "11/10/2021" in page.content.decode()
    assert client.get("/quy-dinh/thay-doi/?since=30/11/2021&until=01/10/2021").status_code == 422
    assert client.get("/quy-dinh/thay-doi/?since=x&until=").status_code == 422
    assert client.get("/quy-dinh/thay-doi/").status_code == 200
