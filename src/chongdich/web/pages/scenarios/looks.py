"""How the states of a run look."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chongdich.domain.scenarios.models import Run
from chongdich.domain.scenarios.states import RUN
from chongdich.web.kit.templatetags import kit

_STATES = {
    "waiting": ("waiting", "hourglass-split"), "running": ("active", "play-circle"),
    "done": ("good", "check-circle-fill"), "cancelled": ("neutral", "slash-circle"),
    "failed": ("bad", "x-circle-fill"),
}  # fmt: skip


def state(run: Run) -> SafeString:
    """A badge."""
    return kit.badge(_(RUN[run.state].label), *_STATES[run.state])
