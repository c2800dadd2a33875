"""A body's own document: drafted, submitted, signed, numbered, issued, delivered, recalled, corrected, replaced."""

from io import BytesIO
from typing import Any

import docx
import pytest

from chongdich.application.journeys import drafting, issuing, review, signing, work
from chongdich.application.journeys.drafting import Draft
from chongdich.core.errors import Conflict, NotAllowed, NotFound, Refused
from chongdich.core.official_document import Level
from chongdich.domain.directives.models import Citation, Clause, Delivery, Directive, IssuedNumber, Task
from chongdich.domain.directives.queries import find_clauses
from chongdich.registry import vault
from chongdich.registry.inbox.models import Message
from chongdich.registry.ledger.queries import find_ledger_breaks
from tests.journeys import outgoing_desk as outgoing
from tests.journeys.house import House

pytestmark = pytest.mark.django_db


def document(directive: Directive) -> Any:
    return Draft.from_content(directive.content or {}).document


def test_chosen_clauses_become_points_of_the_draft(house: House) -> None:
    source = outgoing.received(house)
    first = find_clauses(source.pk)[0]
    made = outgoing.draft(house, house.unit("ubnd", "01840"), implements_id=source.pk, clause_ids=[first.pk])
    text = made.text
    assert outgoing.SIGNED_WORDS in text
    assert "Lấy mẫu" not in text, "only what was chosen"
    assert "Công văn số 8005/UBND-VXNV ngày 29/11/2021 của Ủy ban nhân dân tỉnh Bắc Kạn về việc tăng cường" in text
    assert (made.implements_id, made.symbol, made.state) == (source.pk, "UBND-VP", "draft")
    assert [b.text for b in document(made).body if b.level is Level.NUMBER] == [outgoing.SIGNED_WORDS]


def test_a_clause_of_several_lines_keeps_them(house: House) -> None:
    source = outgoing.received(house)
    made = outgoing.draft(house, implements_id=source.pk, clause_ids=[row.pk for row in find_clauses(source.pk)])
    levels = [(b.level.value, b.text) for b in document(made).body[2:]]
    assert levels == [("number", "Lấy mẫu xét nghiệm"), ("dash", "ưu tiên F1;"), ("dash", "xong trong 24 giờ.")]


def test_a_decision_has_bases_and_articles(house: House) -> None:
    source = outgoing.received(house)
    made = outgoing.draft(house, kind="quyết định", implements_id=source.pk, clause_ids=[find_clauses(source.pk)[0].pk])
    paper = document(made)
    assert (made.symbol, paper.enacting_word) == ("QĐ-UBND", "QUYẾT ĐỊNH")
    assert paper.legal_bases[0].startswith("Căn cứ Công văn số 8005/UBND-VXNV")
    assert {block.level for block in paper.body} == {Level.ARTICLE}
    assert "QUYẾT ĐỊNH:" in made.text
    assert "Điều 1. Rà soát" in made.text


def test_nobody_drafts_from_what_he_may_not_see(house: House) -> None:
    source = outgoing.received(house, "babe.ubnd", "ubnd", "061")
    with pytest.raises(NotFound):
        outgoing.draft(house, implements_id=source.pk)


def test_a_group_by_name_reaches_its_members_and_an_unclear_name_is_asked(house: House) -> None:
    made = outgoing.draft(house, addressees=["Ủy ban nhân dân các xã, phường", "Tổ công tác số 7"])
    draft = Draft.from_content(made.content or {})
    assert len(draft.send_to) == 8
    assert [name for name, _question in draft.unclear] == ["Tổ công tác số 7"]


