"""What a state looks like: a tone, a shape and a word, never a colour alone. Rooms add their own states once."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from chongdich.core.periods import vietnam_day

TONES = ("neutral", "info", "active", "waiting", "good", "warn", "bad")
SOON = 3  # days before the day in which a task counts as due soon


@dataclass(frozen=True, slots=True)
class Look:
    """How one state is shown. `tone` is one of TONES, `icon` a name from assets/icons.json."""

    label: str | Promise
    tone: str = "neutral"
    icon: str = "circle"


STATES: dict[str, Look] = {
    "received": Look(_("Đã nhận"), "info", "inbox"),
    "in_progress": Look(_("Đang thực hiện"), "active", "play-circle"),
    "reported": Look(_("Đã báo cáo"), "waiting", "send"),
    "accepted": Look(_("Đã hoàn thành"), "good", "check-circle-fill"),
    "returned": Look(_("Trả lại"), "warn", "reply"),
    "not_executable": Look(_("Không thực hiện được"), "bad", "slash-circle"),
    "done_in_time": Look(_("Hoàn thành đúng hạn"), "good", "check-circle-fill"),
    "done_late": Look(_("Hoàn thành quá hạn"), "warn", "clock-history"),
    "open_in_time": Look(_("Chưa hoàn thành, trong hạn"), "info", "hourglass-split"),
    "due_soon": Look(_("Sắp đến hạn"), "warn", "clock"),
    "overdue": Look(_("Quá hạn"), "bad", "exclamation-octagon-fill"),
    "draft": Look(_("Dự thảo"), "neutral", "pencil"),
    "submitted": Look(_("Trình ký"), "waiting", "send"),
    "signed": Look(_("Đã ký"), "active", "clipboard-check"),
    "issued": Look(_("Đã ban hành"), "good", "check-circle-fill"),
    "recalled": Look(_("Đã thu hồi"), "bad", "arrow-counterclockwise"),
    "replaced": Look(_("Đã thay thế"), "neutral", "archive"),
    "read": Look(_("Đã đọc, chờ soát"), "waiting", "eye"),
    "confirmed": Look(_("Đã xác nhận"), "good", "clipboard-check"),
}

LEVELS = {
    1: _("Nguy cơ thấp (bình thường mới)"),
    2: _("Nguy cơ trung bình"),
    3: _("Nguy cơ cao"),
    4: _("Nguy cơ rất cao"),
}

_MESSAGE_TONES = {"success": "good", "error": "bad", "danger": "bad", "warning": "warn", "debug": "neutral"}
_TONE_ICONS = {
    "good": "check-circle-fill",
    "warn": "exclamation-triangle-fill",
    "bad": "exclamation-octagon-fill",
}


def add_states(states: dict[str, Look]) -> None:
    """A room's own states; called once when its pages load. A name already taken must mean the same."""
    for name, look in states.items():
        if STATES.setdefault(name, look) != look:
            raise ValueError(f"the state {name} is already shown as {STATES[name].label}")


def look_of(state: object) -> Look:
    """The look of a state given by name or by an enum member; an unknown state shows its own name."""
    name = str(getattr(state, "value", state) or "")
    return STATES.get(name, Look(str(getattr(state, "label", name))))


def tone_of(name: str) -> str:
    """A tone from a tone or from one of Django's message levels."""
    return _MESSAGE_TONES.get(name, name if name in TONES else "info")


def icon_of(tone: str) -> str:
    """The icon that goes with a tone in an alert."""
    return _TONE_ICONS.get(tone, "info-circle-fill")


def as_day(moment: date | datetime | None) -> date | None:
    """The day in Viet Nam of a day or of an aware moment."""
    if isinstance(moment, datetime):
        return vietnam_day(moment)
    return moment


def due_look(due: date | None, *, today: date, done: date | None = None) -> Look:
    """What is said beside a deadline: how long is left, how late it is, or whether it was met."""
    if due is None:
        return Look(gettext("Không có thời hạn"), "neutral", "dash-circle")
    if done is not None:
        return _look_of_done((done - due).days)
    return _look_of_open((due - today).days)


def _look_of_done(late: int) -> Look:
    if late <= 0:
        return Look(gettext("đúng hạn"), "good", "check-lg")
    return Look(ngettext("trễ %(days)d ngày", "trễ %(days)d ngày", late) % {"days": late}, "warn", "clock-history")


def _look_of_open(left: int) -> Look:
    if left < 0:
        words = ngettext("quá hạn %(days)d ngày", "quá hạn %(days)d ngày", -left) % {"days": -left}
        return Look(words, "bad", "exclamation-octagon-fill")
    if left == 0:
        return Look(gettext("hết hạn hôm nay"), "warn", "clock")
    words = ngettext("còn %(days)d ngày", "còn %(days)d ngày", left) % {"days": left}
    return Look(words, "warn", "clock") if left <= SOON else Look(words, "neutral", "hourglass-split")
