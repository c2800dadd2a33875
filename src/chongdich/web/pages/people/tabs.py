"""The room's parts, as tabs of those who may open them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from chongdich.application.desk import Desk

Tab = dict[str, object]


def tabs_of(desk: Desk, current: str) -> list[Tab]:
    """Find, duplicates, merges, log: nothing when only one is left."""
    may_log = desk.may("people.watch") or desk.may("people.open")
    parts = [
        ("people", _("Tìm người"), desk.may("people.read")),
        ("duplicates", _("Hồ sơ trùng"), desk.may("people.merge")),
        ("merges", _("Đã gộp"), desk.may("people.merge")),
        ("openings", _("Nhật ký mở hồ sơ"), may_log),
    ]
    shown: list[Tab] = [
        {"label": label, "url": reverse(name), "current": name == current, "active": name == current}
        for name, label, may in parts
        if may
    ]
    return shown if len(shown) > 1 else []
