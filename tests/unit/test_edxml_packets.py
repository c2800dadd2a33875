"""Packets: what is written, what other systems send, what is refused and how it is said."""

import base64
from dataclasses import replace
from datetime import date, datetime
from xml.etree import ElementTree

import pytest

from chongdich.core.errors import Refused
from chongdich.core.official_document import PartialDate
from chongdich.core.periods import VIETNAM
from chongdich.integrations.edxml import (
    Attachment,
    BusinessKind,
    Limits,
    Organ,
    Packet,
    Priority,
    ReceiverChange,
    StatusCode,
    StatusPacket,
    Steering,
    answer,
    packet_of,
    read,
    recall,
    replacement,
    update,
    write,
)
from chongdich.integrations.edxml.codes import INFERRED_TYPES, TYPE_CODES
from chongdich.integrations.edxml.read import safe_name
from tests.unit.edxml_samples import CITY, MORNING, PROVINCE, WARD, packet
from tests.unit.typesetting_samples import LETTER, PLAN

FOREIGN = """<?xml version="1.0" encoding="utf-8"?>
<edXML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">
 <edXML:edXMLEnvelope xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">
  <edXML:edXMLHeader>
   <edXML:MessageHeader>
    <edXML:From><edXML:OrganId>000.00.00.H41</edXML:OrganId>
     <edXML:OrganName>UBND tỉnh Mẫu</edXML:OrganName></edXML:From>
    <edXML:To><edXML:OrganId>000.00.00.H03</edXML:OrganId></edXML:To>
    <edXML:Code><edXML:CodeNumber>12</edXML:CodeNumber><edXML:CodeNotation>KH-UBND</edXML:CodeNotation></edXML:Code>
    <edXML:PromulgationInfo><edXML:Place>Nơi Mẫu</edXML:Place>
     <edXML:PromulgationDate>2021-08-09</edXML:PromulgationDate></edXML:PromulgationInfo>
    <edXML:DocumentType><edXML:Type>18</edXML:Type><edXML:TypeName>Công văn</edXML:TypeName></edXML:DocumentType>
    <edXML:Subject>Về việc
       phòng dịch</edXML:Subject>
    <edXML:OtherInfo><edXML:Priority>1</edXML:Priority></edXML:OtherInfo>
    <edXML:SteeringType>0</edXML:SteeringType>
   </edXML:MessageHeader>
   <edXML:TraceHeaderList id="a" version="1.0">
    <edXML:Bussiness><edXML:BussinessDocType>0</edXML:BussinessDocType><edXML:Paper>1</edXML:Paper></edXML:Bussiness>
   </edXML:TraceHeaderList>
   <edXML:DigitalSignature/>
  </edXML:edXMLHeader>
  <edXML:edXMLBody><edXML:edXMLManifest version="1.0">
   <edXML:Reference xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="cid:u-1">
    <edXML:ContentId>cid:u-1</edXML:ContentId></edXML:Reference></edXML:edXMLManifest></edXML:edXMLBody>
 </edXML:edXMLEnvelope>
 <AttachmentEncoded><Attachment><ContentId>u-1</ContentId><AttachmentName>..\\..\\kế hoạch.pdf</AttachmentName>
  <edXML:ContentTransferEncoded xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">
   JVBE
   Rg==</edXML:ContentTransferEncoded></Attachment></AttachmentEncoded>
</edXML>"""


def _read(text: str) -> Packet:
    read_ = read(text.encode(), "goi.edxml")
    assert isinstance(read_, Packet)
    return read_


def test_a_document_travels_whole() -> None:
    sent = packet()
    assert read(write(sent), "goi.edxml") == sent
    assert sent.document_id == "000.00.00.H03,2021/11/30,815/UBND-VXNV"
    assert (sent.priority, sent.steering, sent.signer.competence) == (Priority.EXPRESS, Steering.ORDER, "KT.")
    assert (sent.type_name, sent.type_detail, sent.copies) == ("Công văn", 18, 30)


