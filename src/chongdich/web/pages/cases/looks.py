"""How the states of a case look: a tone, a shape and a word."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chongdich.domain.cases.models import Case, Import, ImportRow
from chongdich.domain.cases.states import CLASSIFICATION, OUTCOME, SEVERITY
from chongdich.web.kit.templatetags import kit

_CLASSES = {
    "suspected": ("waiting", "hourglass-split"), "probable": ("warn", "exclamation-triangle-fill"),
    "confirmed": ("bad", "exclamation-octagon-fill"), "discarded": ("neutral", "x-circle-fill"),
}  # fmt: skip
_OUTCOMES = {
    "active": ("active", "play-circle"), "recovered": ("good", "check-circle-fill"),
    "died": ("bad", "x-circle-fill"), "moved": ("neutral", "send"), "discarded": ("neutral", "slash-circle"),
}  # fmt: skip
_SEVERITIES = {"severe": ("warn", "exclamation-triangle-fill"), "critical": ("bad", "exclamation-octagon-fill")}
FATES = {
    "waiting": ("waiting", "hourglass-split"), "created": ("good", "person-plus"), "matched": ("neutral", "check-lg"),
    "updated": ("info", "pencil"), "decide": ("warn", "question-circle"), "linked": ("info", "diagram-3"),
    "refused": ("bad", "x-circle-fill"), "undone": ("neutral", "arrow-counterclockwise"),
}  # fmt: skip
_STATES = {
    "reading": ("waiting", "hourglass-split"), "mapping": ("warn", "question-circle"),
    "running": ("active", "play-circle"),
    "paused": ("warn", "dash-circle"), "done": ("good", "check-circle-fill"), "failed": ("bad", "x-circle-fill"),
    "undone": ("neutral", "arrow-counterclockwise"),
}  # fmt: skip


def classification(case: Case) -> SafeString:
    return kit.badge(_(CLASSIFICATION[case.classification]), *_CLASSES[case.classification])


def outcome(case: Case) -> SafeString:
    return kit.badge(_(OUTCOME[case.outcome].label), *_OUTCOMES[case.outcome])


def severity(case: Case) -> SafeString | str:
    if not case.severity:
        return ""
    return kit.badge(_(SEVERITY[case.severity]), *_SEVERITIES.get(case.severity, ("neutral", "circle")))


def fate(row: ImportRow) -> SafeString:
    return kit.badge(_(row.get_fate_display()), *FATES[row.fate])


def state(found: Import) -> SafeString:
    return kit.badge(_(found.get_state_display()), *_STATES[found.state])
