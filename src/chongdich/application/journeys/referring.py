"""Contacts who live elsewhere are handed over by a dispatch with a list; the public is told places, never names.

Both become drafts of the own body in the directives room: a person signs, a clerk issues, the exchange carries them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import transaction

from chongdich.application.desk import Desk
from chongdich.application.journeys.drafting import keep_first, own_body
from chongdich.application.journeys.files import Upload, keep
from chongdich.application.lenses.contacts_elsewhere import (
    HEADER,
    Group,
    HandedOver,
    groups_elsewhere,
    lines_to_hand_over,
    places_to_tell,
)
from chongdich.application.outline import Outline, first_draft
from chongdich.application.ports import ports
from chongdich.core.errors import NotFound, Refused
from chongdich.core.official_document import CONG_VAN, KINDS, Column, Level, Paragraph, Table
from chongdich.domain.contacts import reaching
from chongdich.domain.directives.facts import DirectiveIssued
from chongdich.domain.directives.models import Directive
from chongdich.domain.directives.operations import outgoing
from chongdich.registry.ledger.models import Entry
from chongdich.registry.organisations.queries import get_organisation_by_id

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIST_NAME = "danh-sach-nguoi-tiep-xuc.xlsx"
MARK = "NV"


@transaction.atomic
def refer_contacts(desk: Desk, *, group: str, case_id: int | None = None) -> Directive:
    """A draft that hands one group of `lenses.contacts_elsewhere.groups_elsewhere` (its key) over, list as .xlsx.

    Contacts change their state when it is issued, and only where another house or province takes over.
    """
    desk.require("contacts.refer")
    unit_id = _own_unit(desk)
    found = next((one for one in groups_elsewhere(desk, case_id=case_id) if one.key == group), None)
    if found is None:
        raise NotFound("Không còn người tiếp xúc nào ở nơi này.")
    lines = lines_to_hand_over(desk, found.contact_ids)
    body = get_organisation_by_id(unit_id)
    to = get_organisation_by_id(found.unit_id).name if found.unit_id else f"Sở Y tế {found.name}"
    outline = Outline(CONG_VAN, f"V/v phối hợp truy vết người tiếp xúc ở {found.name}", None, (), (to,), MARK)
    document = replace(
        first_draft(body, outline, desk.today), body=tuple(_words(body.name, found, lines)),
        closing=f"{body.name} đề nghị {to} phối hợp thực hiện", circulation=("LƯU HÀNH NỘI BỘ",),
    )  # fmt: skip
    made = keep_first(desk, body, document)
    outgoing.keep_added_files(directive_id=made.pk, files=[keep(_list(lines), "attachment")], by=desk.author)
    reaching.note_referral(
        contact_ids=found.contact_ids, unit_id=found.unit_id, directive_id=made.pk, by=desk.author
    )  # fmt: skip
    return made


def _own_unit(desk: Desk) -> int:
    unit_id = desk.author.unit_id
    if unit_id is None:
        raise Refused("Tài khoản chưa có đơn vị để soạn văn bản.", "unit")
    own_body(desk.actor, "directives.draft", unit_id)
    return unit_id


def _words(name: str, group: Group, lines: Sequence[HandedOver]) -> Iterable[Paragraph]:
    f1 = sum(line.generation == "F1" for line in lines)
    yield Paragraph(
        f"Qua truy vết các ca bệnh COVID-19, {name} xác định {len(lines)} người tiếp xúc (F1: {f1}, F2: "
        f"{len(lines) - f1}) hiện ở {group.name}, theo danh sách kèm theo (tệp {LIST_NAME})."
    )
    yield Paragraph("Đề nghị liên hệ ngay, xác minh từng người trong danh sách trong 24 giờ.", Level.NUMBER)
    yield Paragraph("Hướng dẫn cách ly, theo dõi sức khỏe, lấy mẫu xét nghiệm theo quy định hiện hành.", Level.NUMBER)
    yield Paragraph("Phản hồi kết quả từng người, kể cả người không liên hệ được.", Level.NUMBER)


def _list(lines: Sequence[HandedOver]) -> Upload:
    rows = tuple(tuple(getattr(line, name) for name in HandedOver.__dataclass_fields__ if name != "contact_id")
                 for line in lines)  # fmt: skip
    table = Table(tuple(Column(name) for name in HEADER), rows)
    return Upload(LIST_NAME, ports.render_xlsx(table, "Người tiếp xúc"), XLSX)


def hand_over(desk: Desk, fact: DirectiveIssued) -> None:
    """An issued referral: who lives where another house or province takes over is no longer on our own worklists."""
    desk.require("system.act")
    told = Entry.objects.filter(kind="ContactsReferred", subjects__subject=f"directive:{fact.directive_id}")
    for entry in told:
        unit_id = entry.payload["unit_id"]
        if unit_id is None or ports.partner_of(get_organisation_by_id(unit_id)):
            reaching.hand_over(contact_ids=entry.payload["contact_ids"], by=desk.author)


@transaction.atomic
def draft_public_notice(desk: Desk, *, case_ids: Sequence[int]) -> Directive:
    """A draft notice of the public places and vehicles where cases were, with times: no name, no case number."""
    desk.require("contacts.refer")
    unit_id = _own_unit(desk)
    places = places_to_tell(desk, case_ids=case_ids)
    if not places:
        raise Refused("Các ca này không có nơi công cộng nào trong thời gian có thể lây.", "cases")
    body = get_organisation_by_id(unit_id)
    outline = Outline(KINDS["TB"], "Về việc tìm người đến các địa điểm liên quan ca bệnh COVID-19", None, (), (), MARK)
    told = [Paragraph("Người đã đến các địa điểm, phương tiện sau đây vào thời gian nêu dưới đây:")]
    told += [Paragraph(f"{place.what}: {'; '.join(place.times)}.", Level.DASH) for place in places]
    told.append(Paragraph("đề nghị liên hệ ngay với trạm y tế nơi ở để được hướng dẫn, và hạn chế tiếp xúc."))
    document = replace(first_draft(body, outline, desk.today), body=tuple(told), closing="")
    return keep_first(desk, body, document)
