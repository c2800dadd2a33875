"""A body writes its own document: new, or implementing one it received with the clauses it chose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from chongdich.application.desk import Desk
from chongdich.application.wording import plain_text
from chongdich.core.errors import Refused
from chongdich.core.official_document import (
    CONG_VAN,
    KINDS,
    Channel,
    Kind,
    Level,
    OfficialDocument,
    Paragraph,
    PartialDate,
    Recipient,
    Signatory,
)
from chongdich.domain.directives.models import Clause, Directive
from chongdich.domain.directives.operations import outgoing
from chongdich.domain.directives.queries import find_clauses, get_directive
from chongdich.registry.organisations.models import Organisation
from chongdich.registry.organisations.queries import find_superior_name, get_organisation_by_id

_MODEL: TypeAdapter[OfficialDocument] = TypeAdapter(OfficialDocument)
COMMITTEES = ("ubnd",)


@dataclass(frozen=True)
class Draft:
    """What a drafter works on: the document, and the units inside the house that it will be delivered to."""

    document: OfficialDocument
    send_to: tuple[int, ...] = ()

    def to_content(self) -> dict[str, Any]:
        """As it is stored."""
        return {"document": _MODEL.dump_python(self.document, mode="json"), "send_to": list(self.send_to)}

    @classmethod
    def from_content(cls, content: dict[str, Any]) -> "Draft":
        """From storage or from a form; Refused, naming the field, when something is missing or wrong."""
        try:
            document = _MODEL.validate_python(content.get("document") or {})
        except ValidationError as error:
            first = error.errors()[0]
            raise Refused("Nội dung văn bản thiếu hoặc sai.", ".".join(map(str, first["loc"]))) from error
        return cls(document, tuple(int(key) for key in content.get("send_to") or ()))


def kind_named(name: str) -> Kind:
    """The kind by its Vietnamese name; công văn when it has none."""
    wanted = name.strip().lower()
    return next((kind for kind in KINDS.values() if kind.name.lower() == wanted), CONG_VAN)


def draft_directive(
    desk: Desk,
    *,
    unit_id: int,
    kind: str,
    subject: str,
    implements_id: int | None = None,
    clause_ids: Sequence[int] = (),
    drafting_mark: str = "VP",
    send_to: Iterable[int] = (),
) -> Directive:
    """A first draft in the body's name; with chosen clauses of a document received it implements that document."""
    desk.require("directives.draft", unit=unit_id)
    body = get_organisation_by_id(unit_id)
    source = get_directive(implements_id) if implements_id else None
    chosen = [row for row in find_clauses(implements_id) if row.pk in set(clause_ids)] if implements_id else []
    receivers = [get_organisation_by_id(key) for key in dict.fromkeys(send_to)]
    document = _first_draft(desk, body, kind_named(kind), subject, source, chosen, receivers, drafting_mark)
    return outgoing.draft(
        unit_id=unit_id,
        issuer_name=body.name,
        kind=document.kind.name.lower(),
        symbol=document.symbol,
        subject=subject,
        content=Draft(document, tuple(unit.pk for unit in receivers)).to_content(),
        implements_id=implements_id,
        by=desk.author,
    )


def _first_draft(
    desk: Desk,
    body: Organisation,
    kind: Kind,
    subject: str,
    source: Directive | None,
    chosen: Sequence[Clause],
    receivers: Sequence[Organisation],
    mark: str,
) -> OfficialDocument:
    superior = "" if body.kind in COMMITTEES else find_superior_name(body, desk.today)
    return OfficialDocument(
        issuing_body=body.name,
        superior_body=superior,
        symbol=symbol_for(kind, body, mark),
        place=body.place.name,
        date=PartialDate(desk.today.year, desk.today.month),
        abstract=subject,
        kind=kind,
        addressees=tuple(unit.name for unit in receivers) if kind == CONG_VAN else (),
        body=(Paragraph(_opening(source, body, subject)), *_instructions(chosen)),
        closing="Yêu cầu các cơ quan, đơn vị triển khai thực hiện./.",
        recipients=_recipients(source, kind, receivers),
        archive=f"VT, {mark}",
        signatory=_signatory(body),
        draft=True,
    )


def symbol_for(kind: Kind, body: Organisation, mark: str) -> str:
    """Nghị định 30/2020/NĐ-CP, Annex I: "KH-UBND" for a named type, "UBND-VP" for a công văn."""
    own = body.symbol or "UBND"
    return f"{kind.code}-{own}" if kind.code else f"{own}-{mark}"


def _opening(source: Directive | None, body: Organisation, subject: str) -> str:
    if source is None:
        return f"{body.name} {subject} như sau:"
    return f"Thực hiện {citation_words(source)}, {body.name} yêu cầu thực hiện các nội dung sau:"


def citation_words(source: Directive) -> str:
    """ "Công văn số 8005/UBND-VXNV ngày 29/11/2021 của Ủy ban nhân dân tỉnh Bắc Kạn về việc …"."""
    kind = (source.kind or "văn bản").capitalize()
    number = f" số {source.number}/{source.symbol}" if source.number else ""
    day = f" ngày {source.day:02d}/{source.month:02d}/{source.year}" if source.day and source.month else ""
    about = source.subject.removeprefix("V/v ").removeprefix("về việc ").strip()
    return f"{kind}{number}{day} của {source.issuer_name} về việc {about}"


def _instructions(chosen: Sequence[Clause]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(row.text, Level.NUMBER) for row in chosen)


def _recipients(source: Directive | None, kind: Kind, receivers: Sequence[Organisation]) -> tuple[Recipient, ...]:
    to = [Recipient("Như trên", "t/h", Channel.ELECTRONIC)] if kind == CONG_VAN else [
        Recipient(unit.name, "t/h", Channel.ELECTRONIC) for unit in receivers]  # fmt: skip
    above = [Recipient(source.issuer_name, "b/c", Channel.ELECTRONIC)] if source and source.issuer_name else []
    return tuple(to + above)


def _signatory(body: Organisation) -> Signatory:
    if body.kind in COMMITTEES:
        return Signatory("CHỦ TỊCH", "", ("TM. ỦY BAN NHÂN DÂN",))
    return Signatory("THỦ TRƯỞNG ĐƠN VỊ", "")


def edit_draft(
    desk: Desk, *, directive_id: int, content: dict[str, Any], version: int | None, note: str = ""
) -> Directive:
    """Save a draft; what does not make a document is refused with the field's name and nothing is changed."""
    directive = get_directive(directive_id)
    desk.require("directives.draft", unit=directive.unit_id)
    draft = Draft.from_content(content)
    document = replace(draft.document, draft=True)
    return outgoing.edit(
        directive_id=directive_id,
        content=replace(draft, document=document).to_content(),
        subject=document.abstract,
        symbol=document.symbol,
        kind=document.kind.name.lower(),
        text=plain_text(document),
        version=version,
        note=note,
        by=desk.author,
    )


def submit_draft(desk: Desk, *, directive_id: int, version: int | None = None) -> Directive:
    """Put a draft before who signs."""
    desk.require("directives.draft", unit=get_directive(directive_id).unit_id)
    return outgoing.submit(directive_id=directive_id, version=version, by=desk.author)


def discard_draft(desk: Desk, *, directive_id: int) -> Directive:
    """Give a draft up."""
    desk.require("directives.draft", unit=get_directive(directive_id).unit_id)
    return outgoing.discard(directive_id=directive_id, by=desk.author)
