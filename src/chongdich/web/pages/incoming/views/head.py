"""Head fields set right, a group at a time."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from chongdich.application.journeys.review import correct_head
from chongdich.core.errors import NotFound, Refused
from chongdich.domain.directives.models import Directive
from chongdich.web.access import Request, page
from chongdich.web.pages.incoming.forms import HeadForm
from chongdich.web.pages.incoming.reviewing import HEAD, Group, head_row
from chongdich.web.pages.incoming.views.review import back, head_part, is_part, reviewing, whole


@page("directives.review")
@require_http_methods(["GET", "POST"])
@reviewing
def head(request: Request, directive: Directive, group: str) -> HttpResponse:
    """Open a group's form (GET), put it away (GET with `thoi`), or save it (POST)."""
    chosen = HEAD.get(group)
    if chosen is None:
        raise NotFound("Không có mục này trong phần đầu văn bản.")
    if request.method == "POST":
        return _save(request, directive, chosen)
    if "thoi" in request.GET:
        return _shown(request, directive, chosen, None)
    return _shown(request, directive, chosen, HeadForm(chosen.fields, directive))


def _save(request: Request, directive: Directive, group: Group) -> HttpResponse:
    form = HeadForm(group.fields, directive, request.POST)
    if not form.is_valid():
        return _shown(request, directive, group, form)
    try:
        fresh = correct_head(request.desk, directive_id=directive.pk, changes=_changes(form))
    except Refused as refused:
        form.refuse(refused)
        return _shown(request, directive, group, form)
    return head_part(request, fresh, head_row(fresh, group)) if is_part(request) else back(fresh, f"dau-{group.slug}")


def _changes(form: HeadForm) -> dict[str, Any]:
    """Another name of the issuing body is no longer the body that the machine found."""
    changes = dict(form.cleaned_data)
    if "issuer_name" in changes and "issuer_name" in form.changed_data:
        changes["issuer_id"] = None
    return changes


def _shown(request: Request, directive: Directive, group: Group, form: HeadForm | None) -> HttpResponse:
    status = 422 if form is not None and form.is_bound else 200
    if not is_part(request):
        return whole(request, directive, head=(group.slug, form), status=status)
    row = head_row(directive, group)
    row.form = form
    return head_part(request, directive, row, status)
