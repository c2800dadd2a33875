"""The register of documents received, as a list."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chongdich.application.lenses.incoming import Progress, count_progress, with_counts
from chongdich.domain.directives.models import Directive, SourceFile
from chongdich.domain.directives.states import DIRECTIVE
from chongdich.web.kit.columns import Column, DayColumn, NumberColumn, StateColumn
from chongdich.web.kit.filters import ChoiceFilter, Filter, PeriodFilter
from chongdich.web.kit.rows import Row
from chongdich.web.kit.sources import Rows
from chongdich.web.kit.tables import Table
from chongdich.web.kit.templatetags import kit
from chongdich.web.pages.incoming.words import URGENCIES, date_words, number_words, urgency_words

STATES = ("received", "read", "confirmed", "withdrawn", "refused", "voided")


def _address(row: Directive) -> str:
    return reverse("directive", args=[row.pk])


def _subject(row: Directive) -> str:
    return row.subject or gettext("(chưa có trích yếu)")


def _number(row: Directive) -> str:
    return number_words(row) or gettext("(không số)")


def _done(row: Any) -> str:
    found: Progress = getattr(row, "progress", None) or Progress(row.tasks_total, row.tasks_done)
    return f"{found.done}/{found.total}" if found.total else ""


def _progress(row: Any) -> SafeString | str:
    words = _done(row)
    if not words:
        return ""
    done, total = words.split("/")
    label = gettext("Nhiệm vụ đã xong")
    return format_html('<progress value="{}" max="{}" aria-label="{}"></progress> {}', done, total, label, words)


def _urgency(row: Directive) -> SafeString | str:
    return kit.badge(urgency_words(row.urgency), "bad", "lightning") if row.urgency else ""


def _with_day(above: str, below: str) -> SafeString:
    return format_html('{}<span class="second">{}</span>', above, below)


def _arrival(row: Directive) -> SafeString:
    return _with_day(str(row.arrival_number or ""), kit.day(row.arrived_on))


def _number_and_day(row: Directive) -> SafeString:
    return _with_day(_number(row), date_words(row))


_BY_ARRIVAL = ("arrived_on", "arrival_number")

SHOWN = [
    NumberColumn(name="arrival", label=_("Số, ngày đến"), path="arrival_number", show=_arrival, sort=_BY_ARRIVAL),
    Column(name="number", label=_("Số, ngày văn bản"), value=_number, show=_number_and_day, css="nowrap"),
    Column(name="issuer", label=_("Cơ quan ban hành"), path="issuer_name", css="issuer"),
    Column(name="subject", label=_("Trích yếu"), value=_subject, link=_address, title=True, css="subject"),
    Column(name="urgency", label=_("Độ khẩn"), path="urgency", show=_urgency),
    StateColumn(name="state", label=_("Trạng thái"), path="state", kind="directive"),
    Column(name="progress", label=_("Nhiệm vụ"), value=_done, show=_progress, css="nowrap"),
]

WRITTEN = [  # a file has a column for each thing
    NumberColumn(name="arrival", label=_("Số đến"), path="arrival_number", sort=_BY_ARRIVAL),
    DayColumn(name="arrived", label=_("Ngày đến"), path="arrived_on"),
    Column(name="number", label=_("Số, ký hiệu"), value=number_words),
    Column(name="date", label=_("Ngày văn bản"), value=date_words),
    Column(name="issuer", label=_("Cơ quan ban hành"), path="issuer_name"),
    Column(name="subject", label=_("Trích yếu"), path="subject"),
    Column(name="urgency", label=_("Độ khẩn"), path="urgency"),
    StateColumn(name="state", label=_("Trạng thái"), path="state", kind="directive"),
    Column(name="unit", label=_("Sổ của"), path="unit.short_name"),
    Column(name="progress", label=_("Nhiệm vụ đã xong"), value=_done),
]


class Register(Table):
    """One page of it costs one more query: how far the tasks of its documents are."""

    name = "van-ban-den"
    caption = _("Sổ văn bản đến")
    columns = SHOWN
    search = ("search",)
    default_sort = "-arrival"
    empty_title = _("Chưa có văn bản nào")
    empty_text = _("Văn bản tiếp nhận được đánh số đến và hiện ở đây.")

    def __init__(self, rows: Rows, request: HttpRequest, *, units: list[tuple[int, str]], **kwargs: Any) -> None:
        self.filters = _filters(units)  # type: ignore[misc]
        exporting = bool(request.GET.get("export"))
        self.columns = WRITTEN if exporting else SHOWN  # type: ignore[misc]
        super().__init__(with_counts(rows) if exporting else rows, request, **kwargs)  # type: ignore[arg-type]

    @cached_property
    def rows(self) -> list[Row]:
        shown = list(self.rows_found[self.page.start : self.page.until])
        progress = count_progress(shown, self.today)
        for row in shown:
            row.progress = progress.get(row.pk, Progress())
        return [self._row(row) for row in shown]

    def row_tone(self, row: Any) -> str:
        return "bad" if row.progress.overdue else ""


def _filters(units: list[tuple[int, str]]) -> list[Filter]:
    found: list[Filter] = [
        ChoiceFilter(name="state", label=_("Trạng thái"), path="state", many=True,
                     choices=[(name, _(DIRECTIVE[name].label)) for name in STATES]),
        PeriodFilter(name="arrived", label=_("Ngày đến"), path="arrived_on"),
        ChoiceFilter(name="urgency", label=_("Độ khẩn"), path="urgency", choices=list(URGENCIES.items())),
    ]  # fmt: skip
    if len(units) > 1:
        found.append(ChoiceFilter(name="unit", label=_("Sổ của"), path="unit", choices=units, picker=True))
    return found


def _page_of(row: SourceFile) -> str:
    return reverse("scan", args=[row.pk])


ROLES = {"waiting": (_("đang nhận dạng chữ"), "info", "hourglass-split"),
         "failed": (_("chưa đọc được"), "bad", "exclamation-octagon-fill")}  # fmt: skip


class FailedFiles(Table):
    """Files that could not be read; each can be had back as it came."""

    name = "tep-loi"
    caption = _("Tệp chưa đọc được")
    columns = [
        Column(name="name", label=_("Tệp"), path="name", link=_page_of, title=True),
        Column(
            name="role",
            label=_("Tình trạng"),
            value=lambda row: ROLES[row.role][0],
            show=lambda row: kit.badge(*ROLES[row.role]),
        ),
        Column(name="problem", label=_("Vì sao"), path="problem"),
        DayColumn(name="at", label=_("Gửi lúc"), path="at", clock=True, sort="at"),
        Column(name="unit", label=_("Đơn vị"), path="unit.short_name"),
    ]
    filters = [ChoiceFilter(name="role", label=_("Tình trạng"), path="role",
                            choices=[(name, words) for name, (words, _tone, _icon) in ROLES.items()]),
               PeriodFilter(name="sent", label=_("Gửi lúc"), path="at", moments=True)]  # fmt: skip
    default_sort = "-at"
    empty_title = _("Không có tệp nào")
    empty_text = _("Tệp nào máy không đọc được sẽ nằm ở đây cùng lý do; bản gốc luôn tải lại được.")
