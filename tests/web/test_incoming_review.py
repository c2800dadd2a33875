"""The review screen without a browser: every deed also works as a plain form, and says what is wrong."""

import re

import pytest

from chongdich.domain.directives.models import Clause, Directive, Task
from chongdich.web.pages.incoming.marks import marked, pieces
from tests.journeys.house import House
from tests.web.client import HouseClient, signed_in
from tests.web.test_incoming import received

PART = {"HX-Request": "true"}


@pytest.fixture
def office(house: House) -> HouseClient:
    return signed_in(house, "tinh.chuyenvien")


@pytest.fixture
def directive(house: House) -> Directive:
    return received(house)


def address(directive: Directive, *parts: object) -> str:
    return "/".join(["", "van-ban", str(directive.pk), "ra-soat", *map(str, parts), ""])


def first(directive: Directive) -> Clause:
    found = directive.clauses.order_by("order").first()
    assert found
    return found


def test_every_place_read_is_marked_in_the_text(office: HouseClient, directive: Directive) -> None:
    body = office.get(address(directive)).content.decode()
    assert re.search(r'data-of="[^"]*\bdau-so\b', body)
    for clause in directive.clauses.all():
        assert re.search(rf'data-of="[^"]*\bdk-{clause.pk}\b', body)
    assert "0/6" in body


def test_pieces_keep_the_text_and_name_every_cover() -> None:
    text = "một hai ba bốn"
    cut = pieces(text, [("a", 0, 7), ("b", 4, 10), ("c", 9, 9), ("d", 12, 99)])
    assert "".join(words for words, _ in cut) == text
    assert ("hai", ["a", "b"]) in cut
    assert cut[-1] == ("ốn"[0:0] + text[12:], ["d"])
    assert marked("<b>", [("x", 0, 1)]) == '<mark data-of="x">&lt;</mark>b&gt;'


def test_confirmed_dropped_and_taken_back(office: HouseClient, directive: Directive) -> None:
    clause = first(directive)
    for action, state in (("xac-nhan", "confirmed"), ("lay-lai", "read"), ("bo", "dropped"), ("lay-lai", "read")):
        answer = office.post(address(directive, clause.pk, "lam", action), headers=PART)
        clause.refresh_from_db()
        assert (answer.status_code, clause.state) == (200, state)
        assert f'data-state="{state}"' in answer.content.decode()
        assert 'id="review-bar"' in answer.content.decode()


def test_without_scripts_the_page_comes_back_at_the_clause(office: HouseClient, directive: Directive) -> None:
    clause = first(directive)
    answer = office.post(address(directive, clause.pk, "lam", "xac-nhan"))
    assert (answer.status_code, answer["Location"]) == (302, f"{address(directive)}#dk-{clause.pk}")
    opened = office.get(address(directive, clause.pk, "don-vi")).content.decode()
    assert 'data-panel="don-vi"' in opened
    assert "<html" in opened


def test_a_clause_without_a_unit_is_not_confirmed(office: HouseClient, directive: Directive) -> None:
    clause = first(directive)
    clause.units.all().delete()
    answer = office.post(address(directive, clause.pk, "lam", "xac-nhan"), headers=PART)
    clause.refresh_from_db()
    assert (answer.status_code, clause.state) == (422, "read")
    assert "chưa có đơn vị chủ trì" in answer.content.decode()


def test_words_corrected_keep_what_the_machine_read(office: HouseClient, directive: Directive) -> None:
    clause = first(directive)
    data = {"path": "1.a", "text": "Tạm dừng chợ.", "area": "zone"}
    shown = office.post(address(directive, clause.pk, "sua"), data, headers=PART).content.decode()
    clause.refresh_from_db()
    assert (clause.path, clause.text, clause.area) == ("1.a", "Tạm dừng chợ.", "zone")
    assert "Máy đọc" in shown
    assert "Tạm dừng hoạt động của chợ" in shown


def test_wrong_words_stay_in_the_form(office: HouseClient, directive: Directive) -> None:
    clause = first(directive)
    for headers in (PART, {}):
        answer = office.post(
            address(directive, clause.pk, "han"), {"due": "31/02/2021", "manner": "ngay"}, headers=headers
        )
        assert answer.status_code == 422
        assert "31/02/2021" in answer.content.decode()
    clause.refresh_from_db()
    assert clause.manner != "ngay"


