"""A packet from its bytes. Everything is checked before anything is returned; nothing is half-read."""

import base64
import binascii
from datetime import date, datetime
from enum import IntEnum
from pathlib import PureWindowsPath
from typing import TypeVar

from chongdich.core.errors import Refused
from chongdich.core.periods import VIETNAM
from chongdich.core.printable import clean
from chongdich.integrations.edxml.codes import BusinessKind, Priority, ReceiverChange, StatusCode, Steering
from chongdich.integrations.edxml.packets import (
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
    checked_organ_id,
)
from chongdich.integrations.edxml.tree import LIMITS, Limits, Node, parse

_Code = TypeVar("_Code", bound=IntEnum)


def read(data: bytes, filename: str, limits: Limits = LIMITS) -> Packet | StatusPacket:
    """The packet in a file. Refused, naming the file and the element, when it is broken, unsafe or incomplete."""
    root = parse(data, filename, limits)
    envelope = root if root.name == "edXMLEnvelope" else root.find("edXMLEnvelope")
    if root.name not in ("edXML", "edXMLEnvelope") or envelope is None:
        raise Refused("Tệp không phải gói tin edXML (QCVN 102:2016/BTTTT).", root.where, "edxml_other")
    header = envelope.need("edXMLHeader")
    message = header.find("MessageHeader") or header.need("Status")
    if message.find("StatusCode"):
        return _status(message)
    return _packet(root, envelope, header, message, limits)


def _status(message: Node) -> StatusPacket:
    code = message.needed_text("StatusCode")
    status = StatusCode.of(code.zfill(2))
    if status is None:
        raise Refused(f"Mã trạng thái “{code}” không có trong quy chuẩn.", f"{message.where}/StatusCode", "edxml_code")
    return StatusPacket(
        response_for=_reference(message.need("ResponseFor")),
        sender=_organ(message.need("From")),
        status=status,
        at=_moment(message, "Timestamp"),
        description=message.text("Description"),
        staff=_staff(message.find("StaffInfo")),
    )


def _packet(root: Node, envelope: Node, header: Node, message: Node, limits: Limits) -> Packet:
    info = message.find("OtherInfo") or message
    traces = header.find("TraceHeaderList")
    return Packet(
        sender=_organ(message.need("From")),
        to=tuple(_organ(node) for node in (message.all("To") or [message.need("To")])),
        number=message.text("Code", "CodeNumber"),
        notation=message.need("Code").needed_text("CodeNotation"),
        promulgated=_needed_day(message.need("PromulgationInfo"), "PromulgationDate"),
        place=message.text("PromulgationInfo", "Place"),
        subject=message.needed_text("Subject"),
        content=message.text("Content"),
        type=_whole(message, "DocumentType", "Type"),
        type_detail=_whole(message, "DocumentType", "TypeDetail"),
        type_name=message.text("DocumentType", "TypeName"),
        signer=_signer(message.find("SignerInfo")),
        due=_day(message, "DueDate"),
        to_places=_texts(message.find("ToPlaces"), "Place"),
        priority=_code(Priority, info, "Priority"),
        sphere=info.text("SphereOfPromulgation"),
        drafter=info.text("TyperNotation"),
        copies=_whole(info, "PromulgationAmount"),
        pages=_whole(info, "PageAmount"),
        direction=info.text("Direction"),
        appendices=_texts(info.find("Appendixes"), "Appendix"),
        response_for=tuple(_reference(node) for node in message.all("ResponseFor")),
        steering=_code(Steering, message, "SteeringType"),
        trace=tuple(_trace(node) for node in traces.all("TraceHeader")) if traces else (),
        business=_business(header),
        attachments=_attachments(root, envelope, limits),
        signed=bool((signature := header.find("Signature")) and len(signature.element)),
    )


def _organ(node: Node) -> Organ:
    return Organ(
        id=checked_organ_id(node.needed_text("OrganId"), f"{node.where}/OrganId"),
        name=node.text("OrganName"),
        in_charge=node.text("OrganizationInCharge"),
        address=node.text("OrganAdd"),
        email=node.text("Email"),
        telephone=node.text("Telephone"),
        fax=node.text("Fax"),
        website=node.text("Website"),
    )


def _reference(node: Node) -> Reference:
    return Reference(
        organ_id=checked_organ_id(node.needed_text("OrganId"), f"{node.where}/OrganId"),
        number=node.text("Code", "CodeNumber"),
        notation=node.text("Code", "CodeNotation") or node.text("Code"),
        promulgated=_day(node, "PromulgationDate"),
        document_id=node.text("DocumentId"),
    )


def _signer(node: Node | None) -> Signer:
    return Signer(node.text("Competence"), node.text("Position"), node.text("FullName")) if node else Signer()


def _staff(node: Node | None) -> Staff:
    if node is None:
        return Staff()
    return Staff(node.text("Department"), node.text("Staff"), node.text("Email"), node.text("Mobile"))


def _trace(node: Node) -> Trace:
    return Trace(checked_organ_id(node.needed_text("OrganId"), f"{node.where}/OrganId"), _moment(node, "Timestamp"))


