"""Lists of the room."""

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chongdich.domain.contacts.models import Venue
from chongdich.domain.contacts.states import VENUE_KIND
from chongdich.web.kit.columns import Column, DayColumn, NumberColumn
from chongdich.web.kit.filters import ChoiceFilter
from chongdich.web.kit.sources import Rows
from chongdich.web.kit.tables import Table


def _linking(rows: Rows, least: str) -> Rows:
    return rows.filter(cases__gte=int(least))  # type: ignore[union-attr]


class Venues(Table):
    """Places and vehicles: how many were there, how many of them are ill."""

    name = "noi-co-mat"
    caption = _("Nơi có mặt")
    default_sort = "-cases"
    search = ("search",)
    search_label = _("Tìm theo tên, biển số")
    columns = [
        Column(name="name", label=_("Nơi"), value=lambda v: f"{v.name} {v.plate}".strip(), title=True,
               link=lambda v: reverse("venue", args=[v.pk])),
        Column(name="kind", label=_("Loại"), value=lambda v: _now(VENUE_KIND[v.kind])),
        Column(name="place", label=_("Địa bàn"), value=lambda v: str(v.place or "")),
        NumberColumn(name="cases", label=_("Ca bệnh"), path="cases", sort="cases"),
        NumberColumn(name="people", label=_("Người có mặt"), path="people", sort="people"),
        DayColumn(name="latest", label=_("Lần cuối"), path="latest", sort="latest", clock=True),
    ]  # fmt: skip
    filters = [
        ChoiceFilter(name="kind", label=_("Loại"), path="kind", choices=[
            (k, _(v)) for k, v in VENUE_KIND.items() if k not in ("household", "encounter")]),
        ChoiceFilter(name="least", label=_("Nối ít nhất"), narrow=_linking,
                     choices=[("1", _("1 ca")), ("2", _("2 ca")), ("3", _("3 ca")), ("5", _("5 ca"))]),
    ]  # fmt: skip
    empty_title = _("Chưa có nơi nào")
    empty_text = _("Nơi có mặt đến từ phiếu điều tra, danh sách lớp, ca làm việc, chuyến xe và tệp nhập vào.")

    def row_tone(self, row: Venue) -> str:
        return "bad" if row.cases > 1 else ""  # type: ignore[attr-defined]
