"""Packets from what the house knows: an issued document, its recall, its update, its replacement, an answer."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from chongdich.core.errors import Refused
from chongdich.core.official_document import OfficialDocument
from chongdich.integrations.edxml.codes import (
    ADMINISTRATIVE,
    PRIORITIES,
    BusinessKind,
    ReceiverChange,
    StatusCode,
    Steering,
    type_code,
)
from chongdich.integrations.edxml.packets import (
    NOBODY,
    Attachment,
    Business,
    Organ,
    Packet,
    Reference,
    Replaced,
    Signer,
    Staff,
    StatusPacket,
    Trace,
)


def packet_of(
    document: OfficialDocument,
    *,
    sender: Organ,
    to: Sequence[Organ],
    at: datetime,
    attachments: Iterable[Attachment] = (),
    due: date | None = None,
    steering: Steering = Steering.NO,
    response_for: Iterable[Reference] = (),
    staff: Staff = NOBODY,
    pages: int = 0,
    paper: bool = False,
) -> Packet:
    """An issued document as a new packet. Refused for a draft, a blank number or a date that is not whole."""
    day = document.date.full
    if document.draft or not document.number or day is None:
        raise Refused(
            "Chỉ gửi văn bản đã ban hành: có số, có ngày đủ, không còn là dự thảo.", document.number_and_symbol
        )
    return Packet(
        sender=sender,
        to=tuple(to),
        number=document.printed_number,
        notation=document.symbol,
        promulgated=day,
        place=document.place,
        subject=document.abstract,
        content=document.abstract,
        type=ADMINISTRATIVE,
        type_detail=type_code(document.kind),
        type_name=document.kind.name,
        signer=_signer(document),
        due=due,
        to_places=tuple(recipient.name for recipient in document.recipients),
        priority=PRIORITIES[document.urgency],
        drafter=document.drafter,
        copies=document.copies,
        pages=pages,
        appendices=tuple(appendix.title for appendix in document.appendices),
        response_for=tuple(response_for),
        steering=steering,
        trace=(Trace(sender.id, at.replace(microsecond=0)),),
        business=Business(BusinessKind.NEW, "Văn bản điện tử mới", paper=paper, staff=staff),
        attachments=tuple(attachments),
    )


def _signer(document: OfficialDocument) -> Signer:
    """The competence is the mark of the last authority line: "KT." below "TM."."""
    lines = document.signatory.authority
    mark = lines[-1].split(" ")[0] if lines else ""
    return Signer(mark if mark.endswith(".") else "", document.signatory.title, document.signatory.name)


def recall(packet: Packet, *, reason: str, at: datetime, staff: Staff = NOBODY) -> Packet:
    """The word that a packet sent before is taken back."""
    business = Business(BusinessKind.RECALL, reason, document_id=packet.document_id, staff=staff)
    return _follow_up(packet, business, at, attachments=())


def update(
    packet: Packet,
    *,
    reason: str,
    at: datetime,
    receivers: Iterable[tuple[str, ReceiverChange]] = (),
    changes_content: bool = False,
    staff: Staff = NOBODY,
) -> Packet:
    """A packet sent before, changed: `packet` holds the new content, `receivers` who is added or removed."""
    changed = tuple(receivers)
    business = Business(
        BusinessKind.UPDATE,
        reason,
        document_id=packet.document_id,
        changes_content=changes_content,
        changes_receivers=bool(changed),
        receivers=changed,
        staff=staff,
    )
    return _follow_up(packet, business, at, attachments=packet.attachments)


def replacement(
    packet: Packet, *, replaced: Iterable[Packet], reason: str, at: datetime, staff: Staff = NOBODY
) -> Packet:
    """A new packet in place of others; each names the bodies that hold the old one."""
    old = tuple(Replaced(each.document_id, tuple(organ.id for organ in each.to)) for each in replaced)
    business = Business(BusinessKind.REPLACE, reason, replaced=old, staff=staff)
    return _follow_up(packet, business, at, attachments=packet.attachments)


def _follow_up(packet: Packet, business: Business, at: datetime, attachments: tuple[Attachment, ...]) -> Packet:
    trace = (Trace(packet.sender.id, at.replace(microsecond=0)),)
    return replace(packet, business=business, trace=trace, attachments=attachments)


def answer(
    packet: Packet, status: StatusCode, *, sender: Organ, at: datetime, description: str = "", staff: Staff = NOBODY
) -> StatusPacket:
    """What became of a packet at `sender`."""
    told = description or status.label
    return StatusPacket(packet.reference, sender, status, at.replace(microsecond=0), told, staff)
