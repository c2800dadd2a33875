"""Lists: declared columns, sort, filters, pages and files. htmx refreshes the rows; without it all still works.

class Tasks(Table):
    name = "viec"
    caption = _("Việc của đơn vị")
    columns = [Column(name="text", label=_("Nội dung"), link=Task.get_absolute_url, title=True),
               DueColumn(name="due", label=_("Hạn"), sort="due")]
    filters = [ChoiceFilter(name="state", label=_("Trạng thái"), path="state", choices=STATES)]
    search = ("search_key",)          # columns holding core.vietnamese.fold_words(...)
    default_sort = "due"

def index(request):
    return Tasks(find_tasks(actor), request).respond("tasks/index.html", {...})   # {% table table %} in the page
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chongdich.core.errors import NotAllowed
from chongdich.core.vietnamese import fold_words
from chongdich.web.kit import exports
from chongdich.web.kit.columns import Column
from chongdich.web.kit.filters import Asked, Chip, Filter
from chongdich.web.kit.paging import COUNTED, PER_PAGE, Page, page_of
from chongdich.web.kit.rows import Row, rows_html
from chongdich.web.kit.sources import Rows, all_rows, counted, ordered, value_at, where_words

EXPORTED = 200_000  # rows that one file holds at most
SEARCHED = 200  # characters of a search that count

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Head:
    """One column's head: where sorting by it leads and how it is sorted now."""

    column: Column
    direction: str  # ascending, descending or nothing
    url: str


