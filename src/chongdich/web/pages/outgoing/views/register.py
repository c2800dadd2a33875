"""The register of documents going out."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chongdich.application.lenses.outgoing import find_register
from chongdich.web.access import Request, page
from chongdich.web.pages.outgoing.tables import Register


@page("directives.read")
@require_safe
def outgoing(request: Request) -> HttpResponse:
    """Number, date, kind, subject, state and deliveries of what the person's units made."""
    desk = request.desk
    units = list({row.unit_id: row.unit.short_name for row in request.appointments}.items())
    may_export = desk.may("exports.make")
    table = Register(find_register(desk), request, units=units, today=desk.today, may_export=may_export)
    context = {
        "may_draft": desk.may("directives.draft"),
        "may_receive": desk.may("directives.receive"),
        "to_do": _to_do(request),
    }
    return table.respond("outgoing/register.html", context)


def _to_do(request: Request) -> list[tuple[str, str]]:
    """(state, permission's word): the lists that wait for this person."""
    waits = {"submitted": "directives.sign", "signed": "directives.issue", "draft": "directives.draft"}
    return [(state, state) for state, permission in waits.items() if request.desk.may(permission)]
