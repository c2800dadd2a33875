"""What the cases room announces."""

from dataclasses import dataclass
from datetime import date

from chongdich.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CaseReported(Fact):
    """A case below certainty, or one reported without a result of ours: suspected or probable."""

    label = "Ghi nhận ca nghi ngờ"
    case_id: int
    person_id: int
    place_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class CaseConfirmed(Fact):
    """A person has the disease by the definition in force: contacts are traced next."""

    label = "Xác định ca bệnh"
    case_id: int
    person_id: int
    place_id: int | None = None
    confirmed_on: date
    infectious_from: date | None = None
    infectious_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class CaseChanged(Fact):
    """Something about a case was set right; `fields` names what. Contacts are looked at again."""

    label = "Sửa thông tin ca bệnh"
    case_id: int
    person_id: int
    window_changed: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseDiscarded(Fact):
    label = "Loại trừ ca bệnh"
    case_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class CaseClosed(Fact):
    """Recovered, died or moved away, by the rule kept on the case."""

    label = "Kết thúc ca bệnh"
    case_id: int
    person_id: int
    outcome_on: date


@dataclass(frozen=True, kw_only=True)
class CaseReopened(Fact):
    label = "Mở lại ca bệnh"
    case_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PatientVisited(Fact):
    label = "Theo dõi người bệnh"
    case_id: int


@dataclass(frozen=True, kw_only=True)
class InterviewFinished(Fact):
    """The itinerary is known: its stays become presences and contacts are traced anew."""

    label = "Hoàn thành điều tra dịch tễ"
    case_id: int
    interview_id: int


@dataclass(frozen=True, kw_only=True)
class ListReceived(Fact):
    """A line list came in: it is read next."""

    label = "Nhận danh sách ca bệnh"
    import_id: int


@dataclass(frozen=True, kw_only=True)
class ImportStarted(Fact):
    """Somebody saw the preview and said how the columns are to be understood: rows are taken in, lot by lot."""

    label = "Bắt đầu nhập danh sách"
    import_id: int


@dataclass(frozen=True, kw_only=True)
class LinksRecorded(Fact):
    """Sources of cases named by a list were found among the cases."""

    label = "Ghi nguồn lây theo danh sách"
    import_id: int
    case_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class CasesImported(Fact):
    """One lot of a list became cases (`case_ids` may be empty); the next lot follows."""

    label = "Nhập danh sách ca bệnh"
    import_id: int
    case_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ImportUndone(Fact):
    label = "Hoàn tác nhập danh sách"
    import_id: int
    case_ids: tuple[int, ...]
