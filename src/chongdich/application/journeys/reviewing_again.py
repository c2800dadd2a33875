"""Second thoughts during a review: a clause confirmed or dropped is looked at once more; a citation is tied by hand."""

from chongdich.application.desk import Desk
from chongdich.application.lenses.boards import get_visible_directive
from chongdich.core.errors import NotFound, Refused
from chongdich.domain.directives.models import Citation, Clause
from chongdich.domain.directives.operations import citing, clauses
from chongdich.domain.directives.queries import get_clause, get_directive


def reopen_clause(desk: Desk, *, clause_id: int) -> Clause:
    """Take back a confirmation, or bring a dropped paragraph back among the clauses to look at."""
    desk.require("directives.review", unit=get_clause(clause_id).directive.unit_id)
    return clauses.reopen(clause_id=clause_id, by=desk.author)


def attach_citation(desk: Desk, *, directive_id: int, citation_id: int, target_id: int | None) -> Citation:
    """Say which held document a citation means (None: none of them). Both must be within the person's sight."""
    desk.require("directives.review", unit=get_directive(directive_id).unit_id)
    if not Citation.objects.filter(pk=citation_id, directive_id=directive_id).exists():
        raise NotFound("Không tìm thấy trích dẫn này trong văn bản.")
    if target_id == directive_id:
        raise Refused("Văn bản không thể viện dẫn chính nó.", "target")
    if target_id is not None:
        get_visible_directive(desk, target_id)
    return citing.attach(citation_id=citation_id, target_id=target_id, by=desk.author)
