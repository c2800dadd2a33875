"""Packets written for the tests."""

from dataclasses import replace
from datetime import UTC, date, datetime

from chongdich.integrations.edxml import Attachment, Organ, Packet, Reference, Steering, packet_of
from tests.unit.typesetting_samples import LETTER

PROVINCE = Organ("000.00.00.H03", "Ủy ban nhân dân tỉnh Bắc Kạn", email="vanthu@example.gov.vn")
CITY = Organ("000.11.00.H03", "Ủy ban nhân dân thành phố Bắc Kạn")
WARD = Organ("001.11.00.H03", "Ủy ban nhân dân phường Mẫu")
MORNING = datetime(2021, 11, 30, 2, 15, tzinfo=UTC)


def packet(number: str = "815", at: datetime = MORNING, to: tuple[Organ, ...] = (CITY,)) -> Packet:
    return packet_of(
        replace(LETTER, number=number),
        sender=PROVINCE,
        to=to,
        at=at,
        attachments=(Attachment("815 công văn.pdf", b"%PDF-1.7 \x00\xff", "application/pdf", "Toàn văn"),),
        due=date(2021, 12, 5),
        steering=Steering.ORDER,
        response_for=(Reference("000.00.00.G22", "1068", "CĐ-TTg", date(2021, 8, 5)),),
        pages=1,
    )
