"""Documents come in: registered whole or not at all; the machine's reading is kept beside what people make of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q

from chongdich.core.errors import Conflict, Refused
from chongdich.core.vietnamese import fold_words
from chongdich.domain.directives import facts
from chongdich.domain.directives.models import (
    Citation,
    Clause,
    ClauseUnit,
    Directive,
    NumberBook,
    Recipient,
    SourceFile,
)
from chongdich.domain.directives.operations.locking import locked, step
from chongdich.domain.directives.rules import reference_of
from chongdich.domain.directives.states import DIRECTIVE
from chongdich.registry.ledger.operations import Author, record

RECEIVED_BOOK = "den"
GONE = ("refused", "voided")  # received once, and no longer held as a document


@dataclass(frozen=True)
class KeptFile:
    """A file already in the vault."""

    name: str
    content_type: str
    size: int
    sha256: str
    role: str = "source"
    problem: str = ""


@dataclass(frozen=True)
class ReadClause:
    """One clause as read: words, place in the text, and the bodies the words were resolved to."""

    path: str
    text: str
    start: int = 0
    end: int = 0
    lead_text: tuple[str, ...] = ()
    coordinating_text: tuple[str, ...] = ()
    lead_units: tuple[tuple[int, str], ...] = ()  # (unit id, phrase)
    coordinating_units: tuple[tuple[int, str], ...] = ()
    due: date | None = None
    manner: str = ""
    period: str = ""
    area: str = "other"
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadDocument:
    """What the machine made of a document, in the words of this room."""

    number: str = ""
    symbol: str = ""
    kind: str = ""
    subject: str = ""
    issuer_name: str = ""
    issuer_id: int | None = None
    place_text: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    urgency: str = ""
    signatory: str = ""
    signatory_title: str = ""
    due: date | None = None
    addressees: tuple[str, ...] = ()
    recipients: tuple[tuple[str, str, str], ...] = ()  # name, purpose, channel
    citations: tuple[tuple[str, str, str, bool], ...] = ()  # number, date text, issuer, is basis
    clauses: tuple[ReadClause, ...] = ()
    reading: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def keep_failed_file(*, unit_id: int, file: KeptFile, by: Author) -> SourceFile:
    """A file that could not be read stays, with the reason, so that nothing sent to us is lost."""
    return _file_row(file, None, unit_id, by)


@transaction.atomic
def keep_waiting(*, unit_id: int, files: Sequence[KeptFile], by: Author, again: bool = False) -> SourceFile:
    """A scan and what came with it stay until the machine has read its letters; nothing is registered before."""
    if not again:
        _refuse_known_file(unit_id, files)
        waiting = SourceFile.objects.filter(sha256=files[0].sha256, unit_id=unit_id, role="waiting", beside=None)
        if waiting.exists():
            raise Conflict("Tệp này đang được nhận dạng chữ; xem ở “Tệp chưa đọc được”.", files[0].name)
    scan = _file_row(replace(files[0], role="waiting"), None, unit_id, by)
    for file in files[1:]:
        _file_row(replace(file, role="waiting"), None, unit_id, by, beside=scan)
    return scan


@transaction.atomic
def register_scan(*, file_id: int, text: str, arrived_on: date, by: Author) -> Directive | None:
    """The text of a waiting scan is there: register it with what came with it. None when somebody was faster."""
    scan = locked(SourceFile, file_id)
    if scan.role != "waiting":
        return None
    directive = receive(unit_id=scan.unit_id, text=text, files=(), arrived_on=arrived_on, by=by, again=True)
    Directive.objects.filter(pk=directive.pk).update(subject=scan.name)
    SourceFile.objects.filter(beside=scan).update(directive=directive, role="attachment", beside=None)
    SourceFile.objects.filter(pk=scan.pk).update(directive=directive, role="source")
    return directive


@transaction.atomic
def note_unread(*, file_id: int, problem: str) -> None:
    """A waiting scan could not be read: it stays with the reason, and so does what came with it."""
    scan = locked(SourceFile, file_id)
    if scan.role == "waiting":
        rows = SourceFile.objects.filter(Q(pk=scan.pk) | Q(beside=scan))
        rows.update(role="failed", problem=problem[:500])


@transaction.atomic
def wait_again(*, file_id: int) -> bool:
    """A scan that could not be read is tried once more, with what came with it. False when there is none."""
    rows = SourceFile.objects.filter(Q(pk=file_id) | Q(beside=file_id), role="failed", directive=None)
    return bool(rows.update(role="waiting", problem=""))


def _file_row(
    file: KeptFile, directive: Directive | None, unit_id: int, by: Author, beside: SourceFile | None = None
) -> SourceFile:
    return SourceFile.objects.create(
        directive=directive, name=file.name[:200], content_type=file.content_type[:80], size=file.size,
        sha256=file.sha256, role=file.role, problem=file.problem[:500], unit_id=unit_id, at=by.at, by=by.account_id,
        beside=beside,
    )  # fmt: skip


@transaction.atomic
def receive(
    *, unit_id: int, text: str, files: Sequence[KeptFile], arrived_on: date, by: Author, exchange_id: str = "",
    given_arrival_number: int | None = None, again: bool = False,
) -> Directive:  # fmt: skip
    """Register a document received: its arrival number is the next of the body's register of that year.

    A file that this body registered before is refused with Conflict, naming where it stands, unless `again`.
    """
    if exchange_id and Directive.objects.filter(unit_id=unit_id, exchange_id=exchange_id).exists():
        raise Conflict("Gói tin này đã được tiếp nhận.", exchange_id)
    if not again:
        _refuse_known_file(unit_id, files)
    number = given_arrival_number or next_number(unit_id, arrived_on.year, RECEIVED_BOOK)
    directive = Directive.objects.create(
        direction=Directive.Direction.INCOMING, state="received", unit_id=unit_id, arrival_number=number,
        arrival_year=arrived_on.year, arrived_on=arrived_on, text=text, exchange_id=exchange_id, created_at=by.at,
        created_by=by.account_id,
        subject=files[0].name if files else "", search=fold_words(text[:4000]),
    )  # fmt: skip
    for file in files:
        _file_row(file, directive, unit_id, by)
    fact = facts.DirectiveReceived(directive_id=directive.pk, unit_id=unit_id)
    record(fact, by=by, about=[f"directive:{directive.pk}"])
    return directive


def _refuse_known_file(unit_id: int, files: Sequence[KeptFile]) -> None:
    hashes = [file.sha256 for file in files if file.role == "source"]
    rows = SourceFile.objects.filter(sha256__in=hashes, unit_id=unit_id, role="source", directive__isnull=False)
    known = rows.exclude(directive__state__in=GONE).select_related("directive").order_by("pk").first()
    if known and known.directive:
        day = f" ngày {known.directive.arrived_on:%d/%m/%Y}" if known.directive.arrived_on else ""
        raise Conflict(
            f"Tệp này đã được tiếp nhận: số đến {known.directive.arrival_number}{day}. "
            "Nếu vẫn muốn đăng ký thêm lần nữa, đánh dấu “Đăng ký lại”.",
            known.name,
        )


def next_number(unit_id: int, year: int, book: str) -> int:
    """The next number of a register; the row stays locked until commit, so numbers have no gap and no double."""
    rows = NumberBook.objects.filter(unit_id=unit_id, year=year, book=book)
    if not rows.exists():
        NumberBook.objects.bulk_create([NumberBook(unit_id=unit_id, year=year, book=book)], ignore_conflicts=True)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    row = rows.get()
    NumberBook.objects.filter(pk=row.pk).update(last=F("last") + 1)
    return row.last + 1


@transaction.atomic
def keep_reading(*, directive_id: int, read: ReadDocument, by: Author) -> Directive:
    """Keep what the machine read. Replaces an earlier reading as long as nobody has confirmed the document."""
    directive = locked(Directive, directive_id)
    directive.state = step(DIRECTIVE, directive.state, "read", "Văn bản")
    set_head(directive, read)
    directive.reading = read.reading
    directive.save()
    _write_parts(directive, read)
    link_citations(directive)
    fact = facts.DirectiveRead(directive_id=directive.pk, clauses=len(read.clauses))
    record(fact, by=by, about=[f"directive:{directive.pk}"])
    return directive


def set_head(directive: Directive, read: ReadDocument) -> None:
    """Copy the head's fields and rebuild what is searched and matched on."""
    for name in ("number", "symbol", "kind", "subject", "issuer_name", "issuer_id", "place_text", "month", "day",
                 "urgency", "signatory", "signatory_title", "due"):  # fmt: skip
        setattr(directive, name, getattr(read, name))
    directive.year = read.year
    refresh_search(directive)