def test_every_save_is_a_version_and_two_pens_do_not_write_over_each_other(house: House) -> None:
    officer = house.desk("tp.chuyenvien")
    made = outgoing.draft(house)
    content = made.content or {}
    content["document"]["abstract"] = "phòng, chống dịch dịp Tết"
    saved = drafting.edit_draft(officer, directive_id=made.pk, content=content, version=made.version, note="Tết")
    assert (saved.version, saved.subject) == (2, "phòng, chống dịch dịp Tết")
    assert [v.note for v in saved.versions.order_by("order")] == ["bản đầu", "Tết"]
    with pytest.raises(Conflict):
        drafting.edit_draft(officer, directive_id=made.pk, content=content, version=1)
    with pytest.raises(Refused, match="thiếu hoặc sai"):
        drafting.edit_draft(officer, directive_id=made.pk, content={"document": {"abstract": "x"}}, version=2)
    assert Directive.objects.get(pk=made.pk).subject == "phòng, chống dịch dịp Tết"


def test_only_people_of_the_body_draft_sign_and_issue_for_it(house: House) -> None:
    made = outgoing.draft(house, house.unit("ubnd", "01840"))
    for above in ("tinh.chuyenvien", "babe.ubnd"):
        with pytest.raises(NotAllowed):
            drafting.submit_draft(house.desk(above), directive_id=made.pk)
    drafting.submit_draft(house.desk("tp.chuyenvien"), directive_id=made.pk)
    for stranger in ("tinh.lanhdao", "babe.lanhdao", "tp.chuyenvien", "tp.vanthu"):
        with pytest.raises(NotAllowed):
            signing.sign_directive(house.desk(stranger), directive_id=made.pk)
    signing.sign_directive(house.desk("tp.lanhdao"), directive_id=made.pk)
    for stranger in ("tinh.vanthu", "tp.lanhdao", "tp.chuyenvien"):
        with pytest.raises(NotAllowed):
            issuing.issue_directive(house.desk(stranger), directive_id=made.pk)
    assert not IssuedNumber.objects.exists()


def test_who_wrote_any_version_does_not_sign(house: House) -> None:
    outgoing.hire(house, "tp.kiemnhiem", "officer", house.unit("ubnd", "058"))
    from chongdich.registry.accounts import operations
    from chongdich.registry.accounts.models import Account

    both = Account.objects.get(username="tp.kiemnhiem")
    city = house.unit("ubnd", "058")
    operations.appoint(
        account_id=both.pk, unit_id=city.pk, role="leader", since=house.machine().today, by=house.machine().author
    )
    made = outgoing.draft(house, house.unit("ubnd", "01840"))
    desk = house.desk("tp.kiemnhiem")
    drafting.edit_draft(desk, directive_id=made.pk, content=made.content or {}, version=1)
    drafting.submit_draft(desk, directive_id=made.pk)
    with pytest.raises(Conflict, match="không tự ký"):
        signing.sign_directive(desk, directive_id=made.pk)


def test_sent_back_with_a_reason_and_told_to_the_drafter(house: House) -> None:
    made = outgoing.draft(house, house.unit("ubnd", "01840"))
    drafting.submit_draft(house.desk("tp.chuyenvien"), directive_id=made.pk)
    house.settle()
    assert Message.objects.filter(account__username="tp.lanhdao", title__contains="chờ ký").exists()
    with pytest.raises(Refused, match="lý do"):
        signing.send_back_draft(house.desk("tp.lanhdao"), directive_id=made.pk, note=" ")
    signing.send_back_draft(house.desk("tp.lanhdao"), directive_id=made.pk, note="thiếu thời hạn")
    house.settle()
    told = Message.objects.get(account__username="tp.chuyenvien", title__contains="bị trả lại")
    assert told.body == "Lý do: Thiếu thời hạn"
    assert Directive.objects.get(pk=made.pk).state == "draft"


def test_the_clerk_sends_back_what_is_signed_and_the_signature_is_void(house: House) -> None:
    made = outgoing.signed(house, outgoing.draft(house, house.unit("ubnd", "01840")))
    assert made.signatory
    with pytest.raises(NotAllowed):
        signing.send_back_draft(house.desk("tp.lanhdao"), directive_id=made.pk, note="đổi ý")
    signing.send_back_draft(house.desk("tp.vanthu"), directive_id=made.pk, note="sai thể thức")
    assert Directive.objects.get(pk=made.pk).signatory == ""


