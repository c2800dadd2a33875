"""The sheet of units × documents for a choice of documents."""

from django.db.models import Exists, OuterRef

from chongdich.application.desk import Desk
from chongdich.application.lenses.boards import Matrix, find_visible_tasks, get_matrix
from chongdich.domain.directives.models import Directive

_FIELDS = ("pk", "number", "symbol", "subject", "arrived_on", "created_at")


def find_matrix_directives(desk: Desk, limit: int) -> list[Directive]:
    """The newest documents under which the person may see tasks."""
    tasks = find_visible_tasks(desk).exclude(state="cancelled")
    rows = Directive.objects.filter(Exists(tasks.filter(directive=OuterRef("pk"))))
    return list(rows.order_by("-created_at").only(*_FIELDS)[:limit])


def get_sheet(desk: Desk, directives: list[Directive]) -> Matrix:
    """The sheet over the newest of these documents."""
    return get_matrix(desk, [row.pk for row in directives])
