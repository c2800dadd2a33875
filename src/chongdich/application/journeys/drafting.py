"""A body writes its own document: new, or implementing one it received with the clauses it chose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from chongdich.application.desk import Desk
from chongdich.application.lenses.boards import get_visible_directive
from chongdich.application.outline import Outline, citation_words, first_draft, kind_named
from chongdich.application.recipients import find_receivers
from chongdich.application.wording import plain_text
from chongdich.core.errors import Conflict, NotAllowed, Refused
from chongdich.core.official_document import CONG_VAN, OfficialDocument, Paragraph, PartialDate
from chongdich.domain.directives.models import Directive
from chongdich.domain.directives.operations import outgoing
from chongdich.domain.directives.queries import find_clauses, find_open_replacement, get_directive
from chongdich.domain.directives.states import DIRECTIVE
from chongdich.registry.accounts.actor import Actor
from chongdich.registry.organisations.models import Organisation
from chongdich.registry.organisations.queries import get_organisation_by_id

_MODEL: TypeAdapter[OfficialDocument] = TypeAdapter(OfficialDocument)


@dataclass(frozen=True)
class Draft:
    """What a drafter works on: the document, the bodies its words name, words still unclear, what it sets right."""

    document: OfficialDocument
    send_to: tuple[int, ...] = ()
    unclear: tuple[tuple[str, str], ...] = ()
    corrects: int | None = None

    def to_content(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "document": _MODEL.dump_python(self.document, mode="json"),
            "send_to": list(self.send_to),
            "unclear": [list(pair) for pair in self.unclear],
            "corrects": self.corrects,
        }

    @classmethod
    def from_content(cls, content: dict[str, Any]) -> "Draft":
        """From storage or from a form; Refused, naming the field, when something is missing or wrong."""
        try:
            document = _MODEL.validate_python(content.get("document") or {})
        except ValidationError as error:
            first = error.errors()[0]
            raise Refused("Nội dung văn bản thiếu hoặc sai.", ".".join(map(str, first["loc"]))) from error
        unclear = tuple((str(name), str(question)) for name, question in content.get("unclear") or ())
        return cls(document, tuple(int(key) for key in content.get("send_to") or ()), unclear, content.get("corrects"))


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
    addressees: Iterable[str] = (),
) -> Directive:
    """A first draft in the body's name; with chosen clauses of a document received it implements that document.

    `addressees` are bodies or groups by name ("Ủy ban nhân dân các xã, phường, thị trấn"); `send_to` are units.
    """
    desk.require("directives.draft", unit=unit_id)
    own_body(desk.actor, "directives.draft", unit_id)
    body = get_organisation_by_id(unit_id)
    source = get_visible_directive(desk, implements_id) if implements_id else None
    chosen = [row for row in find_clauses(implements_id) if row.pk in set(clause_ids)] if implements_id else []
    names = [*addressees, *(get_organisation_by_id(key).name for key in dict.fromkeys(send_to))]
    outline = Outline(kind_named(kind), subject, source, tuple(chosen), tuple(dict.fromkeys(names)), drafting_mark)
    return keep_first(desk, body, first_draft(body, outline, desk.today), implements_id=implements_id)


def draft_correction(desk: Desk, *, directive_id: int, wrong: str, right: str) -> Directive:
    """A công văn that sets a document right which this body issued (Nghị định 30/2020/NĐ-CP, Article 18)."""
    issued = get_directive(directive_id)
    desk.require("directives.draft", unit=issued.unit_id)
    own_body(desk.actor, "directives.draft", issued.unit_id)
    body = get_organisation_by_id(issued.unit_id)
    may_follow(issued, "correct")
    if not wrong.strip() or not right.strip():
        raise Refused("Ghi rõ nội dung sai và nội dung đúng.", "right" if wrong.strip() else "wrong")
    old = Draft.from_content(issued.content or {}).document
    said = (f"Do sơ suất trong quá trình soạn thảo, {body.name} đính chính {citation_words(issued)} như sau:",
            f"Tại văn bản đã phát hành viết: “{wrong.strip()}”.", f"Nay sửa lại là: “{right.strip()}”.",
            "Các nội dung khác của văn bản giữ nguyên.")  # fmt: skip
    document = replace(
        first_draft(
            body, Outline(CONG_VAN, f"đính chính {_short(issued)}", None, (), _everyone(old), "VP"), desk.today
        ),
        body=tuple(Paragraph(text) for text in said),
        closing=f"{body.name} thông báo để các cơ quan, đơn vị biết, thực hiện",
    )
    return keep_first(desk, body, document, corrects=directive_id)


def draft_replacement(desk: Desk, *, directive_id: int) -> Directive:
    """A new document in place of one this body issued; the old one falls when the new one is issued."""
    issued = get_directive(directive_id)
    desk.require("directives.draft", unit=issued.unit_id)
    own_body(desk.actor, "directives.draft", issued.unit_id)
    body = get_organisation_by_id(issued.unit_id)
    may_follow(issued, "replace")
    if find_open_replacement(directive_id):
        raise Conflict("Đã có một bản thảo thay thế văn bản này.")
    old = Draft.from_content(issued.content or {}).document
    told = Paragraph(f"Văn bản này thay thế {citation_words(issued)}.")
    document = replace(
        old, number="", draft=True, date=PartialDate(desk.today.year, desk.today.month), body=(*old.body, told),
        signatory=replace(old.signatory, name=""),
    )  # fmt: skip
    return keep_first(desk, body, document, implements_id=issued.implements_id, replaces_id=directive_id)


def _correction(issued: Directive, old: OfficialDocument) -> Outline:
    return Outline(CONG_VAN, f"đính chính {_short(issued)}", None, (), _everyone(old), "VP")


def _everyone(old: OfficialDocument) -> tuple[str, ...]:
    return old.addressees or tuple(recipient.name for recipient in old.recipients)


def _short(issued: Directive) -> str:
    return f"{(issued.kind or 'văn bản').lower()} số {issued.number}/{issued.symbol}"


def may_follow(issued: Directive, action: str) -> None:
    """Refuse what the document's state does not allow, before anything is written."""
    if issued.direction != Directive.Direction.OUTGOING or action not in DIRECTIVE[issued.state].actions:
        raise Conflict(f"Văn bản đang ở trạng thái “{DIRECTIVE[issued.state].label}”, không thể làm việc này.")


