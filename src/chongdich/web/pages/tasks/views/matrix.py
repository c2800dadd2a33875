"""Units down, documents across: who is behind with what, on one sheet."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from chongdich.application.lenses.boards import Cell, Matrix
from chongdich.application.lenses.sheet import find_matrix_directives, get_sheet
from chongdich.core.errors import NotAllowed
from chongdich.domain.directives.models import Directive
from chongdich.web.access import Request, page
from chongdich.web.kit import exports
from chongdich.web.kit.forms import DayField, Form, ManyPicker
from chongdich.web.pages.tasks.filters import name_of

OFFERED = 200
FILES = ("xlsx", "csv")


class MatrixForm(Form):
    """What the sheet shows."""

    tu_ngay = DayField(label=gettext_lazy("Văn bản đến từ ngày"), required=False, help_text="")
    den_ngay = DayField(label=gettext_lazy("đến ngày"), required=False, help_text="")
    van_ban = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Văn bản"), coerce=int, required=False, widget=ManyPicker, empty_value=[]
    )


@page("tasks.read")
@require_GET
def matrix(request: Request) -> HttpResponse:
    """The sheet, or the same as a file."""
    offered = find_matrix_directives(request.desk, OFFERED)
    form = MatrixForm(request.GET)
    form.fields["van_ban"].choices = [(row.pk, _choice(row)) for row in offered]  # type: ignore[attr-defined]
    chosen = _chosen(form, offered)
    sheet = get_sheet(request.desk, chosen)
    if request.GET.get("export") in FILES:
        return _file(request, sheet, request.GET["export"])
    context = {"form": form, "sheet": sheet, "rows": _rows(sheet), "heads": [_head(row) for row in sheet.directives],
               "may_export": request.desk.may("exports.make"),
               "file_links": [(kind, _export_url(request, kind)) for kind in FILES]}  # fmt: skip
    return render(request, "tasks/matrix.html", context, status=422 if form.errors else 200)


def _chosen(form: MatrixForm, offered: list[Directive]) -> list[Directive]:
    if not form.is_valid():
        return offered
    wanted, since, until = (form.cleaned_data[name] for name in ("van_ban", "tu_ngay", "den_ngay"))
    return [
        row
        for row in offered
        if (not wanted or row.pk in wanted)
        and (since is None or _day(row) >= since)
        and (until is None or _day(row) <= until)
    ]


def _day(row: Directive) -> date:
    return row.arrived_on or row.created_at.date()


def _choice(row: Directive) -> str:
    return f"{name_of(row)} – {row.subject[:80]}" if row.subject else name_of(row)


def _export_url(request: Request, kind: str) -> str:
    query = request.GET.copy()
    query["export"] = kind
    return f"{request.path}?{query.urlencode()}"


def _head(row: Directive) -> dict[str, Any]:
    return {"name": name_of(row), "subject": row.subject, "url": _list(van_ban=row.pk)}


def _list(**query: int) -> str:
    return f"{reverse('all_tasks')}?{urlencode({**query, 'trang_thai': 'tat-ca'})}"


def _rows(sheet: Matrix) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "url": _list(don_vi=unit),
            "total": _sum([sheet.cells[unit, d.pk] for d in sheet.directives if (unit, d.pk) in sheet.cells]),
            "cells": [_cell(sheet, unit, row) for row in sheet.directives],
        }
        for unit, name in sheet.units
    ]


def _sum(cells: list[Cell]) -> Cell:
    return Cell(sum(c.total for c in cells), sum(c.done for c in cells), sum(c.overdue for c in cells))


def _cell(sheet: Matrix, unit: int, row: Directive) -> dict[str, Any] | None:
    cell = sheet.cells.get((unit, row.pk))
    return {"cell": cell, "url": _list(don_vi=unit, van_ban=row.pk)} if cell else None


def _file(request: Request, sheet: Matrix, kind: str) -> HttpResponse:
    if not request.desk.may("exports.make"):
        raise NotAllowed(_("Tài khoản của bạn không có quyền xuất danh sách."))
    head = [_("Đơn vị"), *(name_of(row) for row in sheet.directives)]
    body = [
        [name, *(_words(sheet.cells.get((unit, row.pk))) for row in sheet.directives)] for unit, name in sheet.units
    ]
    if kind == "csv":
        return exports.csv_response("bang-don-vi-van-ban", head, body)
    return exports.xlsx_response("bang-don-vi-van-ban", _("Bảng đơn vị × văn bản"), head, body)


def _words(cell: Cell | None) -> str:
    if cell is None:
        return ""
    late = f" ({cell.overdue} {_('quá hạn')})" if cell.overdue else ""
    return f"{cell.done}/{cell.total}{late}"
