"""The register of documents going out, as a list."""

from collections import Counter
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chongdich.application.lenses.outgoing import count_deliveries
from chongdich.core.official_document import CONG_VAN, KINDS
from chongdich.domain.directives.models import Directive
from chongdich.domain.directives.states import DIRECTIVE
from chongdich.web.kit.columns import Column, DayColumn, StateColumn
from chongdich.web.kit.filters import ChoiceFilter, Filter, PeriodFilter
from chongdich.web.kit.rows import Row
from chongdich.web.kit.sources import Rows
from chongdich.web.kit.tables import Table
from chongdich.web.pages.outgoing.words import delivery_words, number_words

STATES = ("draft", "submitted", "signed", "issued", "recalled", "replaced", "discarded")
KIND_NAMES = [(kind.name.lower(), kind.name) for kind in (CONG_VAN, *KINDS.values())]


def _address(row: Directive) -> str:
    return reverse("outgoing_detail", args=[row.pk])


def _kind(row: Directive) -> str:
    return (row.kind or "").capitalize()


def _deliveries(row: Any) -> str:
    counted: Counter[str] = getattr(row, "counted", None) or Counter()
    return delivery_words(counted)


class Register(Table):
    """One page of it costs one more query: how its documents fare at their recipients."""

    name = "van-ban-di"
    caption = _("Sổ văn bản đi")
    columns = [
        Column(name="number", label=_("Số, ký hiệu"), value=number_words, link=_address, css="nowrap"),
        DayColumn(name="issued", label=_("Ngày ban hành"), path="issued_at", sort="issued_at"),
        Column(name="kind", label=_("Loại"), value=_kind, css="nowrap"),
        Column(name="subject", label=_("Trích yếu"), path="subject", link=_address, title=True),
        StateColumn(name="state", label=_("Trạng thái"), path="state", kind="directive"),
        Column(name="deliveries", label=_("Nơi nhận"), value=_deliveries, export=False),
        Column(name="signatory", label=_("Người ký"), path="signatory"),
        DayColumn(name="created", label=_("Ngày soạn"), path="created_at", sort="created_at"),
    ]
    search = ("search",)
    default_sort = "-created"
    empty_title = _("Chưa có văn bản đi")
    empty_text = _("Văn bản đơn vị soạn, ký và phát hành hiện ở đây.")

    def __init__(self, rows: Rows, request: HttpRequest, *, units: list[tuple[int, str]], **kwargs: Any) -> None:
        self.filters = _filters(units)  # type: ignore[misc]
        super().__init__(rows, request, **kwargs)

    @cached_property
    def rows(self) -> list[Row]:
        shown = list(self.rows_found[self.page.start : self.page.until])
        counted = count_deliveries(shown)
        for row in shown:
            row.counted = counted.get(row.pk, Counter())
        return [self._row(row) for row in shown]

    def row_tone(self, row: Any) -> str:
        return "bad" if row.counted["02"] or row.counted["16"] else ""


def _filters(units: list[tuple[int, str]]) -> list[Filter]:
    found: list[Filter] = [
        ChoiceFilter(name="state", label=_("Trạng thái"), path="state", many=True,
                     choices=[(name, _(DIRECTIVE[name].label)) for name in STATES]),
        ChoiceFilter(name="kind", label=_("Loại văn bản"), path="kind", choices=KIND_NAMES, picker=True),
        PeriodFilter(name="issued", label=_("Ngày ban hành"), path="issued_at", moments=True),
    ]  # fmt: skip
    if len(units) > 1:
        found.append(ChoiceFilter(name="unit", label=_("Sổ của"), path="unit", choices=units, picker=True))
    return found