def own_body(actor: Actor, permission: str, unit_id: int) -> None:
    """In a body's name acts only who holds a post in it; standing above it is not enough. Raises NotAllowed."""
    posts = {grant.unit_id for grant in actor.grants if permission in grant.permissions}
    if unit_id not in posts:
        raise NotAllowed("Chỉ người của chính đơn vị mới được soạn, ký, phát hành văn bản của đơn vị đó.")


def keep_first(
    desk: Desk,
    body: Organisation,
    document: OfficialDocument,
    implements_id: int | None = None,
    replaces_id: int | None = None,
    corrects: int | None = None,
) -> Directive:
    """A document as the first version of a draft in its body's name."""
    desk.require("directives.draft", unit=body.pk)
    return outgoing.draft(
        unit_id=body.pk,
        issuer_name=body.name,
        kind=document.kind.name.lower(),
        symbol=document.symbol,
        subject=document.abstract,
        content=replace(understood(document, body, desk.today), corrects=corrects).to_content(),
        text=plain_text(document),
        implements_id=implements_id,
        replaces_id=replaces_id,
        by=desk.author,
    )


def understood(document: OfficialDocument, body: Organisation, on: date) -> Draft:
    """The document with the bodies that its words name on a day."""
    found = find_receivers(document, body, on)
    return Draft(document, found.unit_ids, found.unclear)


def edit_draft(
    desk: Desk, *, directive_id: int, content: dict[str, Any], version: int | None, note: str = ""
) -> Directive:
    """Save a draft; what does not make a document is refused with the field's name and nothing is changed."""
    directive = get_directive(directive_id)
    desk.require("directives.draft", unit=directive.unit_id)
    own_body(desk.actor, "directives.draft", directive.unit_id)
    document = replace(Draft.from_content(content).document, draft=True, number="")
    body = get_organisation_by_id(directive.unit_id)
    kept = replace(understood(document, body, desk.today), corrects=(directive.content or {}).get("corrects"))
    return outgoing.edit(
        directive_id=directive_id,
        content=kept.to_content(),
        subject=document.abstract,
        symbol=document.symbol,
        kind=document.kind.name.lower(),
        text=plain_text(document),
        version=version,
        note=note,
        by=desk.author,
    )


def submit_draft(desk: Desk, *, directive_id: int, version: int | None = None) -> Directive:
    """Put a draft before who signs. What a document must have, and has not, is named."""
    directive = get_directive(directive_id)
    desk.require("directives.draft", unit=directive.unit_id)
    own_body(desk.actor, "directives.draft", directive.unit_id)
    _complete(Draft.from_content(directive.content or {}))
    return outgoing.submit(directive_id=directive_id, version=version, by=desk.author)


def _complete(draft: Draft) -> None:
    """Nghị định 30/2020/NĐ-CP, Article 8: the components no document goes without."""
    document = draft.document
    wanted = {
        "abstract": (document.abstract, "Văn bản chưa có trích yếu."),
        "symbol": (document.symbol, "Văn bản chưa có ký hiệu."),
        "body": (document.body, "Văn bản chưa có nội dung."),
        "recipients": (document.recipients or document.addressees, "Văn bản chưa có nơi nhận."),
        "archive": (document.archive, "Văn bản chưa ghi nơi lưu."),
        "signatory_title": (document.signatory.title, "Văn bản chưa có chức vụ người ký."),
    }
    for where, (value, message) in wanted.items():
        if not value:
            raise Refused(message, where)


def discard_draft(desk: Desk, *, directive_id: int) -> Directive:
    """Give a draft up."""
    directive = get_directive(directive_id)
    desk.require("directives.draft", unit=directive.unit_id)
    own_body(desk.actor, "directives.draft", directive.unit_id)
    return outgoing.discard(directive_id=directive_id, by=desk.author)
