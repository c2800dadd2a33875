"""What the directives room announces."""

from dataclasses import dataclass
from datetime import date

from chongdich.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DirectiveReceived(Fact):
    label = "Tiếp nhận văn bản"
    directive_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class DirectiveVoided(Fact):
    """A document received was registered wrongly; `instead_id` is the one that stands in its place, if any."""

    label = "Hủy đăng ký văn bản"
    directive_id: int
    unit_id: int
    instead_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class DirectiveRead(Fact):
    label = "Máy đọc văn bản"
    directive_id: int
    clauses: int


@dataclass(frozen=True, kw_only=True)
class ClauseChanged(Fact):
    """A person corrected, added, split, merged or dropped a clause, or set its units or deadline."""

    label = "Sửa nội dung đọc"
    directive_id: int
    clause_id: int
    change: str


@dataclass(frozen=True, kw_only=True)
class DirectiveConfirmed(Fact):
    label = "Xác nhận văn bản"
    directive_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class TasksAssigned(Fact):
    """Tasks given at one time for one directive: one fact however many units."""

    label = "Giao nhiệm vụ"
    directive_id: int
    giver_id: int
    task_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class TaskStarted(Fact):
    label = "Bắt đầu thực hiện"
    task_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class TaskReported(Fact):
    label = "Báo cáo kết quả"
    task_id: int
    report_id: int
    giver_id: int


@dataclass(frozen=True, kw_only=True)
class PeriodicReported(Fact):
    label = "Báo cáo định kỳ"
    task_id: int
    report_id: int
    giver_id: int


@dataclass(frozen=True, kw_only=True)
class TaskDeclined(Fact):
    label = "Báo không thực hiện được"
    task_id: int
    report_id: int
    giver_id: int


@dataclass(frozen=True, kw_only=True)
class ReportJudged(Fact):
    label = "Duyệt báo cáo"
    task_id: int
    report_id: int
    unit_id: int
    accepted: bool


@dataclass(frozen=True, kw_only=True)
class TaskReopened(Fact):
    label = "Mở lại nhiệm vụ"
    task_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class TasksCancelled(Fact):
    label = "Hủy giao nhiệm vụ"
    directive_id: int
    task_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ExtensionAsked(Fact):
    label = "Xin gia hạn"
    task_id: int
    extension_id: int
    giver_id: int
    until: date


@dataclass(frozen=True, kw_only=True)
class ExtensionDecided(Fact):
    label = "Quyết định gia hạn"
    task_id: int
    extension_id: int
    unit_id: int
    granted: bool


@dataclass(frozen=True, kw_only=True)
class TasksPressed(Fact):
    """The overdue ladder climbed one rung for some tasks."""

    label = "Đôn đốc"
    rung: str
    task_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class DirectiveDrafted(Fact):
    label = "Soạn văn bản"
    directive_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class DirectiveSubmitted(Fact):
    label = "Trình ký"
    directive_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class DirectiveSentBack(Fact):
    label = "Trả lại bản thảo"
    directive_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class DirectiveSigned(Fact):
    label = "Ký văn bản"
    directive_id: int
    unit_id: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class DirectiveIssued(Fact):
    label = "Phát hành văn bản"
    directive_id: int
    unit_id: int
    number: int
    year: int


@dataclass(frozen=True, kw_only=True)
class DirectiveRecalled(Fact):
    label = "Thu hồi văn bản"
    directive_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class DirectiveReplaced(Fact):
    label = "Thay thế văn bản"
    directive_id: int
    by_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class DirectiveCorrected(Fact):
    """Another document was issued that sets this one right; this one stays in force."""

    label = "Đính chính văn bản"
    directive_id: int
    by_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class DirectiveRefused(Fact):
    """A document received was not taken in."""

    label = "Từ chối tiếp nhận"
    directive_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class DirectiveDiscarded(Fact):
    label = "Hủy bản thảo"
    directive_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class DeliveryChanged(Fact):
    """The other side said what became of a document sent (status packet), or it was taken in inside the house."""

    label = "Tình trạng gửi nhận"
    directive_id: int
    unit_id: int
    status: str


@dataclass(frozen=True, kw_only=True)
class SenderAnswered(Fact):
    """The sender of a document received was told what became of it here."""

    label = "Báo tình trạng cho bên gửi"
    directive_id: int
    status: str
