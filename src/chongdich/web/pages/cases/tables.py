"""Lists of the room."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chongdich.application.desk import Desk
from chongdich.application.lenses.cases import title_of_case, title_of_person
from chongdich.core.vietnamese import fold_words
from chongdich.domain.cases.models import Case, Import, ImportRow
from chongdich.domain.cases.states import CLASSIFICATION, ORIGIN, OUTCOME, SEVERITY
from chongdich.web.kit.columns import Column, DayColumn, NumberColumn
from chongdich.web.kit.filters import ChoiceFilter, PeriodFilter, YesFilter
from chongdich.web.kit.sources import Rows
from chongdich.web.kit.tables import Table
from chongdich.web.pages.cases import looks


def _address(row: Case) -> str:
    return reverse("case", args=[row.pk])


def _place(row: Case) -> str:
    if row.place:
        return str(row.place)
    return row.person.residence_address[:60] if row.person.residence_address else ""


class Cases(Table):
    """Each case: who, where, since when, by which classification."""

    name = "ca-benh"
    caption = _("Ca bệnh")
    default_sort = "-confirmed"
    search_label = _("Tìm theo mã ca hoặc họ tên")
    search = ("code",)
    filters = [
        ChoiceFilter(name="outcome", label=_("Kết quả"), path="outcome",
                     choices=[(name, _(state.label)) for name, state in OUTCOME.items()]),
        ChoiceFilter(name="class", label=_("Phân loại"), path="classification",
                     choices=[(name, _(label)) for name, label in CLASSIFICATION.items()]),
        ChoiceFilter(name="origin", label=_("Nguồn gốc"), path="origin",
                     choices=[(name, _(label)) for name, label in ORIGIN.items()]),
        ChoiceFilter(name="severity", label=_("Mức độ"), path="severity",
                     choices=[(name, _(label)) for name, label in SEVERITY.items()]),
        PeriodFilter(name="confirmed", label=_("Ngày xác định"), path="confirmed_on"),
        YesFilter(name="home", label=_("Điều trị tại nhà"), path="home_treated"),
    ]  # fmt: skip
    empty_title = _("Chưa có ca bệnh nào")
    empty_text = _("Ca bệnh được ghi từ kết quả xét nghiệm, nhập tay, hoặc từ danh sách.")

    def __init__(self, rows: Rows, request: HttpRequest, *, desk: Desk, **kwargs: Any) -> None:
        self.named = desk.may("people.open")
        self.desk = desk
        self.columns = [  # type: ignore[misc]
            Column(name="person", label=_("Ca bệnh"), value=self._who, title=True, link=_address),
            Column(name="class", label=_("Phân loại"), value=_class, show=looks.classification),
            Column(name="place", label=_("Nơi ghi nhận"), value=_place),
            DayColumn(name="onset", label=_("Khởi phát"), path="onset_on", sort="onset_on"),
            DayColumn(name="confirmed", label=_("Xác định"), path="confirmed_on", sort="confirmed_on"),
            Column(name="origin", label=_("Nguồn gốc"), value=_origin),
            Column(name="source", label=_("Lây từ"), value=_source),
            Column(name="outcome", label=_("Kết quả"), value=_outcome, show=looks.outcome),
        ]
        super().__init__(rows, request, today=desk.today, **kwargs)

    def _who(self, row: Case) -> str:
        return title_of_case(self.desk, row, self.named)

    def searched(self, rows: Rows) -> Rows:
        """By code, and by name for who may know names."""
        found = Q(code__istartswith=self.words.strip())
        if self.named:
            found |= Q(person__name_folded__contains=fold_words(self.words))
        return rows.filter(found)  # type: ignore[union-attr]


def _class(row: Case) -> str:
    return _now(CLASSIFICATION[row.classification])


def _origin(row: Case) -> str:
    return _now(ORIGIN[row.origin])


def _source(row: Case) -> str:
    return (row.source.code or f"#{row.source.pk}") if row.source else ""


def _severity(row: Case) -> str:
    return _now(SEVERITY[row.severity]) if row.severity else ""


def _outcome(row: Case) -> str:
    return _now(OUTCOME[row.outcome].label)


class HomeTreated(Table):
    """Patients at home: when last visited, what was found."""

    name = "tai-nha"
    caption = _("Người bệnh điều trị tại nhà")
    default_sort = "visit"
    empty_title = _("Không có ai đang điều trị tại nhà")

    def __init__(self, rows: Rows, request: HttpRequest, *, desk: Desk, **kwargs: Any) -> None:
        named = desk.may("people.open")
        self.columns = [  # type: ignore[misc]
            Column(name="person", label=_("Người bệnh"), title=True, link=_address,
                   value=lambda row: title_of_person(desk, row.person, named)),
            Column(name="place", label=_("Nơi ở"), value=_place),
            DayColumn(name="confirmed", label=_("Xác định"), path="confirmed_on", sort="confirmed_on"),
            DayColumn(name="visit", label=_("Theo dõi lần cuối"), path="last_visit", clock=True, sort="last_visit"),
            NumberColumn(name="oxygen", label=_("SpO2 (%)"), path="last_oxygen"),
            Column(name="severity", label=_("Mức độ"), value=_severity, show=looks.severity),
        ]  # fmt: skip
        super().__init__(rows, request, today=desk.today, **kwargs)

    def row_tone(self, row: Any) -> str:
        return "bad" if row.last_oxygen is not None and row.last_oxygen < 95 else ""


def _import_address(row: Import) -> str:
    return reverse("import", args=[row.pk])


def _rows_words(row: Import) -> str:
    return f"{row.rows_done}/{row.rows_total}"


class Imports(Table):
    """Line lists that came in."""

    name = "danh-sach-nhap"
    caption = _("Danh sách đã nhận")
    default_sort = "-at"
    files = ()
    columns = [
        Column(name="name", label=_("Tệp"), path="name", title=True, link=_import_address),
        Column(name="sender", label=_("Nơi gửi"), path="sender"),
        DayColumn(name="at", label=_("Nhận lúc"), path="at", clock=True, sort="at"),
        Column(name="state", label=_("Trạng thái"), path="state", show=looks.state),
        Column(name="rows", label=_("Dòng"), value=_rows_words, css="number"),
    ]
    empty_title = _("Chưa nhận danh sách nào")
    empty_text = _("Nhập tệp .xlsx, .csv, hoặc dán từ bảng tính.")


def _case_of_row(row: ImportRow) -> str:
    return (row.case.code or f"#{row.case.pk}") if row.case else ""


def _case_link(row: ImportRow) -> str:
    return reverse("case", args=[row.case_id]) if row.case_id else ""


def _decide_link(row: ImportRow) -> str:
    return reverse("import_row", args=[row.pk]) if row.fate == "decide" else ""


class Fates(Table):
    """What became of every row."""

    name = "ket-qua"
    caption = _("Kết quả từng dòng")
    default_sort = "number"
    files = ()
    filters = [
        ChoiceFilter(
            name="fate", label=_("Kết quả"), path="fate", choices=[(n, _(w)) for n, w in ImportRow.Fate.choices]
        ),
        YesFilter(name="told", label=_("Có ghi chú"), narrow=lambda rows, _: rows.exclude(reason="")),  # type: ignore[union-attr]
    ]

    def __init__(self, rows: Rows, request: HttpRequest, *, found: Import, desk: Desk) -> None:
        self.shown = [at for at, name in enumerate(found.mapping.get("fields", ())) if name in SHOWN][:4]
        self.columns = [  # type: ignore[misc]
            NumberColumn(name="number", label=_("Dòng"), path="number", sort="number"),
            Column(name="row", label=_("Nội dung"), value=self._cells, title=True),
            Column(name="fate", label=_("Kết quả"), path="fate", show=looks.fate),
            Column(name="reason", label=_("Lý do, ghi chú"), path="reason"),
            Column(name="case", label=_("Ca bệnh"), value=_case_of_row, link=_case_link),
            Column(name="decide", label=_("Việc"), value=_decide_words, link=_decide_link, export=False),
        ]
        super().__init__(rows, request, today=desk.today)

    def _cells(self, row: ImportRow) -> str:
        cells = [row.raw[at] for at in self.shown if at < len(row.raw) and row.raw[at]]
        return " · ".join(cells)[:120] or " · ".join(cell for cell in row.raw if cell)[:80]


SHOWN = ("code", "name", "birth", "age", "commune", "source")


def _decide_words(row: ImportRow) -> str:
    return _now("Quyết định") if row.fate == "decide" else ""