def test_the_structure_is_the_standards() -> None:
    space = {"e": "http://www.mic.gov.vn/TBT/QCVN_102_2016"}
    root = ElementTree.fromstring(write(packet()))
    header = root.find("e:edXMLEnvelope/e:edXMLHeader", space)
    assert header is not None
    assert header.findtext("e:MessageHeader/e:DueDate", namespaces=space) == "2021/12/05"
    assert header.findtext("e:MessageHeader/e:ResponseFor/e:Code/e:CodeNotation", namespaces=space) == "CĐ-TTg"
    assert header.findtext("e:TraceHeaderList/e:TraceHeader/e:Timestamp", namespaces=space) == "2021/11/30 09:15:00"
    assert header.findtext("e:TraceHeaderList/e:Bussiness/e:BussinessDocType", namespaces=space) == "0"
    assert (
        root.findtext("e:edXMLEnvelope/e:edXMLBody/e:edXMLManifest/e:Reference/e:ContentId", namespaces=space)
        == "cid:1"
    )
    encoded = root.findtext("e:AttachmentEncoded/e:Attachment/e:ContentTransferEncoded", namespaces=space)
    assert base64.b64decode(encoded or "") == b"%PDF-1.7 \x00\xff"


def test_another_systems_packet_is_read_without_its_folders() -> None:
    got = _read(FOREIGN)
    assert (got.sender.id, got.number, got.notation) == ("000.00.00.H41", "12", "KH-UBND")
    assert (got.promulgated, got.subject, got.due) == (date(2021, 8, 9), "Về việc phòng dịch", None)
    assert (got.priority, got.steering, got.business.paper) == (Priority.URGENT, Steering.UNSAID, True)
    assert got.attachments == (Attachment("kế hoạch.pdf", b"%PDF"),)
    assert not got.signed


def test_a_signature_is_noticed_and_not_believed() -> None:
    signed = FOREIGN.replace(
        "<edXML:DigitalSignature/>", '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo/></Signature>'
    )
    assert _read(signed).signed


@pytest.mark.parametrize("status", StatusCode)
def test_every_status_travels(status: StatusCode) -> None:
    told = answer(packet(), status, sender=CITY, at=MORNING)
    assert read(write(told), "trang-thai.edxml") == told
    assert told.description == status.label


def test_the_status_codes_are_the_standards() -> None:
    assert [status.code for status in StatusCode] == ["01", "02", "03", "04", "05", "06", "13", "15", "16"]


def test_a_status_in_the_older_element_is_read() -> None:
    old = write(answer(packet(), StatusCode.DONE, sender=CITY, at=MORNING)).replace(b"MessageHeader", b"Status")
    got = read(old, "trang-thai.edxml")
    assert isinstance(got, StatusPacket)
    assert got.status is StatusCode.DONE


def test_a_recall_names_the_document_and_carries_no_files() -> None:
    sent = packet()
    got = read(write(recall(sent, reason="Sai nơi nhận", at=MORNING)), "goi.edxml")
    assert isinstance(got, Packet)
    assert (got.business.kind, got.business.document_id) == (BusinessKind.RECALL, sent.document_id)
    assert (got.business.reason, got.attachments) == ("Sai nơi nhận", ())


def test_an_update_names_who_is_added_and_who_is_removed() -> None:
    changes = ((WARD.id, ReceiverChange.ADDED), (CITY.id, ReceiverChange.REMOVED))
    changed = update(packet(), reason="Bổ sung nơi nhận", at=MORNING, receivers=changes)
    got = read(write(changed), "goi.edxml")
    assert got == changed
    assert isinstance(got, Packet)
    assert (got.business.kind, got.business.receivers) == (BusinessKind.UPDATE, changes)
    assert got.business.changes_receivers
    assert not got.business.changes_content


def test_a_replacement_names_the_old_documents_and_who_holds_them() -> None:
    new = replacement(packet("900"), replaced=[packet("815")], reason="Thay thế", at=MORNING)
    got = read(write(new), "goi.edxml")
    assert got == new
    assert isinstance(got, Packet)
    assert got.business.replaced[0].document_id == packet("815").document_id
    assert got.business.replaced[0].organ_ids == (CITY.id,)


@pytest.mark.parametrize("document", [PLAN, replace(LETTER, number=""), replace(LETTER, date=PartialDate(2021, 11))])
def test_only_an_issued_document_is_sent(document: object) -> None:
    with pytest.raises(Refused, match="đã ban hành"):
        packet_of(document, sender=PROVINCE, to=[CITY], at=MORNING)  # type: ignore[arg-type]


