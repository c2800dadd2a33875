"""What a state looks like: a tone, a shape and a word, never a colour alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from chongdich.core.periods import vietnam_day
from chongdich.domain.directives import states

TONES = ("neutral", "info", "active", "waiting", "good", "warn", "bad")
SOON = 3  # days before the day in which a task counts as due soon


@dataclass(frozen=True, slots=True)
class Look:
    """How one state is shown. `tone` is one of TONES, `icon` a name from assets/icons.json."""

    label: str | Promise
    tone: str = "neutral"
    icon: str = "circle"


# kind -> state -> (tone, icon); the words are the room's own, in its states.py.
SHAPES: dict[str, dict[str, tuple[str, str]]] = {
    "task": {
        "received": ("info", "inbox"),
        "in_progress": ("active", "play-circle"),
        "reported": ("waiting", "send"),
        "accepted": ("good", "check-circle-fill"),
        "returned": ("warn", "reply"),
        "not_executable": ("bad", "slash-circle"),
        "closed": ("neutral", "slash-circle"),
        "cancelled": ("neutral", "x-circle-fill"),
    },
    "standing": {
        "done_in_time": ("good", "check-circle-fill"),
        "done_late": ("warn", "clock-history"),
        "done": ("good", "check-lg"),
        "open_in_time": ("info", "hourglass-split"),
        "overdue": ("bad", "exclamation-octagon-fill"),
        "open": ("active", "play-circle"),
        "dropped": ("neutral", "slash-circle"),
    },
    "directive": {
        "received": ("info", "inbox"),
        "read": ("waiting", "eye"),
        "confirmed": ("good", "list-check"),
        "draft": ("neutral", "pencil"),
        "submitted": ("waiting", "send"),
        "signed": ("active", "clipboard-check"),
        "issued": ("good", "check-circle-fill"),
        "recalled": ("bad", "arrow-counterclockwise"),
        "replaced": ("neutral", "archive"),
        "withdrawn": ("bad", "arrow-return-left"),
        "refused": ("bad", "slash-circle"),
        "voided": ("bad", "trash"),
        "discarded": ("neutral", "trash"),
    },
    "delivery": {
        "": ("neutral", "send"),
        "01": ("info", "inbox"),
        "02": ("bad", "slash-circle"),
        "03": ("active", "check-lg"),
        "04": ("active", "list-check"),
        "05": ("active", "play-circle"),
        "06": ("good", "check-circle-fill"),
        "13": ("waiting", "arrow-counterclockwise"),
        "15": ("neutral", "check-lg"),
        "16": ("bad", "x-circle-fill"),
    },
    "extension": {
        "asked": ("waiting", "hourglass-split"),
        "granted": ("good", "check-circle-fill"),
        "refused": ("bad", "x-circle-fill"),
    },
}

WORDS: dict[str, Mapping[str, str]] = {
    "task": {name: state.label for name, state in states.TASK.items()},
    "directive": {name: state.label for name, state in states.DIRECTIVE.items()},
    "standing": states.STANDINGS,
    "extension": states.EXTENSION,
    "delivery": states.DELIVERY,
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


def look_of(state: object, kind: str = "task") -> Look:
    """The look of a state given by name or by an enum member; an unknown state shows its own name."""
    name = str(getattr(state, "value", state) or "")
    tone, icon = SHAPES[kind].get(name, ("neutral", "circle"))
    return Look(gettext(WORDS[kind][name]) if name in WORDS[kind] else name, tone, icon)


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
