"""Line lists: what came in, a new one, one with its columns and its rows."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from chongdich.application.journeys import importing
from chongdich.application.lenses import imports as lenses
from chongdich.core.errors import Refused
from chongdich.domain.cases.linelist.days import HABITS
from chongdich.domain.cases.linelist.vocabulary import DAY, FIELDS
from chongdich.domain.cases.models import Import, ImportRow
from chongdich.web.access import Request, page
from chongdich.web.kit.forms import form_response
from chongdich.web.pages.cases import looks
from chongdich.web.pages.cases.forms import ListForm
from chongdich.web.pages.cases.tables import Fates, Imports
from chongdich.web.pages.cases.tabs import tabs_of

CHOICES = [(name, one.label) for name, one in FIELDS.items() if name != "number"]


@page("cases.import")
@require_safe
def imports(request: Request) -> HttpResponse:
    """Newest first."""
    table = Imports(lenses.find_imports(request.desk), request, today=request.desk.today)
    return table.respond("cases/imports.html", {"tabs": tabs_of(request.desk, "imports")})


@page("cases.import")
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Hand in a file or paste rows."""
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        name = sent.name if sent else "Dán từ bảng tính"
        data = sent.read() if sent else form.cleaned_data["text"].encode()
        try:
            found = importing.receive_list(
                request.desk, name=name, data=data, sender=form.cleaned_data["sender"],
                again=form.cleaned_data["again"],
            )  # fmt: skip
            return redirect("import", import_id=found.pk)
        except Refused as refused:
            form.refuse(refused)
    return form_response(request, "cases/import_new.html", {"form": form}, form)


@page("cases.import")
@require_safe
def one(request: Request, import_id: int) -> HttpResponse:
    """Its columns while they are to be understood; afterwards what became of every row."""
    return show(request, lenses.get_import(request.desk, import_id))


def show(request: Request, found: Import, error: Refused | None = None, mapping: Any = None) -> HttpResponse:
    """The page of a list in whatever state it is."""
    if found.state == Import.State.MAPPING:
        return _mapping_page(request, found, error, mapping or found.mapping)
    table = Fates(lenses.find_rows(request.desk, found), request, found=found, desk=request.desk)
    context = {"found": found, "state": looks.state(found), "counts": counts_of(found)}
    return table.respond("cases/import.html", context)


def counts_of(found: Import) -> list[dict[str, Any]]:
    """The sums by fate, in the order of the fates."""
    tones = {name: tone for name, (tone, _) in looks.FATES.items()}
    return [
        {"fate": name, "label": label, "count": found.counts[name], "tone": tones[name]}
        for name, label in ImportRow.Fate.choices
        if found.counts.get(name)
    ]


def _mapping_page(request: Request, found: Import, error: Refused | None, mapping: dict[str, Any]) -> HttpResponse:
    preview = lenses.preview(request.desk, found, mapping)
    columns = [_column(at, label, mapping, preview) for at, label in enumerate(found.header)]
    context = {
        "found": found, "columns": columns, "choices": CHOICES, "habits": list(HABITS.items()), "preview": preview,
        "mapping": mapping, "error": error, "shown": [_shown(row, draft) for row, draft in preview.rows[:8]],
        "state": looks.state(found), "digits": mapping["fields"].count("code") > 0,
    }  # fmt: skip
    response = form_response(request, "cases/mapping.html", context)
    response.status_code = 422 if error else 200
    return response


def _column(at: int, label: str, mapping: dict[str, Any], preview: lenses.Preview) -> dict[str, Any]:
    name = mapping["fields"][at]
    cells = [row.raw[at] for row, _ in preview.rows if at < len(row.raw) and row.raw[at]]
    sure = mapping.get("sureness", [])
    return {
        "at": at, "label": label.replace("\n", " / ") or "(không tên)", "field": name, "samples": cells[:3],
        "doubtful": bool(name) and at < len(sure) and sure[at] < 100, "unused": not name,
        "day": bool(name) and (FIELDS[name].kind == DAY or name == "birth"),
        "habit": mapping["habits"].get(str(at), "dmy"),
        "asked": at in mapping.get("asked", []), "mixed": at in mapping.get("mixed", []),
    }  # fmt: skip


def _shown(row: Any, draft: Any) -> dict[str, Any]:
    values = draft.entry.values
    case = draft.case
    return {
        "number": row.number, "code": draft.code, "name": values.get("name", ""),
        "born": values.get("birth_year") or "",
        "place": ", ".join(part for part in draft.place if part), "onset": case["onset_on"],
        "confirmed": case["confirmed_on"], "outcome": case["outcome"], "refused": draft.refusals, "notes": draft.notes,
    }  # fmt: skip
