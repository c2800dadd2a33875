"""What the contacts room announces."""

from dataclasses import dataclass
from datetime import datetime

from chongdich.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PresencesRecorded(Fact):
    """Rows about who was where came in; cases that they touch are traced anew."""

    label = "Ghi nhận hành trình, có mặt"
    origin: int  # identifier of what they came from, 0 for a bulk file
    person_ids: tuple[int, ...]  # empty for a bulk file: everybody
    count: int
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ContactsTraced(Fact):
    """The contacts of some cases were found or found again."""

    label = "Truy vết tiếp xúc"
    case_ids: tuple[int, ...]
    new_contact_ids: tuple[int, ...]
    changed_contact_ids: tuple[int, ...] = ()
    f1: int = 0
    f2: int = 0
    tracing_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ContactCalled(Fact):
    label = "Liên hệ người tiếp xúc"
    contact_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ContactMoved(Fact):
    """A contact went from one state to another by a person's hand."""

    label = "Đổi trạng thái người tiếp xúc"
    contact_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ContactsAssigned(Fact):
    """Contacts were given to one who traces them."""

    label = "Phân công người liên hệ"
    contact_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ContactsReleased(Fact):
    """The days of the rule are over."""

    label = "Hết thời gian theo dõi"
    contact_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ContactConverted(Fact):
    """A contact became a case: its contacts move one step nearer."""

    label = "Người tiếp xúc thành ca bệnh"
    contact_id: int
    person_id: int
    case_id: int


@dataclass(frozen=True, kw_only=True)
class ContactsReceived(Fact):
    """Contacts of cases elsewhere were taken in from a document received."""

    label = "Nhận danh sách tiếp xúc"
    contact_ids: tuple[int, ...]
    directive_id: int


@dataclass(frozen=True, kw_only=True)
class ContactsReferred(Fact):
    """People who live elsewhere were handed over to whoever is there."""

    label = "Chuyển danh sách tiếp xúc"
    contact_ids: tuple[int, ...]
    unit_id: int | None = None
    directive_id: int | None = None
