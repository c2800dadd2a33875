"""A line list at work: started, watched, paused, gone on with, undone; its result as a file."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chongdich.application.journeys import importing
from chongdich.application.lenses import imports as lenses
from chongdich.core.errors import NotFound, Refused
from chongdich.domain.cases.linelist.sheets import FORMULA
from chongdich.domain.cases.linelist.vocabulary import FIELDS, SEVERAL
from chongdich.domain.cases.models import Import
from chongdich.web.access import Request, page
from chongdich.web.kit import exports
from chongdich.web.pages.cases.views.lists import counts_of, show

_EXTRA = ["Dòng gốc", "Kết quả nhập", "Lý do, ghi chú nhập", "Mã trong hệ thống"]


def chosen_mapping(request: Request, found: Import) -> dict[str, Any]:
    """The columns as chosen on the page. Refused when two columns are one field."""
    posted = request.POST
    fields = [posted.get(f"field-{at}") or None for at in range(len(found.header))]
    if any(name not in FIELDS for name in fields if name):
        raise Refused("Có cột ghép vào mục không tồn tại.")
    _refuse_double(fields)
    habits = {at: posted.get(f"habit-{at}", habit) for at, habit in found.mapping["habits"].items()}
    habits |= {name.removeprefix("habit-"): value for name, value in posted.items() if name.startswith("habit-")}
    return {
        **found.mapping, "fields": fields,
        "habits": {at: habit for at, habit in habits.items() if habit in ("dmy", "mdy")},
        "prefix": posted.get("prefix", "").strip().upper()[:6] or "BN", "leave_out": bool(posted.get("leave_out")),
        "classification": "suspected" if posted.get("classification") == "suspected" else "confirmed",
    }  # fmt: skip


def _refuse_double(fields: list[str | None]) -> None:
    named = [name for name in fields if name and name not in SEVERAL]
    double = next((name for name in named if named.count(name) > 1), None)
    if double:
        raise Refused(f"Có hai cột cùng ghép vào “{FIELDS[double].label}”; giữ một cột.")


@page("cases.import")
@require_POST
def start(request: Request, import_id: int) -> HttpResponse:
    """See the preview again under other columns, or take the rows in."""
    found = lenses.get_import(request.desk, import_id)
    if found.state != Import.State.MAPPING:
        return redirect("import", import_id=import_id)
    mapping = None
    try:
        mapping = chosen_mapping(request, found)
        if request.POST.get("look"):
            return show(request, found, mapping=mapping)
        accepted = bool(request.POST.get("accepted"))
        importing.start_import(request.desk, import_id=import_id, mapping=mapping, accepted=accepted)
    except Refused as refused:
        return show(request, found, refused, mapping)
    return redirect("import", import_id=import_id)


@page("cases.import")
@require_safe
def progress(request: Request, import_id: int) -> HttpResponse:
    """How far it is, asked every second while it runs."""
    found = lenses.get_import(request.desk, import_id)
    response = render(request, "cases/import_progress.html", {"found": found, "counts": counts_of(found)})
    if found.state not in (Import.State.RUNNING, Import.State.READING):
        response["HX-Refresh"] = "true"
    return response


def _deed(deed: Callable[..., Any], words: Any) -> Callable[[Request, int], HttpResponse]:
    def view(request: Request, import_id: int) -> HttpResponse:
        try:
            deed(request.desk, import_id=import_id)
            messages.success(request, words())
        except Refused as refused:
            if refused.code != "conflict":
                raise
            messages.error(request, refused.message)
        return redirect("import", import_id=import_id)

    return page("cases.import")(require_POST(view))


pause = _deed(importing.pause_import, lambda: _("Đã dừng; các dòng đã nhập vẫn giữ."))
resume = _deed(importing.resume_import, lambda: _("Đang nhập tiếp."))
undo = _deed(importing.undo_import, lambda: _("Đã hoàn tác cả danh sách."))


@page("cases.import")
@require_safe
def result(request: Request, import_id: int, form: str) -> HttpResponse:
    """The rows as they came, with what became of each; it can be handed in again. `?fate=` keeps one fate."""
    found = lenses.get_import(request.desk, import_id)
    rows = lenses.find_rows(request.desk, found)
    if fate := request.GET.get("fate"):
        rows = rows.filter(fate=fate)
    width = len(found.header)
    head = [label.replace("\n", " / ") or f"Cột {at + 1}" for at, label in enumerate(found.header)] + _EXTRA
    lines = (_line(row, width) for row in rows.iterator(chunk_size=2000))
    if form == "csv":
        return exports.csv_response(f"ket-qua-{import_id}", head, lines)
    if form == "xlsx":
        return exports.xlsx_response(f"ket-qua-{import_id}", "Kết quả nhập", head, lines)
    raise NotFound("Không có dạng tệp này.")


def _line(row: Any, width: int) -> list[Any]:
    cells = [cell.removeprefix(FORMULA) for cell in row.raw] + [""] * (width - len(row.raw))
    return [*cells[:width], row.number, row.get_fate_display(), row.reason, row.case.code if row.case else ""]
