"""Lists of the room."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chongdich.domain.scenarios.asking.kinds import COLUMNS, KINDS
from chongdich.domain.scenarios.models import Resource, Scenario
from chongdich.web.kit.columns import Column, DayColumn, NumberColumn
from chongdich.web.kit.filters import ChoiceFilter
from chongdich.web.kit.tables import Table
from chongdich.web.pages.scenarios.forms import FROM_NOW


def _scenario_link(row: Scenario) -> str:
    return reverse("scenario", args=[row.pk])


def _begun(row: Scenario) -> str:
    if row.template == FROM_NOW:
        return _now("Tình hình ngày lập")
    return _now("Tệp tự soạn") if row.template == "file" else _now("Mẫu")


def _policies(row: Scenario) -> str:
    return ", ".join(_now(policy["name"]) for policy in row.spec["policies"])


class Scenarios(Table):
    """Each scenario: what it asks, whose it is, how often it was run."""

    name = "kich-ban"
    caption = _("Kịch bản")
    default_sort = "-created"
    search = ("name",)
    search_label = _("Tìm theo tên kịch bản")
    columns = [
        Column(name="name", label=_("Kịch bản"), path="name", title=True, link=_scenario_link, sort="name"),
        Column(name="begun", label=_("Bắt đầu từ"), value=_begun),
        Column(name="policies", label=_("Phương án ứng phó"), value=_policies),
        Column(name="unit", label=_("Đơn vị lập"), path="unit.short_name"),
        NumberColumn(name="runs", label=_("Lần chạy"), path="number_of_runs"),
        DayColumn(name="created", label=_("Lập lúc"), path="created_at", clock=True, sort="created_at"),
    ]
    empty_title = _("Chưa có kịch bản nào")
    empty_text = _("Lập kịch bản từ một mẫu hoặc từ tình hình hôm nay.")


def _kind(row: Resource) -> str:
    return _now(KINDS[row.kind].label)


def _column(row: Resource) -> str:
    return _now(COLUMNS[KINDS[row.kind].column])


def _quantity_unit(row: Resource) -> str:
    return _now(KINDS[row.kind].unit)


class Resources(Table):
    """What is registered: kind, where, how many, who answers for it."""

    name = "nguon-luc"
    caption = _("Nguồn lực đã đăng ký")
    default_sort = "kind"
    search = ("name",)
    search_label = _("Tìm theo tên cơ sở")
    filters = [
        ChoiceFilter(name="kind", label=_("Loại"), path="kind", choices=[(n, _(k.label)) for n, k in KINDS.items()])
    ]
    empty_title = _("Chưa đăng ký nguồn lực nào")
    empty_text = _("Nhập từng cơ sở, hoặc tải lên bảng .csv, .xlsx.")

    def __init__(self, *args: Any, may_change: Any, **kwargs: Any) -> None:
        def link(row: Resource) -> str:
            return reverse("resource", args=[row.pk]) if may_change(row) else ""

        self.columns = [  # type: ignore[misc]
            Column(name="name", label=_("Cơ sở, nguồn lực"), path="name", title=True, link=link, sort="name"),
            Column(name="kind", label=_("Loại"), value=_kind, sort=("kind", "name")),
            Column(name="column", label=_("Bốn tại chỗ"), value=_column),
            Column(name="place", label=_("Địa bàn"), path="place.full_name"),
            NumberColumn(name="quantity", label=_("Số lượng"), path="quantity", sort="quantity"),
            Column(name="of", label=_("Đơn vị tính"), value=_quantity_unit),
            Column(name="unit", label=_("Đơn vị phụ trách"), path="unit.short_name"),
            DayColumn(name="updated", label=_("Cập nhật"), path="updated_at", sort="updated_at"),
            Column(name="note", label=_("Ghi chú"), path="note"),
        ]
        super().__init__(*args, **kwargs)
