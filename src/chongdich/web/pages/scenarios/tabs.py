"""The pages of the room, side by side."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chongdich.application.desk import Desk


def tabs_of(desk: Desk, active: str) -> list[dict[str, Any]]:
    """Scenarios, resources, forecasts."""
    pages = [("scenarios", _("Kịch bản")), ("resources", _("Nguồn lực")), ("forecasts", _("Dự báo đúng đến đâu"))]
    return [{"label": label, "url": reverse(name), "active": name == active} for name, label in pages]
