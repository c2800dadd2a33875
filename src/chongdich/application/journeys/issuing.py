"""A signed document gets its number, is printed, and goes to its recipients by their channels."""

from dataclasses import replace

from chongdich.application.desk import Desk
from chongdich.application.journeys.drafting import Draft, own_body
from chongdich.application.journeys.files import Upload, keep
from chongdich.application.packets import Partner, Purpose, Sending
from chongdich.application.ports import ports
from chongdich.application.wording import plain_text
from chongdich.core.errors import Refused
from chongdich.core.official_document import OfficialDocument, PartialDate, Signatory
from chongdich.domain.directives.facts import DirectiveIssued, DirectiveRecalled, DirectiveReplaced
from chongdich.domain.directives.models import Delivery, Directive
from chongdich.domain.directives.operations import intake, outgoing
from chongdich.domain.directives.operations.intake import KeptFile
from chongdich.domain.directives.operations.outgoing import BLANK_NUMBER
from chongdich.domain.directives.queries import find_deliveries, get_directive
from chongdich.domain.directives.reading import read
from chongdich.domain.directives.states import DIRECTIVE, next_state
from chongdich.registry import vault
from chongdich.registry.accounts.queries import find_members_of
from chongdich.registry.inbox.operations import Telling, tell
from chongdich.registry.organisations.queries import get_organisation_by_id

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EDXML = "application/xml"
UNISSUED = ("draft", "submitted", "signed", "discarded")


def issue_directive(desk: Desk, *, directive_id: int) -> Directive:
    """Give the next number of the register, date it today and issue it; printing and sending follow."""
    directive = get_directive(directive_id)
    desk.require("directives.issue", unit=directive.unit_id)
    own_body(desk.actor, "directives.issue", directive.unit_id)
    draft = Draft.from_content(directive.content or {})
    final = replace(draft.document, draft=False, date=PartialDate.of(desk.today))
    final = replace(final, signatory=_signed(final.signatory, directive))
    return outgoing.number_and_issue(
        directive_id=directive_id,
        content=replace(draft, document=final).to_content(),
        text=plain_text(replace(final, number=BLANK_NUMBER)),
        citations=find_cited(directive, final),
        corrects_id=draft.corrects,
        by=desk.author,
    )


def find_cited(directive: Directive, document: OfficialDocument) -> list[outgoing.CitedDocument]:
    """What a document names: what it implements, then what its text cites."""
    source = directive.implements
    cited = [(f"{source.number}/{source.symbol}", "", source.issuer_name, True)] if source and source.number else []
    found = read(plain_text(document)).citations
    return cited + [(c.number, c.date.iso if c.date else "", c.issuer or "", c.basis) for c in found]


def _signed(signatory: Signatory, directive: Directive) -> Signatory:
    return replace(signatory, name=directive.signatory or signatory.name)


def issued_document(directive: Directive) -> OfficialDocument:
    """The document as it stands, with the number it was given."""
    document = Draft.from_content(directive.content or {}).document
    return replace(document, number=directive.number, draft=directive.state in UNISSUED)


def find_made_files(directive: Directive) -> list[Upload]:
    """The document as PDF and .docx: the same bytes each time they are made."""
    document, name = issued_document(directive), file_name(directive)
    pdf = Upload(f"{name}.pdf", ports.render_pdf(document), PDF)
    return [pdf, Upload(f"{name}.docx", ports.render_docx(document), DOCX)]


def find_attached(directive: Directive) -> list[Upload]:
    """Files that go along with the document: lists, tables."""
    rows = directive.files.filter(role="attachment").order_by("pk")
    return [Upload(row.name, vault.fetch(row.sha256), row.content_type) for row in rows]


def print_issued(desk: Desk, fact: DirectiveIssued) -> None:
    """Keep the document as PDF and .docx."""
    desk.require("system.act")
    directive = get_directive(fact.directive_id)
    files = [keep(upload, "issued") for upload in find_made_files(directive)]
    outgoing.keep_issued_files(directive_id=directive.pk, files=files, by=desk.author)


def file_name(directive: Directive) -> str:
    """ "8005-UBND-VXNV": safe as a file name."""
    if not directive.number:
        return f"du-thao-{directive.pk}"
    return f"{directive.number}-{directive.symbol}".replace("/", "-").replace(" ", "")


def deliver_directive(desk: Desk, fact: DirectiveIssued) -> None:
    """To each recipient unit: into its register here, or as a packet to the instance where it works."""
    desk.require("system.act")
    directive = get_directive(fact.directive_id)
    draft = Draft.from_content(directive.content or {})
    done = {delivery.unit_id for delivery in find_deliveries(directive.pk)}
    for unit_id in draft.send_to:
        if unit_id in done or unit_id == directive.unit_id:
            continue
        partner = ports.partner_of(get_organisation_by_id(unit_id))
        if partner:
            _deliver_outside(desk, directive, partner)
        else:
            _deliver_inside(desk, directive, unit_id)


