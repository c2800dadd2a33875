"""Documents received: the register, their files, and what a clerk needs while setting a reading right."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from chongdich.application.desk import Desk
from chongdich.application.lenses.boards import get_visible_directive
from chongdich.core.errors import Conflict, NotFound
from chongdich.domain.directives.models import Clause, Directive, SourceFile, Task
from chongdich.domain.directives.queries import find_clauses, find_likely_same
from chongdich.domain.directives.reading import read
from chongdich.domain.directives.rules import reference_of
from chongdich.registry.accounts.queries import find_appointments
from chongdich.registry.organisations.models import Organisation
from chongdich.registry.organisations.queries import find_organisations, load_directory
from chongdich.registry.organisations.resolution import Resolution, Resolver, resolve_issuer

HEAVY = ("text", "reading", "content", "search")
DOCUMENT_FILES = ("source", "attachment", "issued")
HEAD_LETTERS = 20_000  # as much of a text as tells which document it is
SUGGESTED = 5
OFFERED = 12  # units that one search offers


def find_register(desk: Desk) -> QuerySet[Directive]:
    """Documents received by the units whose registers the person may see, without their texts."""
    rows = Directive.objects.filter(desk.visible("directives.read", "unit_id"), direction=Directive.Direction.INCOMING)
    return rows.select_related("unit").defer(*HEAVY)


def with_counts(rows: QuerySet[Directive]) -> QuerySet[Directive]:
    """The same rows carrying `tasks_total` and `tasks_done`: for a file, where every row is written once."""
    return rows.annotate(tasks_total=_counted(Q()), tasks_done=_counted(Q(state__in=("accepted", "closed"))))


def _counted(which: Q) -> Coalesce:
    given = Task.objects.filter(which, directive=OuterRef("pk"), giver=OuterRef("unit"), parent=None)
    numbers = given.exclude(state="cancelled").order_by().values("directive").annotate(number=Count("*"))
    return Coalesce(Subquery(numbers.values("number")), 0)


@dataclass(frozen=True)
class Progress:
    """How many tasks a document's own body gave by it, how many are done, how many are late."""

    total: int = 0
    done: int = 0
    overdue: int = 0


def count_progress(directives: Iterable[Directive], today: date) -> dict[int, Progress]:
    """For the documents of one page of a list: one query however many."""
    units = {row.pk: row.unit_id for row in directives}
    late = Q(due__lt=today) & ~Q(state__in=("accepted", "closed"))
    tasks = Task.objects.filter(directive__in=list(units), parent=None).exclude(state="cancelled").order_by()
    rows = tasks.values("directive_id", "giver_id").annotate(
        total=Count("*"),
        done=Count("state", filter=Q(state__in=("accepted", "closed"))),
        late=Count("state", filter=late),
    )
    return {
        row["directive_id"]: Progress(row["total"], row["done"], row["late"])
        for row in rows
        if units[row["directive_id"]] == row["giver_id"]
    }


def find_receiving_units(desk: Desk) -> list[Organisation]:
    """The units in whose registers the person enters documents: those of the posts with that right."""
    bounds = desk.actor.bounds("directives.receive")
    units = [row.unit for row in find_appointments(desk.actor.account_id or 0, desk.today)]
    return list({unit.pk: unit for unit in units if unit.pk in bounds.own | bounds.below}.values())


def find_failed_files(desk: Desk) -> QuerySet[SourceFile]:
    """Files handed in that are no document yet: waiting to be read, or unreadable."""
    return find_scans(desk).filter(role__in=("waiting", "failed"))


def find_scans(desk: Desk) -> QuerySet[SourceFile]:
    """Scans handed in, in the units where the person receives documents: waiting, read, or given up."""
    rows = SourceFile.objects.filter(desk.visible("directives.receive", "unit_id"), beside=None)
    return rows.filter(role__in=("waiting", "failed", "source")).select_related("unit", "directive")


def count_waiting_scans(desk: Desk) -> int:
    """How many still wait to be read."""
    return find_scans(desk).filter(role="waiting").order_by()[:100].count()


def get_scan(desk: Desk, file_id: int) -> SourceFile:
    """One of them; NotFound also when it may not be seen."""
    return _found(find_scans(desk).filter(pk=file_id).first())


def find_same_before(desk: Desk, *, unit_id: int, text: str) -> list[Directive]:
    """Documents already in a body's register that a text handed in seems to be once more."""
    desk.require("directives.receive", unit=unit_id)
    head = read(text[:HEAD_LETTERS], today=desk.today)
    day = head.date.value
    number, symbol = (head.number.value or "")[:20], (head.symbol.value or "")[:60]
    one = Directive(
        unit_id=unit_id, number=number, symbol=symbol, reference=reference_of(number, symbol), state="read",
        subject=head.subject.value or "", issuer_name=(head.issuer.value or "")[:300], created_at=desk.at,
        year=day.year if day else None, month=day.month if day else None, day=day.day if day else None,
    )  # fmt: skip
    return find_likely_same(one)


