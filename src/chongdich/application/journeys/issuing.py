"""A signed document gets its number, is printed, and goes to its recipients by their channels."""

from dataclasses import replace

from chongdich.application.desk import Desk
from chongdich.application.journeys.drafting import Draft
from chongdich.application.journeys.files import Upload, keep
from chongdich.application.ports import ports
from chongdich.application.wording import plain_text
from chongdich.core.errors import Conflict
from chongdich.core.official_document import OfficialDocument, PartialDate, Signatory
from chongdich.domain.directives.facts import DirectiveIssued, DirectiveRecalled
from chongdich.domain.directives.models import Directive
from chongdich.domain.directives.operations import intake, outgoing
from chongdich.domain.directives.operations.intake import KeptFile
from chongdich.domain.directives.queries import find_deliveries, get_directive
from chongdich.registry.organisations.queries import get_organisation_by_id

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def issue_directive(desk: Desk, *, directive_id: int) -> Directive:
    """Give the next number of the register, date it today and issue it; printing and sending follow."""
    directive = get_directive(directive_id)
    desk.require("directives.issue", unit=directive.unit_id)
    draft = Draft.from_content(directive.content or {})
    final = replace(draft.document, draft=False, date=PartialDate.of(desk.today))
    final = replace(final, signatory=_signed(final.signatory, directive))
    content = replace(draft, document=final).to_content()
    return outgoing.number_and_issue(directive_id=directive_id, content=content, by=desk.author)


def _signed(signatory: Signatory, directive: Directive) -> Signatory:
    return replace(signatory, name=directive.signatory or signatory.name)


def issued_document(directive: Directive) -> OfficialDocument:
    """The document as it stands, with the number it was given."""
    document = Draft.from_content(directive.content or {}).document
    return replace(document, number=directive.number, draft=directive.state in ("draft", "submitted", "signed"))


def print_issued(desk: Desk, fact: DirectiveIssued) -> None:
    """Keep the document as PDF and .docx."""
    desk.require("system.act")
    directive = get_directive(fact.directive_id)
    document = issued_document(directive)
    name = file_name(directive)
    files = [
        keep(Upload(f"{name}.pdf", ports.render_pdf(document), PDF), "issued"),
        keep(Upload(f"{name}.docx", ports.render_docx(document), DOCX), "issued"),
    ]
    outgoing.keep_issued_files(directive_id=directive.pk, files=files, by=desk.author)


def file_name(directive: Directive) -> str:
    """ "8005-UBND-VXNV": safe as a file name."""
    return f"{directive.number}-{directive.symbol}".replace("/", "-").replace(" ", "") or f"van-ban-{directive.pk}"


def deliver_directive(desk: Desk, fact: DirectiveIssued) -> None:
    """To each recipient unit: into its register here, or as a packet to the instance where it works."""
    desk.require("system.act")
    directive = get_directive(fact.directive_id)
    draft = Draft.from_content(directive.content or {})
    done = {delivery.unit_id for delivery in find_deliveries(directive.pk)}
    for unit_id in draft.send_to:
        if unit_id in done:
            continue
        partner = ports.partner_of(get_organisation_by_id(unit_id))
        if partner:
            ports.send_packet(directive, issued_document(directive), partner)
            outgoing.deliver(directive_id=directive.pk, unit_id=unit_id, channel="edxml", by=desk.author)
        else:
            _deliver_inside(desk, directive, unit_id)


def _deliver_inside(desk: Desk, directive: Directive, unit_id: int) -> None:
    text = plain_text(issued_document(directive))
    original = KeptFile(f"{file_name(directive)}.txt", "text/plain; charset=utf-8", len(text.encode()),
                        keep(Upload("text", text.encode()), "source").sha256)  # fmt: skip
    received = intake.receive(
        unit_id=unit_id,
        text=text,
        files=[original],
        arrived_on=desk.today,
        exchange_id=f"inside:{directive.pk}",
        by=desk.author,
    )
    outgoing.deliver(
        directive_id=directive.pk, unit_id=unit_id, channel="inside", incoming_id=received.pk, by=desk.author
    )


def recall_directive(desk: Desk, *, directive_id: int, reason: str) -> Directive:
    """Take an issued document back; recipients are told."""
    desk.require("directives.issue", unit=get_directive(directive_id).unit_id)
    return outgoing.recall(directive_id=directive_id, reason=reason, by=desk.author)


def recall_deliveries(desk: Desk, fact: DirectiveRecalled) -> None:
    """What was delivered inside the house is marked withdrawn there."""
    desk.require("system.act")
    for delivery in find_deliveries(fact.directive_id):
        if delivery.incoming_id:
            try:
                outgoing.mark_withdrawn(directive_id=delivery.incoming_id, by=desk.author)
            except Conflict:  # withdrawn before
                continue
