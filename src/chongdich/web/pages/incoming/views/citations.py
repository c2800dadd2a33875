"""What this document rests on and what rests on it, as a picture and as lists."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chongdich.application.journeys.reviewing_again import attach_citation
from chongdich.application.lenses.boards import get_visible_directive
from chongdich.application.lenses.citations import find_held, get_citation_graph
from chongdich.domain.directives.models import Directive
from chongdich.web.access import Request, page
from chongdich.web.pages.incoming.drawing import draw
from chongdich.web.pages.incoming.words import name_words


@page("directives.read")
@require_safe
def graph(request: Request, directive_id: int) -> HttpResponse:
    """With `gan` = a citation, the held documents that it may mean are offered."""
    directive = get_visible_directive(request.desk, directive_id)
    found = get_citation_graph(request.desk, directive)
    context = {
        "directive": directive,
        "name": name_words(directive),
        "graph": found,
        "drawing": draw(directive, found),
        "may_attach": request.desk.may("directives.review", directive.unit_id),
        **_attaching(request, directive),
    }
    return render(request, "incoming/citations.html", context)


def _attaching(request: Request, directive: Directive) -> dict[str, object]:
    wanted = request.GET.get("gan", "")
    if not wanted.isdigit() or len(wanted) > 17:
        return {}
    citation = directive.citations.filter(pk=int(wanted)).first()
    if citation is None:
        return {}
    typed = request.GET.get("q", citation.number)[:120]
    return {"attaching": citation, "typed": typed, "held": find_held(request.desk, directive, typed)}


@page("directives.review")
@require_POST
def attach(request: Request, directive_id: int, citation_id: int) -> HttpResponse:
    """Tie a citation to a held document, or untie it."""
    get_visible_directive(request.desk, directive_id)
    given = request.POST.get("target", "")
    target = int(given) if given.isascii() and given.isdigit() and len(given) < 18 else None
    attach_citation(request.desk, directive_id=directive_id, citation_id=citation_id, target_id=target)
    messages.success(request, _("Đã gắn văn bản được viện dẫn.") if target else _("Đã bỏ gắn."))
    return HttpResponseRedirect(reverse("citations", args=[directive_id]))