def _deliver_outside(desk: Desk, directive: Directive, partner: Partner) -> None:
    document_id = ports.send_packet(sending_of(directive, partner))
    outgoing.remember_packet(directive_id=directive.pk, document_id=document_id)
    outgoing.deliver(directive_id=directive.pk, unit_id=partner.unit_id, channel="edxml", by=desk.author)


def sending_of(directive: Directive, partner: Partner) -> Sending:
    """An issued document for one partner; one that held the document it replaces is told so."""
    old = directive.replaces
    held = old and Delivery.objects.filter(directive=old, unit=partner.unit_id, channel="edxml").exists()
    return Sending(
        document=issued_document(directive),
        to=partner,
        at=directive.issued_at or directive.created_at,
        purpose=Purpose.REPLACE if held else Purpose.NEW,
        reason=f"Thay thế văn bản số {old.number}/{old.symbol}" if old and held else "",
        files=(*find_made_files(directive), *find_attached(directive)),
        replaces=issued_document(old) if old and held else None,
    )


def _deliver_inside(desk: Desk, directive: Directive, unit_id: int) -> None:
    text = plain_text(issued_document(directive))
    pdf, docx = find_made_files(directive)
    received = intake.receive(
        unit_id=unit_id,
        text=text,
        files=[keep(pdf, "source"), _attached(docx), *(_attached(one) for one in find_attached(directive))],
        arrived_on=desk.today,
        exchange_id=f"inside:{directive.pk}",
        by=desk.author,
    )
    outgoing.deliver(
        directive_id=directive.pk, unit_id=unit_id, channel="inside", incoming_id=received.pk, by=desk.author
    )


def _attached(upload: Upload) -> KeptFile:
    return keep(upload, "attachment")


def recall_directive(desk: Desk, *, directive_id: int, reason: str) -> Directive:
    """Take an issued document back; recipients are told."""
    directive = get_directive(directive_id)
    desk.require("directives.issue", unit=directive.unit_id)
    own_body(desk.actor, "directives.issue", directive.unit_id)
    return outgoing.recall(directive_id=directive_id, reason=reason, by=desk.author)


def recall_deliveries(desk: Desk, fact: DirectiveRecalled) -> None:
    """What was delivered inside the house is withdrawn there; partners elsewhere are asked to give theirs back.

    The same fact says that a document received was withdrawn: then the people of its unit are told.
    """
    desk.require("system.act")
    directive = get_directive(fact.directive_id)
    if directive.direction == Directive.Direction.INCOMING:
        _tell_withdrawn(desk, directive)
    for delivery in find_deliveries(fact.directive_id):
        _take_back(desk, directive, delivery, delivery.note)


def withdraw_replaced(desk: Desk, fact: DirectiveReplaced) -> None:
    """The document that was replaced falls wherever it went; who gets the new one learns it from that one."""
    desk.require("system.act")
    old, new = get_directive(fact.directive_id), get_directive(fact.by_id)
    told = set(Draft.from_content(new.content or {}).send_to)
    reason = f"Được thay thế bằng văn bản số {new.number}/{new.symbol}"
    for delivery in find_deliveries(old.pk):
        if delivery.channel != "edxml" or delivery.unit_id not in told:
            _take_back(desk, old, delivery, reason)


def _take_back(desk: Desk, directive: Directive, delivery: Delivery, reason: str) -> None:
    if delivery.incoming_id:
        withdraw_received(desk, delivery.incoming_id)
        outgoing.note_status(
            directive_id=directive.pk, unit_id=delivery.unit_id, status="15", note=reason, by=desk.author
        )
        return
    partner = ports.partner_of(delivery.unit)
    if delivery.channel == "edxml" and partner:
        document = issued_document(directive)
        ports.send_packet(Sending(document, partner, desk.at, Purpose.RECALL, reason or "Thu hồi văn bản"))


def withdraw_received(desk: Desk, incoming_id: int) -> bool:
    """Mark a document received as taken back by its sender; False when its state no longer allows it."""
    desk.require("system.act")
    if next_state(DIRECTIVE, get_directive(incoming_id).state, "withdraw") is None:
        return False
    outgoing.mark_withdrawn(directive_id=incoming_id, by=desk.author)
    return True


def _tell_withdrawn(desk: Desk, directive: Directive) -> None:
    members = find_members_of([directive.unit_id], desk.today).get(directive.unit_id, [])
    name = f"{directive.number}/{directive.symbol}".strip("/") or directive.subject[:80]
    tell(
        [
            Telling(account_id, f"withdrawn:{directive.pk}", "withdrawn", f"Bên gửi thu hồi văn bản {name}",
                    "Xem lại các nhiệm vụ đã giao theo văn bản này.", f"/van-ban/{directive.pk}/", mail=True)
            for account_id in members
        ],
        at=desk.at,
    )  # fmt: skip


def refuse_directive(desk: Desk, *, directive_id: int, reason: str) -> Directive:
    """A document received is not taken in; its sender is told (status 02)."""
    directive = get_directive(directive_id)
    desk.require("directives.receive", unit=directive.unit_id)
    if directive.direction != Directive.Direction.INCOMING:
        raise Refused("Chỉ từ chối được văn bản đến.")
    return outgoing.refuse(directive_id=directive_id, reason=reason, by=desk.author)
