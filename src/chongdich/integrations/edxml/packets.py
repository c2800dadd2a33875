"""What an edXML packet says, as data: a document with its attachments, or a word on what became of one."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from chongdich.core.errors import Refused
from chongdich.integrations.edxml.codes import BusinessKind, Priority, ReceiverChange, StatusCode, Steering

# Since 15/9/2022 up to 35 characters (Thông tư 01/2022/TT-BTTTT, after 20/2020/QĐ-TTg); 13 before.
LONGEST_ORGAN_ID = 35
_ORGAN_ID = re.compile(r"[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*")


def checked_organ_id(organ_id: str, where: str) -> str:
    """The code itself when it is one. It also names folders: only letters, digits and points are let through."""
    if len(organ_id) > LONGEST_ORGAN_ID or not _ORGAN_ID.fullmatch(organ_id):
        raise Refused(
            f"Mã định danh “{organ_id[:50]}” sai: chỉ gồm chữ, số và dấu chấm, không quá {LONGEST_ORGAN_ID} ký tự.",
            where,
            "organ_id",
        )
    return organ_id


@dataclass(frozen=True, slots=True)
class Organ:
    """A body on the exchange; `id` is like "000.00.00.H03"."""

    id: str
    name: str = ""
    in_charge: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    fax: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document by who issued it, its number, symbol and day."""

    organ_id: str
    number: str
    notation: str
    promulgated: date | None = None
    document_id: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    competence: str = ""  # "TM.", "KT.", "TL.", "TUQ."
    position: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Staff:
    department: str = ""
    name: str = ""
    email: str = ""
    mobile: str = ""


NOBODY = Staff()


def slashed(day: date) -> str:
    """The standard's form of a day: "2021/11/29"."""
    return f"{day.year:04d}/{day.month:02d}/{day.day:02d}"


@dataclass(frozen=True, slots=True)
class Trace:
    """When a body sent the packet on; to the second."""

    organ_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Replaced:
    """A document that this one replaces, and the bodies that hold it."""

    document_id: str
    organ_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Business:
    """What is asked of the receiver: take a new document, give one back, change it, replace it."""

    kind: BusinessKind = BusinessKind.NEW
    reason: str = ""
    paper: bool = False  # a paper copy follows
    document_id: str = ""  # of the document recalled or updated
    changes_content: bool = False
    changes_receivers: bool = False
    receivers: tuple[tuple[str, ReceiverChange], ...] = ()
    replaced: tuple[Replaced, ...] = ()
    staff: Staff = NOBODY


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content: bytes = field(repr=False)
    content_type: str = "application/octet-stream"
    description: str = ""


@dataclass(frozen=True, slots=True)
class Packet:
    """A document on its way (BussinessDocType 0-3)."""

    sender: Organ
    to: tuple[Organ, ...]
    number: str
    notation: str
    promulgated: date
    subject: str
    place: str = ""
    type_name: str = ""
    type: int = 0
    type_detail: int = 0
    content: str = ""
    signer: Signer = Signer()
    due: date | None = None
    to_places: tuple[str, ...] = ()
    priority: Priority = Priority.NORMAL
    sphere: str = ""
    drafter: str = ""
    copies: int = 0
    pages: int = 0
    direction: str = ""
    appendices: tuple[str, ...] = ()
    response_for: tuple[Reference, ...] = ()
    steering: Steering = Steering.UNSAID
    trace: tuple[Trace, ...] = ()
    business: Business = Business()
    attachments: tuple[Attachment, ...] = ()
    signed: bool = False  # an XML signature is there; it is not verified here

    @property
    def document_id(self) -> str:
        """ "000.00.00.H03,2021/11/29,8005/UBND-VXNV"."""
        return f"{self.sender.id},{slashed(self.promulgated)},{self.number}/{self.notation}"

    @property
    def reference(self) -> Reference:
        """How an answer names this document."""
        return Reference(self.sender.id, self.number, self.notation, self.promulgated, self.document_id)


@dataclass(frozen=True, slots=True)
class StatusPacket:
    """What became of a document at a receiver."""

    response_for: Reference
    sender: Organ
    status: StatusCode
    at: datetime
    description: str = ""
    staff: Staff = NOBODY
