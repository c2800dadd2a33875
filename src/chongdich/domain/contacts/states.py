"""State -> what may be done next, one table shared with the screens. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """A state: its Vietnamese label and the actions that may be taken from it (action -> next state)."""

    label: str
    actions: dict[str, str]
    final: bool = False


_LEAVE = {"lose": "lost", "refer": "elsewhere", "refuse": "refused", "convert": "converted", "dismiss": "dismissed"}

CONTACT: dict[str, State] = {
    "to_reach": State("Cần liên hệ", {"reach": "reached", **_LEAVE}),
    "reached": State(
        "Đã liên hệ", {"follow": "followed", "quarantine": "quarantined", "release": "released", **_LEAVE}
    ),
    "followed": State("Đang theo dõi", {"quarantine": "quarantined", "release": "released", **_LEAVE}),
    "quarantined": State("Đang cách ly", {"release": "released", "follow": "followed", **_LEAVE}),
    "lost": State("Mất dấu", {"reach": "reached", "convert": "converted"}),
    "elsewhere": State("Ở địa phương khác", {"reach": "reached", "convert": "converted"}),
    "refused": State("Từ chối", {"reach": "reached", "convert": "converted"}),
    "released": State("Hết theo dõi", {"reopen": "to_reach", "convert": "converted"}, final=True),
    "converted": State("Thành ca bệnh", {}, final=True),
    "dismissed": State("Không phải tiếp xúc", {"reopen": "to_reach"}, final=True),
}

GENERATION = {1: "F1", 2: "F2"}
CALL_OUTCOME = {"reached": "Liên hệ được", "no_answer": "Không trả lời", "wrong_number": "Sai số", "busy": "Máy bận",
                "refused": "Từ chối"}  # fmt: skip
VENUE_KIND = {
    "household": "Hộ gia đình", "workplace": "Nơi làm việc", "class": "Lớp học", "vehicle": "Phương tiện",
    "market": "Chợ, cửa hàng", "health": "Cơ sở y tế", "quarantine": "Khu cách ly", "event": "Đám cưới, đám hiếu, lễ",
    "worship": "Nơi thờ tự", "checkpoint": "Chốt kiểm soát", "outdoor": "Ngoài trời", "encounter": "Gặp riêng",
    "other": "Khác",
}  # fmt: skip
SOURCE = {
    "interview": "Điều tra dịch tễ",
    "household": "Hộ gia đình",
    "list": "Danh sách lớp, ca làm",
    "ward": "Buồng bệnh, phòng cách ly",
    "manifest": "Danh sách hành khách",
    "checkpoint": "Chốt kiểm soát",
    "qr": "Quét mã QR",
    "proximity": "Nhật ký gần nhau",
    "import": "Nhập tệp",
}

# As the outputs of the table contacts/f1 name them.
CONDITION = {
    "near": "trong khoảng cách gần", "closed_space": "cùng không gian kín", "body": "tiếp xúc cơ thể trực tiếp",
    "masked": "có khẩu trang, đủ thời gian", "unmasked": "không đủ khẩu trang", "care": "chăm sóc không đủ phòng hộ",
    "onward": "gặp F1",
}  # fmt: skip

# How near people are at a venue of a kind, until somebody says otherwise: (one closed or narrow space, metres or None).
USUAL = {
    "household": (True, None), "workplace": (True, None), "class": (True, None), "vehicle": (True, None),
    "market": (False, None), "health": (True, None), "quarantine": (True, None), "event": (True, None),
    "worship": (True, None), "checkpoint": (False, None), "outdoor": (False, None), "encounter": (False, 1.0),
    "other": (False, None),
}  # fmt: skip
