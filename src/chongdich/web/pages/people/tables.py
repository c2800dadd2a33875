"""Lists of the room: merges, and openings of records."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chongdich.application.desk import Desk
from chongdich.application.lenses import people as lenses
from chongdich.registry.people.models import Merge, Opening
from chongdich.registry.people.rules import PURPOSES
from chongdich.web.kit.columns import Column, DayColumn
from chongdich.web.kit.filters import ChoiceFilter
from chongdich.web.kit.rows import Row
from chongdich.web.kit.sources import Rows
from chongdich.web.kit.tables import Table


def _person(row: Merge) -> str:
    return str(row.kept.name)


def _moved(row: Merge) -> str:
    parts = row.moved["rows"]
    moved = sum(len(part["moved"]) for part in parts)
    left = sum(len(part["left"]) for part in parts)
    words = _now("%(count)d bản ghi đã chuyển") % {"count": moved}
    return words + (", " + _now("%(count)d để lại vì đã có") % {"count": left} if left else "")


class Merges(Table):
    """Each merge with its state and the way back."""

    name = "gop"
    caption = _("Các lần gộp")
    columns = [
        Column(name="kept", label=_("Hồ sơ được giữ"), title=True, value=_person),
        Column(name="moved", label=_("Đã làm"), value=_moved),
        DayColumn(name="at", label=_("Gộp lúc"), path="at", clock=True, sort="at"),
        Column(name="by", label=_("Người gộp"), path="by_name"),
        Column(name="undo", label=_("Hủy gộp"), path="pk", export=False),
    ]
    default_sort = "-at"
    files = ()
    empty_title = _("Chưa gộp hồ sơ nào")
    empty_text = _("Mỗi lần gộp hai hồ sơ được ghi ở đây và có thể hủy.")

    def __init__(self, rows: Rows, request: HttpRequest, **kwargs: Any) -> None:
        self.columns = [*type(self).columns[:-1], self._undo_column(request)]  # type: ignore[misc]
        super().__init__(rows, request, **kwargs)

    @staticmethod
    def _undo_column(request: HttpRequest) -> Column:
        def show(row: Merge) -> SafeString:
            return render_to_string("people/undo.html", {"merge": row, "csrf_token": get_token(request)})

        return Column(name="undo", label=_("Hủy gộp"), path="pk", show=show, export=False)

    @cached_property
    def rows(self) -> list[Row]:
        shown = list(self.rows_found[self.page.start : self.page.until])
        names = lenses.names_of_accounts([account for row in shown for account in (row.by, row.undone_by)])
        for row in shown:
            row.by_name, row.undone_by_name = names.get(row.by, ""), names.get(row.undone_by, "")
        return [self._row(row) for row in shown]


class Openings(Table):
    """Each opening: when, who, whose, what for."""

    name = "nhat-ky"
    caption = _("Nhật ký mở hồ sơ")
    default_sort = "-at"
    filters = [
        ChoiceFilter(
            name="purpose", label=_("Mục đích"), path="purpose", choices=[(s, _(w)) for s, w in PURPOSES.items()]
        ),
    ]
    files = ()
    empty_title = _("Chưa có lần mở hồ sơ nào")
    empty_text = _("Mỗi lần mở hồ sơ đầy đủ của một người được ghi ở đây, cùng mục đích.")

    def __init__(self, rows: Rows, request: HttpRequest, *, desk: Desk) -> None:
        def title(row: Opening) -> str:
            return lenses.pseudonym_of(desk, row.person)

        def address(row: Opening) -> str:
            return reverse("person", args=[row.person.uid]) if desk.may("people.read") else ""

        self.columns = [  # type: ignore[misc]
            DayColumn(name="at", label=_("Lúc"), path="at", clock=True, sort="at"),
            Column(name="who", label=_("Người mở"), path="who"),
            Column(name="person", label=_("Hồ sơ của"), value=title, link=address, title=True),
            Column(name="purpose", label=_("Mục đích"), value=_purpose),
            Column(name="reason", label=_("Ghi rõ"), path="reason"),
        ]
        super().__init__(rows, request, today=desk.today)

    @cached_property
    def rows(self) -> list[Row]:
        shown = list(self.rows_found[self.page.start : self.page.until])
        names = lenses.names_of_accounts([row.account_id for row in shown])
        for row in shown:
            row.who = names.get(row.account_id, "")
        return [self._row(row) for row in shown]


def _purpose(row: Opening) -> str:
    return _now(PURPOSES.get(row.purpose, row.purpose))
