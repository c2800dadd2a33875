"""Small things that several pages of tasks show alike."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext

from chongdich.application.lenses.story import Event
from chongdich.core.errors import Conflict, Refused

# kind of fact -> (tone, icon) in a story
_LOOKS = {
    "TasksAssigned": ("info", "send"),
    "TaskStarted": ("active", "play-circle"),
    "TaskReported": ("waiting", "paperclip"),
    "PeriodicReported": ("waiting", "calendar-check"),
    "TaskDeclined": ("bad", "slash-circle"),
    "ReportJudged": ("good", "clipboard-check"),
    "TaskReopened": ("warn", "arrow-counterclockwise"),
    "TasksCancelled": ("neutral", "x-circle-fill"),
    "ExtensionAsked": ("waiting", "hourglass-split"),
    "ExtensionDecided": ("info", "clock-history"),
    "TasksPressed": ("warn", "bell"),
}


def lit(event: Event) -> dict[str, Any]:
    """An event of a story with its look, and what it followed from."""
    tone, icon = _LOOKS.get(event.kind, ("neutral", "circle"))
    text = gettext("Do: %(cause)s") % {"cause": gettext(event.because_of)} if event.because_of else ""
    return {**asdict(event), "tone": tone, "icon": icon, "text": text}


def status_of(error: Refused) -> int:
    """409 when somebody else was faster, else 422."""
    return 409 if isinstance(error, Conflict) else 422
