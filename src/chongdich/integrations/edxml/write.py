"""A packet as bytes, in the structure of QCVN 102:2016/BTTTT."""

import base64
from datetime import date, datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from chongdich.core.errors import Refused
from chongdich.core.periods import VIETNAM
from chongdich.core.printable import clean
from chongdich.integrations.edxml.packets import (
    Attachment,
    Business,
    Organ,
    Packet,
    Reference,
    Staff,
    StatusPacket,
    checked_organ_id,
    slashed,
)
from chongdich.integrations.edxml.read import safe_name

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
_XLINK = "http://www.w3.org/1999/xlink"
ElementTree.register_namespace("edXML", NAMESPACE)
ElementTree.register_namespace("xlink", _XLINK)


def write(packet: Packet | StatusPacket) -> bytes:
    """The packet as UTF-8 XML, the same bytes for the same packet. Refused when a part the standard needs is missing.

    Characters that XML cannot carry are left out; text is put on one line. The packet is not signed.
    """
    root = Element(f"{{{NAMESPACE}}}edXML")
    envelope = _in(root, "edXMLEnvelope")
    header = _in(envelope, "edXMLHeader")
    if isinstance(packet, StatusPacket):
        _status(header, packet)
        _in(envelope, "edXMLBody")
    else:
        _document(root, envelope, header, packet)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _in(parent: Element, name: str, text: str | int | None = None) -> Element:
    child = SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if text is not None:
        child.text = clean(str(text))
    return child


def _needed(text: str, where: str) -> str:
    if not clean(text):
        raise Refused("Chưa có nội dung bắt buộc theo QCVN 102:2016/BTTTT.", where, "edxml_missing")
    return text


def _status(header: Element, packet: StatusPacket) -> None:
    message = _in(header, "MessageHeader")
    _reference(message, packet.response_for)
    _organ(message, "From", packet.sender)
    _staff(message, packet.staff)
    _in(message, "StatusCode", packet.status.code)
    _in(message, "Description", packet.description)
    _in(message, "Timestamp", _moment(packet.at))


def _document(root: Element, envelope: Element, header: Element, packet: Packet) -> None:
    if not packet.to:
        raise Refused("Gói tin phải có ít nhất một nơi nhận.", "To", "edxml_missing")
    _message(_in(header, "MessageHeader"), packet)
    traces = _in(header, "TraceHeaderList")
    for trace in packet.trace:
        node = _in(traces, "TraceHeader")
        _in(node, "OrganId", checked_organ_id(trace.organ_id, "TraceHeader/OrganId"))
        _in(node, "Timestamp", _moment(trace.at))
    _business(_in(traces, "Bussiness"), packet.business)
    _in(header, "Signature")
    _attachments(root, _in(envelope, "edXMLBody"), packet.attachments)


def _message(message: Element, packet: Packet) -> None:
    _organ(message, "From", packet.sender)
    for organ in packet.to:
        _organ(message, "To", organ)
    _in(message, "DocumentId", packet.document_id)
    _code(message, packet.number, _needed(packet.notation, "Code/CodeNotation"))
    issued = _in(message, "PromulgationInfo")
    _in(issued, "Place", packet.place)
    _in(issued, "PromulgationDate", _day(packet.promulgated))
    kind = _in(message, "DocumentType")
    _in(kind, "Type", packet.type)
    _in(kind, "TypeDetail", packet.type_detail)
    _in(kind, "TypeName", packet.type_name)
    _in(message, "Subject", _needed(packet.subject, "Subject"))
    _in(message, "Content", packet.content)
    signer = _in(message, "SignerInfo")
    _in(signer, "Competence", packet.signer.competence)
    _in(signer, "Position", packet.signer.position)
    _in(signer, "FullName", packet.signer.name)
    _in(message, "DueDate", _day(packet.due))
    places = _in(message, "ToPlaces")
    for place in packet.to_places:
        _in(places, "Place", place)
    _other(_in(message, "OtherInfo"), packet)
    for reference in packet.response_for:
        _reference(message, reference)
    _in(message, "SteeringType", int(packet.steering))