def _business(header: Node) -> Business:
    """The standard spells it "Bussiness"; some senders put it beside the trace list, not in it."""
    node = header.find("TraceHeaderList", "Bussiness") or header.find("Bussiness")
    if node is None:
        return Business()
    info = node.find("BussinessDocumentInfo")
    receivers = info.find("ReceiverList") if info else None
    replaced = node.find("ReplacementInfoList")
    return Business(
        kind=_code(BusinessKind, node, "BussinessDocType"),
        reason=node.text("BussinessDocReason"),
        paper=node.text("Paper") == "1",
        document_id=node.text("DocumentId"),
        changes_content=info is not None and info.text("DocumentInfo") == "1",
        changes_receivers=info is not None and info.text("DocumentReceiver") == "1",
        receivers=tuple(_receiver(each) for each in receivers.all("Receiver")) if receivers else (),
        replaced=tuple(_replaced(each) for each in replaced.all("ReplacementInfo")) if replaced else (),
        staff=_staff(node.find("StaffInfo")),
    )


def _receiver(node: Node) -> tuple[str, ReceiverChange]:
    organ_id = checked_organ_id(node.needed_text("OrganId"), f"{node.where}/OrganId")
    return organ_id, _code(ReceiverChange, node, "ReceiverType")


def _replaced(node: Node) -> Replaced:
    organs = _texts(node.find("OrganIdList"), "OrganId")
    return Replaced(node.needed_text("DocumentId"), tuple(checked_organ_id(each, node.where) for each in organs))


def _texts(node: Node | None, name: str) -> tuple[str, ...]:
    texts = [clean(each.element.text or "") for each in node.all(name)] if node else []
    return tuple(text for text in texts if text)


def _whole(node: Node, *names: str) -> int:
    text = node.text(*names)
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Refused(f"“{text[:30]}” không phải số nguyên.", f"{node.where}/{'/'.join(names)}", "edxml_number")
    return int(text)


def _code(codes: type[_Code], node: Node, name: str) -> _Code:
    number = _whole(node, name)
    try:
        return codes(number)
    except ValueError as wrong:
        raise Refused(f"Mã “{number}” không có trong quy chuẩn.", f"{node.where}/{name}", "edxml_code") from wrong


def _day(node: Node, name: str) -> date | None:
    text = node.text(name)
    if not text:
        return None
    try:
        return datetime.strptime(text.replace("-", "/"), "%Y/%m/%d").date()
    except ValueError as wrong:
        message = f"“{text[:30]}” không phải ngày dạng YYYY/MM/DD."
        raise Refused(message, f"{node.where}/{name}", "edxml_date") from wrong


def _needed_day(node: Node, name: str) -> date:
    node.needed_text(name)
    day = _day(node, name)
    assert day is not None
    return day


def _moment(node: Node, name: str) -> datetime:
    text = node.needed_text(name)
    try:
        return datetime.strptime(text.replace("-", "/"), "%Y/%m/%d %H:%M:%S").replace(tzinfo=VIETNAM)
    except ValueError as wrong:
        message = f"“{text[:30]}” không phải thời điểm dạng YYYY/MM/DD HH:MM:SS."
        raise Refused(message, f"{node.where}/{name}", "edxml_date") from wrong


def _attachments(root: Node, envelope: Node, limits: Limits) -> tuple[Attachment, ...]:
    holder = root.find("AttachmentEncoded")
    nodes = holder.all("Attachment") if holder else []
    if len(nodes) > limits.files:
        raise Refused(f"Gói tin có {len(nodes)} tệp, nhiều hơn {limits.files}.", root.where, "edxml_limit")
    by_id: dict[str, Node] = {}
    for node in nodes:
        if by_id.setdefault(key := _content_id(node), node) is not node:
            raise Refused(f"Hai tệp cùng mã ContentId “{key}”.", node.where, "edxml_attachment")
    manifest = envelope.find("edXMLBody", "edXMLManifest")
    for reference in manifest.all("Reference") if manifest else []:
        if (key := _content_id(reference)) not in by_id:
            raise Refused(
                f"Danh mục kê tệp “{key}” nhưng gói tin không có tệp này.", reference.where, "edxml_attachment"
            )
    return _decoded(nodes, limits)


def _content_id(node: Node) -> str:
    return node.needed_text("ContentId").removeprefix("cid:")


def _decoded(nodes: list[Node], limits: Limits) -> tuple[Attachment, ...]:
    attachments, room = [], limits.attachments
    for number, node in enumerate(nodes, start=1):
        attachment = _attachment(node, number, room)
        room -= len(attachment.content)
        attachments.append(attachment)
    return tuple(attachments)


def _attachment(node: Node, number: int, room: int) -> Attachment:
    encoded = node.find("ContentTransferEncoded")
    text = "".join((encoded.element.text or "").split()) if encoded else ""
    name = safe_name(node.text("AttachmentName"), number)
    if len(text) // 4 * 3 - 2 > room:
        raise Refused("Các tệp kèm theo vượt quá dung lượng cho phép.", f"{node.filename}, tệp {name}", "edxml_limit")
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise Refused("Nội dung tệp không phải base64.", f"{node.filename}, tệp {name}", "edxml_attachment") from wrong
    kind = node.text("ContentType") or "application/octet-stream"
    return Attachment(name, content, kind, node.text("Description"))


def safe_name(name: str, number: int) -> str:
    """A file name without any folder in it; a packet must not choose where its files land."""
    last = PureWindowsPath(clean(name)).name.replace(":", "_").strip(". ")
    return last[-200:] or f"tep-{number}"
