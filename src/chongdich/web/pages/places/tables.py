"""The list of places."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from chongdich.registry.places.kinds import Level, PlaceKind
from chongdich.web.kit.columns import Column, DayColumn, NumberColumn
from chongdich.web.kit.filters import ChoiceFilter
from chongdich.web.kit.on_day import OnDay
from chongdich.web.kit.tables import Table


def place_address(key: str, day: str = "") -> str:
    """The page of a place, as of a day."""
    return reverse("place", args=[key]) + (f"?{urlencode({'ngay': day})}" if day else "")


class Places(Table):
    """Places on a day; each row carries `people`, a Population or None, and `parent`, a name."""

    name = "dia_ban"
    caption = _("Địa bàn")
    columns = [
        Column(name="full_name", label=_("Tên"), sort="full_name", title=True, link=lambda row: place_address(row.key)),
        Column(name="code", label=_("Mã"), sort="code"),
        Column(name="level", label=_("Cấp"), value=lambda row: Level(row.level).label, sort="level"),
        Column(name="parent", label=_("Thuộc")),
        NumberColumn(name="people", label=_("Dân số"), value=lambda row: row.people.people if row.people else None),
        Column(name="source", label=_("Nguồn dân số"), value=lambda row: row.people.source if row.people else ""),
        NumberColumn(name="area_km2", label=_("Diện tích, km²"), sort="area_km2"),
        DayColumn(name="valid_from", label=_("Từ ngày"), sort="valid_from"),
        DayColumn(name="valid_until", label=_("Đến trước ngày"), sort="valid_until"),
    ]
    filters = [
        OnDay(),
        ChoiceFilter(name="cap", label=_("Cấp"), path="level",
                     choices=[(level.value, level.label) for level in Level if level > Level.COUNTRY]),
        ChoiceFilter(name="loai", label=_("Loại"), path="kind",
                     choices=[(kind.value, kind.label) for kind in PlaceKind if kind != PlaceKind.COUNTRY]),
    ]  # fmt: skip
    search = ("search",)
    default_sort = "code"

    def __init__(self, rows: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(rows, *args, **kwargs)
