"""Pages of contacts: worked from the top in one key, explained, given to tracers; lists of who was where come in."""

from datetime import timedelta

import pytest

from chongdich.core.vietnamese import fold_words
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.models import Call, Contact, Presence, Venue
from chongdich.domain.directives.models import Directive
from chongdich.registry.people.models import Opening, Person, Phone
from tests.journeys.house import House
from tests.journeys.test_confirming import result
from tests.journeys.test_contacts_tracing import home, sit, somebody
from tests.web.client import signed_in

STATION = "phucloc.tyt"


@pytest.fixture(autouse=True)
def own_files(tmp_path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.VAR = tmp_path


@pytest.fixture
def traced(house: House) -> House:
    """A patient with a wife at home and a pupil in class, whose mother is an F2."""
    ill, wife, pupil, mother = (
        somebody(house, name) for name in ("Nông Văn Bệnh", "Hà Thị Vợ", "Lý Văn Trò", "Ma Thị Mẹ")
    )
    for one in (ill, wife, pupil, mother):
        Person.objects.filter(pk=one.pk).update(name_folded=fold_words(one.name))
    Phone.objects.create(person=wife, number="+84912345678", created_at=house.at)
    home(house, ill, wife)
    home(house, pupil, mother)
    sit(house, "Lớp 5A", house.at - timedelta(days=3), 45, ill, pupil)
    result(house, ill)
    return house


def contact(name: str) -> Contact:
    return Contact.objects.get(person__name=name)


def test_the_worklist_begins_with_whom_to_call_first(traced: House) -> None:
    page = signed_in(traced, STATION).get("/tiep-xuc/").content.decode()
    order = [page.index(name) for name in ("Hà Thị Vợ", "Lý Văn Trò", "Ma Thị Mẹ")]
    assert order == sorted(order)
    assert "còn 24 giờ" in page
    only = signed_in(traced, STATION).get("/tiep-xuc/?generation=2").content.decode()
    assert "Ma Thị Mẹ" in only
    assert "Hà Thị Vợ" not in only


def test_past_24_and_48_hours(traced: House) -> None:
    day, two = traced.later(hours=30), traced.later(hours=50)
    assert "quá 24 giờ: đã 30 giờ" in signed_in(day, STATION).get("/tiep-xuc/?ds=late").content.decode()
    assert "quá 48 giờ: đã 50 giờ" in signed_in(two, STATION).get("/tiep-xuc/").content.decode()


def test_a_telephone_is_seen_once_the_record_is_opened_and_that_is_logged(traced: House) -> None:
    row = contact("Hà Thị Vợ")
    client = signed_in(traced, STATION)
    assert "0912345678" not in client.get("/tiep-xuc/").content.decode()
    card = client.post(f"/tiep-xuc/{row.pk}/mo/", headers={"HX-Request": "true"}).content.decode()
    assert "912345678" in card
    assert Opening.objects.filter(person=row.person, purpose="tracing").count() == 1
    assert "912345678" in client.get(f"/tiep-xuc/{row.pk}/").content.decode()
    assert "912345678" not in signed_in(traced, "cdc.dichte").get("/tiep-xuc/").content.decode()


@pytest.mark.parametrize(
    ("outcome", "state"), [("reached", "reached"), ("no_answer", "to_reach"), ("refused", "refused")]
)
def test_what_came_of_a_call_in_one_press(traced: House, outcome: str, state: str) -> None:
    row = contact("Lý Văn Trò")
    client = signed_in(traced, STATION)
    answer = client.post(f"/tiep-xuc/{row.pk}/lien-he/", {"outcome": outcome, "next": "/tiep-xuc/?ds=mine"})
    assert answer.url == "/tiep-xuc/?ds=mine"
    row.refresh_from_db()
    assert (row.state, Call.objects.get().outcome) == (state, outcome)
    away = client.post(f"/tiep-xuc/{row.pk}/lien-he/", {"outcome": "busy", "next": "https://example.org/"})
    assert away.url == f"/tiep-xuc/{row.pk}/"


def test_why_f1_is_told_with_place_time_and_document(traced: House) -> None:
    page = signed_in(traced, STATION).get(f"/tiep-xuc/{contact('Lý Văn Trò').pk}/").content.decode()
    for words in ("Vì sao là F1?", "Lớp 5A", "45 phút", "cùng không gian kín", "3638/QĐ-BYT", "1 cặp lần có mặt"):
        assert words in page
    second = signed_in(traced, STATION).get(f"/tiep-xuc/{contact('Ma Thị Mẹ').pk}/").content.decode()
    assert "Vì sao là F2?" in second
    assert "qua F1" in second


def test_states_follow_the_table_and_dismissing_asks_why(traced: House) -> None:
    row = contact("Lý Văn Trò")
    client = signed_in(traced, STATION)
    address = f"/tiep-xuc/{row.pk}/trang-thai/"
    client.post(address, {"action": "dismiss", "version": row.version})
    row.refresh_from_db()
    assert row.state == "to_reach"
    client.post(address, {"action": "dismiss", "note": "Nghỉ học hôm đó", "version": row.version})
    row.refresh_from_db()
    assert row.state == "dismissed"
    assert "Mở lại" in client.get(f"/tiep-xuc/{row.pk}/").content.decode()


def test_contacts_are_given_to_a_tracer(traced: House) -> None:
    client = signed_in(traced, "cdc.dichte")
    account = traced.desk(STATION).actor.account_id
    rows = [contact("Hà Thị Vợ").pk, contact("Lý Văn Trò").pk]
    client.post("/tiep-xuc/phan-cong/", {"contacts": rows, "tracer": account})
    assert set(Contact.objects.filter(tracer=account).values_list("pk", flat=True)) == set(rows)
    mine = signed_in(traced, STATION).get("/tiep-xuc/?ds=mine").content.decode()
    assert mine.count('class="contact-card"') == 2


def test_the_contacts_of_a_case_stand_on_its_page(traced: House) -> None:
    client = signed_in(traced, STATION)
    case = contact("Hà Thị Vợ").links.get().case_id
    assert f'hx-get="/ca-benh/{case}/tiep-xuc/"' in client.get(f"/ca-benh/{case}/").content.decode()
    part = client.get(f"/ca-benh/{case}/tiep-xuc/", headers={"HX-Request": "true"}).content.decode()
    assert part.index("Hà Thị Vợ") < part.index("Lý Văn Trò") < part.index("Ma Thị Mẹ")
    assert "F1: 2" in part
    assert "<html" not in part
    again = signed_in(traced, "cdc.dichte").post(f"/ca-benh/{case}/truy-vet-lai/")
    assert again.url == f"/ca-benh/{case}/tiep-xuc/"


def test_who_may_not_know_names_and_who_is_elsewhere(traced: House) -> None:
    page = signed_in(traced, "tinh.lanhdao").get("/tiep-xuc/").content.decode()
    assert "H.T.V." in page
    assert "Hà Thị Vợ" not in page
    assert "H.T.V." not in signed_in(traced, "tp.lanhdao").get("/tiep-xuc/").content.decode()
    assert signed_in(traced, "tp.lanhdao").get(f"/tiep-xuc/{contact('Hà Thị Vợ').pk}/").status_code == 404
    assert signed_in(traced, "tinh.vanthu").get("/tiep-xuc/").status_code == 403


LIST = {"kind": "class", "name": "Lớp 4B", "day": "27/11/2021", "since": "7h30", "until": "8:15"}


def test_a_pasted_list_finds_known_people_and_asks_about_the_doubtful(traced: House) -> None:
    client = signed_in(traced, STATION)
    place = traced.unit("ubnd", "01894").place_id
    text = "Họ tên\tNăm sinh\nHà Thị Vợ; 1990; 0912345678\nLý Văn Trò; 1990\nTrò Mới; 2011\n"
    asked = client.post("/tiep-xuc/co-mat/moi/", {**LIST, "place_id": place, "people": text})
    assert asked.status_code == 422
    page = asked.content.decode()
    assert 'name="line-3"' in page
    assert 'name="line-2"' not in page
    assert Presence.objects.filter(venue__name="Lớp 4B").count() == 0
    chosen = contact("Lý Văn Trò").person
    done = client.post("/tiep-xuc/co-mat/moi/", {**LIST, "place_id": place, "people": text, "line-3": str(chosen.uid)})
    assert done.status_code == 302
    there = Presence.objects.filter(venue__name="Lớp 4B").values_list("person__name", flat=True)
    assert sorted(there) == ["Hà Thị Vợ", "Lý Văn Trò", "Trò Mới"]
    assert Person.objects.filter(name="Lý Văn Trò").count() == 1


def test_a_list_with_a_bad_line_writes_nothing(traced: House) -> None:
    before = Person.objects.count()
    text = "Trò Mới; 2011\nTrò Sai; 31/02/2011"
    answer = signed_in(traced, STATION).post("/tiep-xuc/co-mat/moi/", {**LIST, "people": text})
    assert answer.status_code == 422
    assert "Trò Sai; 31/02/2011" in answer.content.decode()
    assert Person.objects.count() == before


def test_a_household_written_after_the_case_is_traced(traced: House) -> None:
    text = "Nông Văn Bệnh; 1990\nCon Mới; 2015"
    ill, place = Person.objects.get(name="Nông Văn Bệnh"), traced.unit("ubnd", "01894").place_id
    answer = signed_in(traced, STATION).post(
        "/tiep-xuc/co-mat/moi/",
        {"kind": "household", "people": text, "place_id": place, "line-1": str(ill.uid), "line-2": "new"},
    )
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    traced.settle()
    assert contact("Con Mới").generation == 1


def test_places_that_link_cases_and_how_near_people_are(traced: House) -> None:
    client = signed_in(traced, "cdc.dichte")
    assert "Lớp 5A" in client.get("/tiep-xuc/noi-co-mat/?least=1").content.decode()
    assert "Lớp 5A" not in client.get("/tiep-xuc/noi-co-mat/?least=2").content.decode()
    venue = Venue.objects.get(name="Lớp 5A")
    page = client.get(f"/tiep-xuc/noi-co-mat/{venue.pk}/").content.decode()
    assert "Nông Văn Bệnh" in page
    wrong = client.post(f"/tiep-xuc/noi-co-mat/{venue.pk}/", {"distance_m": "500"})
    assert wrong.status_code == 422
    client.post(f"/tiep-xuc/noi-co-mat/{venue.pk}/", {"distance_m": "5", "lag_minutes": "0"})
    traced.settle()
    assert not contact("Lý Văn Trò").supported


def test_stays_that_never_were_are_taken_back(traced: House) -> None:
    stay = Presence.objects.get(person__name="Lý Văn Trò", venue__name="Lớp 5A")
    client = signed_in(traced, STATION)
    client.post(f"/tiep-xuc/noi-co-mat/{stay.venue_id}/", {"presence": [stay.pk]})
    traced.settle()
    assert not contact("Lý Văn Trò").supported


def test_no_page_asks_more_than_its_share(traced: House, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    client = signed_in(traced, STATION)
    client.get("/tiep-xuc/")
    with django_assert_max_num_queries(16):
        client.get("/tiep-xuc/")
    with django_assert_max_num_queries(12):
        client.get("/tiep-xuc/noi-co-mat/")


@pytest.fixture
def apart(house: House) -> House:
    """A patient who sat in class with one pupil of the commune and one of the town."""
    ill, near, far = (
        somebody(house, name, place) for name, place in (("Bệnh", "01894"), ("Gần", "01894"), ("Xa Lạ", "01840"))
    )
    sit(house, "Lớp 5A", house.at - timedelta(days=3), 45, ill, near, far)
    result(house, ill)
    return house


def test_who_lives_elsewhere_is_handed_over_by_a_dispatch(apart: House) -> None:
    client = signed_in(apart, "cdc.dichte")
    page = client.get("/tiep-xuc/noi-khac/").content.decode()
    assert "thành phố Bắc Kạn" in page
    key = page.split('name="group" value="')[1].split('"')[0]
    answer = client.post("/tiep-xuc/noi-khac/chuyen/", {"group": key})
    draft = Directive.objects.latest("pk")
    assert answer.url == f"/van-ban/{draft.pk}/soan/"
    assert "thành phố Bắc Kạn" in draft.subject
    assert client.post("/tiep-xuc/noi-khac/chuyen/", {"group": "place:0"}).url == "/tiep-xuc/noi-khac/"


def test_a_notice_names_places_and_nobody(apart: House) -> None:
    client = signed_in(apart, "cdc.dichte")
    assert "Lớp 5A" in client.get("/tiep-xuc/thong-bao/").content.decode()
    client.post("/tiep-xuc/thong-bao/", {"cases": [Case.objects.get().pk]})
    assert Directive.objects.latest("pk").subject.startswith("Về việc tìm người")
    assert signed_in(apart, STATION).get("/tiep-xuc/thong-bao/").status_code == 403


def test_figures_come_with_their_definitions(apart: House) -> None:
    client = signed_in(apart, "cdc.dichte")
    page = client.get("/tiep-xuc/chi-so/").content.decode()
    assert "F1 liên hệ được trong 24 giờ (%)" in page
    assert "phường Đức Xuân" in page
    assert client.get("/tiep-xuc/chi-so/?since=30/11/2021&until=29/11/2021").status_code == 422


def test_looking_back_from_the_later_case_finds_the_earlier(apart: House) -> None:
    later = apart.later(days=2)
    result(later, Person.objects.get(name="Gần"))
    first, second = Case.objects.order_by("pk")
    page = signed_in(later, "cdc.dichte").get(f"/ca-benh/{second.pk}/nguon-lay/").content.decode()
    assert f'href="/ca-benh/{first.pk}/"' in page
    assert "ca bệnh, đang có thể lây" in page
    assert "2 ca trong 3 người có mặt" in page


def test_what_followed_from_a_case_stands_below_it(apart: House) -> None:
    case = Case.objects.get()
    part = signed_in(apart, STATION).get(f"/ca-benh/{case.pk}/he-qua/", headers={"HX-Request": "true"})
    page = part.content.decode()
    assert page.index("Xác định ca bệnh") < page.index("Truy vết tiếp xúc")
    assert "3638/QĐ-BYT" in page
