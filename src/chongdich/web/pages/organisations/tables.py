"""The list of bodies."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chongdich.registry.organisations.catalogue import body_kinds
from chongdich.registry.places.kinds import Level
from chongdich.web.kit.columns import Column, DayColumn
from chongdich.web.kit.filters import ChoiceFilter
from chongdich.web.kit.on_day import OnDay
from chongdich.web.kit.tables import Table


def kind_choices() -> list[tuple[str, str]]:
    """Kinds of body by their label."""
    return sorted(((name, kind.label) for name, kind in body_kinds().items()), key=lambda pair: pair[1])


class Organisations(Table):
    """Bodies on a day."""

    name = "don_vi"
    caption = _("Đơn vị")
    columns = [
        Column(name="name", label=_("Tên"), title=True, sort="name",
               link=lambda row: reverse("organisation", args=[row.pk])),
        Column(name="short_name", label=_("Tên gọn"), sort="short_name"),
        Column(name="symbol", label=_("Ký hiệu"), sort="symbol"),
        Column(name="place", label=_("Địa bàn"), path="place.full_name"),
        Column(name="superior", label=_("Cấp trên theo lãnh thổ")),
        DayColumn(name="since", label=_("Từ ngày")),
        DayColumn(name="until", label=_("Đến trước ngày")),
    ]  # fmt: skip
    filters = [
        OnDay(),
        ChoiceFilter(name="cap", label=_("Cấp"), path="place__level",
                     choices=[(level.value, level.label) for level in Level]),
        ChoiceFilter(name="loai", label=_("Loại"), path="kind", choices=kind_choices, picker=True),
    ]  # fmt: skip
    search = ("search",)
    empty_title = _("Không có đơn vị nào")
