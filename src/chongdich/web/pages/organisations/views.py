"""Pages of the bodies."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from chongdich.application.lenses import registry as lens
from chongdich.registry.organisations.queries import get_organisation_by_id
from chongdich.registry.places.kinds import Level
from chongdich.web.access import Request, page
from chongdich.web.kit.forms import DayField, Form, Picker, form_response
from chongdich.web.kit.on_day import day_asked
from chongdich.web.pages.organisations.tables import Organisations


def _tabs(here: str) -> list[dict[str, object]]:
    rooms = (("organisations", _("Danh sách")), ("resolver", _("Thử cụm từ trong văn bản")))
    return [{"label": label, "url": reverse(name), "active": name == here} for name, label in rooms]


@page("registry.read")
@require_GET
def organisations(request: Request) -> HttpResponse:
    """Bodies of a day."""
    day = day_asked(request.GET, request.desk.today)
    rows = lens.find_bodies(day).order_by("place__level", "place__code", "key")
    context = {"day": day, "tabs": _tabs("organisations")}
    return Organisations(rows, request, today=request.desk.today).respond("organisations/list.html", context)


@page("registry.read")
@require_GET
def organisation(request: Request, organisation_id: int) -> HttpResponse:
    """One body, whom it stands under, and who stands under it."""
    body = get_organisation_by_id(organisation_id)
    view = lens.get_body_view(body, day_asked(request.GET, request.desk.today))
    return render(request, "organisations/organisation.html", {"view": view, "body": body})


class Phrase(Form):
    """A unit phrase as a document has it."""

    phrase = forms.CharField(
        label=gettext_lazy("Cụm từ trong văn bản"), max_length=500,
        help_text=gettext_lazy("Ví dụ: Ban Chỉ đạo các huyện, thành phố; Các sở, ban, ngành"),
    )  # fmt: skip
    place = forms.ChoiceField(label=gettext_lazy("Văn bản của cơ quan tại"), required=False, widget=Picker())
    day = DayField(label=gettext_lazy("Ngày của văn bản"))

    def __init__(self, places: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "—"), *places]  # type: ignore[attr-defined]


@page("registry.read")
@require_GET
def resolver(request: Request) -> HttpResponse:
    """Which bodies the words of a document mean."""
    today = request.desk.today
    day = day_asked(request.GET, today, "day")
    found = lens.find_places_on(day).filter(level__lte=Level.COMMUNE).order_by("level", "code")
    choices = [(row.key, row.full_name) for row in found]
    own = next((row.unit.place.key for row in request.appointments if row.unit_id == request.desk.actor.unit_id), "")
    form = Phrase(choices, request.GET if "phrase" in request.GET else None, initial={"day": today, "place": own})
    answer = None
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        answer = lens.resolve_phrase(given["phrase"], place_key=given["place"] or None, on=given["day"])
    context = {"form": form, "answer": answer, "tabs": _tabs("resolver")}
    return form_response(request, "organisations/resolver.html", context, form)
