"""State -> what may be done next. One table, shared by operations and screens. Pure.

Task states follow Quyết định 42/2014/QĐ-TTg as provinces apply it; the statistics (done in time / done late / open in
time / overdue, with or without a deadline) are its official ones.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class State:
    """A state: its Vietnamese label, whether it is final, and the actions that may be taken from it."""

    label: str
    actions: dict[str, str]  # action -> next state
    final: bool = False


DIRECTIVE: dict[str, State] = {
    "received": State("Chờ đọc", {"read": "read", "refuse": "refused", "withdraw": "withdrawn", "void": "voided"}),
    "read": State(
        "Chờ rà soát",
        {"read": "read", "confirm": "confirmed", "refuse": "refused", "withdraw": "withdrawn", "void": "voided"},
    ),
    "confirmed": State("Đã giao việc", {"withdraw": "withdrawn", "void": "voided"}),
    "draft": State("Đang soạn", {"edit": "draft", "submit": "submitted", "discard": "discarded"}),
    "submitted": State("Chờ ký", {"sign": "signed", "send_back": "draft"}),
    "signed": State("Đã ký, chờ phát hành", {"issue": "issued", "send_back": "draft"}),
    "issued": State("Đã phát hành", {"recall": "recalled", "replace": "replaced", "correct": "issued"}),
    "recalled": State("Đã thu hồi", {}, final=True),
    "replaced": State("Đã thay thế", {}, final=True),
    "withdrawn": State("Bên gửi đã thu hồi", {}, final=True),
    "refused": State("Từ chối tiếp nhận", {}, final=True),
    "voided": State("Đã hủy đăng ký", {}, final=True),
    "discarded": State("Đã hủy bản thảo", {}, final=True),
}

TASK: dict[str, State] = {
    "received": State(
        "Đã nhận", {"start": "in_progress", "report": "reported", "decline": "not_executable", "cancel": "cancelled"}
    ),
    "in_progress": State("Đang thực hiện", {"report": "reported", "decline": "not_executable", "cancel": "cancelled"}),
    "reported": State("Đã báo cáo, chờ duyệt", {"accept": "accepted", "return": "returned", "cancel": "cancelled"}),
    "returned": State(
        "Bị trả lại", {"start": "in_progress", "report": "reported", "decline": "not_executable", "cancel": "cancelled"}
    ),
    "not_executable": State("Không thực hiện được", {"accept": "closed", "return": "returned", "cancel": "cancelled"}),
    "accepted": State("Hoàn thành", {"reopen": "returned"}, final=True),
    "closed": State("Đồng ý không thực hiện", {"reopen": "returned"}, final=True),
    "cancelled": State("Đã hủy giao", {}, final=True),
}

EXTENSION = {"asked": "Chờ quyết định", "granted": "Đồng ý gia hạn", "refused": "Không đồng ý"}

OPEN_TASK_STATES = tuple(name for name, state in TASK.items() if not state.final)

# What became of a document sent, by the codes of QCVN 102:2016/BTTTT.
DELIVERY = {
    "": "Đã gửi, chưa có tin",
    "01": "Đã đến",
    "02": "Từ chối tiếp nhận",
    "03": "Đã tiếp nhận",
    "04": "Đã phân công xử lý",
    "05": "Đang xử lý",
    "06": "Đã hoàn thành",
    "13": "Đã gửi lệnh thu hồi",
    "15": "Đồng ý thu hồi, cập nhật",
    "16": "Từ chối thu hồi, cập nhật",
}

STANDINGS = {
    "done_in_time": "Hoàn thành đúng hạn",
    "done_late": "Hoàn thành quá hạn",
    "done": "Hoàn thành (không thời hạn)",
    "open_in_time": "Đang thực hiện, trong hạn",
    "overdue": "Quá hạn",
    "open": "Đang thực hiện (không thời hạn)",
    "dropped": "Không thực hiện",
}


def next_state(table: dict[str, State], state: str, action: str) -> str | None:
    """The state after an action, or None when the action may not be taken."""
    return table[state].actions.get(action)


def standing(state: str, due: date | None, done_on: date | None, today: date) -> str:
    """Which line of the official statistics a task stands in on a day."""
    if state in ("closed", "cancelled"):
        return "dropped"
    if state == "accepted":
        if due is None:
            return "done"
        return "done_in_time" if done_on is not None and done_on <= due else "done_late"
    if due is None:
        return "open"
    return "overdue" if due < today else "open_in_time"
