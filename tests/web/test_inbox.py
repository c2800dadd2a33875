"""The inbox: one's own messages, unread first; opening one reads it."""

from datetime import timedelta

import pytest

from chongdich.registry.accounts.models import Account
from chongdich.registry.inbox.models import Message
from tests.journeys.house import House
from tests.web.client import HouseClient, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(house: House) -> HouseClient:
    return signed_in(house, "syt.canbo")


def message(
    house: House, title: str, *, to: str = "syt.canbo", hours: int = 0, read: bool = False,
    address: str = "/nhiem-vu/", topic: str = "task_given",
) -> Message:  # fmt: skip
    """A message to somebody some hours ago."""
    account = Account.objects.get(username=to)
    at = house.at - timedelta(hours=hours)
    return Message.objects.create(
        account=account, key=title, topic=topic, title=title, address=address, at=at, read_at=at if read else None
    )


def test_unread_first_then_the_newest(house: House, mine: HouseClient) -> None:
    message(house, "tin đã đọc mới", read=True)
    message(house, "tin chưa đọc cũ", hours=48)
    message(house, "tin chưa đọc mới", hours=1)
    page = mine.get("/hop-tin/").content.decode()
    places = [page.index(title) for title in ("tin chưa đọc mới", "tin chưa đọc cũ", "tin đã đọc mới")]
    assert places == sorted(places)


def test_opening_reads_it_and_leads_on(house: House, mine: HouseClient) -> None:
    row = message(house, "tin")
    answer = mine.get(f"/hop-tin/{row.pk}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/nhiem-vu/")
    row.refresh_from_db()
    assert row.read_at == house.at


def test_it_never_leads_outside(house: House, mine: HouseClient) -> None:
    for number, address in enumerate(("https://ngoai.example/", "//ngoai.example/", "", "javascript:alert(1)")):
        row = message(house, f"tin {number}", address=address)
        assert mine.get(f"/hop-tin/{row.pk}/").headers["Location"] == "/hop-tin/"


def test_another_accounts_message_is_not_there(house: House, mine: HouseClient) -> None:
    row = message(house, "tin của người khác", to="tinh.vanthu")
    assert mine.get(f"/hop-tin/{row.pk}/").status_code == 404
    assert "tin của người khác" not in mine.get("/hop-tin/").content.decode()
    mine.post("/hop-tin/da-doc/", {"selected": [row.pk]})
    mine.post("/hop-tin/da-doc/", {"action": "all"})
    row.refresh_from_db()
    assert row.read_at is None


def test_marking_some_and_all(house: House, mine: HouseClient) -> None:
    first, second, third = (message(house, f"tin {n}") for n in range(3))
    mine.post("/hop-tin/da-doc/", {"action": "read", "selected": [first.pk, "x"]})
    assert set(Message.objects.filter(read_at=None)) == {second, third}
    mine.post("/hop-tin/da-doc/", {"action": "all"})
    assert not Message.objects.filter(read_at=None).exists()


def test_by_topic_and_unread(house: House, mine: HouseClient) -> None:
    message(house, "việc được giao")
    message(house, "việc bị trễ", topic="task_overdue", read=True)

    def shown(query: str) -> str:
        return mine.get(f"/hop-tin/?{query}").content.decode()

    assert "việc bị trễ" not in shown("loai=task_given")
    assert "việc bị trễ" not in shown("doc=chua-doc")
    assert "việc được giao" not in shown("doc=da-doc")


def test_who_is_not_signed_in_is_sent_to_the_door(house: House) -> None:
    assert HouseClient(house).get("/hop-tin/").status_code == 302
