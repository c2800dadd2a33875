"""The pages of documents going out: what each person finds there, and that nothing typed is lost."""

from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from PIL import Image

from chongdich.application.journeys import drafting
from chongdich.domain.directives.models import Directive
from chongdich.domain.directives.queries import find_clauses
from chongdich.web.pages.outgoing.editor import Editor
from tests.journeys import outgoing_desk as desk_work
from tests.journeys.house import House
from tests.web.client import signed_in

pytestmark = pytest.mark.django_db


def form_of(directive: Directive, **changes: str) -> dict[str, str]:
    """What the editor's form would send for a draft as it stands."""
    typed = Editor.of_content(directive.content or {})
    rows = {
        f"{prefix}-{place}-{name}": str(value)
        for prefix, several in (("p", typed.paragraphs), ("r", typed.recipients))
        for place, row in enumerate(several)
        for name, value in row.items()
        if value not in (False, None)
    }
    counts = {"p-count": str(len(typed.paragraphs)), "r-count": str(len(typed.recipients))}
    return {**typed.texts, **rows, **counts, "version": str(directive.version), "do": "save", **changes}


def page(directive: Directive, rest: str = "") -> str:
    return f"/van-ban/{directive.pk}/{rest or 'di/'}"


def test_a_draft_from_chosen_clauses(house: House) -> None:
    source = desk_work.received(house)
    client = signed_in(house, "tp.chuyenvien")
    address = f"/van-ban/di/moi/?tu={source.pk}"
    shown = client.get(address)
    assert desk_work.SIGNED_WORDS in shown.content.decode()
    wanted = {
        "unit": source.unit_id,
        "kind": "Kế hoạch",
        "subject": "",
        "clauses": [find_clauses(source.pk)[0].pk],
        "groups": ["Ủy ban nhân dân các xã, phường, thị trấn"],
        "others": "Công an thành phố",
        "mark": "VP",
    }
    wrong = client.post(address, wanted)
    assert wrong.status_code == 422
    assert "Công an thành phố" in wrong.content.decode(), "what was typed stays"
    made = client.post(address, {**wanted, "subject": "truy vết"})
    draft = Directive.objects.get(direction="out")
    assert made.url == page(draft, "soan/")
    assert (draft.symbol, draft.implements_id) == ("KH-UBND", source.pk)
    assert len((draft.content or {})["send_to"]) == 10


def test_rows_are_added_moved_and_removed_without_a_script_and_without_saving(house: House) -> None:
    draft = desk_work.draft(house, house.unit("ubnd", "01840"))
    client = signed_in(house, "tp.chuyenvien")
    typed = form_of(draft, **{"do": "p-add-1", "p-0-text": "Đoạn vừa gõ"})
    shown = client.post(page(draft, "soan/"), typed).content.decode()
    assert "Đoạn vừa gõ" in shown
    assert 'name="p-1-text"' in shown
    removed = client.post(page(draft, "soan/"), form_of(draft, do="r-remove-0")).content.decode()
    assert 'name="r-0-name"' not in removed
    assert Directive.objects.get(pk=draft.pk).version == draft.version


def test_saving_keeps_versions_and_the_later_pen_is_told(house: House) -> None:
    draft = desk_work.draft(house, house.unit("ubnd", "01840"))
    client = signed_in(house, "tp.chuyenvien")
    assert client.post(page(draft, "soan/"), form_of(draft, abstract="mới", note="sửa trích yếu")).status_code == 302
    late = client.post(page(draft, "soan/"), form_of(draft, abstract="của người sau"))
    assert late.status_code == 409
    assert "của người sau" in late.content.decode(), "his words are still there to copy"
    shown = client.get(page(draft, "di/phien-ban/2/")).content.decode()
    assert "<ins>" in shown
    assert "V/v mới" in shown
    assert Directive.objects.get(pk=draft.pk).subject == "mới"


def test_an_impossible_form_is_refused_and_changes_nothing(house: House) -> None:
    draft = desk_work.draft(house)
    client = signed_in(house, "tp.chuyenvien")
    answer = client.post(page(draft, "soan/"), form_of(draft, urgency="KHẨN LẮM"))
    assert answer.status_code == 422
    assert Directive.objects.get(pk=draft.pk).version == draft.version


def test_the_whole_way_by_the_pages(house: House) -> None:
    draft = desk_work.draft(house, house.unit("ubnd", "01840"))
    assert signed_in(house, "tp.chuyenvien").post(page(draft, "di/lam/submit/")).status_code == 302
    leader, clerk = signed_in(house, "tp.lanhdao"), signed_in(house, "tp.vanthu")
    back = leader.post(page(draft, "di/lam/send_back/"), {"note": ""})
    assert back.status_code == 422
    assert leader.post(page(draft, "di/lam/sign/")).status_code == 302
    assert clerk.post(page(draft, "di/lam/issue/")).status_code == 302
    house.settle()
    shown = clerk.get(page(draft)).content.decode()
    assert "01/UBND-VP" in shown
    assert "Đã đến" in shown
    assert clerk.post(page(draft, "di/lam/recall/"), {"note": "Ban hành nhầm"}).status_code == 302
    again = clerk.post(page(draft, "di/lam/recall/"), {"note": "Lần nữa"})
    assert again.status_code == 409
    assert "Lần nữa" in again.content.decode()


