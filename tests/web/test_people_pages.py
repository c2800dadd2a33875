"""The pages about people: what is shown to whom, and that nothing personal stands in an address."""

import pytest
from django.urls import reverse

from chongdich.application.journeys import people as journeys
from chongdich.registry.people.models import Likeness, Merge, Opening, Person
from chongdich.registry.places.models import Place
from tests.journeys.house import House
from tests.web.client import HouseClient, signed_in

STATION, CDC, LEADER, CLERK, ADMIN = "phucloc.tyt", "cdc.dichte", "tinh.lanhdao", "tinh.vanthu", "phucloc.canbo"
CHIP = "006087001234|095012345|NGUYỄN VĂN AN|05021987|Nam|Thôn Nà Khao, Phúc Lộc, Ba Bể, Bắc Kạn|25122021"


def phuc_loc() -> int:
    return Place.objects.get(code="01894", valid_until__year=2025).pk


def enter(house: House, who: str = STATION, **raw: object) -> Person:
    given = {"residence_id": phuc_loc(), **raw}
    person = journeys.register_person(house.desk(who), raw=given, sure=True).person
    assert person is not None
    return person


def shown(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


def opened(client: HouseClient, person: Person) -> None:
    answer = client.post(reverse("person_open", args=[person.uid]), {"purpose": "tracing", "reason": "chợ Phúc Lộc"})
    assert answer.status_code == 302


def test_finding_is_posted_and_answers_with_a_part(house: House) -> None:
    an = enter(house, name="Nguyễn Văn An", birth="1987", phone="0912345678")
    client = signed_in(house, STATION)
    assert "Nguyễn Văn An" not in shown(client.get("/nguoi/?q=nguyen"))
    page = shown(client.post("/nguoi/", {"q": "an nguyen"}))
    assert "Nguyễn Văn An" in page
    assert "<html" in page
    part = shown(client.post("/nguoi/", {"q": "0912 345 678"}, headers={"HX-Request": "true"}))
    assert "Nguyễn Văn An" in part
    assert "<html" not in part
    assert "912345" not in part  # only its last digits
    assert str(an.uid) in part
    assert "Không tìm thấy ai" in shown(client.post("/nguoi/", {"q": "giàng a páo"}))


def test_a_leader_sees_initials_only(house: House) -> None:
    an = enter(house, name="Nguyễn Văn An", birth="1987", cccd="006087001234", sex="m", phone="0912345678")
    client = signed_in(house, LEADER)
    for page in (client.post("/nguoi/", {"q": "nguyen van an"}), client.get(reverse("person", args=[an.uid]))):
        text = shown(page).replace('value="nguyen van an"', "")
        assert "N.V.A., 34 t., xã Phúc Lộc" in text
        for word in ("Nguyễn Văn An", "006087001234", "912"):
            assert word not in text
    assert client.post(reverse("person_open", args=[an.uid]), {"purpose": "tracing"}).status_code == 403
    assert client.get(reverse("person_record", args=[an.uid])).status_code == 403


def test_a_record_opens_with_a_purpose_only(house: House) -> None:
    an = enter(house, name="Nguyễn Văn An", birth="1987", cccd="006087001234", sex="m")
    client = signed_in(house, CDC)
    record = reverse("person_record", args=[an.uid])
    assert "006087001234" not in shown(client.get(reverse("person", args=[an.uid])))
    assert client.get(record).status_code == 403
    assert client.post(reverse("person_open", args=[an.uid]), {}).status_code == 422
    opened(client, an)
    assert "006087001234" in shown(client.get(record))
    log = shown(client.get("/nguoi/nhat-ky/"))
    assert "chợ Phúc Lộc" in log
    assert "Nguyễn Văn An" not in log
    assert Opening.objects.count() == 1


def test_a_card_fills_the_form(house: House) -> None:
    page = shown(signed_in(house, STATION).post("/nguoi/moi/the/", {"chip": CHIP}))
    for value in ("Nguyễn Văn An", "05/02/1987", "006087001234", "095012345", "Thôn Nà Khao"):
        assert f'value="{value}"' in page
    assert f'<option value="{phuc_loc()}" selected' in page
    assert signed_in(house, STATION).post("/nguoi/moi/the/", {"chip": "006|x"}).status_code == 422


def test_a_new_person_is_checked_then_asked_about_then_written(house: House) -> None:
    client = signed_in(house, STATION)
    typed = {"name": "Nguyen Van Anh", "birth": "1987", "residence_id": phuc_loc(), "phone": "115"}
    wrong = client.post("/nguoi/moi/", {**typed, "birth": "31/02/1987"})
    assert wrong.status_code == 422
    assert "Không có ngày 31/2/1987" in shown(wrong)
    assert "không phải số điện thoại" in shown(wrong)
    assert 'value="Nguyen Van Anh"' in shown(wrong)
    enter(house, name="Nguyễn Văn Anh", birth="1987")
    typed["phone"] = "0912345678"
    asked = client.post("/nguoi/moi/", typed)
    assert "Có thể người này đã có hồ sơ" in shown(asked)
    assert Person.objects.count() == 1
    assert client.post("/nguoi/moi/", {**typed, "sure": "1"}).status_code == 302
    assert Person.objects.count() == 2
    doubtful = client.post("/nguoi/moi/", {"name": "Ma Thị Lan", "birth": "1990", "sex": "f", "cccd": "006087009999"})
    assert "Số CCCD nói năm sinh 1987" in shown(doubtful)


def test_a_correction_keeps_what_was_not_touched_and_refuses_an_older_version(house: House) -> None:
    an = enter(house, name="Nguyễn Văn An", birth="05/02/1987", phone="0912345678", comorbidities=["diabetes"])
    client = signed_in(house, STATION)
    address = reverse("person_edit", args=[an.uid])
    assert client.get(address).status_code == 403
    opened(client, an)
    form = client.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    answer = client.post(address, {**typed, "version": "1", "occupation": "Lái xe"})
    assert answer.status_code == 302
    an.refresh_from_db()
    assert (an.occupation, an.birth_date.isoformat(), an.comorbidities) == ("Lái xe", "1987-02-05", ["diabetes"])
    assert list(an.phones.values_list("number", flat=True)) == ["+84912345678"]
    late = client.post(address, {**typed, "version": "1", "occupation": "Nông dân"})
    assert late.status_code == 422
    assert "đã được người khác sửa" in shown(late)


def pair_of(house: House) -> Likeness:
    enter(house, name="Nguyễn Văn Anh", birth="1987", occupation="Giáo viên")
    enter(house, name="Nguyen Van Anh", birth="05/02/1987", occupation="Lái xe")
    return Likeness.objects.get()


def test_two_records_are_compared_merged_and_parted(house: House) -> None:
    pair = pair_of(house)
    client = signed_in(house, CDC)
    assert "Nguyễn Văn Anh" in shown(client.get("/nguoi/trung/"))
    compare = reverse("duplicate", args=[pair.pk])
    assert client.get(compare).status_code == 302  # nothing is compared unopened
    assert client.post(reverse("duplicate_open", args=[pair.pk])).url == compare
    assert Opening.objects.count() == 2
    assert "Lái xe" in shown(client.get(compare))
    client.post(compare, {"keep": "first", "take_occupation": "second", "take_name": "first"})
    merge = Merge.objects.get()
    assert (merge.kept.name, merge.kept.occupation, merge.kept.birth_date.day) == ("Nguyễn Văn Anh", "Lái xe", 5)
    assert "Hủy gộp" in shown(client.get("/nguoi/gop/"))
    client.post(reverse("merge_undo", args=[merge.pk]))
    merge.refresh_from_db()
    assert merge.undone_at
    assert Person.objects.filter(merged_into=None).count() == 2


def test_two_may_be_said_to_be_two(house: House) -> None:
    pair = pair_of(house)
    client = signed_in(house, CDC)
    assert client.post(reverse("duplicate_distinct", args=[pair.pk])).status_code == 302
    assert "Không có cặp nào" in shown(client.get("/nguoi/trung/"))


PAGES = ("/nguoi/", "/nguoi/moi/", "/nguoi/trung/", "/nguoi/gop/", "/nguoi/nhat-ky/")
MAY = {
    CDC: (200, 200, 200, 200, 200),
    STATION: (200, 200, 403, 403, 200),
    "catinh.canbo": (200, 403, 403, 403, 200),
    LEADER: (200, 403, 403, 403, 200),
    "babe.bcd": (200, 403, 403, 403, 403),
    CLERK: (403, 403, 403, 403, 403),
    "syt.canbo": (403, 403, 403, 403, 403),
}


@pytest.mark.parametrize("who", sorted(MAY))
def test_who_may_open_which_page(house: House, who: str) -> None:
    client = signed_in(house, who)
    assert tuple(client.get(path).status_code for path in PAGES) == MAY[who]


def test_outside_the_area_is_as_if_absent(house: House) -> None:
    other = enter(
        house, CDC, name="Hà Thị Yến", residence_id=Place.objects.get(code="01840", valid_until__year=2025).pk
    )
    client = signed_in(house, STATION)
    for name in ("person", "person_record", "person_edit"):
        assert client.get(reverse(name, args=[other.uid])).status_code == 404
    assert client.post(reverse("person_open", args=[other.uid]), {"purpose": "care"}).status_code == 404


def test_no_page_asks_the_database_too_often(house: House, django_assert_max_num_queries: object) -> None:
    for number in range(12):
        enter(house, name=f"Nguyễn Văn A{'nh' * (number % 2)}", birth=str(1980 + number // 2), phone="0912345678")
    an = Person.objects.order_by("pk").first()
    client = signed_in(house, CDC)
    opened(client, an)
    for path in (*PAGES, reverse("person", args=[an.uid]), reverse("person_record", args=[an.uid])):
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            assert client.get(path).status_code == 200
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.post("/nguoi/", {"q": "nguyen van a"})
