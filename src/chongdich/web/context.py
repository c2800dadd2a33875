"""What every page shows around its content: navigation, unit, inbox."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from chongdich import __version__
from chongdich.registry.accounts.roles import ROLES
from chongdich.registry.inbox.models import Message
from chongdich.web.navigation import ROOMS


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """Context of the base layout. Nothing is asked of the database until a template uses it."""
    appointments = getattr(request, "appointments", [])
    seated = getattr(request, "desk", None)
    plain: dict[str, Any] = {
        "version": __version__, "navigation": [], "house_now": seated.at if seated else None,
        "house_mark": settings.HOUSE_MARK,
    }  # fmt: skip
    if not appointments:
        return plain
    desk = request.desk  # type: ignore[attr-defined]
    acting = next((row for row in appointments if row.unit_id == desk.actor.unit_id), appointments[0])
    units = {row.unit_id: row.unit.short_name for row in appointments}
    return {
        **plain,
        "navigation": _navigation(request),
        "unit": acting.unit.short_name,
        "units": [{"id": key, "label": label, "current": key == acting.unit_id} for key, label in units.items()],
        "user_name": desk.actor.name,
        "user_role": _(ROLES[acting.role].label),
        "inbox_count": SimpleLazyObject(lambda: _unread(desk.actor.account_id)),
    }


def _unread(account_id: int) -> int:
    return Message.objects.filter(account_id=account_id, read_at=None)[:100].count()


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    desk = request.desk  # type: ignore[attr-defined]
    found = []
    for room in ROOMS:
        if room.needs and not desk.may(room.needs):
            continue
        try:
            address = reverse(room.url_name)
        except NoReverseMatch:
            continue
        active = request.path == address or (address != "/" and request.path.startswith(address))
        found.append(
            {"label": _(room.label), "url": address, "active": active, "icon": room.icon, "group": _(room.group)}
        )
    here = max((str(item["url"]) for item in found if item["active"]), key=len, default="")
    return [{**item, "active": item["url"] == here} for item in found]
