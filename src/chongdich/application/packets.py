"""What goes to and comes from other instances, in the application's words; `ports` carry it, edXML is one way to."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chongdich.application.journeys.files import Upload
from chongdich.core.official_document import OfficialDocument


class Purpose(StrEnum):
    """What a packet asks of its receiver, or that it only tells how a document fares."""

    NEW = "new"
    RECALL = "recall"
    UPDATE = "update"
    REPLACE = "replace"
    STATUS = "status"


@dataclass(frozen=True)
class Partner:
    """A body on another instance: our unit for it, its OrganId, its name."""

    unit_id: int
    organ_id: str
    name: str


@dataclass(frozen=True)
class Sending:
    """A document on its way to one partner. `at` is when the reason for it arose: the same twice is one packet."""

    document: OfficialDocument
    to: Partner
    at: datetime
    purpose: Purpose = Purpose.NEW
    reason: str = ""
    files: tuple[Upload, ...] = ()
    replaces: OfficialDocument | None = None


@dataclass(frozen=True)
class Answer:
    """What became here of a document that came as a packet (code of QCVN 102:2016/BTTTT)."""

    document_id: str
    status: str
    at: datetime
    note: str = ""


@dataclass(frozen=True)
class Arrival:
    """A packet that waits. `document_id` names the document it carries, speaks of or answers."""

    name: str
    purpose: Purpose
    document_id: str
    sender: Partner
    at: datetime
    data: bytes = field(repr=False, default=b"")
    files: tuple[Upload, ...] = ()
    reason: str = ""
    status: str = ""
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True)
class Aside:
    """A packet that could not be used, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class ExchangeState:
    """How the exchange stands: who we are on it, with whom we speak, what waits, what was put aside."""

    organ_id: str = ""
    unit_ids: tuple[int, ...] = ()
    partners: tuple[Partner, ...] = ()
    waiting_to_go: tuple[str, ...] = ()
    waiting_here: tuple[str, ...] = ()
    aside: tuple[Aside, ...] = ()
    problem: str = ""