def test_what_lacks_a_component_is_not_submitted(house: House) -> None:
    made = outgoing.draft(house)
    content = made.content or {}
    content["document"] |= {"archive": "", "recipients": []}
    desk = house.desk("tp.chuyenvien")
    drafting.edit_draft(desk, directive_id=made.pk, content=content, version=1)
    with pytest.raises(Refused, match="nơi nhận"):
        drafting.submit_draft(desk, directive_id=made.pk)


def test_registers_count_by_body_and_kind_without_gap(house: House) -> None:
    ward = house.unit("ubnd", "01840")
    numbers = [outgoing.issued(house, ward, kind=kind).number for kind in
               ("công văn", "kế hoạch", "công văn", "quyết định", "công văn")]  # fmt: skip
    assert numbers == ["01", "01", "02", "01", "03"]
    discarded = outgoing.draft(house, ward)
    drafting.discard_draft(house.desk("tp.chuyenvien"), directive_id=discarded.pk)
    assert outgoing.issued(house, ward).number == "04"
    next_year = house.later(days=60)
    assert outgoing.issued(next_year, ward).number == "01"


def test_issued_is_printed_kept_and_delivered(house: House) -> None:
    ward = house.unit("ubnd", "01840")
    source = outgoing.received(house)
    made = outgoing.issued(house, ward, implements_id=source.pk, clause_ids=[find_clauses(source.pk)[0].pk])
    kept = {row.name: vault.fetch(row.sha256) for row in made.files.filter(role="issued")}
    assert set(kept) == {"01-UBND-VP.pdf", "01-UBND-VP.docx"}
    assert kept["01-UBND-VP.pdf"].startswith(b"%PDF")
    words = "\n".join(
        cell.text for table in docx.Document(BytesIO(kept["01-UBND-VP.docx"])).tables for cell in table._cells
    )
    assert "01/UBND-VP" in words
    assert "ngày 29 tháng 11 năm 2021" in words
    assert "Số: 01/UBND-VP" in made.text
    assert "{number}" not in made.text
    assert Citation.objects.get(directive=made, reference="8005/ubnd-vxnv").target_id == source.pk
    delivery = Delivery.objects.get(directive=made, unit=ward)
    assert (delivery.channel, delivery.status, delivery.incoming.state) == ("inside", "01", "read")
    assert delivery.incoming.arrival_number == 1
    assert list(find_ledger_breaks()) == []


def test_the_ward_reads_it_works_and_the_city_sees_how_far(house: House) -> None:
    ward = house.unit("ubnd", "01840")
    source = outgoing.received(house)
    made = outgoing.issued(house, ward, implements_id=source.pk, clause_ids=[find_clauses(source.pk)[0].pk])
    outgoing.hire(house, "ducxuan.vp", "officer", ward)
    clerk, worker = house.desk("ducxuan.vp"), house.desk("ducxuan.canbo")
    got = Delivery.objects.get(directive=made, unit=ward).incoming
    assert got is not None
    assert (got.number, got.symbol, got.issuer_id) == ("01", "UBND-VP", made.unit_id)
    clause = Clause.objects.filter(directive=got, text__contains="Rà soát").get()
    review.set_clause_units(clerk, clause_id=clause.pk, lead=[ward.pk], coordinating=[])
    for other in Clause.objects.filter(directive=got).exclude(pk=clause.pk):
        review.drop_clause(clerk, clause_id=other.pk)
    review.confirm_clause(clerk, clause_id=clause.pk)
    seen = [status(made)]
    for step in (
        lambda: review.confirm_directive(clerk, directive_id=got.pk),
        lambda: work.start_task(worker, task_id=Task.objects.get(directive=got).pk),
        lambda: work.report_task(worker, task_id=Task.objects.get(directive=got).pk, text="Đã rà soát 120 người."),
        lambda: work.judge_report(clerk, task_id=Task.objects.get(directive=got).pk, accept=True),
    ):
        step()
        house.settle()
        seen.append(status(made))
    assert seen == ["01", "04", "05", "05", "06"]


