"""Who watches over the house sees what stopped, and sets it going again."""

from datetime import date

import pytest

from chongdich.registry.accounts import operations
from chongdich.registry.ledger.models import Entry, Heartbeat, Settlement
from tests.journeys.house import House
from tests.journeys.test_tasks import confirmed  # noqa: F401
from tests.web.client import HouseClient, signed_in

pytestmark = pytest.mark.django_db
SINCE = date(2021, 1, 1)


def watcher(house: House, place: str, kind: str = "ubnd") -> HouseClient:
    machine, name = house.machine().author, f"qt.{place}"
    account = operations.open_account(username=name, display_name="Quản trị", email="", by=machine)
    operations.appoint(
        account_id=account.pk, unit_id=house.unit(kind, place).pk, role="administrator", since=SINCE, by=machine
    )  # fmt: skip
    return signed_in(house, name)


@pytest.fixture
def dead(house: House, confirmed: object) -> Settlement:  # noqa: F811
    row = Settlement.objects.filter(journey="tell_unit").latest("pk")
    Settlement.objects.filter(pk=row.pk).update(state="dead", attempts=6, error="ValueError: <b>hỏng</b>")
    return row


def test_a_silent_worker_is_said_loudly(house: House) -> None:
    client = watcher(house, "06")
    assert "chưa chạy lần nào" in client.get("/he-thong/").content.decode()
    Heartbeat.objects.create(name="worker", at=house.at, detail="máy:1")
    assert "đang chạy" in client.get("/he-thong/").content.decode()
    client.house = house.later(minutes=5)
    assert "im lặng" in client.get("/he-thong/").content.decode()


def test_dead_letters_are_shown_and_run_again(house: House, dead: Settlement) -> None:
    client = watcher(house, "06")
    page = client.get("/he-thong/viec/?trang_thai=dead").content.decode()
    assert "Báo cho đơn vị" in page
    assert "&lt;b&gt;hỏng" in page
    assert client.post(f"/he-thong/viec/{dead.pk}/chay-lai/").status_code == 302
    assert client.post(f"/he-thong/viec/{dead.pk}/chay-lai/").status_code == 409
    house.settle()
    dead.refresh_from_db()
    assert dead.state == "settled"
    assert Entry.objects.filter(kind="SettlementRevived").count() == 1


def test_a_district_watches_its_own_only(house: House, dead: Settlement) -> None:
    client = watcher(house, "061")
    assert client.get("/he-thong/viec/").context["table"].page.count == 0
    assert client.post(f"/he-thong/viec/{dead.pk}/chay-lai/").status_code == 404
    assert client.get("/he-thong/kham/").status_code == 403
    assert client.post("/he-thong/so-cai/kiem-tra/").status_code == 403
    dead.refresh_from_db()
    assert dead.state == "dead"


def test_the_ledger_is_checked_on_asking(house: House) -> None:
    client = watcher(house, "06")
    assert client.post("/he-thong/so-cai/kiem-tra/").status_code == 302
    assert "0 chỗ sai" in client.get("/he-thong/").content.decode()
    assert "Sổ cái" in client.get("/he-thong/kham/").content.decode()


def test_only_administrators_watch(house: House) -> None:
    for address in ("/he-thong/", "/he-thong/viec/", "/he-thong/kham/"):
        assert signed_in(house, "tinh.lanhdao").get(address).status_code == 403


def test_few_questions(house: House, dead: Settlement, django_assert_max_num_queries: object) -> None:
    client = watcher(house, "06")
    for address in ("/he-thong/", "/he-thong/viec/"):
        client.get(address)
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            client.get(address)
