"""The rooms as the side bar lists them: for each its page, its label, and the permission that shows it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Room:
    url_name: str
    label: str
    icon: str
    needs: str = ""
    group: str = ""


ROOMS = (
    Room("home", "Hôm nay", "house"),
    Room("my_tasks", "Việc của đơn vị", "list-check", "tasks.read", "Nhiệm vụ"),
    Room("given_tasks", "Việc đã giao", "send", "tasks.read", "Nhiệm vụ"),
    Room("matrix", "Bảng đơn vị × văn bản", "grid-3x3", "tasks.read", "Nhiệm vụ"),
    Room("incoming", "Văn bản đến", "inbox", "directives.read", "Văn bản"),
    Room("outgoing", "Văn bản đi", "file-text", "directives.read", "Văn bản"),
    Room("reports", "Báo cáo tổng hợp", "bar-chart", "reports.make", "Văn bản"),
    Room("cases", "Ca bệnh", "activity", "cases.read", "Dịch tễ"),
    Room("chain", "Chuỗi lây", "diagram-3", "cases.read", "Dịch tễ"),
    Room("contacts", "Người tiếp xúc", "people", "contacts.read", "Dịch tễ"),
    Room("people", "Người dân", "person-lines-fill", "people.read", "Dịch tễ"),
    Room("scenarios", "Kịch bản", "graph-up", "scenarios.read", "Dịch tễ"),
    Room("resources", "Nguồn lực", "box-seam", "scenarios.read", "Dịch tễ"),
    Room("law", "Quy định theo ngày", "book", "registry.read", "Danh mục"),
    Room("places", "Địa bàn", "geo-alt", "registry.read", "Danh mục"),
    Room("organisations", "Đơn vị", "building", "registry.read", "Danh mục"),
    Room("accounts", "Tài khoản", "people", "accounts.manage", "Hệ thống"),
    Room("system", "Tình trạng hệ thống", "activity", "system.watch", "Hệ thống"),
)
