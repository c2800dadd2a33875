"""The way in: name and password, second factor, invitations, sessions that end."""

from datetime import date, timedelta

import pyotp
import pytest
from django.conf import settings
from django.test import Client

from chongdich.registry.accounts import operations
from chongdich.registry.accounts.models import Account, Appointment
from chongdich.web.middleware import real_now
from chongdich.web.pages.entry.views import new_token
from tests.journeys.house import House
from tests.web.client import HouseClient, signed_in

pytestmark = pytest.mark.django_db
PASSWORD = "mưa rừng việt bắc 1951"


def invited(house: House, username: str = "phucloc.canbo") -> str:
    token = new_token()
    account = Account.objects.get(username=username)
    operations.invite(account_id=account.pk, token=token, at=house.at)
    return token


def with_password(house: House, username: str) -> Account:
    account = Account.objects.get(username=username)
    return operations.set_password(account_id=account.pk, password=PASSWORD, by=house.machine().author)


def test_every_page_wants_an_account(house: House) -> None:
    response = HouseClient(house).get("/")
    assert response.status_code == 302
    assert response.url.startswith("/dang-nhap/?next=")


def test_an_invitation_works_once(house: House) -> None:
    token = invited(house)
    client = HouseClient(house)
    assert client.get(f"/loi-moi/{token}/").status_code == 200
    data = {"password": PASSWORD, "again": PASSWORD}
    assert client.post(f"/loi-moi/{token}/", data).status_code == 302
    assert client.get("/").status_code == 200
    assert HouseClient(house).post(f"/loi-moi/{token}/", data).status_code == 404


def test_an_old_or_unknown_invitation_is_refused(house: House) -> None:
    token = invited(house)
    assert HouseClient(house.later(days=4)).get(f"/loi-moi/{token}/").status_code == 404
    assert HouseClient(house).get("/loi-moi/khong-co/").status_code == 404


def test_the_demonstration_door_is_shut_in_a_working_installation(house: House) -> None:
    assert not settings.DEMONSTRATION
    client = HouseClient(house)
    assert client.post(f"/loi-moi/{invited(house)}/", {"demonstration": "1"}).status_code == 422
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("password", ["ngan", "123456789012", "password1234", "phucloc.canbo"])
def test_weak_passwords_are_refused(house: House, password: str) -> None:
    response = HouseClient(house).post(f"/loi-moi/{invited(house)}/", {"password": password, "again": password})
    assert response.status_code == 422
    assert not Account.objects.get(username="phucloc.canbo").has_usable_password()


def test_signing_in(house: House) -> None:
    with_password(house, "phucloc.canbo")
    client = HouseClient(house)
    wrong = client.post("/dang-nhap/", {"username": "phucloc.canbo", "password": "sai"})
    assert wrong.status_code == 422
    unknown = client.post("/dang-nhap/", {"username": "khongco", "password": "sai"})
    assert "không đúng" in wrong.content.decode()
    assert "không đúng" in unknown.content.decode()
    assert client.post("/dang-nhap/", {"username": "PhucLoc.CanBo", "password": PASSWORD}).status_code == 302
    assert client.get("/").status_code == 200


def test_many_wrong_tries_are_locked_out(house: House) -> None:
    with_password(house, "phucloc.canbo")
    client = HouseClient(house)
    for _ in range(settings.AXES_FAILURE_LIMIT):
        client.post("/dang-nhap/", {"username": "phucloc.canbo", "password": "sai"})
    answer = client.post("/dang-nhap/", {"username": "phucloc.canbo", "password": PASSWORD})
    assert answer.status_code == 429
    assert "phút" in answer.content.decode()


