"""Documents received, page by page: the register, handing in, the document, its files, its citations."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chongdich.application.journeys import receive, review
from chongdich.application.journeys.files import Upload
from chongdich.domain.directives.models import Clause, Directive, SourceFile, Task
from chongdich.universe import samples
from tests.journeys.house import House
from tests.web.client import HouseClient, signed_in

SAMPLE = "cong_van_tinh.txt"


@pytest.fixture
def office(house: House) -> HouseClient:
    return signed_in(house, "tinh.chuyenvien")


def sample() -> bytes:
    return next(path.read_bytes() for path in samples.texts() if path.name == SAMPLE)


def received(house: House, *, settle: bool = True) -> Directive:
    desk = house.desk("tinh.vanthu")
    found = receive.receive_directive(
        desk, unit_id=desk.actor.unit_id or 0, again=True, main=Upload("cv 6114.txt", sample())
    )
    if settle:
        house.settle()
    return Directive.objects.get(pk=found.pk)


def confirmed(house: House) -> Directive:
    directive = received(house)
    desk = house.desk("tinh.chuyenvien")
    for clause in directive.clauses.all():
        review.confirm_clause(desk, clause_id=clause.pk)
    review.confirm_directive(desk, directive_id=directive.pk)
    house.settle()
    return Directive.objects.get(pk=directive.pk)


def test_the_register_lists_what_came(house: House, office: HouseClient) -> None:
    confirmed(house)
    body = office.get("/van-ban/den/").content.decode()
    assert "6114/UBND-VXNV" in body
    assert "chợ trung tâm huyện Na Rì" in body
    assert f"0/{Task.objects.count()}" in body


def test_the_register_is_searched_without_diacritics_and_filtered(house: House, office: HouseClient) -> None:
    received(house)
    assert "6114/UBND-VXNV" in office.get("/van-ban/den/?q=cho+trung+tam+na+ri").content.decode()
    assert "6114/UBND-VXNV" not in office.get("/van-ban/den/?q=truong+hoc").content.decode()
    assert "6114/UBND-VXNV" not in office.get("/van-ban/den/?state=confirmed").content.decode()


def test_the_register_as_a_file_has_a_column_for_each_thing(house: House, office: HouseClient) -> None:
    confirmed(house)
    lines = office.get("/van-ban/den/?export=csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Số đến,Ngày đến,")
    assert "6114/UBND-VXNV" in lines[1]


def test_others_do_not_see_the_register(house: House) -> None:
    directive = received(house)
    stranger = signed_in(house, "tp.chuyenvien")
    assert "6114" not in stranger.get("/van-ban/den/").content.decode()
    for page in ("", "ra-soat/", "vien-dan/", "giao-viec/", "dang-doc/", f"tep/{directive.files.get().pk}/"):
        assert stranger.get(f"/van-ban/{directive.pk}/{page}").status_code == 404, page


def test_who_reads_but_does_not_review_is_refused_the_review(house: House) -> None:
    directive = received(house)
    clerk = signed_in(house, "tinh.vanthu")
    assert clerk.get(f"/van-ban/{directive.pk}/").status_code == 200
    for page in ("ra-soat/", "giao-viec/", "ra-soat/them/"):
        assert clerk.get(f"/van-ban/{directive.pk}/{page}").status_code == 403, page


def test_who_only_got_a_task_reads_it_without_the_inner_story(house: House) -> None:
    directive = confirmed(house)
    body = signed_in(house, "syt.canbo").get(f"/van-ban/{directive.pk}/").content.decode()
    assert "điều động 02 đội lấy mẫu" in body
    assert "Diễn biến" not in body
    assert "Công an tỉnh chỉ đạo lực lượng tại chỗ xác minh" not in body.split("Toàn văn")[0]


def test_handing_in_a_file_registers_it(house: House, office: HouseClient) -> None:
    unit = house.desk("tinh.chuyenvien").actor.unit_id
    main = SimpleUploadedFile("cv.txt", sample(), "text/plain")
    extra = SimpleUploadedFile("phu-luc.xlsx", b"PK", "application/zip")
    answer = office.post("/van-ban/den/moi/", {"unit": unit, "main": main, "attachments": [extra]})
    directive = Directive.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/van-ban/{directive.pk}/")
    assert sorted(directive.files.values_list("role", flat=True)) == ["attachment", "source"]


def test_pasted_text_is_registered_too(house: House, office: HouseClient) -> None:
    unit = house.desk("tinh.chuyenvien").actor.unit_id
    answer = office.post("/van-ban/den/moi/", {"unit": unit, "text": sample().decode()}, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == f"/van-ban/{Directive.objects.get().pk}/"


def test_a_broken_file_is_kept_and_nothing_is_registered(house: House, office: HouseClient) -> None:
    unit = house.desk("tinh.chuyenvien").actor.unit_id
    answer = office.post(
        "/van-ban/den/moi/", {"unit": unit, "main": SimpleUploadedFile("hong.pdf", b"%PDF-1.7 broken")}
    )
    assert answer.status_code == 422
    assert "hong.pdf" in answer.content.decode()
    assert Directive.objects.count() == 0
    kept = SourceFile.objects.get()
    listed = office.get("/van-ban/den/tep-loi/").content.decode()
    assert "hong.pdf" in listed
    assert office.get(f"/van-ban/den/tep-loi/{kept.pk}/").content == b"%PDF-1.7 broken"
    assert signed_in(house, "tp.chuyenvien").get(f"/van-ban/den/tep-loi/{kept.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Chọn một tệp, hoặc dán nội dung"),
        ({"text": "Số 1", "main": BytesIO(b"x")}, "không cả hai"),
        ({"text": "Số 1", "unit": "99999999"}, "không có trong danh sách"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    house: House, office: HouseClient, given: dict[str, object], said: str
) -> None:
    answer = office.post("/van-ban/den/moi/", {"unit": house.desk("tinh.chuyenvien").actor.unit_id, **given})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Directive.objects.count() == 0
    assert "text" not in given or "Số 1" in answer.content.decode()


def test_one_cannot_receive_for_another_body(house: House, office: HouseClient) -> None:
    other = house.unit("ubnd", "058").pk
    assert office.post("/van-ban/den/moi/", {"unit": other, "text": "Số: 1/UBND"}).status_code == 422
    assert Directive.objects.count() == 0


def test_while_the_machine_reads_the_page_asks_and_then_goes_on(house: House, office: HouseClient) -> None:
    directive = received(house, settle=False)
    address = f"/van-ban/{directive.pk}/dang-doc/"
    assert "every 1s" in office.get(f"/van-ban/{directive.pk}/").content.decode()
    assert office.get(address).status_code == 200
    house.settle()
    assert office.get(address)["HX-Redirect"] == f"/van-ban/{directive.pk}/ra-soat/"


def test_a_file_is_always_saved_never_shown(house: House, office: HouseClient) -> None:
    directive = received(house)
    answer = office.get(f"/van-ban/{directive.pk}/tep/{directive.files.get().pk}/")
    assert answer.content == sample()
    assert answer["Content-Disposition"] == 'attachment; filename="cv 6114.txt"'
    assert answer["Content-Type"] == "application/octet-stream"


def test_a_file_name_cannot_break_out_of_its_header(house: House, office: HouseClient) -> None:
    directive = received(house)
    directive.files.update(name='../../a"b\r\nSet-Cookie: x=1.html')
    answer = office.get(f"/van-ban/{directive.pk}/tep/{directive.files.get().pk}/")
    assert "Set-Cookie" not in answer.headers
    assert "\n" not in answer["Content-Disposition"]
    assert "../" not in answer["Content-Disposition"]


def test_a_missing_citation_is_tied_to_a_held_document(house: House, office: HouseClient) -> None:
    directive = received(house)
    desk = house.desk("tinh.vanthu")
    other = receive.receive_text(desk, unit_id=desk.actor.unit_id or 0, text="Báo cáo của Sở Y tế")
    citation = directive.citations.get(reference="512/bc-syt")
    body = office.get(f"/van-ban/{directive.pk}/vien-dan/?gan={citation.pk}&q=bao+cao").content.decode()
    assert 'class="graph-box missing"' in body
    assert f'value="{other.pk}"' in body
    office.post(f"/van-ban/{directive.pk}/vien-dan/{citation.pk}/", {"target": other.pk})
    citation.refresh_from_db()
    assert citation.target_id == other.pk


def test_a_citation_is_not_tied_to_what_one_may_not_see(house: House, office: HouseClient) -> None:
    directive = received(house)
    city = house.desk("tp.vanthu")
    hidden = receive.receive_text(city, unit_id=city.actor.unit_id or 0, text="Văn bản của thành phố")
    Directive.objects.filter(pk=hidden.pk).update(unit=house.unit("bcd", "058"))
    citation = directive.citations.get(reference="512/bc-syt")
    stranger = signed_in(house, "babe.bcd")
    assert stranger.post(f"/van-ban/{directive.pk}/vien-dan/{citation.pk}/", {"target": hidden.pk}).status_code == 404


@pytest.mark.parametrize("page", ["", "ra-soat/", "vien-dan/", "giao-viec/", "dang-doc/", "dien-bien/"])
def test_pages_ask_the_database_little(
    house: House, office: HouseClient, django_assert_max_num_queries: object, page: str
) -> None:
    directive = received(house)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        office.get(f"/van-ban/{directive.pk}/{page}")


def test_lists_and_full_pages_ask_little_too(
    house: House, office: HouseClient, django_assert_max_num_queries: object
) -> None:
    directive = confirmed(house)
    for page in ("/van-ban/den/", "/van-ban/den/tep-loi/", "/van-ban/den/moi/", f"/van-ban/{directive.pk}/"):
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            office.get(page)
    assert Clause.objects.filter(directive=directive).count() == 6


def test_a_document_that_is_not_ours_is_refused_with_a_reason(house: House) -> None:
    desk = house.desk("tinh.vanthu")
    found = receive.receive_text(desk, unit_id=desk.actor.unit_id or 0, text="Số: 9/UBND\n\nKính gửi: Sở X")
    house.settle()
    client = signed_in(house, "tinh.vanthu")
    address = f"/van-ban/{found.pk}/tu-choi/"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert signed_in(house, "babe.bcd").post(address, {"reason": "Không phải của tôi"}).status_code in (403, 404)
    assert client.post(address, {"reason": "Gửi nhầm địa chỉ."}).status_code == 302
    assert Directive.objects.get(pk=found.pk).state == "refused"
    assert "/tu-choi/" not in client.get(f"/van-ban/{found.pk}/").content.decode()


def test_a_confirmed_document_leads_to_its_own_dispatch(house: House) -> None:
    desk = house.desk("tinh.chuyenvien")
    found = receive.receive_text(desk, unit_id=desk.actor.unit_id or 0, text="Số: 9/UBND\n\nKính gửi: Sở X")
    house.settle()
    answer = signed_in(house, "tinh.chuyenvien").get(f"/van-ban/{found.pk}/").content.decode()
    assert f"/van-ban/di/moi/?tu={found.pk}" in answer
    assert "?tu=" not in signed_in(house, "tinh.vanthu").get(f"/van-ban/{found.pk}/").content.decode()


def _hand_in(office: HouseClient, data: bytes, **more: str) -> object:
    upload = SimpleUploadedFile("ban chup.txt", data, content_type="text/plain")
    return office.post("/van-ban/den/moi/", {"unit": office_unit(), "main": upload, **more})


def office_unit() -> int:
    return Directive.objects.order_by("pk").first().unit_id  # type: ignore[union-attr]


def test_another_copy_is_asked_about_before_anything_is_registered(house: House, office: HouseClient) -> None:
    first = received(house)
    copy = sample() + b"\n\n(sao y)\n"
    asked = _hand_in(office, copy)
    assert asked.status_code == 422  # type: ignore[attr-defined]
    body = asked.content.decode()  # type: ignore[attr-defined]
    assert f"dinh-{first.pk}" in body
    assert f"thay-{first.pk}" in body
    assert Directive.objects.count() == 1
    _hand_in(office, copy, same=f"dinh-{first.pk}")
    assert Directive.objects.count() == 1
    assert first.files.filter(role="attachment", name="ban chup.txt").exists()
    _hand_in(office, copy, same="giu")
    house.settle()
    second = Directive.objects.latest("pk")
    assert "Có thể trùng" in office.get(f"/van-ban/{second.pk}/ra-soat/").content.decode()
    office.post(f"/van-ban/{second.pk}/trung/{first.pk}/dinh-vao/")
    second.refresh_from_db()
    assert second.state == "voided"
    assert "Đã hủy đăng ký văn bản này" in office.get(f"/van-ban/{second.pk}/").content.decode()


def test_the_right_copy_takes_the_place_of_the_older_one(house: House, office: HouseClient) -> None:
    first = confirmed(house)
    _hand_in(office, sample() + b"\n\n(sao y)\n", same=f"thay-{first.pk}")
    first.refresh_from_db()
    assert first.state == "voided"
    assert not Task.objects.filter(directive=first).exclude(state="cancelled").exists()


def test_a_document_is_struck_out_with_a_reason(house: House, office: HouseClient) -> None:
    directive = confirmed(house)
    refused = office.post(f"/van-ban/{directive.pk}/huy-dang-ky/", {"reason": ""})
    assert refused.status_code == 422
    office.post(f"/van-ban/{directive.pk}/huy-dang-ky/", {"reason": "Vào nhầm sổ"})
    directive.refresh_from_db()
    assert directive.state == "voided"
    assert "Vào nhầm sổ" in office.get(f"/van-ban/{directive.pk}/").content.decode()


def test_a_scan_answers_at_once_and_shows_where_it_is(house: House, office: HouseClient) -> None:
    received(house)
    file = SourceFile.objects.create(
        name="quet.pdf", content_type="application/pdf", size=3, sha256="0" * 64, role="waiting", unit_id=office_unit(),
        at=house.at,
    )  # fmt: skip
    page = f"/van-ban/den/ban-quet/{file.pk}/"
    assert "đang nhận dạng chữ" in office.get(page).content.decode()
    assert "quet.pdf" in office.get("/van-ban/den/tep-loi/").content.decode()
    SourceFile.objects.filter(pk=file.pk).update(role="failed", problem="quet.pdf, trang 2: hỏng")
    assert "quet.pdf, trang 2: hỏng" in office.get(page).content.decode()
    office.post(f"{page}doc-lai/")
    file.refresh_from_db()
    assert file.role == "waiting"
    SourceFile.objects.filter(pk=file.pk).update(role="source", directive=Directive.objects.get())
    assert office.get(page).headers["Location"] == f"/van-ban/{Directive.objects.get().pk}/ra-soat/"
    assert signed_in(house, "tp.chuyenvien").get(page).status_code == 404
