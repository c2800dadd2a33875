"""The lists of tasks."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chongdich.application.desk import Desk
from chongdich.application.lenses.tasks import find_givers_above, find_units_of
from chongdich.domain.directives.models import Task
from chongdich.domain.directives.searching import with_words, with_words_among_few
from chongdich.domain.directives.states import TASK
from chongdich.web.kit.columns import Column, DayColumn, DueColumn, StateColumn
from chongdich.web.kit.filters import ChoiceFilter
from chongdich.web.kit.rows import Row
from chongdich.web.kit.sources import Rows
from chongdich.web.kit.tables import BulkAction, Table
from chongdich.web.kit.templatetags import kit
from chongdich.web.pages.tasks import filters
from chongdich.web.pages.tasks.filters import name_of

SHOWN = 170  # characters of a task's text in a list


def task_url(task: Task) -> str:
    """The page of a task."""
    return reverse("task", args=[task.pk])


def short(text: str, length: int = SHOWN) -> str:
    """The beginning of a clause, cut between words' characters with an ellipsis."""
    return Truncator(" ".join(text.split())).chars(length)


def _state(task: Task) -> SafeString:
    extra = kit.badge(gettext("Phối hợp"), "neutral", "people") if not task.lead else ""
    parts = (
        kit.badge(f"{task.children_done}/{task.children_total} {gettext('việc con')}", "neutral", "diagram-3")
        if task.children_total
        else ""
    )
    return format_html('<span class="cluster">{}{}{}</span>', kit.state_badge(task.state), extra, parts)


def _document_words(task: Task) -> str:
    return f"{name_of(task.directive)}, {task.giver.short_name}"


def _document(task: Task) -> SafeString:
    return format_html('{}<span class="cell-below">{}</span>', name_of(task.directive), task.giver.short_name)


class TaskTable(Table):
    """The base of the lists of tasks."""

    default_sort = "due"

    def __init__(self, rows: QuerySet[Task], request: HttpRequest, desk: Desk, **kwargs: Any) -> None:
        super().__init__(rows, request, today=desk.today, may_export=desk.may("exports.make"), **kwargs)
        self.desk = desk
        self.filters = self.make_filters(rows)  # type: ignore[misc]

    def make_filters(self, rows: QuerySet[Task]) -> list[filters.Filter]:
        """What the list may be narrowed by, over its own rows."""
        raise NotImplementedError

    def searched(self, rows: Rows) -> Rows:
        """By the index of words rather than letter by letter."""
        return with_words(rows, self.words) if isinstance(rows, QuerySet) else rows

    @cached_property
    def rows(self) -> list[Row]:
        """The page in two steps: which tasks, from an index alone; then only these are read."""
        found = self.rows_found[self.page.start : self.page.until]
        keys = list(found.values_list("pk", flat=True)) if isinstance(found, QuerySet) else []
        tasks = self.given.in_bulk(keys) if isinstance(self.given, QuerySet) else {}
        return [self._row(tasks[key]) for key in keys]

    def row_tone(self, row: Task) -> str:
        return "bad" if row.due and row.due < self.today and not TASK[row.state].final else ""


_TEXT = Column(name="text", label=_("Nội dung"), path="title", title=True, link=task_url, show=lambda r: short(r.title))
_DOCUMENT = Column(
    name="document", label=_("Văn bản, bên giao"), value=_document_words, show=_document, css="cell-document"
)
_UNIT = Column(name="unit", label=_("Đơn vị"), path="unit.short_name", css="cell-unit")
_DUE = DueColumn(name="due", label=_("Thời hạn"), sort="due", done="done_on")
UNIT_FIRST = Column(name="unit", label=_("Đơn vị"), path="unit.short_name", title=True, link=task_url)
_GIVEN = DayColumn(name="given", label=_("Ngày giao"), path="given_at", sort="given_at")


class StateWithRole(StateColumn):
    """The state, with what else must be seen at once: that the unit only helps, and how far its sub-tasks are."""

    def cell(self, row: Task, today: object) -> SafeString:
        return _state(row)


_STATE = StateWithRole(name="state", label=_("Trạng thái"))


