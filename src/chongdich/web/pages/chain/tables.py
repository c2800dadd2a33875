"""The same cases as a list, for reading without a picture and for a spreadsheet; and what to set right."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chongdich.application.desk import Desk
from chongdich.application.lenses.chain import Chains, Member
from chongdich.core.vietnamese import fold_words
from chongdich.domain.cases.chains import PROBLEM, Problem
from chongdich.domain.cases.states import ORIGIN
from chongdich.web.kit.columns import Column, DayColumn, NumberColumn
from chongdich.web.kit.filters import ChoiceFilter
from chongdich.web.kit.sources import Rows
from chongdich.web.kit.tables import Table
from chongdich.web.kit.templatetags import kit


def case_address(member: Member) -> str:
    return reverse("case", args=[member.pk])


class Members(Table):
    """Each case of the chains in force: its chain, its generation, its source."""

    name = "chuoi-lay"
    caption = _("Ca bệnh theo chuỗi lây")
    search = ("told.label",)
    tie = ""
    empty_title = _("Không có ca bệnh nào")

    def __init__(self, chains: Chains, request: HttpRequest, *, desk: Desk, kept: dict[str, str], **kw: Any) -> None:
        self.chains, self.kept = chains, kept
        self.columns = [  # type: ignore[misc]
            NumberColumn(name="chain", label=_("Chuỗi"), value=lambda m: m.chain + 1, sort="chain"),
            NumberColumn(name="generation", label=_("Đời"), path="generation", sort="generation"),
            Column(name="case", label=_("Ca bệnh"), path="title", link=case_address, title=True),
            Column(name="source", label=_("Lây từ"), value=self._source),
            NumberColumn(name="infected", label=_("Lây cho"), path="infected", sort="infected"),
            DayColumn(name="onset", label=_("Khởi phát"), path="told.onset", sort="told.onset"),
            DayColumn(name="confirmed", label=_("Xác định"), path="told.confirmed", sort="told.confirmed"),
            Column(name="exposed", label=_("Có thể bị lây"), value=self._exposed, css="nowrap"),
            Column(name="place", label=_("Nơi ghi nhận"), path="place", sort="place"),
            Column(name="origin", label=_("Nguồn gốc"), value=lambda m: _now(ORIGIN[m.origin])),
        ]
        super().__init__(chains.members, request, today=desk.today, **kw)

    @property
    def state(self) -> dict[str, list[str]]:
        """The conditions of the chains go along with the list's own."""
        return {**super().state, **{name: [value] for name, value in self.kept.items()}}

    def searched(self, rows: Rows) -> Rows:
        words = fold_words(self.words).split()
        return [row for row in rows if all(word in fold_words(row.title) for word in words)]

    def _source(self, member: Member) -> str:
        return "" if member.parent is None else self.chains.members[member.parent].told.label

    def _exposed(self, member: Member) -> str:
        found = self.chains.exposure(member)
        return f"{found[0]:%d/%m} – {found[1]:%d/%m/%Y}" if found else ""


class Problems(Table):
    """What cannot be right, or lacks something."""

    name = "kiem-tra-chuoi"
    caption = _("Cần kiểm tra")
    tie = ""
    filters = [
        ChoiceFilter(name="kind", label=_("Loại"), path="kind", choices=[(k, _(v[0])) for k, v in PROBLEM.items()])
    ]
    columns = [
        Column(name="kind", label=_("Loại"), value=lambda p: _now(p.label),
               show=lambda p: kit.badge(_now(p.label), p.tone)),
        Column(name="text", label=_("Nội dung"), path="text", title=True,
               link=lambda p: reverse("case", args=[p.case_ids[0]])),
    ]  # fmt: skip
    empty_title = _("Không thấy điều gì cần kiểm tra")
    empty_text = _("Ngày tháng, nguồn lây và các mối nối của các ca này khớp nhau.")

    def __init__(
        self, found: list[Problem], request: HttpRequest, *, desk: Desk, kept: dict[str, str], **kw: Any
    ) -> None:
        self.kept = kept
        super().__init__(found, request, today=desk.today, **kw)

    @property
    def state(self) -> dict[str, list[str]]:
        """The conditions of the chains go along with the list's own."""
        return {**super().state, **{name: [value] for name, value in self.kept.items()}}
