"""A document is handed in."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chongdich.application.journeys import voiding
from chongdich.application.journeys.files import Upload
from chongdich.application.journeys.scanning import LikelySame, hand_in
from chongdich.application.lenses.incoming import find_receiving_units
from chongdich.core.errors import Refused
from chongdich.domain.directives.models import Directive, SourceFile
from chongdich.web.access import Request, page
from chongdich.web.pages.incoming.forms import ReceiveForm
from chongdich.web.pages.incoming.words import name_words


@page("directives.receive")
@require_http_methods(["GET", "POST"])
def receive(request: Request) -> HttpResponse:
    """One file with its attachments, or pasted text. What cannot be read is kept, and nothing is registered."""
    units = find_receiving_units(request.desk)
    if request.method == "GET":
        return _page(request, ReceiveForm(units, initial={"unit": request.desk.actor.unit_id}))
    form = ReceiveForm(units, request.POST, request.FILES)
    if form.is_valid():
        try:
            return _done(request, _receive(request, form.cleaned_data))
        except LikelySame as found:
            return _page(request, form, same=found)
        except Refused as refused:
            kept = bool(form.cleaned_data["main"])
            return _page(request, _refused(form, refused), kept=kept)
    return _page(request, form)


def _receive(request: Request, data: dict[str, Any]) -> Directive | SourceFile:
    main = _upload(data["main"]) if data["main"] else Upload("van-ban.txt", data["text"].encode(), TEXT)
    others = [_upload(file) for file in data["attachments"]]
    choice, _sign, key = data["same"].partition("-")
    if choice == "dinh" and key:
        return voiding.attach_copy(request.desk, directive_id=int(key), uploads=[main, *others])
    again = data["again"] or bool(choice)
    made = hand_in(request.desk, unit_id=data["unit"], main=main, attachments=others, again=again)
    if choice == "thay" and key and isinstance(made, Directive):
        voiding.replace_other(request.desk, directive_id=made.pk, other_id=int(key))
    return made


TEXT = "text/plain; charset=utf-8"


def _upload(file: UploadedFile) -> Upload:
    return Upload(file.name or "tep", file.read(), file.content_type or "application/octet-stream")


def _refused(form: ReceiveForm, refused: Refused) -> ReceiveForm:
    """A refusal names a file and perhaps a place in it: said beside the field that the file came from."""
    data = dict(form.cleaned_data)  # adding an error takes the field out of it
    beside = "attachments" if refused.where in {file.name for file in data["attachments"]} else "main"
    form.add_error(beside if data["main"] else "text", str(refused))
    return form


def _done(request: Request, made: Directive | SourceFile) -> HttpResponse:
    if isinstance(made, SourceFile):
        address = reverse("scan", args=[made.pk])
    else:
        messages.success(request, _("Đã tiếp nhận, số đến %(number)s.") % {"number": made.arrival_number})
        address = reverse("directive", args=[made.pk])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _page(request: Request, form: ReceiveForm, *, kept: bool = False, same: LikelySame | None = None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    unit = form.cleaned_data.get("unit") if same else None
    context = {
        "form": form,
        "kept": kept,
        "same": same,
        "same_rows": [(row, name_words(row)) for row in same.documents] if same else [],
        "may_replace": bool(unit) and request.desk.may("directives.review", unit),
        "single": len(form.fields["unit"].choices) == 1,  # type: ignore[attr-defined]
    }
    return render(request, "incoming/receive.html", context, status=status)