@dataclass(frozen=True, slots=True)
class ShownChip:
    """A condition in force and the address without it."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class BulkAction:
    """What can be done with the chosen rows; `value` arrives as `action`, the keys as `selected`."""

    value: str
    label: Text
    confirm: Text = ""
    css: str = "btn-primary"


class Table:
    """The base of every list. Its rows must already be what the actor may see: counts and files come from them."""

    name: ClassVar[str]
    caption: ClassVar[Text]
    columns: ClassVar[Sequence[Column]]
    filters: ClassVar[Sequence[Filter]] = ()
    search: ClassVar[Sequence[str]] = ()
    search_label: ClassVar[Text] = _("Tìm (không cần dấu)")
    default_sort: ClassVar[str] = ""
    tie: ClassVar[str] = "pk"
    per_page: ClassVar[int] = PER_PAGE
    files: ClassVar[Sequence[str]] = ("xlsx", "csv")
    cards: ClassVar[bool] = True
    key: ClassVar[str] = "pk"
    bulk: ClassVar[Sequence[BulkAction]] = ()
    empty_title: ClassVar[Text] = _("Chưa có mục nào")
    empty_text: ClassVar[Text] = ""

    def __init__(
        self,
        rows: Rows,
        request: HttpRequest,
        *,
        today: date | None = None,
        bulk_url: str = "",
        may_export: bool = True,
    ) -> None:
        self.given = rows
        self.request = request
        self.may_export = may_export
        self.today = today or timezone.localdate()
        self.params: QueryDict = request.GET
        self.bulk_url = bulk_url or request.path

    @property
    def results_id(self) -> str:
        return f"{self.name}-results"

    def row_tone(self, row: Any) -> str:
        """A tone for a row that must be seen (`bad` for an overdue one), or nothing."""
        return ""

    # What was asked

    @cached_property
    def asked(self) -> list[Asked]:
        return [one.read(self.params) for one in self.filters]

    @cached_property
    def errors(self) -> list[str]:
        return [error for one in self.asked for error in one.errors]

    @cached_property
    def words(self) -> str:
        return self.params.get("q", "").strip()[:SEARCHED] if self.search else ""

    @cached_property
    def sort(self) -> str:
        """The column sorted by, with a minus when downwards; only columns declared sortable."""
        asked = self.params.get("sort", "")
        return asked if asked.removeprefix("-") in self._sortable else self.default_sort

    @property
    def _sortable(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns if column.sort_paths}

    @property
    def sort_choices(self) -> list[tuple[str, str]]:
        return [
            choice
            for name, column in self._sortable.items()
            for choice in ((name, f"{column.label} ↑"), (f"-{name}", f"{column.label} ↓"))
        ]

    @property
    def chips(self) -> list[ShownChip]:
        chips = [Chip(f"{gettext('Tìm')}: {self.words}", ("q",))] if self.words else []
        chips += [chip for one in self.asked for chip in one.chips]
        return [ShownChip(chip.text, self._without(chip)) for chip in chips]

    # Rows

    @cached_property
    def rows_found(self) -> Rows:
        """The rows that the filters and the search leave, in order."""
        rows = self.given
        for one in self.asked:
            rows = one.apply(rows) if one.apply else rows
        return self._ordered(self.searched(rows) if self.words else rows)

    def searched(self, rows: Rows) -> Rows:
        """The rows that hold every word searched for; a list with a better index replaces this."""
        return where_words(rows, self.search, fold_words(self.words).split())

    def _ordered(self, rows: Rows) -> Rows:
        column = self._sortable.get(self.sort.removeprefix("-"))
        if column is None:
            return rows
        return ordered(rows, column.sort_paths, down=self.sort.startswith("-"), tie=self.tie)

    @cached_property
    def page(self) -> Page:
        count = counted(self.rows_found, COUNTED + 1)
        return page_of(self.params.get("page", "1"), count=count, per_page=self.per_page, address=self._page_address)

    @cached_property
    def rows(self) -> list[Row]:
        return [self._row(row) for row in self.rows_found[self.page.start : self.page.until]]

    def _row(self, row: Any) -> Row:
        key = str(value_at(row, self.key)) if self.bulk else ""
        return Row(key, self.row_tone(row), [column.cell(row, self.today) for column in self.columns])

    @property
    def body(self) -> SafeString:
        """The rows as HTML."""
        return rows_html(self.rows, self.columns, selectable=bool(self.bulk))

    # Addresses: made only of what is declared here, so that nothing foreign is carried along

    @property
    def state(self) -> dict[str, list[str]]:
        kept = {name: values for one in self.asked for name, values in one.values.items() if values}
        if self.words:
            kept["q"] = [self.words]
        if self.sort != self.default_sort:
            kept["sort"] = [self.sort]
        return kept

    def address(self, **changes: str | None) -> str:
        """This list with some parameters changed (None takes one away), from its first page unless `page` is given."""
        changed = {**self.state, **{name: [value] for name, value in changes.items() if value}}
        return self._query({name: values for name, values in changed.items() if changes.get(name, "") is not None})

    def _query(self, values: Mapping[str, list[str]]) -> str:
        query = QueryDict(mutable=True)
        for name, several in values.items():
            query.setlist(name, several)
        return f"{self.request.path}?{query.urlencode()}" if values else self.request.path

    def _page_address(self, number: int) -> str:
        return self.address(page=str(number) if number > 1 else None)

    def _without(self, chip: Chip) -> str:
        left = {
            name: [value for value in values if name not in chip.names or (chip.value and value != chip.value)]
            for name, values in self.state.items()
        }
        return self._query({name: values for name, values in left.items() if values})

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> Head:
        if not column.sort_paths:
            return Head(column, "", "")
        direction = {column.name: "ascending", f"-{column.name}": "descending"}.get(self.sort, "")
        target = f"-{column.name}" if direction == "ascending" else column.name
        return Head(column, direction, self.address(sort=None if target == self.default_sort else target))

    @property
    def file_links(self) -> list[tuple[str, str]]:
        return [(kind, self.address(export=kind)) for kind in self.files if self.may_export]

    # Answers

    def respond(self, template: str, context: Mapping[str, Any] | None = None) -> HttpResponse:
        """The page with this list (as `table`), or only its rows for htmx, or the file that was asked for."""
        if self.params.get("export") in self.files:
            if not self.may_export:
                raise NotAllowed(gettext("Tài khoản của bạn không có quyền xuất danh sách."))
            return self.file(str(self.params["export"]))
        part = self._part_asked()
        response = self._partial(part) if part else render(self.request, template, {**(context or {}), "table": self})
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        return response

    def _part_asked(self) -> str:
        headers = self.request.headers
        if "HX-Request" not in headers or "HX-History-Restore-Request" in headers:
            return ""
        parts = {self.name: "kit/table.html", f"{self.name}-results": "kit/table_results.html"}
        return parts.get(headers.get("HX-Target", ""), "")

    def _partial(self, template: str) -> HttpResponse:
        shown = render_to_string(template, {"table": self, "csrf_token": get_token(self.request)})
        response = HttpResponse(shown)
        response["HX-Push-Url"] = self._page_address(self.page.number)
        return response

    def file(self, kind: str) -> HttpResponse:
        """The whole list as filtered and sorted, as CSV or XLSX."""
        head = [str(column.label) for column in self._in_files]
        if kind == "csv":
            return exports.csv_response(self.name, head, self._file_rows())
        return exports.xlsx_response(self.name, str(self.caption), head, self._file_rows())

    @property
    def _in_files(self) -> list[Column]:
        return [column for column in self.columns if column.export]

    def _file_rows(self) -> Iterator[list[Any]]:
        columns = self._in_files
        for row in all_rows(self.rows_found, EXPORTED):
            yield [column.raw(row) for column in columns]
