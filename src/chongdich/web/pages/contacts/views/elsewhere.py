"""Contacts who live elsewhere, handed over by a dispatch; what the public must know; how well it all goes."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chongdich.application.journeys.referring import draft_public_notice, refer_contacts
from chongdich.application.lenses.cases import find_cases, title_of_case
from chongdich.application.lenses.contacts_elsewhere import groups_elsewhere, places_to_tell
from chongdich.application.lenses.contacts_figures import DEFINITIONS, by_commune, indicators
from chongdich.core.errors import Refused
from chongdich.web.access import Request, page
from chongdich.web.pages.contacts.forms import SpanForm
from chongdich.web.pages.contacts.tabs import tabs_of

RECENT = timedelta(days=21)  # cases whose places the public may still have to know
MOST = 100


@page("contacts.read")
@require_safe
def elsewhere(request: Request) -> HttpResponse:
    """Lists by district and other province."""
    desk = request.desk
    context = {
        "tabs": tabs_of(desk, "contacts_elsewhere"), "groups": groups_elsewhere(desk),
        "may_refer": desk.may("contacts.refer"),
    }  # fmt: skip
    return render(request, "contacts/elsewhere.html", context)


@page("contacts.refer")
@require_POST
def refer(request: Request) -> HttpResponse:
    """A draft dispatch with the list of one group."""
    try:
        made = refer_contacts(request.desk, group=request.POST.get("group", ""))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("contacts_elsewhere")
    messages.success(request, _("Đã soạn công văn kèm danh sách; kiểm tra rồi trình ký."))
    return redirect("draft", directive_id=made.pk)


@page("contacts.refer")
@require_http_methods(["GET", "POST"])
def notice(request: Request) -> HttpResponse:
    """Places and times that the public must know, without names; drafted from the cases chosen."""
    desk = request.desk
    cases = list(find_cases(desk).filter(confirmed_on__gt=desk.today - RECENT).order_by("-confirmed_on", "-pk")[:MOST])
    posted = {int(one) for one in request.POST.getlist("cases") if one.isdecimal()}
    chosen = [case.pk for case in cases if not posted or case.pk in posted]
    if request.method == "POST":
        try:
            made = draft_public_notice(desk, case_ids=[pk for pk in chosen if pk in posted])
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("Đã soạn thông báo; kiểm tra rồi trình ký."))
            return redirect("draft", directive_id=made.pk)
    named = desk.may("people.open")
    context = {
        "tabs": tabs_of(desk, "contacts_notice"), "cases": [(one, title_of_case(desk, one, named)) for one in cases],
        "places": places_to_tell(desk, case_ids=chosen), "chosen": set(chosen),
    }  # fmt: skip
    return render(request, "contacts/notice.html", context)


@page("contacts.read")
@require_safe
def figures(request: Request) -> HttpResponse:
    """Indicators of one's area for a span of days, each with its definition; where work waits."""
    desk = request.desk
    week = {"since": desk.today - timedelta(days=6), "until": desk.today}
    form = SpanForm(request.GET if "since" in request.GET else None, initial=week)
    span = week
    if form.is_bound and form.is_valid():
        span = {name: form.cleaned_data[name] for name in week}
    found = indicators(desk, **span)
    lines = [(_(label), getattr(found, name), _(words)) for name, (label, words) in DEFINITIONS.items()]
    context = {
        "tabs": tabs_of(desk, "contacts_figures"), "form": form, "lines": lines, "found": found, "span": span,
        "communes": by_commune(desk),
    }  # fmt: skip
    return render(request, "contacts/figures.html", context, status=422 if form.errors else 200)
