"""Tie what a document names to a document that we hold, where the machine could not."""

from django.db import transaction

from chongdich.domain.directives import facts
from chongdich.domain.directives.models import Citation
from chongdich.domain.directives.operations.locking import locked
from chongdich.registry.ledger.operations import Author, record


@transaction.atomic
def attach(*, citation_id: int, target_id: int | None, by: Author) -> Citation:
    """Set or clear the held document that a citation means."""
    citation = locked(Citation, citation_id)
    citation.target_id = target_id
    citation.save(update_fields=["target"])
    fact = facts.ClauseChanged(directive_id=citation.directive_id, clause_id=0, change=f"citation:{citation.pk}")
    record(fact, by=by, about=[f"directive:{citation.directive_id}"])
    return citation
