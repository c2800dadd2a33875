"""Head fields set right, a group at a time."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chongdich.application.journeys.review import correct_head
from chongdich.application.lenses.incoming import find_issuer, suggest_issuers
from chongdich.core.errors import NotFound, Refused
from chongdich.domain.directives.models import Directive
from chongdich.registry.organisations.models import Organisation
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
        fresh = correct_head(request.desk, directive_id=directive.pk, changes=_changes(form, directive))
    except Refused as refused:
        form.refuse(refused)
        return _shown(request, directive, group, form)
    return head_part(request, fresh, head_row(fresh, group)) if is_part(request) else back(fresh, f"dau-{group.slug}")


def _changes(form: HeadForm, directive: Directive) -> dict[str, Any]:
    """The fields as typed; with the issuing body's name also which body of the register it is."""
    changes = dict(form.cleaned_data)
    if "issuer_name" in changes:
        chosen = _chosen(form)
        other_name = "issuer_name" in form.changed_data and chosen == directive.issuer_id
        changes["issuer_id"] = find_issuer(directive, changes["issuer_name"]) if other_name else chosen
    return changes


def _ticked(form: HeadForm) -> list[str]:
    data: Any = form.data
    return list(data.getlist("issuer"))


def _chosen(form: HeadForm) -> int | None:
    """The body chosen last; none when every box is empty. Refused for one that is not in the register."""
    keys = [key for key in _ticked(form) if key.isascii() and key.isdigit() and len(key) < 18]
    if not keys:
        return None
    found = Organisation.objects.filter(pk=int(keys[-1])).first()
    if found is None:
        raise Refused(_("Đơn vị này không còn trong danh mục; hãy chọn lại."), "issuer_name")
    return found.pk


def _shown(request: Request, directive: Directive, group: Group, form: HeadForm | None) -> HttpResponse:
    status = 422 if form is not None and form.is_bound else 200
    issuers = _issuers(directive, form) if form is not None and group.slug == "co-quan" else None
    if not is_part(request):
        return whole(request, directive, head=(group.slug, form, issuers), status=status)
    row = head_row(directive, group)
    row.form, row.issuers = form, issuers
    return head_part(request, directive, row, status)


def _issuers(directive: Directive, form: HeadForm) -> list[tuple[Organisation, bool]]:
    """The body that stands now or was chosen, then those that the name may mean."""
    chosen = _ticked(form) if form.is_bound else [str(directive.issuer_id or "")]
    return [(unit, str(unit.pk) in chosen) for unit in suggest_issuers(directive, chosen)]
