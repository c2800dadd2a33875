"""State -> what may be done next, one table shared with the screens. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """A state: its Vietnamese label and the actions that may be taken from it (action -> next state)."""

    label: str
    actions: dict[str, str]
    final: bool = False


RUN: dict[str, State] = {
    "waiting": State("Chờ chạy", {"take": "running", "cancel": "cancelled", "fail": "failed"}),
    "running": State("Đang chạy", {"finish": "done", "cancel": "cancelled", "fail": "failed", "take": "running"}),
    "done": State("Đã xong", {}, final=True),
    "cancelled": State("Đã dừng", {}, final=True),
    "failed": State("Không chạy được", {}, final=True),
}
UNFINISHED = ("waiting", "running")
