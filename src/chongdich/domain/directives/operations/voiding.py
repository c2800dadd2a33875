"""A document registered wrongly is struck out: its number stays used, its tasks are taken back, its story stays."""

from django.db import transaction

from chongdich.core.errors import Refused
from chongdich.domain.directives import facts
from chongdich.domain.directives.models import Directive, SourceFile, Task
from chongdich.domain.directives.operations import tasks
from chongdich.domain.directives.operations.locking import locked, step
from chongdich.domain.directives.states import DIRECTIVE, OPEN_TASK_STATES
from chongdich.registry.ledger.operations import Author, record


@transaction.atomic
def void(*, directive_id: int, reason: str, by: Author, instead_id: int | None = None) -> Directive:
    """Strike a document received out of the register, with a reason; open tasks are cancelled, done ones stay."""
    if not reason.strip():
        raise Refused("Hủy đăng ký thì phải nêu lý do.", "reason")
    directive = locked(Directive, directive_id)
    directive.state = step(DIRECTIVE, directive.state, "void", "Văn bản")
    directive.reading = {**(directive.reading or {}), "voided": {"reason": reason.strip()[:300], "instead": instead_id}}
    directive.version += 1
    directive.save(update_fields=["state", "reading", "version"])
    fact = facts.DirectiveVoided(directive_id=directive.pk, unit_id=directive.unit_id, instead_id=instead_id)
    record(fact, by=by, about=[f"directive:{directive.pk}", *([f"directive:{instead_id}"] if instead_id else [])])
    given = Task.objects.filter(directive=directive, parent=None, state__in=OPEN_TASK_STATES)
    tasks.cancel(directive_id=directive.pk, task_ids=given.values_list("pk", flat=True), by=by)
    return directive


@transaction.atomic
def merge(*, directive_id: int, into_id: int, reason: str, by: Author) -> Directive:
    """A second copy: its files are kept beside the first one's, and it is struck out."""
    keep_beside(from_id=directive_id, to_id=into_id, by=by)
    return void(directive_id=directive_id, reason=reason, instead_id=into_id, by=by)


@transaction.atomic
def keep_beside(*, from_id: int, to_id: int, by: Author) -> int:
    """The files of one document also as attachments of another; the same file is kept once. How many were added."""
    into = locked(Directive, to_id)
    held = set(SourceFile.objects.filter(directive=into).values_list("sha256", flat=True))
    rows = SourceFile.objects.filter(directive_id=from_id, role__in=("source", "attachment")).order_by("pk")
    fresh = {row.sha256: row for row in rows if row.sha256 not in held}
    SourceFile.objects.bulk_create(
        [SourceFile(directive=into, name=row.name, content_type=row.content_type, size=row.size, sha256=row.sha256,
                    role="attachment", unit_id=into.unit_id, at=by.at, by=by.account_id) for row in fresh.values()]
    )  # fmt: skip
    return len(fresh)
