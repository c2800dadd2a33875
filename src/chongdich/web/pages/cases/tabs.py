"""The room's parts, as tabs of those who may open them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chongdich.application.desk import Desk


def tabs_of(desk: Desk, current: str) -> list[dict[str, Any]]:
    """List, home, line lists."""
    parts = [
        ("cases", _("Ca bệnh"), True),
        ("home_treated", _("Điều trị tại nhà"), True),
        ("imports", _("Nhập danh sách"), desk.may("cases.import")),
    ]
    return [
        {"label": label, "url": reverse(name), "current": name == current, "active": name == current}
        for name, label, may in parts
        if may
    ]
