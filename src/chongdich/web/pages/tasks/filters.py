"""Filters of the lists of tasks. Their addresses are Vietnamese and stay the same: messages and boards link to them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chongdich.application.desk import Desk
from chongdich.application.lenses.tasks import find_document, find_unit_name, where_standing
from chongdich.domain.directives.areas import AREAS
from chongdich.domain.directives.models import Directive, Task
from chongdich.domain.directives.states import OPEN_TASK_STATES, STANDINGS, TASK
from chongdich.web.kit.filters import Asked, Chip, ChoiceFilter, Filter, PeriodFilter
from chongdich.web.kit.sources import where_equal

ALL = "tat-ca"
EXTRA_STANDINGS = {"due_soon": _("Sắp đến hạn (3 ngày)"), "report_due": _("Đến kỳ báo cáo")}


def translated(words: dict[str, str]) -> list[tuple[str, str | Promise]]:
    """A table of Vietnamese words as choices, translated when shown."""
    return [(name, _(label)) for name, label in words.items()]


@dataclass(frozen=True, kw_only=True)
class OpenFilter(ChoiceFilter):
    """The state; while nothing is chosen, what is not finished. Asking for a line of the statistics lifts that."""

    template: str = "tasks/filter_state.html"

    def read(self, params: QueryDict) -> Asked:
        asked = super().read(params)
        if asked.values[self.name] == [ALL]:
            asked.apply = None
        elif not asked.values[self.name] and params.get("tinh_hinh") not in {*STANDINGS, *EXTRA_STANDINGS}:
            asked.apply = lambda rows: where_equal(rows, self.path, OPEN_TASK_STATES)
        return asked


def state_filter() -> OpenFilter:
    """Tasks by state, the open ones unless another is asked for."""
    choices = [(ALL, _("Mọi trạng thái")), *translated({name: state.label for name, state in TASK.items()})]
    return OpenFilter(name="trang_thai", label=_("Trạng thái"), path="state", choices=choices)


def standing_filter(today: date) -> ChoiceFilter:
    """Tasks by the line of the official statistics."""
    choices = [*translated(STANDINGS), *EXTRA_STANDINGS.items()]
    return ChoiceFilter(
        name="tinh_hinh",
        label=_("Tình hình"),
        choices=choices,
        narrow=lambda rows, line: where_standing(cast("QuerySet[Task]", rows), line, today),
    )


def area_filter() -> ChoiceFilter:
    """Tasks by subject area."""
    return ChoiceFilter(name="linh_vuc", label=_("Lĩnh vực"), path="area", choices=translated(AREAS))


def role_filter() -> ChoiceFilter:
    """Whether the unit leads or helps."""
    choices = [("chinh", _("Chủ trì")), ("phoi-hop", _("Phối hợp"))]
    return ChoiceFilter(
        name="vai_tro", label=_("Vai trò"), choices=choices,
        narrow=lambda rows, role: where_equal(rows, "lead", role == "chinh"),
    )  # fmt: skip


def due_filter() -> PeriodFilter:
    """Tasks due from a day to a day."""
    return PeriodFilter(name="han", label=_("Thời hạn"), path="due")


@dataclass(frozen=True, kw_only=True)
class UnitFilter(ChoiceFilter):
    """Tasks of, or given by, one unit. The usual ones are offered; a link may ask for any other."""

    picker: bool = True

    def read(self, params: QueryDict) -> Asked:
        asked = super().read(params)
        given = params.get(self.name, "")
        if asked.errors and given.isascii() and given.isdigit() and len(given) < 18:
            name = find_unit_name(int(given))
            if name:
                chips = [Chip(f"{self.label}: {name}", (self.name,), given)]
                return Asked(self, {self.name: [given]}, chips, apply=self._narrowing(given))
        return asked


def unit_filter(name: str, label: Any, path: str, find: Callable[[], list[tuple[int, str]]]) -> UnitFilter:
    """One unit of those that `find` gives; asked for once however often the choices are shown."""
    return UnitFilter(name=name, label=label, path=path, choices=cache(find))


@dataclass(frozen=True, kw_only=True)
class DirectiveFilter(Filter):
    """One document, asked for by links (`?van_ban=41`); it shows as a chip and has no control of its own."""

    desk: Desk
    template: str = "tasks/filter_hidden.html"

    def read(self, params: QueryDict) -> Asked:
        text = params.get(self.name, "")
        if not text:
            return Asked(self, {self.name: []})
        found = find_document(self.desk, int(text)) if text.isascii() and text.isdigit() and len(text) < 18 else None
        if found is None:
            asked = Asked(self, {self.name: []}, errors=[gettext("Không tìm thấy văn bản này trong phạm vi của bạn.")])
            asked.apply = lambda rows: where_equal(rows, self.path, [])
            return asked
        words = gettext("Văn bản: %(name)s") % {"name": name_of(found)}
        return Asked(self, {self.name: [text]}, [Chip(words, (self.name,))], apply=self._narrowing(found.pk))


def directive_filter(desk: Desk, path: str = "directive_id") -> DirectiveFilter:
    """Tasks of one document."""
    return DirectiveFilter(name="van_ban", label=_("Văn bản"), path=path, desk=desk)


def name_of(directive: Directive) -> str:
    """How a document is named in a list: "8005/UBND-VXNV", else the beginning of its subject."""
    joint = "-" if "/" in directive.symbol else "/"
    number = f"{directive.number}{joint}{directive.symbol}".strip(joint) if directive.number else directive.symbol
    return number or Truncator(directive.subject).chars(40) or gettext("(không số)")
