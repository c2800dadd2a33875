"""The list of what was given out, one row per clause however many units got it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from django.db.models import F
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chongdich.application.desk import Desk
from chongdich.application.lenses.tasks import Group, find_units_of, group_given, load_groups
from chongdich.web.kit.columns import Column, DueColumn
from chongdich.web.kit.filters import Asked, ChoiceFilter
from chongdich.web.kit.rows import Row
from chongdich.web.kit.sources import Rows, all_rows
from chongdich.web.kit.tables import EXPORTED
from chongdich.web.kit.templatetags import kit
from chongdich.web.pages.tasks import filters
from chongdich.web.pages.tasks.filters import name_of
from chongdich.web.pages.tasks.tables import BULK_RIGHTS, TaskTable, bulk_actions, short

_CHUNK = 1000


def group_url(group: Group) -> str:
    """Where the tasks of a group are: the task itself when one unit alone got it."""
    if group.task_id:
        return reverse("task", args=[group.task_id])
    return reverse("given_group", args=[group.clause.pk, group.giver_id])


def _progress(group: Group) -> SafeString:
    """How far a group is, its marks, and its units when opened."""
    label = gettext("Đơn vị đã hoàn thành")
    bar = format_html(
        '<div class="progress-line"><progress value="{}" max="{}" aria-label="{}"></progress><span>{}/{}</span></div>',
        group.done, group.total, label, group.done, group.total,
    )  # fmt: skip
    if group.task_id:
        return bar
    url = reverse("given_group", args=[group.clause.pk, group.giver_id])
    words = gettext("Xem %(n)d đơn vị") % {"n": group.total}
    return format_html(
        '{}<details class="group-units" hx-get="{}?gon=1" hx-trigger="toggle once" hx-target="find .group-list">'
        '<summary>{}</summary><div class="group-list"><a href="{}">{}</a></div></details>',
        bar, url, words, url, gettext("Mở danh sách"),
    )  # fmt: skip


def _document_words(group: Group) -> str:
    return f"{name_of(group.clause.directive)}, {group.giver_name}"


def _document(group: Group) -> SafeString:
    name, giver = name_of(group.clause.directive), group.giver_name
    return format_html('{}<span class="cell-below">{}</span>', name, giver)


def _marks(group: Group) -> SafeString:
    waiting = kit.badge(f"{group.waiting} {gettext('chờ duyệt')}", "waiting", "send") if group.waiting else ""
    words = f"{group.overdue} {gettext('quá hạn')}"
    late = kit.badge(words, "bad", "exclamation-octagon-fill") if group.overdue else ""
    return format_html('<span class="cluster">{}{}</span>', waiting, late) if waiting or late else SafeString("")


@dataclass(frozen=True, kw_only=True)
class GroupFilter(ChoiceFilter):
    """How far a group is; while nothing is chosen, the groups that are not all done."""

    template: str = "tasks/filter_state.html"

    def read(self, params: QueryDict) -> Asked:
        asked = super().read(params)
        chosen = asked.values[self.name][0] if asked.values[self.name] else "chua-xong"
        narrowings: dict[str, dict[str, Any]] = {
            "chua-xong": {"done__lt": F("total")},
            "cho-duyet": {"waiting__gt": 0},
            "qua-han": {"overdue__gt": 0},
            "xong": {"done": F("total")},
            "tat-ca": {},
        }
        asked.apply = lambda rows: rows.filter(**narrowings[chosen])  # type: ignore[union-attr]
        return asked


class GivenGroups(TaskTable):
    """What I gave out, clause by clause, what waits for me first."""

    name = "viec"
    caption = _("Việc đã giao, theo điều khoản")
    columns = [
        Column(name="text", label=_("Điều khoản"), value=lambda g: g.clause.text, title=True, link=group_url,
               show=lambda g: short(g.clause.text)),
        Column(
            name="document", label=_("Văn bản, bên giao"), value=_document_words, show=_document, css="cell-document"
        ),
        Column(name="progress", label=_("Tiến độ"), value=lambda g: f"{g.done}/{g.total}", show=_progress),
        Column(name="waiting", label=_("Cần chú ý"), sort=("waiting", "overdue", "giver_id"), show=_marks,
               value=lambda g: g.waiting),
        DueColumn(name="nearest", label=_("Hạn gần nhất"), sort="nearest"),
    ]  # fmt: skip
    search = ("search",)
    default_sort = "-waiting"
    tie = "clause_id"
    key = "key"
    empty_title = _("Chưa có việc nào đang giao")
    empty_text = _("Việc xuất hiện ở đây khi bạn xác nhận một văn bản, hoặc giao xuống cấp dưới từ một nhiệm vụ.")

    def __init__(self, request: HttpRequest, desk: Desk, **kwargs: Any) -> None:
        super().__init__(group_given(desk), request, desk, **kwargs)
        self.bulk = bulk_actions(desk, BULK_RIGHTS)  # type: ignore[misc]

    def make_filters(self, rows: Any) -> list[filters.Filter]:
        state = [("cho-duyet", _("Có báo cáo chờ duyệt")), ("qua-han", _("Có đơn vị quá hạn")), ("xong", _("Xong hết")),
                 ("tat-ca", _("Tất cả"))]  # fmt: skip
        return [
            filters.directive_filter(self.desk),
            filters.unit_filter("don_vi", _("Đơn vị"), "unit_id", lambda: list(self.units.items())),
            GroupFilter(name="tien_do", label=_("Tiến độ"), choices=state),
            filters.area_filter(),
        ]

    @cached_property
    def units(self) -> dict[int, str]:
        """The units the person sees, which are also those that gave what is listed."""
        return dict(find_units_of(self.desk))

    def row_tone(self, row: Group) -> str:  # type: ignore[override]
        return "bad" if row.overdue else ""

    def _ordered(self, rows: Rows) -> Rows:
        if self.sort.removeprefix("-") != "nearest":
            return super()._ordered(rows)
        down = self.sort.startswith("-")
        key = F("nearest").desc(nulls_last=True) if down else F("nearest").asc(nulls_last=True)
        return rows.order_by(key, "-clause_id", "giver_id")  # type: ignore[union-attr]

    @cached_property
    def rows(self) -> list[Row]:
        groups = load_groups(self.rows_found[self.page.start : self.page.until], self.units)
        return [self._row(group) for group in groups]

    def _file_rows(self) -> Iterator[list[Any]]:
        columns = self._in_files
        found = iter(all_rows(self.rows_found, EXPORTED))
        while chunk := list(islice(found, _CHUNK)):
            for group in load_groups(chunk, self.units):
                yield [column.raw(group) for column in columns]
