"""The code lists of QCVN 102:2016/BTTTT with its amendment of 2022, in words.

Codes of document types: 1-9 and 18-26 are published; the eight between and the six after follow from the order of the
types in Thông tư 01/2011/TT-BNV, which the published ones keep, and are listed in `INFERRED_TYPES`.
"""

from enum import Enum, IntEnum

from chongdich.core.official_document import CONG_VAN, Kind, Urgency


class Priority(IntEnum):
    NORMAL = 0
    URGENT = 1
    VERY_URGENT = 2
    EXPRESS = 3
    EXPRESS_TIMED = 4


class Steering(IntEnum):
    """Whether the packet gives orders; real senders also leave it out or write 0."""

    UNSAID = 0
    NO = 1
    ORDER = 2
    REPORT = 3


class BusinessKind(IntEnum):
    NEW = 0
    RECALL = 1
    UPDATE = 2
    REPLACE = 3


class ReceiverChange(IntEnum):
    REMOVED = 0
    ADDED = 1


class StatusCode(Enum):
    """What became of a packet at the receiver (01-06) and of a recall or update (13, 15, 16)."""

    ARRIVED = ("01", "Đã đến")
    REFUSED = ("02", "Từ chối tiếp nhận")
    ACCEPTED = ("03", "Đã tiếp nhận")
    ASSIGNED = ("04", "Phân công xử lý")
    IN_PROGRESS = ("05", "Đang xử lý")
    DONE = ("06", "Hoàn thành")
    TAKEN_BACK = ("13", "Lấy lại")
    CHANGE_AGREED = ("15", "Đồng ý cập nhật hoặc lấy lại")
    CHANGE_REFUSED = ("16", "Từ chối cập nhật hoặc lấy lại")

    @property
    def code(self) -> str:
        return self.value[0]

    @property
    def label(self) -> str:
        return self.value[1]

    @classmethod
    def of(cls, code: str) -> "StatusCode | None":
        return next((status for status in cls if status.code == code), None)


PRIORITIES = {
    Urgency.NONE: Priority.NORMAL,
    Urgency.URGENT: Priority.URGENT,
    Urgency.VERY_URGENT: Priority.VERY_URGENT,
    Urgency.EXPRESS: Priority.EXPRESS,
    Urgency.EXPRESS_TIMED: Priority.EXPRESS_TIMED,
}

ADMINISTRATIVE = 2  # DocumentType/Type of administrative documents; INFERRED
_TYPES = (
    "Nghị quyết", "Quyết định", "Chỉ thị", "Quy chế", "Quy định", "Thông cáo", "Thông báo", "Hướng dẫn",
    "Chương trình", "Kế hoạch", "Phương án", "Đề án", "Dự án", "Báo cáo", "Biên bản", "Tờ trình", "Hợp đồng",
    "Công văn", "Công điện", "Bản ghi nhớ", "Bản cam kết", "Bản thỏa thuận", "Giấy chứng nhận", "Giấy ủy quyền",
    "Giấy mời", "Giấy giới thiệu", "Giấy nghỉ phép", "Giấy đi đường", "Giấy biên nhận hồ sơ", "Phiếu gửi",
    "Phiếu chuyển", "Thư công",
)  # fmt: skip
TYPE_CODES = {name: code for code, name in enumerate(_TYPES, start=1)}
INFERRED_TYPES = frozenset(range(10, 18)) | frozenset(range(27, 33))


def type_code(kind: Kind) -> int:
    """The TypeDetail of a kind of document; 0 for one the standard does not list."""
    return TYPE_CODES.get(kind.name if kind.name else CONG_VAN.name, 0)