def test_the_paper_and_its_files(house: House) -> None:
    made = desk_work.issued(house, house.unit("ubnd", "01840"))
    client = signed_in(house, "tp.vanthu")
    picture = client.get(page(made, "di/trang/1.png"))
    assert Image.open(BytesIO(picture.content)).format == "PNG"
    assert client.get(page(made, "di/trang/9.png")).status_code == 404
    assert client.get(page(made, "di/tai/pdf/")).content.startswith(b"%PDF")
    assert client.get(page(made, "di/tai/docx/")).content.startswith(b"PK")
    assert b"01/UBND-VP" in client.get(page(made, "di/tai/edxml/")).content
    assert client.get(page(made, "di/tai/exe/")).status_code == 404
    draft = desk_work.draft(house)
    assert client.get(page(draft, "di/tai/edxml/")).status_code == 409


@pytest.mark.parametrize("stranger", ["babe.ubnd", "ducxuan.canbo", "syt.canbo"])
def test_strangers_find_nothing(house: House, stranger: str) -> None:
    draft = desk_work.draft(house, house.unit("ubnd", "01840"))
    client = signed_in(house, stranger)
    for rest in ("di/", "di/dien-bien/", "di/phien-ban/1/", "di/trang/1.png", "di/tai/pdf/"):
        assert client.get(page(draft, rest)).status_code == 404, rest
    assert client.get(page(draft, "soan/")).status_code in (403, 404)
    assert client.post(page(draft, "di/lam/submit/")).status_code == 404
    assert draft.subject not in client.get("/van-ban/di/").content.decode()


def test_the_superior_body_sees_what_is_issued_not_what_is_being_written(house: House) -> None:
    draft, made = desk_work.draft(house), desk_work.issued(house, house.unit("ubnd", "01840"))
    above = signed_in(house, "tinh.chuyenvien")
    assert above.get(page(draft)).status_code == 404
    assert above.get(page(made)).status_code == 200
    assert above.post(page(made, "di/lam/replace/")).status_code == 422
    assert above.get(page(draft, "soan/")).status_code == 404


def test_the_register_filters_and_exports(house: House) -> None:
    desk_work.issued(house, house.unit("ubnd", "01840"))
    desk_work.draft(house, kind="kế hoạch")
    client = signed_in(house, "tp.chuyenvien")
    shown = client.get("/van-ban/di/?state=issued").content.decode()
    assert "01/UBND-VP" in shown
    assert "KH-UBND" not in shown
    assert client.get("/van-ban/di/?export=xlsx").content.startswith(b"PK")
    assert signed_in(house, "ducxuan.canbo").get("/van-ban/di/?export=csv").status_code == 403


def test_queries_are_few(house: House, django_assert_max_num_queries: Any) -> None:
    made = desk_work.issued(house, addressees=["Ủy ban nhân dân các xã, phường, thị trấn"])
    draft = desk_work.draft(house, house.unit("ubnd", "01840"))
    client = signed_in(house, "tp.chuyenvien")
    client.get("/")
    addresses = ["/van-ban/di/", "/van-ban/di/moi/", page(made), page(draft, "soan/"), page(draft, "di/phien-ban/1/"),
                 page(made, "di/dien-bien/"), "/van-ban/di/trao-doi/", page(made, "di/dinh-chinh/"),
                 "/bao-cao/", "/bao-cao/?" + urlencode({"by": "directive", "since": "01/11/2021"})]  # fmt: skip
    for address in addresses:
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200, address


def test_a_table_in_a_report_survives_the_editor(house: House) -> None:
    from chongdich.application.journeys.reporting import draft_report
    from chongdich.application.lenses.reporting import Asked

    officer = house.desk("tp.chuyenvien")
    made = draft_report(officer, unit_id=house.unit("ubnd", "058").pk, asked=Asked())
    before = (made.content or {})["document"]
    saved = drafting.edit_draft(
        officer, directive_id=made.pk, version=1,
        content={"document": Editor.of_content(made.content or {}).to_document(before)},
    )  # fmt: skip
    after = (saved.content or {})["document"]
    assert after["appendices"] == before["appendices"]
    assert [b.get("text") for b in after["body"]] == [b.get("text") for b in before["body"]]


def test_typed_words_stay_when_the_draft_went_on_meanwhile(house: House) -> None:
    draft = desk_work.draft(house, house.unit("ubnd", "01840"))
    client = signed_in(house, "tp.chuyenvien")
    typed = form_of(draft, abstract="trích yếu vừa gõ")
    drafting.submit_draft(house.desk("tp.chuyenvien"), directive_id=draft.pk)
    answer = client.post(page(draft, "soan/"), typed)
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "trích yếu vừa gõ" in body
    assert "không còn ở bước soạn" in body
    assert 'value="save"' not in body.split("editor-actions")[1]
    draft.refresh_from_db()
    assert draft.subject != "trích yếu vừa gõ"


def test_too_many_paragraphs_are_refused_not_cut(house: House) -> None:
    draft = desk_work.draft(house, house.unit("ubnd", "01840"))
    rows = {f"p-{place}-text": f"Đoạn {place}." for place in range(701)}
    client = signed_in(house, "tp.chuyenvien")
    answer = client.post(page(draft, "soan/"), form_of(draft, **{**rows, "p-count": "701"}))
    assert answer.status_code == 422
    assert "nhiều nhất 700" in answer.content.decode()
    assert "Đoạn 700." in answer.content.decode(), "all that was typed is still there"
    rows.pop("p-700-text")
    client.post(page(draft, "soan/"), form_of(draft, **{**rows, "p-count": "700"}))
    draft.refresh_from_db()
    assert len((draft.content or {})["document"]["body"]) == 700


def test_a_city_is_offered_its_own_groups(house: House) -> None:
    body = signed_in(house, "tp.chuyenvien").get("/van-ban/di/moi/").content.decode()
    assert "Ủy ban nhân dân các xã, phường, thị trấn" in body
    assert "Các sở, ban, ngành" not in body
    province = signed_in(house, "tinh.chuyenvien").get("/van-ban/di/moi/").content.decode()
    assert "Các sở, ban, ngành" in province