def _other(info: Element, packet: Packet) -> None:
    _in(info, "Priority", int(packet.priority))
    _in(info, "SphereOfPromulgation", packet.sphere)
    _in(info, "TyperNotation", packet.drafter)
    _in(info, "PromulgationAmount", packet.copies)
    _in(info, "PageAmount", packet.pages)
    _in(info, "Direction", packet.direction)
    appendices = _in(info, "Appendixes")
    for appendix in packet.appendices:
        _in(appendices, "Appendix", appendix)


def _business(node: Element, business: Business) -> None:
    _in(node, "BussinessDocType", int(business.kind))
    _in(node, "BussinessDocReason", business.reason)
    _in(node, "Paper", int(business.paper))
    _in(node, "DocumentId", business.document_id)
    info = _in(node, "BussinessDocumentInfo")
    _in(info, "DocumentInfo", int(business.changes_content))
    _in(info, "DocumentReceiver", int(business.changes_receivers))
    receivers = _in(info, "ReceiverList")
    for organ_id, change in business.receivers:
        receiver = _in(receivers, "Receiver")
        _in(receiver, "OrganId", checked_organ_id(organ_id, "ReceiverList/OrganId"))
        _in(receiver, "ReceiverType", int(change))
    replacements = _in(node, "ReplacementInfoList")
    for replaced in business.replaced:
        replacement = _in(replacements, "ReplacementInfo")
        _in(replacement, "DocumentId", _needed(replaced.document_id, "ReplacementInfo/DocumentId"))
        organs = _in(replacement, "OrganIdList")
        for organ_id in replaced.organ_ids:
            _in(organs, "OrganId", checked_organ_id(organ_id, "ReplacementInfo/OrganId"))
    _staff(node, business.staff)


def _organ(parent: Element, name: str, organ: Organ) -> None:
    node = _in(parent, name)
    _in(node, "OrganId", checked_organ_id(organ.id, f"{name}/OrganId"))
    _in(node, "OrganizationInCharge", organ.in_charge)
    _in(node, "OrganName", organ.name)
    _in(node, "OrganAdd", organ.address)
    _in(node, "Email", organ.email)
    _in(node, "Telephone", organ.telephone)
    _in(node, "Fax", organ.fax)
    _in(node, "Website", organ.website)


def _reference(parent: Element, reference: Reference) -> None:
    node = _in(parent, "ResponseFor")
    _in(node, "OrganId", checked_organ_id(reference.organ_id, "ResponseFor/OrganId"))
    _code(node, reference.number, reference.notation)
    _in(node, "PromulgationDate", _day(reference.promulgated))
    _in(node, "DocumentId", reference.document_id)


def _code(parent: Element, number: str, notation: str) -> None:
    code = _in(parent, "Code")
    _in(code, "CodeNumber", number)
    _in(code, "CodeNotation", notation)


def _staff(parent: Element, staff: Staff) -> None:
    node = _in(parent, "StaffInfo")
    _in(node, "Department", staff.department)
    _in(node, "Staff", staff.name)
    _in(node, "Email", staff.email)
    _in(node, "Mobile", staff.mobile)


def _day(day: date | None) -> str:
    return slashed(day) if day else ""


def _moment(at: datetime) -> str:
    if at.tzinfo is None:
        raise Refused("Thời điểm phải có múi giờ.", "Timestamp", "edxml_date")
    local = at.astimezone(VIETNAM)
    return f"{_day(local.date())} {local:%H:%M:%S}"


def _attachments(root: Element, body: Element, attachments: tuple[Attachment, ...]) -> None:
    manifest = _in(body, "edXMLManifest")
    manifest.set("version", "1.0")
    holder = _in(root, "AttachmentEncoded")
    for number, attachment in enumerate(attachments, start=1):
        name = safe_name(attachment.name, number)
        reference = _in(manifest, "Reference")
        reference.set(f"{{{_XLINK}}}href", f"cid:{number}")
        _described(reference, f"cid:{number}", name, attachment)
        node = _in(holder, "Attachment")
        _described(node, str(number), name, attachment)
        _in(node, "ContentTransferEncoded").text = base64.b64encode(attachment.content).decode("ascii")


def _described(node: Element, content_id: str, name: str, attachment: Attachment) -> None:
    _in(node, "ContentId", content_id)
    _in(node, "ContentType", attachment.content_type)
    _in(node, "Description", attachment.description)
    _in(node, "AttachmentName", name)
