"""What each role may do, and how far below its own unit it reaches. The one table behind guard, screens and tests."""

from dataclasses import dataclass

PERMISSIONS: dict[str, str] = {
    "directives.read": "xem văn bản",
    "directives.receive": "tiếp nhận, đăng ký văn bản đến",
    "directives.review": "rà soát nội dung máy đọc, xác nhận nhiệm vụ",
    "directives.assign": "giao nhiệm vụ cho đơn vị",
    "directives.draft": "soạn văn bản đi",
    "directives.sign": "ký văn bản",
    "directives.issue": "cấp số, phát hành, thu hồi văn bản",
    "tasks.read": "xem nhiệm vụ",
    "tasks.work": "nhận, thực hiện, báo cáo nhiệm vụ của đơn vị",
    "tasks.judge": "duyệt, trả lại báo cáo; quyết định gia hạn",
    "reports.make": "lập báo cáo tổng hợp",
    "exports.make": "xuất danh sách",
    "people.read": "xem nhân khẩu trên địa bàn (ẩn danh)",
    "people.open": "mở hồ sơ đầy đủ của một người, có nêu mục đích",
    "people.write": "thêm, sửa thông tin nhân khẩu",
    "people.merge": "gộp hồ sơ trùng, hủy gộp",
    "people.watch": "xem nhật ký mở hồ sơ",
    "cases.read": "xem ca bệnh trên địa bàn",
    "cases.write": "ghi nhận, sửa ca bệnh; điều tra dịch tễ",
    "cases.close": "kết thúc ca bệnh: khỏi, tử vong, chuyển đi",
    "cases.import": "nhập danh sách ca bệnh từ tệp",
    "results.write": "ghi kết quả xét nghiệm",
    "contacts.read": "xem người tiếp xúc trên địa bàn",
    "contacts.work": "liên hệ, theo dõi người tiếp xúc",
    "contacts.assign": "phân công người liên hệ",
    "contacts.trace": "truy vết lại, mô tả nơi có mặt",
    "contacts.refer": "chuyển danh sách người tiếp xúc sang địa phương khác",
    "presences.write": "ghi nhận ai có mặt ở đâu",
    "law.record": "ghi quy định của địa phương vào bảng quy định",
    "scenarios.read": "xem kịch bản, nhu cầu, nguồn lực",
    "scenarios.plan": "lập, chạy kịch bản; lập phương án",
    "resources.write": "đăng ký, sửa nguồn lực của đơn vị",
    "registry.read": "xem danh mục địa bàn, đơn vị",
    "accounts.manage": "quản lý tài khoản, phân quyền",
    "system.watch": "xem tình trạng hệ thống, sổ cái, việc lỗi",
    "system.act": "chạy việc tự động",
}

# Acts bind the body they are done for: whoever sees the units below still acts for the own unit alone (ADR 8).
ACTS = frozenset(
    {"directives.receive", "directives.review", "directives.assign", "directives.draft", "directives.sign",
     "directives.issue", "tasks.work", "tasks.judge"}
)  # fmt: skip

_READ = frozenset({"directives.read", "tasks.read", "registry.read"})
_KNOW = frozenset({"people.read", "people.open"})  # meets people by name, each full record with its purpose
_ENTER = _KNOW | {"people.write"}
_CASES = frozenset({"cases.read", "cases.write", "cases.close", "results.write"})
_REACH = frozenset({"contacts.read", "contacts.work", "presences.write"})
_STOCK = frozenset({"scenarios.read", "resources.write"})  # says what its own unit has
_PLAN = _STOCK | {"scenarios.plan"}


@dataclass(frozen=True)
class Role:
    """A role: Vietnamese label, permissions, and whether it sees the units below its own."""

    label: str
    permissions: frozenset[str]
    sees_below: bool = False


ROLES: dict[str, Role] = {
    "leader": Role(
        "Lãnh đạo",
        _READ | {"directives.sign", "tasks.judge", "reports.make", "exports.make", "people.read", "people.watch",
                 "cases.read", "contacts.read", "scenarios.read"},
        True,
    ),
    "clerk": Role("Văn thư", _READ | {"directives.receive", "directives.issue", "exports.make"}, True),
    "officer": Role(
        "Chuyên viên",
        _READ | _PLAN
        | {"directives.receive", "directives.review", "directives.assign", "directives.draft", "tasks.work",
                 "tasks.judge", "reports.make", "exports.make", "people.read", "cases.read",
                 "contacts.read"},
        True,
    ),
    "unit_head": Role(
        "Thủ trưởng đơn vị",
        _READ | _STOCK
        | {"tasks.work", "tasks.judge", "directives.assign", "directives.sign", "reports.make", "exports.make",
           "people.watch"},
    ),
    "unit_staff": Role("Cán bộ đơn vị", _READ | _STOCK | {"tasks.work"}),
    "epidemiologist": Role(
        "Cán bộ dịch tễ",
        _READ | _ENTER | _CASES | _REACH | _PLAN
        | {"cases.import", "people.merge", "tasks.work", "reports.make", "exports.make", "contacts.assign",
           "contacts.trace", "contacts.refer", "directives.draft", "law.record"},
        True,
    ),
    "health_station": Role("Trạm y tế", _READ | _ENTER | _CASES | _REACH | _STOCK | {"contacts.assign", "tasks.work"}),
    "hospital": Role("Bệnh viện", _READ | _ENTER | _CASES | _STOCK | {"presences.write", "tasks.work"}),
    "laboratory": Role("Phòng xét nghiệm", _READ | _ENTER | _STOCK | {"tasks.work", "results.write"}),
    "quarantine_site": Role(
        "Khu cách ly", _READ | _ENTER | _STOCK | {"tasks.work", "cases.read", "contacts.read", "presences.write"}
    ),
    "police": Role("Công an", _READ | _KNOW | _REACH | _STOCK | {"tasks.work"}),
    "community_team": Role(
        "Tổ COVID cộng đồng", frozenset({"tasks.read", "tasks.work", "people.read", "people.write"})
    ),
    "hotline": Role("Đường dây nóng, cứu trợ", _READ | _ENTER | {"tasks.work"}),
    "finance": Role("Tài chính, hậu cần", _READ | _STOCK | {"tasks.work", "reports.make", "exports.make"}),
    "spokesperson": Role("Người phát ngôn", _READ | {"tasks.work"}),
    "administrator": Role(
        "Quản trị hệ thống", frozenset({"accounts.manage", "system.watch", "registry.read", "people.watch"}), True
    ),
}  # fmt: skip

MACHINE = frozenset(PERMISSIONS)  # the worker acts for facts that people have already been asked about


def roles_with(permission: str) -> list[str]:
    """Names of the roles that hold a permission."""
    return [name for name, role in ROLES.items() if permission in role.permissions]
