"""A document begins: new, from chosen clauses of one received, or to set an issued one right."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chongdich.application.journeys import drafting
from chongdich.application.lenses.boards import get_visible_directive
from chongdich.application.lenses.outgoing import (
    find_choosable_clauses,
    find_drafting_units,
    find_recipient_groups,
    get_outgoing,
)
from chongdich.core.errors import NotAllowed, Refused
from chongdich.domain.directives.models import Directive
from chongdich.web.access import Request, page
from chongdich.web.kit.forms import form_response
from chongdich.web.pages.outgoing.forms import Correction, Start
from chongdich.web.pages.outgoing.words import name_words


@page("directives.draft")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request) -> HttpResponse:
    """What kind, about what, to whom; with `?tu=` the document received whose clauses are carried on."""
    source = _source(request)
    form = _form(request, source)
    if request.method == "POST" and form.is_valid():
        try:
            made = _draft(request, form, source)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Đã tạo bản thảo. Kiểm tra nội dung rồi trình ký."))
            return redirect("draft", made.pk)
    return form_response(request, "outgoing/start.html", {"form": form, "source": source}, form)


def _source(request: Request) -> Directive | None:
    asked = request.GET.get("tu", "")
    return get_visible_directive(request.desk, int(asked)) if asked.isascii() and asked.isdigit() else None


def _form(request: Request, source: Directive | None) -> Start:
    desk = request.desk
    units = find_drafting_units(desk)
    if not units:
        raise NotAllowed()
    acting = next((unit for unit in units if unit.pk == desk.actor.unit_id), units[0])
    clauses = find_choosable_clauses(source.pk) if source else []
    initial: dict[str, Any] = {"unit": acting.pk, "clauses": [row.pk for row in clauses]}
    if source:
        initial["subject"] = source.subject.removeprefix("V/v ").strip()
    data = request.POST if request.method == "POST" else None
    return Start(data, units=units, groups=find_recipient_groups(desk, acting), clauses=clauses, initial=initial)


def _draft(request: Request, form: Start, source: Directive | None) -> Directive:
    given = form.cleaned_data
    return drafting.draft_directive(
        request.desk,
        unit_id=given["unit"],
        kind=given["kind"],
        subject=given["subject"],
        implements_id=source.pk if source else None,
        clause_ids=given.get("clauses", []),
        drafting_mark=given["mark"],
        addressees=form.addressees(),
    )


@page("directives.draft")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Request, directive_id: int) -> HttpResponse:
    """What was wrong and what is right: a công văn that says so is drafted."""
    issued = get_outgoing(request.desk, directive_id)
    form = Correction(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = drafting.draft_correction(request.desk, directive_id=directive_id, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("draft", made.pk)
    context = {"form": form, "directive": issued, "name": name_words(issued)}
    return form_response(request, "outgoing/correct.html", context, form)
