"""The paper that says a patient recovered, by which rule, in the layout of official documents."""

from collections.abc import Iterator

from chongdich.application.desk import Desk
from chongdich.application.lenses.cases import first_positive_on, get_visible_case
from chongdich.core.errors import Conflict
from chongdich.core.official_document import KINDS, OfficialDocument, Paragraph, PartialDate, Recipient, Signatory
from chongdich.domain.cases.models import Case
from chongdich.registry.organisations.queries import get_organisation_by_id


def certificate_of(desk: Desk, *, case_id: int) -> OfficialDocument:
    """A confirmation of recovery, to be numbered and signed by hand. Conflict while the case is not so closed."""
    desk.require("cases.close")
    case = get_visible_case(desk, case_id, "cases.close")
    if case.outcome != "recovered" or case.outcome_on is None:
        raise Conflict("Chỉ xác nhận được khi ca bệnh đã khỏi.")
    unit = get_organisation_by_id(desk.author.unit_id or case.unit_id or 0)
    return OfficialDocument(
        issuing_body=unit.name, symbol="XN", place=unit.place.name, date=PartialDate.of(desk.today),
        abstract="Khỏi bệnh COVID-19, hoàn thành cách ly", kind=KINDS["TB"], body=tuple(_body(desk, case)),
        recipients=(Recipient("Người có tên trên"), Recipient("Trạm y tế nơi cư trú")), archive="VT",
        signatory=Signatory(title="NGƯỜI CÓ THẨM QUYỀN"),
    )  # fmt: skip


def _body(desk: Desk, case: Case) -> Iterator[Paragraph]:
    person, first = case.person, first_positive_on(case)
    born = f"{person.birth_date:%d/%m/%Y}" if person.birth_date else str(person.birth_year or "")
    home = ", ".join(
        part for part in (person.residence_hamlet, str(person.residence or person.residence_address)) if part
    )
    yield Paragraph(f"Họ và tên: {person.name}. Sinh: {born}. Giới tính: {person.get_sex_display() or ''}.")
    yield Paragraph(f"Nơi cư trú: {home}.")
    if case.code:
        yield Paragraph(f"Mã ca bệnh: {case.code}.")
    if first:
        yield Paragraph(f"Có mẫu xét nghiệm dương tính ngày {first:%d/%m/%Y}.")
    yield Paragraph(f"Được xác nhận khỏi bệnh, hoàn thành cách ly ngày {case.outcome_on:%d/%m/%Y}.")
    yield from _basis(desk, case)


def _basis(desk: Desk, case: Case) -> Iterator[Paragraph]:
    if not case.outcome_rule:
        return
    told = desk.law.explain(case.outcome_rule)
    yield Paragraph(f"Căn cứ: {told.basis}.")
    after = [f"{label}: {said}" for label, said in told.answers if label.startswith(("Sau đó", "Số ngày"))]
    if after:
        yield Paragraph(f"{'; '.join(after)}.")
