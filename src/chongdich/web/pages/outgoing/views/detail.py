"""One document made here: its paper, its way through the house, and what became of it at its recipients."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from chongdich.application.journeys import drafting, issuing, signing
from chongdich.application.journeys.drafting import Draft
from chongdich.application.lenses.outgoing import (
    ISSUED,
    compare,
    find_deeds,
    find_successors,
    find_versions,
    get_outgoing,
    get_version_text,
)
from chongdich.application.lenses.story import get_story
from chongdich.core.errors import NotFound, Refused
from chongdich.domain.directives.models import Directive
from chongdich.domain.directives.queries import find_deliveries
from chongdich.registry.organisations.models import Organisation
from chongdich.web.access import Request, page
from chongdich.web.pages.outgoing.forms import Reason
from chongdich.web.pages.outgoing.paper import count_pages
from chongdich.web.pages.outgoing.words import name_words

SHOWN_UNITS = 300
# deed -> (what is done, what is said after it); those of the second kind want a reason.
DEEDS: dict[str, tuple[Callable[..., Directive], Any]] = {
    "submit": (drafting.submit_draft, gettext_lazy("Đã trình ký.")),
    "sign": (signing.sign_directive, gettext_lazy("Đã ký. Văn thư sẽ cấp số và phát hành.")),
    "issue": (issuing.issue_directive, gettext_lazy("Đã cấp số và phát hành.")),
    "discard": (drafting.discard_draft, gettext_lazy("Đã hủy bản thảo.")),
}
VERSIONED = ("submit", "sign")


@page("directives.read")
@require_safe
def outgoing_detail(request: Request, directive_id: int) -> HttpResponse:
    """The document with its preview, versions, deliveries and what may be done now."""
    directive = get_outgoing(request.desk, directive_id)
    return render(request, "outgoing/detail.html", _context(request, directive))


def _context(request: Request, directive: Directive, **more: Any) -> dict[str, Any]:
    draft = Draft.from_content(directive.content or {})
    deliveries = find_deliveries(directive.pk) if directive.state in ISSUED else []
    return {
        "directive": directive,
        "name": name_words(directive),
        "document": draft.document,
        "unclear": draft.unclear if directive.state not in ISSUED else (),
        "send_to": _send_to(draft) if not deliveries else [],
        "send_total": len(draft.send_to),
        "deliveries": deliveries,
        "versions": find_versions(directive),
        "successors": find_successors(directive) if directive.state in ISSUED else [],
        "deeds": find_deeds(request.desk, directive),
        "pages": range(1, count_pages(directive) + 1),
        "issued": directive.state in ISSUED,
        "reason": Reason(auto_id="reason_%s"),
        **more,
    }


def _send_to(draft: Draft) -> list[str]:
    rows = Organisation.objects.filter(pk__in=draft.send_to[:SHOWN_UNITS]).order_by("place__level", "short_name")
    return list(rows.values_list("short_name", flat=True))


@page("directives.read")
@require_POST
def act(request: Request, directive_id: int, deed: str) -> HttpResponse:
    """One step: a refusal is shown on the page with what was typed; nothing is changed then."""
    directive = get_outgoing(request.desk, directive_id)
    form = Reason(request.POST, auto_id="reason_%s")
    try:
        told, after = _do(request, directive, deed, form)
    except Refused as refused:
        context = _context(request, directive, refused=refused, reason=form, refused_deed=deed)
        return render(request, "outgoing/detail.html", context, status=409 if refused.code == "conflict" else 422)
    messages.success(request, str(told))
    return redirect(*after)


def _do(request: Request, directive: Directive, deed: str, form: Reason) -> tuple[Any, tuple[Any, ...]]:
    here = ("outgoing_detail", directive.pk)
    if deed == "replace":
        made = drafting.draft_replacement(request.desk, directive_id=directive.pk)
        return _("Đã tạo bản thảo thay thế."), ("draft", made.pk)
    if deed in ("send_back", "recall"):
        return _with_reason(request, directive, deed, form), here
    if deed not in DEEDS:
        raise NotFound("Không có việc này.")
    work, told = DEEDS[deed]
    version = request.POST.get("version", "")
    given = {"version": int(version)} if deed in VERSIONED and version.isascii() and version.isdigit() else {}
    work(request.desk, directive_id=directive.pk, **given)
    return told, here


def _with_reason(request: Request, directive: Directive, deed: str, form: Reason) -> str:
    if not form.is_valid():
        raise Refused(_("Ghi lý do (tối đa 280 ký tự)."), "note")
    note = form.cleaned_data["note"]
    if deed == "send_back":
        signing.send_back_draft(request.desk, directive_id=directive.pk, note=note)
        return _("Đã trả lại người soạn.")
    issuing.recall_directive(request.desk, directive_id=directive.pk, reason=note)
    return _("Đã thu hồi. Các nơi nhận được báo.")


@page("directives.read")
@require_safe
def version(request: Request, directive_id: int, order: int) -> HttpResponse:
    """One saved version beside the one before it."""
    directive = get_outgoing(request.desk, directive_id)
    new = get_version_text(directive, order)
    old = get_version_text(directive, order - 1) if order > 1 else ""
    context = {"directive": directive, "name": name_words(directive), "order": order, "changes": compare(old, new),
               "versions": find_versions(directive)}  # fmt: skip
    return render(request, "outgoing/version.html", context)


@page("directives.read")
@require_safe
def story(request: Request, directive_id: int) -> HttpResponse:
    """What happened to it, told from the ledger."""
    directive = get_outgoing(request.desk, directive_id)
    told = get_story(f"directive:{directive.pk}")
    events = [event for event in told if event.kind != "DeliveryChanged"]  # the deliveries have a list of their own
    part = "outgoing/story.html" if request.headers.get("HX-Request") else "outgoing/story_page.html"
    return render(request, part, {"directive": directive, "name": name_words(directive), "events": events})