BROKEN = {
    "a DTD": ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><edXML>&b;</edXML>', "DTD", "goi.edxml"),
    "an outer entity": ('<!DOCTYPE a SYSTEM "http://example.com/x.dtd"><edXML/>', "DTD", "goi.edxml"),
    "half a file": (FOREIGN[:900], "giữa chừng", "dòng"),
    "crossed tags": ("<edXML><a></b></edXML>", "XML hỏng", "dòng 1, cột 13"),
    "another format": ("<html><body/></html>", "không phải gói tin edXML", "goi.edxml"),
    "nothing": ("", "giữa chừng", "dòng 1"),
    "no sender": (FOREIGN.replace("edXML:From>", "edXML:Frm>"), "thiếu phần tử From", "edXMLHeader/MessageHeader"),
    "no subject": (FOREIGN.replace("edXML:Subject>", "edXML:Sub>"), "Subject", "MessageHeader"),
    "a strange code": (FOREIGN.replace("Priority>1<", "Priority>9<"), "“9”", "OtherInfo/Priority"),
    "a number of letters": (FOREIGN.replace("Priority>1<", "Priority>gấp<"), "số nguyên", "OtherInfo/Priority"),
    "no such day": (FOREIGN.replace("2021-08-09", "2021-02-30"), "YYYY/MM/DD", "PromulgationInfo/PromulgationDate"),
    "an id with a folder": (FOREIGN.replace("000.00.00.H41", "../../etc"), "Mã định danh", "From/OrganId"),
    "an id too long": (FOREIGN.replace("000.00.00.H41", "1" * 36), "35", "From/OrganId"),
    "no base64": (FOREIGN.replace("JVBE", "J?BE"), "base64", "tệp kế hoạch.pdf"),
    "a file that is not there": (FOREIGN.replace("cid:u-1</", "cid:u-2</"), "không có tệp này", "Reference"),
    "an unknown encoding": (FOREIGN.replace('encoding="utf-8"', 'encoding="x-none"'), "", "goi.edxml"),
}


@pytest.mark.parametrize(("text", "message", "where"), BROKEN.values(), ids=BROKEN.keys())
def test_a_bad_packet_is_refused_by_file_and_place(text: str, message: str, where: str) -> None:
    with pytest.raises(Refused) as caught:
        read(text.encode(), "goi.edxml")
    assert message in caught.value.message
    assert where in caught.value.where
    assert caught.value.where.startswith("goi.edxml")


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(file=100), "lớn hơn"),
        (Limits(elements=10), "10 phần tử"),
        (Limits(depth=3), "3 lớp"),
        (Limits(attachments=1), "dung lượng"),
        (Limits(files=0), "nhiều hơn"),
    ],
)
def test_every_limit_holds(limits: Limits, message: str) -> None:
    with pytest.raises(Refused, match=message):
        read(FOREIGN.encode(), "goi.edxml", limits)


def test_limits_stop_a_deep_packet_before_it_is_built() -> None:
    with pytest.raises(Refused, match="lồng nhau"):
        read(b"<edXML>" + b"<a>" * 1_000_000, "goi.edxml")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("/etc/passwd", "passwd"),
        ("..\\..\\a.pdf", "a.pdf"),
        ("C:\\x\\kế hoạch.docx", "kế hoạch.docx"),
        ("..", "tep-1"),
        ("", "tep-1"),
        ("a\x00b.pdf", "ab.pdf"),
        ("x:y.txt", "y.txt"),
        ("a?:b.txt", "a?_b.txt"),
    ],
)
def test_attachment_names_hold_no_folder(name: str, safe: str) -> None:
    assert safe_name(name, 1) == safe


def test_what_the_standard_needs_is_asked_for_when_writing() -> None:
    for wrong, where in (
        (replace(packet(), to=()), "To"),
        (replace(packet(), notation=" "), "CodeNotation"),
        (replace(packet(), subject=""), "Subject"),
        (replace(packet(), sender=Organ("H 03")), "From/OrganId"),
    ):
        with pytest.raises(Refused) as caught:
            write(wrong)
        assert where in caught.value.where


def test_a_moment_without_a_zone_is_refused() -> None:
    told = answer(packet(), StatusCode.ARRIVED, sender=CITY, at=datetime(2021, 11, 30, 9))
    with pytest.raises(Refused, match="múi giờ"):
        write(told)
    assert replace(told, at=datetime(2021, 11, 30, 9, tzinfo=VIETNAM)).at.tzinfo


def test_published_type_codes_are_where_the_standard_has_them() -> None:
    published = {
        "Nghị quyết": 1,
        "Chương trình": 9,
        "Công văn": 18,
        "Công điện": 19,
        "Giấy mời": 25,
        "Giấy giới thiệu": 26,
    }
    assert {name: TYPE_CODES[name] for name in published} == published
    assert not INFERRED_TYPES & set(published.values())
