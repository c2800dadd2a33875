"""State -> what may be done next, one table shared with the screens. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """A state: its Vietnamese label and the actions that may be taken from it (action -> next state)."""

    label: str
    actions: dict[str, str]
    final: bool = False


CLASSIFICATION = {
    "suspected": "Nghi ngờ",
    "probable": "Có thể",
    "confirmed": "Xác định (F0)",
    "discarded": "Loại trừ",
}

OUTCOME: dict[str, State] = {
    "active": State("Đang điều trị", {"recover": "recovered", "die": "died", "move": "moved", "discard": "discarded"}),
    "recovered": State("Khỏi bệnh", {"reopen": "active"}, final=True),
    "died": State("Tử vong", {"reopen": "active"}, final=True),
    "moved": State("Chuyển tỉnh khác", {"reopen": "active"}, final=True),
    "discarded": State("Loại trừ", {"reopen": "active"}, final=True),
}

ORIGIN = {
    "imported": "Nhập cảnh",
    "in_quarantine": "Trong khu cách ly",
    "community_known": "Cộng đồng, rõ nguồn lây",
    "community_unknown": "Cộng đồng, chưa rõ nguồn lây",
    "unknown": "Chưa xác định",
}

SEVERITY = {
    "asymptomatic": "Không triệu chứng",
    "mild": "Nhẹ",
    "moderate": "Trung bình",
    "severe": "Nặng",
    "critical": "Nguy kịch",
}