def test_units_are_found_without_diacritics_and_set(house: House, office: HouseClient, directive: Directive) -> None:
    clause = first(directive)
    found = office.get(address(directive, "tim-don-vi") + "?q=ubnd+ba+be").json()
    babe = house.unit("ubnd", "061")
    assert babe.pk in {one["id"] for one in found}
    office.post(address(directive, clause.pk, "don-vi"), {"lead": [babe.pk], "coordinating": []}, headers=PART)
    assert list(clause.units.values_list("unit", "lead")) == [(babe.pk, True)]
    searched = office.post(address(directive, clause.pk, "don-vi"), {"lead": [babe.pk], "q": "so y te", "tim": "1"})
    assert "Sở Y tế" in searched.content.decode()
    assert list(clause.units.values_list("unit", "lead")) == [(babe.pk, True)]


def test_an_unknown_unit_is_refused_and_nothing_changes(office: HouseClient, directive: Directive) -> None:
    clause = first(directive)
    before = list(clause.units.values_list("unit", "lead"))
    answer = office.post(address(directive, clause.pk, "don-vi"), {"lead": ["99999999"]}, headers=PART)
    assert answer.status_code == 422
    assert list(clause.units.values_list("unit", "lead")) == before


def test_a_group_is_one_chip_with_its_number(office: HouseClient, directive: Directive) -> None:
    body = office.get(address(directive)).content.decode()
    assert '<span class="count">8</span> Ủy ban nhân dân các huyện, thành phố' in body


def test_split_at_the_caret_and_merged_again(office: HouseClient, directive: Directive) -> None:
    clause = first(directive)
    whole, at = clause.text, clause.text.index("lập danh sách")
    assert f'value="{at}"' in office.get(address(directive, clause.pk, "tach") + f"?at={at}").content.decode()
    answer = office.post(address(directive, clause.pk, "tach"), {"at": at}, headers=PART)
    assert answer.content.decode().count("<article") == 2
    assert Clause.objects.filter(directive=directive).count() == 7
    merged = office.post(address(directive, clause.pk, "lam", "gop"), headers=PART).content.decode()
    clause.refresh_from_db()
    assert clause.text.replace("\n", " ") == whole.replace("; ", " ", 1)
    assert 'hx-swap-oob="true"' in merged


def test_a_cut_outside_the_words_is_refused(office: HouseClient, directive: Directive) -> None:
    clause = first(directive)
    answer = office.post(address(directive, clause.pk, "tach"), {"at": "99999"}, headers=PART)
    assert answer.status_code == 422
    assert "Chỗ tách phải nằm giữa" in answer.content.decode()


def test_a_selection_becomes_a_clause_in_its_place(office: HouseClient, directive: Directive) -> None:
    start = directive.text.index("Yêu cầu các cơ quan")
    end = directive.text.index("./.", start)
    opened = office.get(address(directive, "them") + f"?start={start}&end={end}", headers=PART).content.decode()
    assert "Yêu cầu các cơ quan, đơn vị khẩn trương thực hiện" in opened
    last = directive.clauses.order_by("order").last()
    assert last
    data = {"start": start, "end": end, "text": "Khẩn trương thực hiện", "area": "command", "path": "6"}
    answer = office.post(address(directive, "them"), {**data, "after": last.pk}, headers=PART)
    new = directive.clauses.order_by("order").last()
    assert new
    assert (answer["HX-Retarget"], new.path, new.machine) == (f"#dk-{last.pk}", "6", None)
    assert directive.text[new.start : new.end].startswith("Yêu cầu các cơ quan")


def test_the_head_is_corrected_beside_the_machines_reading(office: HouseClient, directive: Directive) -> None:
    answer = office.post(address(directive, "dau", "so"), {"number": "6115", "symbol": "UBND-VXNV"}, headers=PART)
    directive.refresh_from_db()
    assert directive.reference == "6115/ubnd-vxnv"
    assert "6114/UBND-VXNV" in answer.content.decode()


@pytest.mark.parametrize("day", [("31", "2", "2021"), ("5", "", "2021"), ("", "7", ""), ("x", "7", "2021")])
def test_no_impossible_day_is_kept(office: HouseClient, directive: Directive, day: tuple[str, str, str]) -> None:
    before = (directive.day, directive.month, directive.year)
    answer = office.post(address(directive, "dau", "ngay"), dict(zip(("day", "month", "year"), day)), headers=PART)
    directive.refresh_from_db()
    assert answer.status_code == 422
    assert (directive.day, directive.month, directive.year) == before


def test_a_partial_day_is_kept_as_partial(office: HouseClient, directive: Directive) -> None:
    office.post(address(directive, "dau", "ngay"), {"day": "", "month": "9", "year": "2021"}, headers=PART)
    assert "…/09/2021" in office.get(f"/van-ban/{directive.pk}/").content.decode()