def get_failed_file(desk: Desk, file_id: int) -> SourceFile:
    """One of them; NotFound also when it may not be seen."""
    return _found(find_failed_files(desk).filter(pk=file_id).first())


def get_file(desk: Desk, directive_id: int, file_id: int) -> SourceFile:
    """A file of a document that the person may see; evidence of tasks is not among them."""
    directive = get_visible_directive(desk, directive_id)
    return _found(directive.files.filter(pk=file_id, role__in=DOCUMENT_FILES).first())


def _found(file: SourceFile | None) -> SourceFile:
    if file is None:
        raise NotFound("Không tìm thấy tệp này trong phạm vi của bạn.")
    return file


def get_under_review(desk: Desk, directive_id: int) -> Directive:
    """A document that this person may set right now. NotAllowed without the right, Conflict in another state."""
    directive = get_visible_directive(desk, directive_id)
    desk.require("directives.review", unit=directive.unit_id)
    if directive.direction != Directive.Direction.INCOMING:
        raise NotFound("Chỉ rà soát văn bản đến.")
    if directive.state != "read":
        raise Conflict("Văn bản chưa đọc xong hoặc đã được xác nhận, nên không rà soát được.")
    return directive


def get_clause_under_review(directive: Directive, clause_id: int) -> Clause:
    """One clause of it, with its units."""
    found = next((clause for clause in find_clauses(directive.pk) if clause.pk == clause_id), None)
    if found is None:
        raise NotFound("Không tìm thấy điều khoản này trong văn bản.")
    return found


def day_of(directive: Directive) -> date:
    """The day whose bodies a document speaks of: its own, else the day it arrived."""
    if directive.year and directive.month and directive.day:
        return date(directive.year, directive.month, directive.day)
    return directive.arrived_on or directive.created_at.date()


def find_units(directive: Directive, text: str) -> list[Organisation]:
    """Bodies of the document's day whose names hold every word typed, with or without diacritics."""
    return list(find_organisations(text[:120], day_of(directive))[:OFFERED]) if text.strip() else []


def find_issuer(directive: Directive, name: str) -> int | None:
    """The one body that a name of an issuer means on the document's day, if it is one."""
    if not name.strip():
        return None
    found = resolve_issuer(name, directory=load_directory(), on=day_of(directive), dateline=directive.place_text)
    return int(found.organisations[0]) if found.kind == "one" else None


def suggest_issuers(directive: Directive, chosen: Iterable[str] = ()) -> list[Organisation]:
    """Bodies chosen, then a few that the issuer's name may mean."""
    keys = [int(key) for key in chosen if key.isascii() and key.isdigit() and len(key) < 18]
    named = find_issuer(directive, directive.issuer_name)
    own = Organisation.objects.filter(pk__in=[*keys, *([named] if named else [])])
    offered = find_units(directive, directive.issuer_name)[:SUGGESTED]
    return list({unit.pk: unit for unit in [*own, *offered]}.values())


@dataclass(frozen=True)
class Suggestion:
    """What a phrase may mean: the question to answer, and the bodies to choose from."""

    phrase: str
    question: str
    units: list[Organisation]


def suggest_units(directive: Directive, clause: Clause) -> list[Suggestion]:
    """For each phrase of a clause that no body was found for, the likely ones."""
    settled = {unit.phrase for unit in clause.units.all()}
    open_phrases = [phrase for phrase in [*clause.lead_text, *clause.coordinating_text] if phrase not in settled]
    if not open_phrases:
        return []
    directory = load_directory()
    place = directory.place_of(directive.issuer_id or directive.unit_id)
    resolver = Resolver(directory, day_of(directive), place)
    answers = [resolver.resolve(phrase) for phrase in open_phrases]
    wanted = {int(key) for answer in answers for key in (*answer.organisations, *answer.suggestions)}
    bodies = Organisation.objects.in_bulk(wanted)
    return [Suggestion(answer.phrase, answer.question, _bodies(answer, bodies)) for answer in answers]


def _bodies(answer: Resolution, bodies: dict[int, Organisation]) -> list[Organisation]:
    keys = dict.fromkeys(int(key) for key in (*answer.organisations, *answer.suggestions))
    return [bodies[key] for key in keys if key in bodies]


@dataclass(frozen=True)
class Giving:
    """What will be given when a document is confirmed: tasks per unit, the most first."""

    tasks: int
    units: list[tuple[str, int]]
    clauses: int
    dropped: int
    waiting: int
    without_deadline: int


def get_giving(directive: Directive) -> Giving:
    """A summary to read before tasks go out."""
    rows = find_clauses(directive.pk)
    confirmed = [row for row in rows if row.state == Clause.State.CONFIRMED]
    per_unit = Counter(
        name for row in confirmed for name in {unit.unit_id: unit.unit.short_name for unit in row.units.all()}.values()
    )
    return Giving(
        tasks=sum(per_unit.values()),
        units=per_unit.most_common(),
        clauses=len(confirmed),
        dropped=sum(row.state == Clause.State.DROPPED for row in rows),
        waiting=sum(row.state == Clause.State.READ for row in rows),
        without_deadline=sum(row.due is None and not row.period for row in confirmed),
    )
