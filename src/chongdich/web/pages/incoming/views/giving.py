"""The last look before a document's tasks go out."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chongdich.application.journeys.review import confirm_directive
from chongdich.application.lenses.boards import get_visible_directive
from chongdich.application.lenses.incoming import get_giving, get_under_review
from chongdich.core.errors import Refused
from chongdich.domain.directives.models import Directive
from chongdich.web.access import Request, page
from chongdich.web.pages.incoming.reviewing import same_as
from chongdich.web.pages.incoming.words import name_words


@page("directives.review")
@require_http_methods(["GET", "POST"])
def give(request: Request, directive_id: int) -> HttpResponse:
    """How many tasks for how many units; then they are given."""
    if get_visible_directive(request.desk, directive_id).state == "confirmed":
        return redirect("directive", directive_id=directive_id)
    directive = get_under_review(request.desk, directive_id)
    return _give(request, directive) if request.method == "POST" else _summary(request, directive)


def _give(request: Request, directive: Directive) -> HttpResponse:
    try:
        confirm_directive(request.desk, directive_id=directive.pk)
    except Refused as refused:
        return _summary(request, directive, refused.message)
    messages.success(request, _("Đã xác nhận văn bản; nhiệm vụ đang được giao cho các đơn vị."))
    return HttpResponseRedirect(reverse("directive", args=[directive.pk]))


def _summary(request: Request, directive: Directive, error: str = "") -> HttpResponse:
    context = {"directive": directive, "name": name_words(directive), "giving": get_giving(directive), "error": error,
               "same": same_as(directive), "may_review": True}  # fmt: skip
    return render(request, "incoming/giving.html", context, status=409 if error else 200)