def test_tasks_go_out_only_when_every_clause_is_settled(
    house: House, office: HouseClient, directive: Directive
) -> None:
    assert office.post(f"/van-ban/{directive.pk}/giao-viec/").status_code == 409
    for clause in directive.clauses.all():
        office.post(address(directive, clause.pk, "lam", "xac-nhan"))
    summary = office.get(f"/van-ban/{directive.pk}/giao-viec/").content.decode()
    assert "Giao 15 nhiệm vụ cho" in summary
    assert office.post(f"/van-ban/{directive.pk}/giao-viec/")["Location"] == f"/van-ban/{directive.pk}/"
    house.settle()
    assert Task.objects.filter(directive=directive).count() == 15


def test_after_somebody_else_confirmed_it_the_screen_leads_away(office: HouseClient, directive: Directive) -> None:
    clause = first(directive)
    Directive.objects.filter(pk=directive.pk).update(state="confirmed")
    part = office.post(address(directive, clause.pk, "lam", "bo"), headers=PART)
    assert (part.status_code, part["HX-Redirect"]) == (204, f"/van-ban/{directive.pk}/")
    assert office.get(address(directive))["Location"] == f"/van-ban/{directive.pk}/"


@pytest.mark.parametrize("parts", [("9999999",), ("9999999", "sua"), ("dau", "khong-co"), ("9999999", "lam", "bo")])
def test_what_is_not_there_is_not_found(office: HouseClient, directive: Directive, parts: tuple[str, ...]) -> None:
    method = office.post if "lam" in parts else office.get
    assert method(address(directive, *parts)).status_code == 404


def test_a_clause_of_another_document_cannot_be_reached(
    house: House, office: HouseClient, directive: Directive
) -> None:
    other = first(received(house))
    assert office.post(address(directive, other.pk, "lam", "bo")).status_code == 404


def test_two_hundred_clauses_ask_no_more(
    house: House, office: HouseClient, directive: Directive, django_assert_max_num_queries: object
) -> None:
    template = first(directive)
    rows = [
        Clause(directive=directive, order=1000 + n, path=str(n), text=f"Việc {n}", machine=None) for n in range(200)
    ]
    Clause.objects.bulk_create(rows)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        body = office.get(address(directive)).content.decode()
    assert body.count("<article") == 206
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        office.post(address(directive, template.pk, "lam", "xac-nhan"), headers=PART)


def test_two_people_on_one_clause_do_not_overwrite_each_other_unawares(house: House) -> None:
    found = received(house)
    clause = Clause.objects.filter(directive=found).order_by("order").first()
    assert clause
    address = f"/van-ban/{found.pk}/ra-soat/{clause.pk}/sua/"
    client = signed_in(house, "tinh.chuyenvien")
    seen = re.search(r'name="seen" value="(\w+)"', client.get(address).content.decode())
    assert seen
    first = {"seen": seen[1], "text": "Lời người thứ nhất.", "path": "1", "area": "other"}
    assert client.post(address, first).status_code in (200, 302)
    late = client.post(address, {**first, "text": "Lời người thứ hai."})
    assert late.status_code == 422
    assert "Lời người thứ hai." in late.content.decode()
    assert Clause.objects.get(pk=clause.pk).text == "Lời người thứ nhất."
    again = re.search(r'name="seen" value="(\w+)"', late.content.decode())
    assert again
    client.post(address, {**first, "seen": again[1], "text": "Lời người thứ hai."})
    assert Clause.objects.get(pk=clause.pk).text == "Lời người thứ hai."


def test_the_issuing_body_is_chosen_from_the_register(house: House) -> None:
    office, directive = signed_in(house, "tinh.chuyenvien"), received(house)
    page = f"/van-ban/{directive.pk}/ra-soat/dau/co-quan/"
    health = house.unit("so_y_te", "06")
    assert 'name="issuer"' in office.get(page).content.decode()
    office.post(page, {"issuer_name": "Sở Y tế (bản in mờ)", "issuer": [str(health.pk)]})
    directive.refresh_from_db()
    assert directive.issuer_id == health.pk
    assert directive.issuer_name == "Sở Y tế (bản in mờ)"
    office.post(page, {"issuer_name": "UBND huyện Ba Bể", "issuer": [str(health.pk)]})
    directive.refresh_from_db()
    assert directive.issuer_id == house.unit("ubnd", "061").pk, "another name is looked up anew"
    wrong = office.post(page, {"issuer_name": "X", "issuer": ["999999999"]})
    assert wrong.status_code == 422
    office.post(page, {"issuer_name": "UBND huyện Ba Bể"})
    directive.refresh_from_db()
    assert directive.issuer_id is None