def test_who_sees_districts_needs_a_second_factor(house: House) -> None:
    account = with_password(house, "tinh.chuyenvien")
    client = HouseClient(house)
    client.post("/dang-nhap/", {"username": "tinh.chuyenvien", "password": PASSWORD})
    assert client.get("/").url.startswith("/xac-thuc/bat/")
    page = client.get("/xac-thuc/bat/")
    secret = page.context["secret"]
    assert client.post("/xac-thuc/bat/", {"code": "000000"}).status_code in (302, 422)
    code = pyotp.TOTP(secret).at(real_now())
    assert client.post("/xac-thuc/bat/", {"code": code}).status_code == 302
    assert client.get("/").status_code == 200
    account.refresh_from_db()
    assert secret not in account.totp_secret, "kept sealed"


def test_a_code_works_once(house: House) -> None:
    account = Account.objects.get(username="tinh.chuyenvien")
    secret = pyotp.random_base32()
    at = real_now()
    code = pyotp.TOTP(secret).at(at)
    assert operations.confirm_second_factor(
        account_id=account.pk, secret=secret, code=code, real_time=at, by=house.machine().author
    )
    assert not operations.use_second_factor(account_id=account.pk, code=code, real_time=at)
    later = at + timedelta(seconds=60)
    fresh = pyotp.TOTP(secret).at(later)
    assert operations.use_second_factor(account_id=account.pk, code=fresh, real_time=later)
    assert not operations.use_second_factor(account_id=account.pk, code=fresh, real_time=later)


def test_a_commune_needs_no_second_factor(house: House) -> None:
    assert signed_in(house, "phucloc.canbo", second_factor=False).get("/").status_code == 200


def test_a_session_ends_at_once_when_a_right_is_withdrawn(house: House) -> None:
    client = signed_in(house, "phucloc.canbo")
    assert client.get("/").status_code == 200
    row = Appointment.objects.get(account__username="phucloc.canbo")
    operations.withdraw(appointment_id=row.pk, by=house.machine().author)
    assert client.get("/").status_code == 302


def test_a_session_ends_when_the_account_is_closed(house: House) -> None:
    client = signed_in(house, "phucloc.canbo")
    account = Account.objects.get(username="phucloc.canbo")
    operations.close_account(account_id=account.pk, by=house.machine().author)
    assert client.get("/").status_code == 302


def test_an_idle_session_ends(house: House) -> None:
    client = signed_in(house, "phucloc.canbo")
    session = client.session
    session["seen"] = session["seen"] - settings.IDLE_MINUTES - 1
    session.save()
    assert client.get("/").status_code == 302


def test_an_appointment_ends_on_its_day(house: House) -> None:
    account = Account.objects.get(username="phucloc.canbo")
    unit = house.unit("ubnd", "01897")
    operations.appoint(
        account_id=account.pk, unit_id=unit.pk, role="unit_staff", since=date(2021, 11, 1), until=date(2021, 12, 1),
        by=house.machine().author,
    )  # fmt: skip
    assert house.desk("phucloc.canbo").may("tasks.work", unit.pk)
    assert not house.later(days=2).desk("phucloc.canbo").may("tasks.work", unit.pk)


def test_next_never_leaves_the_house(house: House) -> None:
    with_password(house, "phucloc.canbo")
    data = {"username": "phucloc.canbo", "password": PASSWORD, "next": "https://evil.example/"}
    assert HouseClient(house).post("/dang-nhap/", data).url == "/"


def test_the_language_is_vietnamese_unless_chosen(house: House) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en-GB,en")
    assert 'lang="vi"' in client.get("/dang-nhap/").content.decode()
    client.post("/ngon-ngu/", {"language": "en"})
    assert 'lang="en"' in client.get("/dang-nhap/").content.decode()


def test_headers_of_every_answer(house: House) -> None:
    response = signed_in(house, "phucloc.canbo").get("/")
    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cache-Control"] == "no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_page_that_declares_nothing_is_refused(house: House, settings: object) -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.http import HttpResponse
    from django.test import RequestFactory

    from chongdich.web.middleware import DeskMiddleware

    def undeclared(request: object) -> HttpResponse:
        return HttpResponse()

    request = RequestFactory().get("/x/")
    with pytest.raises(ImproperlyConfigured):
        DeskMiddleware(lambda r: HttpResponse()).process_view(request, undeclared, (), {})
