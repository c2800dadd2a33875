"""The room's parts, as tabs of those who may open them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chongdich.application.desk import Desk


def tabs_of(desk: Desk, current: str) -> list[dict[str, Any]]:
    """Worklists, who was where."""
    parts = [
        ("contacts", _("Danh sách liên hệ"), True),
        ("venues", _("Nơi có mặt"), True),
        ("contacts_elsewhere", _("Ở nơi khác"), True),
        ("contacts_figures", _("Chỉ số"), True),
        ("contacts_notice", _("Thông báo địa điểm"), desk.may("contacts.refer")),
        ("presences_new", _("Nhập người có mặt"), desk.may("presences.write")),
    ]
    return [{"label": label, "url": reverse(name), "active": name == current} for name, label, may in parts if may]