def refresh_search(directive: Directive) -> None:
    """The folded text that search looks in: reference, subject, issuer, then the whole text."""
    directive.reference = reference_of(directive.number, directive.symbol)
    parts = (directive.number, directive.symbol, directive.subject, directive.issuer_name, directive.text)
    directive.search = fold_words(" ".join(parts))


def _write_parts(directive: Directive, read: ReadDocument) -> None:
    for rows in (directive.recipients, directive.citations, directive.clauses):
        rows.all().delete()
    people = [(name, "", "", True) for name in read.addressees] + [(*row, False) for row in read.recipients]
    Recipient.objects.bulk_create(
        [Recipient(directive=directive, order=order, name=name[:300], purpose=purpose[:60], channel=channel[:20],
                   addressee=addressee)
         for order, (name, purpose, channel, addressee) in enumerate(people)]
    )  # fmt: skip
    Citation.objects.bulk_create(
        [Citation(directive=directive, number=number[:80], reference=reference_of(number)[:80], date_text=day,
                  issuer_name=issuer[:300], is_basis=basis)
         for number, day, issuer, basis in read.citations if reference_of(number)],
        ignore_conflicts=True,
    )  # fmt: skip
    write_clauses(directive, read.clauses)


def write_clauses(directive: Directive, clauses: Sequence[ReadClause], first_order: int = 0) -> list[Clause]:
    """New clause rows with their resolved units, in order."""
    rows = Clause.objects.bulk_create(
        [_clause_row(directive, first_order + index * 10, clause) for index, clause in enumerate(clauses)]
    )
    ClauseUnit.objects.bulk_create(
        [ClauseUnit(clause=row, unit_id=unit_id, lead=lead, phrase=phrase[:300])
         for row, clause in zip(rows, clauses)
         for lead, units in ((True, clause.lead_units), (False, clause.coordinating_units))
         for unit_id, phrase in units],
        ignore_conflicts=True,
    )  # fmt: skip
    return rows