def status(directive: Directive, code: str = "01840") -> str:
    return Delivery.objects.get(directive=directive, unit__place__code=code).status


def test_refusing_to_take_in_is_told_to_the_sender(house: House) -> None:
    ward = house.unit("ubnd", "01840")
    made = outgoing.issued(house, ward)
    outgoing.hire(house, "ducxuan.vt", "clerk", ward)
    got = Delivery.objects.get(directive=made).incoming
    assert got is not None
    with pytest.raises(Refused, match="lý do"):
        issuing.refuse_directive(house.desk("ducxuan.vt"), directive_id=got.pk, reason="")
    with pytest.raises(NotAllowed):
        issuing.refuse_directive(house.desk("babe.ubnd"), directive_id=got.pk, reason="Gửi nhầm.")
    issuing.refuse_directive(house.desk("ducxuan.vt"), directive_id=got.pk, reason="Gửi nhầm nơi nhận.")
    house.settle()
    delivery = Delivery.objects.get(directive=made)
    assert (delivery.status, delivery.note) == ("02", "Gửi nhầm nơi nhận.")


def test_recall_withdraws_what_was_delivered(house: House) -> None:
    ward = house.unit("ubnd", "01840")
    made = outgoing.issued(house, ward)
    with pytest.raises(Refused, match="lý do"):
        issuing.recall_directive(house.desk("tp.vanthu"), directive_id=made.pk, reason="")
    issuing.recall_directive(house.desk("tp.vanthu"), directive_id=made.pk, reason="Ban hành nhầm.")
    house.settle()
    delivery = Delivery.objects.get(directive=made)
    assert (delivery.status, delivery.incoming.state) == ("15", "withdrawn")
    assert Message.objects.filter(account__username="ducxuan.canbo", title__contains="thu hồi").exists()
    with pytest.raises(Conflict):
        issuing.recall_directive(house.desk("tp.vanthu"), directive_id=made.pk, reason="Lần nữa.")


def test_a_correction_is_a_letter_of_its_own_linked_to_what_it_corrects(house: House) -> None:
    ward = house.unit("ubnd", "01840")
    made = outgoing.issued(house, ward, kind="kế hoạch")
    officer = house.desk("tp.chuyenvien")
    with pytest.raises(Refused, match="nội dung đúng"):
        drafting.draft_correction(officer, directive_id=made.pk, wrong="05/12/2021", right="")
    letter = drafting.draft_correction(officer, directive_id=made.pk, wrong="05/12/2021", right="06/12/2021")
    assert "Nay sửa lại là: “06/12/2021”." in letter.text
    issuing.issue_directive(house.desk("tp.vanthu"), directive_id=outgoing.signed(house, letter).pk)
    house.settle()
    letter.refresh_from_db()
    assert (letter.kind, letter.number) == ("công văn", "01")
    assert Delivery.objects.get(directive=letter).unit_id == ward.pk
    assert [c.target for c in letter.citations.all()] == [made]
    assert Directive.objects.get(pk=made.pk).state == "issued"
    assert status(made) == "01", "what is corrected stays where it is"


def test_a_replacement_retires_the_old_one_everywhere(house: House) -> None:
    ward = house.unit("ubnd", "01840")
    old = outgoing.issued(house, ward)
    new = drafting.draft_replacement(house.desk("tp.chuyenvien"), directive_id=old.pk)
    assert "Văn bản này thay thế Công văn số 01/UBND-VP" in new.text
    assert Directive.objects.get(pk=old.pk).state == "issued", "until the new one is issued the old one stands"
    issuing.issue_directive(house.desk("tp.vanthu"), directive_id=outgoing.signed(house, new).pk)
    house.settle()
    assert Directive.objects.get(pk=old.pk).state == "replaced"
    assert Delivery.objects.get(directive=old).incoming.state == "withdrawn"
    assert Delivery.objects.get(directive=new).status == "01"
    with pytest.raises(Conflict):
        drafting.draft_replacement(house.desk("tp.chuyenvien"), directive_id=old.pk)
