"""Ask the directives room. `find_` may be empty, `get_` answers or raises NotFound; who may see comes in as Q."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from chongdich.core.errors import NotFound
from chongdich.domain.directives.models import Clause, ClauseUnit, Delivery, Directive, Extension, SourceFile, Task
from chongdich.domain.directives.rules import Identity, seem_same
from chongdich.domain.directives.states import OPEN_TASK_STATES

LAST_RUNG = "very_late"
NOT_HELD = ("refused", "voided", "withdrawn")
NAMELESS_DAYS = 60  # how far back a document without a number is looked for


def get_directive(directive_id: int) -> Directive:
    found = Directive.objects.filter(pk=directive_id).first()
    if found is None:
        raise NotFound("Không tìm thấy văn bản.")
    return found


def find_likely_same(one: Directive, *, most: int = 5) -> list[Directive]:
    """Documents in the register of the same body that seem to be this one: number, symbol, issuer and day agree.

    What is missing on either side does not speak against it; without a number the subject must be the same.
    """
    rows = Directive.objects.filter(unit_id=one.unit_id, direction="in").exclude(pk=one.pk).exclude(state__in=NOT_HELD)
    if one.reference:
        rows = rows.filter(reference=one.reference)
    elif one.subject and one.state != "received":
        rows = rows.filter(reference="", created_at__gte=one.created_at - timedelta(days=NAMELESS_DAYS))
    else:
        return []
    light = rows.order_by("-created_at").defer("text", "reading", "content", "search")[:200]
    return [row for row in light if seem_same(identity_of(row), identity_of(one))][:most]


def find_source_file(file_id: int) -> SourceFile | None:
    """A file by its identifier, whatever it is."""
    return SourceFile.objects.filter(pk=file_id).first()


def find_waiting_scans() -> list[SourceFile]:
    """Scans whose letters are still to be read, the oldest first."""
    return list(SourceFile.objects.filter(role="waiting", beside=None).order_by("pk")[:50])


def identity_of(row: Directive) -> Identity:
    """What tells one document from another."""
    day = (row.year, row.month, row.day)
    return Identity(row.reference, row.symbol, row.subject, row.issuer_id, row.issuer_name, day)


def get_clause(clause_id: int) -> Clause:
    """A clause with its directive."""
    found = Clause.objects.select_related("directive").filter(pk=clause_id).first()
    if found is None:
        raise NotFound("Không tìm thấy điều khoản.")
    return found


def get_task(task_id: int) -> Task:
    """A task with its directive, unit and giver."""
    found = Task.objects.select_related("directive", "unit", "giver").filter(pk=task_id).first()
    if found is None:
        raise NotFound("Không tìm thấy nhiệm vụ.")
    return found


def get_extension(extension_id: int) -> Extension:
    """A request for more time with its task."""
    found = Extension.objects.select_related("task").filter(pk=extension_id).first()
    if found is None:
        raise NotFound("Không tìm thấy đề nghị gia hạn.")
    return found


def find_confirmed_clauses(directive_id: int) -> list[Clause]:
    """A document's confirmed clauses with their units, in order."""
    rows = Clause.objects.filter(directive_id=directive_id, state=Clause.State.CONFIRMED).order_by("order")
    return list(rows.prefetch_related("units"))


def find_clauses(directive_id: int) -> list[Clause]:
    """All clauses of a document in order, with their units' names."""
    units = ClauseUnit.objects.select_related("unit").order_by("-lead", "unit__name")
    rows = Clause.objects.filter(directive_id=directive_id).order_by("order")
    return list(rows.prefetch_related(Prefetch("units", queryset=units)))


def find_tasks_by_ids(task_ids: Iterable[int]) -> list[Task]:
    """Tasks with their units, in order of identifier."""
    return list(Task.objects.filter(pk__in=list(task_ids)).select_related("unit", "giver").order_by("pk"))


def find_tasks_to_press(today: date) -> QuerySet[Task]:
    """Open tasks due by tomorrow that have not climbed the whole overdue ladder and do not wait for the giver."""
    late = Task.objects.filter(due__lte=today + timedelta(days=1), state__in=OPEN_TASK_STATES)
    return late.exclude(warned=LAST_RUNG).exclude(state="reported").only("pk", "due", "warned")


def visible_tasks(may_see: Q, may_see_given: Q) -> QuerySet[Task]:
    """Tasks of units one may see, and tasks given by such units."""
    return Task.objects.filter(may_see | may_see_given)


def visible_directives(own: Q, through_tasks: QuerySet[Task]) -> QuerySet[Directive]:
    """Documents in the registers one may see, and those that gave a task one may see."""
    # Asked document by document: a list of all documents behind a district's tasks would be made for every page.
    return Directive.objects.filter(own | Q(Exists(through_tasks.filter(directive=OuterRef("pk")))))


def find_deliveries(directive_id: int) -> list[Delivery]:
    """Where an issued document went, with its state there."""
    return list(Delivery.objects.filter(directive_id=directive_id).select_related("unit").order_by("pk"))


def find_open_replacement(directive_id: int) -> Directive | None:
    """A draft that is to replace a document and was not given up or issued."""
    rows = Directive.objects.filter(replaces_id=directive_id, state__in=("draft", "submitted", "signed"))
    return rows.order_by("pk").first()
