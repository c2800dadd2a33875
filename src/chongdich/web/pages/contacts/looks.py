"""How contacts look: a tone, a shape and a word."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chongdich.application.lenses.contacts import WorkRow
from chongdich.domain.contacts.models import Contact
from chongdich.domain.contacts.rules import Clock
from chongdich.domain.contacts.states import CONTACT
from chongdich.web.kit.templatetags import kit

_STATES = {
    "to_reach": ("warn", "telephone"), "reached": ("info", "check-lg"), "followed": ("active", "eye"),
    "quarantined": ("waiting", "house-lock"), "lost": ("bad", "question-circle"), "elsewhere": ("neutral", "send"),
    "refused": ("bad", "slash-circle"), "released": ("good", "check-circle-fill"), "converted": ("bad", "virus"),
    "dismissed": ("neutral", "x-circle-fill"),
}  # fmt: skip


def state(contact: Contact) -> SafeString:
    return kit.badge(_(CONTACT[contact.state].label), *_STATES[contact.state])


def generation(contact: Contact) -> SafeString:
    return kit.badge("F1", "bad", "people") if contact.generation == 1 else kit.badge("F2", "warn", "people")


def clock(found: Clock) -> SafeString:
    """How the 24 and 48 hours stand, in words."""
    hours = round(found.hours)
    if found.state == "reached":
        tone = "good" if found.hours <= 24 else "warn"
        return kit.badge(_("liên hệ sau %(hours)d giờ") % {"hours": hours}, tone, "clock-history")
    if found.state == "in_time":
        return kit.badge(_("còn %(hours)d giờ") % {"hours": max(0, 24 - hours)}, "info", "stopwatch")
    late = 24 if found.state == "late" else 48
    words = _("quá %(late)d giờ: đã %(hours)d giờ") % {"late": late, "hours": hours}
    return kit.badge(words, "warn" if late == 24 else "bad", "exclamation-triangle-fill")


@dataclass(frozen=True)
class Deed:
    """One thing that may be done: its name, words, icon, key; `sure` asks first, `note` asks why."""

    name: str
    label: str
    icon: str
    key: str = ""
    sure: str = ""
    note: bool = False


def calls() -> list[Deed]:
    """What came of calling, a key each."""
    return [
        Deed("reached", _("Liên hệ được"), "check-lg", "1"), Deed("no_answer", _("Không trả lời"), "bell-slash", "2"),
        Deed("busy", _("Máy bận"), "hourglass-split", "3"), Deed("wrong_number", _("Sai số"), "x-lg", "4"),
        Deed("refused", _("Từ chối"), "slash-circle", "5"),
    ]  # fmt: skip


def deeds(names: tuple[str, ...]) -> list[Deed]:
    """The actions of a state as buttons. Reaching and refusing are said by a call."""
    known = [
        Deed("quarantine", _("Đưa vào cách ly"), "house-lock", "c"),
        Deed("follow", _("Theo dõi sức khỏe"), "eye", "t"),
        Deed("release", _("Kết thúc theo dõi"), "check-circle-fill", sure=_("Kết thúc theo dõi người này?")),
        Deed("lose", _("Không tìm thấy"), "question-circle", note=True),
        Deed("refer", _("Ở nơi khác"), "send", note=True),
        Deed("dismiss", _("Không phải tiếp xúc"), "x-circle", note=True),
        Deed("reopen", _("Mở lại"), "arrow-counterclockwise"),
    ]
    return [one for one in known if one.name in names]


def may_call(row: WorkRow | Contact) -> bool:
    """Whether calling still makes sense."""
    contact = row.contact if isinstance(row, WorkRow) else row
    return not CONTACT[contact.state].final