def _clause_row(directive: Directive, order: int, clause: ReadClause) -> Clause:
    words = {"lead_text": list(clause.lead_text), "coordinating_text": list(clause.coordinating_text)}
    machine = {"path": clause.path, "text": clause.text, **words, "due": clause.due and clause.due.isoformat(),
               "manner": clause.manner, "period": clause.period, "area": clause.area}  # fmt: skip
    return Clause(
        directive=directive, order=order, path=clause.path[:30], text=clause.text, start=clause.start, end=clause.end,
        due=clause.due, manner=clause.manner[:40], period=clause.period, area=clause.area,
        doubts=list(clause.doubts), machine=machine, **words,
    )  # fmt: skip


def link_citations(directive: Directive) -> None:
    """Tie this document to those it names that we hold, and those that name it to this one."""
    cited = {row.reference: row for row in directive.citations.all()}
    held = Directive.objects.filter(reference__in=cited).exclude(pk=directive.pk).exclude(reference="")
    mine_last = sorted(
        held.only("pk", "reference", "unit_id"), key=lambda row: (row.unit_id == directive.unit_id, row.pk)
    )
    for found in mine_last:  # several bodies may hold the same document: this body's own copy is meant
        cited[found.reference].target = found
    Citation.objects.bulk_update([row for row in cited.values() if row.target_id], ["target"])
    if directive.reference:
        Citation.objects.filter(reference=directive.reference, target=None).exclude(directive=directive).update(
            target=directive
        )


@transaction.atomic
def correct_head(*, directive_id: int, changes: dict[str, Any], by: Author) -> Directive:
    """A person sets head fields right; the machine's reading stays beside them."""
    allowed = {"number", "symbol", "kind", "subject", "issuer_name", "issuer_id", "place_text", "year", "month",
               "day", "urgency", "signatory", "signatory_title", "due"}  # fmt: skip
    unknown = set(changes) - allowed
    if unknown:
        raise Refused(f"Không sửa được trường: {', '.join(sorted(unknown))}.")
    directive = locked(Directive, directive_id)
    for name, value in changes.items():
        setattr(directive, name, value)
    refresh_search(directive)
    directive.save()
    link_citations(directive)
    fact = facts.ClauseChanged(directive_id=directive.pk, clause_id=0, change="head:" + ",".join(sorted(changes)))
    record(fact, by=by, about=[f"directive:{directive.pk}"])
    return directive