class MyTasks(TaskTable):
    """Work of exactly one unit."""

    name = "viec"
    caption = _("Việc của đơn vị")
    columns = [_TEXT, _DOCUMENT, _STATE, _DUE, _GIVEN]
    search = ("search",)
    empty_title = _("Không có việc nào đang chờ")
    empty_text = _("Việc xuất hiện ở đây khi một văn bản được xác nhận và giao cho đơn vị của bạn.")

    def searched(self, rows: Rows) -> Rows:
        """One unit has few tasks: they are read rather than looked for among everybody's."""
        return with_words_among_few(rows, self.words) if isinstance(rows, QuerySet) else rows

    def make_filters(self, rows: QuerySet[Task]) -> list[filters.Filter]:
        return [
            filters.directive_filter(self.desk),
            filters.state_filter(),
            filters.standing_filter(self.today),
            filters.due_filter(),
            filters.area_filter(),
            filters.unit_filter("ben_giao", _("Bên giao"), "giver_id", lambda: find_givers_above(self.desk)),
            filters.role_filter(),
        ]


class TasksBelow(MyTasks):
    """Work of every unit the person sees."""

    caption = _("Việc của các đơn vị")
    columns = [_TEXT, _UNIT, _DOCUMENT, _STATE, _DUE, _GIVEN]

    def searched(self, rows: Rows) -> Rows:
        """By the index of words."""
        return with_words(rows, self.words) if isinstance(rows, QuerySet) else rows

    def make_filters(self, rows: QuerySet[Task]) -> list[filters.Filter]:
        of_unit = filters.unit_filter("don_vi", _("Đơn vị"), "unit_id", lambda: find_units_of(self.desk))
        return [of_unit, *super().make_filters(rows)]


ACCEPT = BulkAction("accept", _("Chấp nhận báo cáo"), _("Chấp nhận mọi báo cáo đang chờ của các mục đã chọn?"))
TAKE_BACK = BulkAction(
    "cancel", _("Hủy giao"), _("Hủy giao các mục đã chọn và mọi việc con của chúng?"), "btn-outline-danger"
)
BULK_RIGHTS = (("tasks.judge", ACCEPT), ("directives.assign", TAKE_BACK))


def bulk_actions(desk: Desk, rights: Sequence[tuple[str, BulkAction]]) -> tuple[BulkAction, ...]:
    """What this person may do with many rows at once."""
    return tuple(action for permission, action in rights if desk.may(permission))


class GivenTasks(TaskTable):
    """Single tasks that were given out: accepted and cancelled in bulk."""

    name = "viec"
    caption = _("Việc đã giao")
    columns = [_TEXT, _UNIT, _DOCUMENT, _STATE, _DUE, _GIVEN]
    search: ClassVar[Sequence[str]] = ("search",)
    empty_title = _("Không có việc nào")

    def __init__(self, rows: QuerySet[Task], request: HttpRequest, desk: Desk, **kwargs: Any) -> None:
        super().__init__(rows, request, desk, **kwargs)
        self.bulk = bulk_actions(desk, BULK_RIGHTS)  # type: ignore[misc]

    def make_filters(self, rows: QuerySet[Task]) -> list[filters.Filter]:
        return [
            filters.directive_filter(self.desk),
            filters.unit_filter("don_vi", _("Đơn vị"), "unit_id", lambda: find_units_of(self.desk)),
            filters.state_filter(),
            filters.standing_filter(self.today),
            filters.due_filter(),
            filters.area_filter(),
        ]


class GroupTasks(GivenTasks):
    """The tasks of one clause."""

    columns = [UNIT_FIRST, _STATE, _DUE, _GIVEN]
    search: ClassVar[Sequence[str]] = ()
    default_sort = ""
    per_page = 200

    def make_filters(self, rows: QuerySet[Task]) -> list[filters.Filter]:
        choices = filters.translated({name: state.label for name, state in TASK.items()})
        plain = ChoiceFilter(name="trang_thai", label=_("Trạng thái"), path="state", choices=choices)
        return [plain, filters.standing_filter(self.today)]
