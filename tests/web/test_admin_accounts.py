"""Accounts are cared for by who may, for the units below, and every change is one fact."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from chongdich.application.journeys import accounts as journeys
from chongdich.core.errors import Conflict, NotAllowed, NotFound, Refused
from chongdich.registry.accounts import operations
from chongdich.registry.accounts.models import Account, ApiToken, Appointment
from chongdich.registry.ledger.models import Entry
from chongdich.registry.ledger.queries import find_ledger_breaks
from tests.journeys.house import House
from tests.web.client import HouseClient, signed_in

pytestmark = pytest.mark.django_db
PASSWORD = "mưa rừng việt bắc 1951"
SINCE = date(2021, 11, 1)


def administrator(house: House, username: str, kind: str, place: str) -> Account:
    machine = house.machine().author
    account = operations.open_account(username=username, display_name=f"Quản trị {place}", email="", by=machine)
    operations.appoint(
        account_id=account.pk, unit_id=house.unit(kind, place).pk, role="administrator", since=SINCE, by=machine
    )
    return account


@pytest.fixture
def province(house: House) -> Account:
    return administrator(house, "qt.tinh", "ubnd", "06")


@pytest.fixture
def district(house: House) -> Account:
    return administrator(house, "qt.babe", "ubnd", "061")


def pk(username: str) -> int:
    return Account.objects.get(username=username).pk


def test_an_account_is_opened_with_its_post_in_two_facts(house: House, district: Account) -> None:
    before = Entry.objects.count()
    account = journeys.open_account(
        house.desk("qt.babe"), username="PhucLoc.VanThu", display_name="Ma Thị Thử", email="",
        unit_id=house.unit("ubnd", "01894").pk, role="clerk", since=SINCE,
    )  # fmt: skip
    assert account.username == "phucloc.vanthu"
    assert not account.has_usable_password()
    assert list(Entry.objects.order_by("seq").values_list("kind", flat=True)[before:]) == [
        "AccountOpened",
        "AppointmentMade",
    ]
    assert list(find_ledger_breaks()) == []


@pytest.mark.parametrize(("kind", "place"), [("ubnd", "06"), ("ubnd", "058"), ("ubnd", "01840"), ("ubnd", "121")])
def test_a_district_gives_no_post_above_or_beside(house: House, district: Account, kind: str, place: str) -> None:
    desk, unit = house.desk("qt.babe"), house.unit(kind, place).pk
    with pytest.raises(NotAllowed):
        journeys.open_account(
            desk, username="x.thu", display_name="X", email="", unit_id=unit, role="clerk", since=SINCE
        )
    with pytest.raises(NotAllowed):
        journeys.appoint(desk, account_id=pk("phucloc.canbo"), unit_id=unit, role="administrator", since=SINCE)
    assert not Account.objects.filter(username="x.thu").exists()


def test_a_post_in_the_way_of_a_taken_name_is_not_half_made(house: House, district: Account) -> None:
    posts = Appointment.objects.count()
    with pytest.raises(Conflict):
        journeys.open_account(
            house.desk("qt.babe"), username="tinh.lanhdao", display_name="X", email="",
            unit_id=house.unit("ubnd", "01894").pk, role="clerk", since=SINCE,
        )  # fmt: skip
    assert Appointment.objects.count() == posts


def test_nobody_changes_the_own_rights(house: House, district: Account) -> None:
    desk, unit = house.desk("qt.babe"), house.unit("ubnd", "061").pk
    own = Appointment.objects.get(account=district)
    with pytest.raises(NotAllowed, match="chính mình"):
        journeys.appoint(desk, account_id=district.pk, unit_id=unit, role="leader", since=SINCE)
    with pytest.raises(NotAllowed, match="chính mình"):
        journeys.withdraw(desk, account_id=district.pk, appointment_id=own.pk)
    for deed in (journeys.close_account, journeys.reset_second_factor, journeys.end_sessions):
        with pytest.raises(NotAllowed, match="chính mình"):
            deed(desk, account_id=district.pk)


def test_whoever_also_works_elsewhere_is_not_taken_over(house: House, district: Account, province: Account) -> None:
    """A link is a way to act as somebody: a district gives none for a person who also holds a post in the province."""
    both = pk("phucloc.canbo")
    journeys.appoint(
        house.desk("qt.tinh"), account_id=both, unit_id=house.unit("ubnd", "06").pk, role="officer", since=SINCE
    )
    desk = house.desk("qt.babe")
    with pytest.raises(NotAllowed, match="cấp trên"):
        journeys.invite(desk, account_id=both, token="x" * 40)
    with pytest.raises(NotAllowed, match="cấp trên"):
        journeys.close_account(desk, account_id=both)
    journeys.invite(house.desk("qt.tinh"), account_id=both, token="x" * 40)
    mine = Appointment.objects.get(account_id=both, role="unit_staff")
    journeys.withdraw(desk, account_id=both, appointment_id=mine.pk)
    with pytest.raises(NotFound):
        journeys.withdraw(
            desk, account_id=both, appointment_id=Appointment.objects.get(account_id=both, role="officer").pk
        )


def test_foreign_accounts_do_not_exist(house: House, district: Account) -> None:
    client = signed_in(house, "qt.babe")
    listed = client.get("/tai-khoan/").content.decode()
    assert "phucloc.canbo" in listed
    for foreign in ("tinh.lanhdao", "tp.vanthu", "ducxuan.canbo"):
        assert foreign not in listed
        assert client.get(f"/tai-khoan/{pk(foreign)}/").status_code == 404
    assert "ducxuan" not in client.get("/tai-khoan/?export=csv").content.decode()
    assert client.get("/tai-khoan/?q=duc xuan").context["table"].page.count == 0
    assert client.get("/tai-khoan/?q=phuc loc can").context["table"].page.count == 1


def test_only_administrators_open_the_pages(house: House) -> None:
    for username in ("tinh.lanhdao", "tinh.chuyenvien", "phucloc.canbo"):
        client = signed_in(house, username)
        assert client.get("/tai-khoan/").status_code == 403
        assert client.post(f"/tai-khoan/{pk('phucloc.canbo')}/lien-ket/").status_code == 403


def test_the_whole_life_of_an_account_on_the_pages(house: House, district: Account) -> None:
    client = signed_in(house, "qt.babe")
    form = {
        "display_name": "Nông Văn Thử", "username": "phucloc.moi", "email": "", "role": "unit_staff",
        "unit": house.unit("ubnd", "01894").pk, "since": "01/11/2021", "until": "",
    }  # fmt: skip
    wrong = client.post("/tai-khoan/moi/", {**form, "role": "", "since": "31/02/2021"})
    assert wrong.status_code == 422
    assert "Nông Văn Thử" in wrong.content.decode(), "what was typed stays"
    made = client.post("/tai-khoan/moi/", form)
    assert made.status_code == 302, made.content.decode()[-3000:]
    account = Account.objects.get(username="phucloc.moi")
    answer = client.post(f"/tai-khoan/{account.pk}/lien-ket/")
    link = answer.context["link"]
    assert link in answer.content.decode()
    assert link not in client.get(f"/tai-khoan/{account.pk}/").content.decode(), "shown once"
    newcomer = HouseClient(house)
    data = {"password": PASSWORD, "again": PASSWORD}
    assert newcomer.post(link.removeprefix("http://testserver"), data).status_code == 302
    assert newcomer.get("/").status_code == 200
    post = Appointment.objects.get(account=account)
    assert client.post(f"/tai-khoan/{account.pk}/vai-tro/{post.pk}/thu-hoi/").status_code == 302
    assert newcomer.get("/").status_code == 302, "at once"
    assert client.post(f"/tai-khoan/{account.pk}/khoa/").status_code == 302
    assert client.post(f"/tai-khoan/{account.pk}/khoa/").status_code == 422
    assert client.post(f"/tai-khoan/{account.pk}/mo/").status_code == 302
    told = client.get(f"/tai-khoan/{account.pk}/").content.decode()
    for words in ("Mở tài khoản", "Giao vai trò", "Thu hồi vai trò", "Khóa tài khoản", "Cấp liên kết dùng một lần"):
        assert words in told


def test_an_account_without_a_post_belongs_to_where_it_held_its_last(house: House, district: Account) -> None:
    """Also when accounts and appointments do not happen to be numbered alike."""
    from chongdich.application.lenses.accounts import find_accounts

    author = house.machine().author
    for number in range(3):
        operations.open_account(username=f"khac{number}", display_name="Khác", email="", by=author)
    account = operations.open_account(username="cuoi.cung", display_name="Cuối", email="", by=author)
    post = operations.appoint(
        account_id=account.pk,
        unit_id=house.unit("ubnd", "01894").pk,
        role="unit_staff",
        since=house.at.date(),
        by=author,
    )
    assert post.pk != account.pk
    operations.withdraw(appointment_id=post.pk, by=author)
    assert find_accounts(house.desk("qt.babe")).filter(pk=account.pk).exists()
    assert not find_accounts(house.desk("qt.babe")).filter(username="khac1").exists()


def test_a_second_post_needs_no_second_time(house: House, district: Account) -> None:
    desk = house.desk("qt.babe")
    unit = house.unit("ubnd", "01894").pk
    with pytest.raises(Refused, match="đã có"):
        journeys.appoint(desk, account_id=pk("phucloc.canbo"), unit_id=unit, role="unit_staff", since=SINCE)


def my_client(house: House) -> Client:
    operations.set_password(account_id=pk("phucloc.canbo"), password=PASSWORD, by=house.machine().author)
    return signed_in(house, "phucloc.canbo")


def test_my_password_needs_the_present_one_and_ends_other_sessions(house: House) -> None:
    elsewhere = my_client(house)
    client = signed_in(house, "phucloc.canbo")
    new = "một mật khẩu khác hẳn 2021"
    wrong = client.post("/toi/mat-khau/", {"current": "sai", "password": new, "again": new})
    assert wrong.status_code == 422
    assert "không đúng" in wrong.content.decode()
    assert client.post("/toi/mat-khau/", {"current": PASSWORD, "password": new, "again": new}).status_code == 302
    assert client.get("/toi/").status_code == 200
    assert elsewhere.get("/toi/").status_code == 302


def test_guessing_the_present_password_ends_the_session(house: House) -> None:
    client = my_client(house)
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post("/toi/mat-khau/", {"current": "sai", "password": "x" * 20, "again": "x" * 20})
    assert answer.status_code == 429
    assert client.get("/toi/").status_code == 302


def test_keys_are_shown_once_kept_hashed_and_revoked_by_their_owner_only(house: House) -> None:
    client = my_client(house)
    answer = client.post("/toi/khoa/", {"label": "bảng tính", "days": "30"})
    key = answer.context["key"]
    row = ApiToken.objects.get()
    assert key in answer.content.decode()
    assert key not in client.get("/toi/").content.decode()
    assert key not in row.token_hash
    assert not row.may_write
    assert signed_in(house, "tinh.lanhdao").post(f"/toi/khoa/{row.pk}/thu-hoi/").status_code == 404
    assert client.post(f"/toi/khoa/{row.pk}/thu-hoi/").status_code == 302
    assert client.post(f"/toi/khoa/{row.pk}/thu-hoi/").status_code == 409
    assert client.post("/toi/khoa/", {"label": " ", "days": "9999"}).status_code == 422


def test_the_pages_ask_few_questions(house: House, district: Account, django_assert_max_num_queries: object) -> None:
    client = signed_in(house, "qt.babe")
    for address in ("/tai-khoan/", f"/tai-khoan/{pk('phucloc.canbo')}/", "/tai-khoan/moi/", "/toi/"):
        client.get(address)
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            assert client.get(address).status_code == 200
