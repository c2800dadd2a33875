"""A row that could be several people: somebody says which, or nobody."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from chongdich.application.journeys import importing
from chongdich.application.lenses import imports as lenses
from chongdich.application.lenses.people import glimpse
from chongdich.core.errors import Refused
from chongdich.registry.people.queries import find_people_by_ids
from chongdich.web.access import Request, page


@page("cases.import")
@require_http_methods(["GET", "POST"])
def decide(request: Request, row_id: int) -> HttpResponse:
    """The row beside the people it could be."""
    row = lenses.get_row(request.desk, row_id)
    error = None
    if request.method == "POST":
        chosen = request.POST.get("person", "")
        try:
            importing.decide_row(
                request.desk, row_id=row_id, person_id=int(chosen) if chosen.isdigit() else None,
                skip=chosen == "skip",
            )  # fmt: skip
            return redirect("import", import_id=row.import_of_id)
        except Refused as refused:
            error = refused
    people = find_people_by_ids(row.candidates)
    named = request.desk.may("people.open")
    found = row.import_of
    context = {
        "row": row, "found": found, "error": error,
        "cells": [(label.split("\n")[0], cell) for label, cell in zip(found.header, row.raw) if cell],
        "people": [(pk, glimpse(request.desk, person, named=named)) for pk, person in people.items()],
    }  # fmt: skip
    return render(request, "cases/decide.html", context, status=422 if error else 200)
