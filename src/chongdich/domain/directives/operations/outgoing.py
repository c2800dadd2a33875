"""Documents that go out: drafted, submitted, signed, numbered and issued, recalled, replaced."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from chongdich.core.errors import Refused
from chongdich.core.periods import vietnam_day
from chongdich.domain.directives import facts
from chongdich.domain.directives.models import Delivery, Directive, DraftVersion, IssuedNumber, SourceFile
from chongdich.domain.directives.operations.intake import KeptFile, link_citations, next_number, refresh_search
from chongdich.domain.directives.operations.locking import locked, step, unchanged_since
from chongdich.domain.directives.states import DIRECTIVE
from chongdich.registry.ledger.operations import Author, record


def _about(directive: Directive) -> list[str]:
    return [f"directive:{directive.pk}"]


@transaction.atomic
def draft(
    *, unit_id: int, issuer_name: str, kind: str, symbol: str, subject: str, content: dict[str, Any], by: Author,
    implements_id: int | None = None, replaces_id: int | None = None,
) -> Directive:  # fmt: skip
    """A new document of a body, perhaps implementing one received or replacing one issued."""
    directive = Directive(
        direction=Directive.Direction.OUTGOING, state="draft", unit_id=unit_id, issuer_id=unit_id,
        issuer_name=issuer_name, kind=kind, symbol=symbol, subject=subject.strip(), content=content,
        implements_id=implements_id, replaces_id=replaces_id, year=vietnam_day(by.at).year, created_at=by.at,
        created_by=by.account_id,
    )  # fmt: skip
    refresh_search(directive)
    directive.save()
    _keep_version(directive, "bản đầu", by)
    fact = facts.DirectiveDrafted(directive_id=directive.pk, unit_id=unit_id)
    record(fact, by=by, about=_about(directive) + ([f"directive:{implements_id}"] if implements_id else []))
    return directive


def _keep_version(directive: Directive, note: str, by: Author) -> None:
    order = directive.versions.count() + 1
    DraftVersion.objects.create(
        directive=directive, order=order, content=directive.content, by=by.account_id, at=by.at, note=note[:300]
    )


@transaction.atomic
def edit(
    *, directive_id: int, content: dict[str, Any], subject: str, symbol: str, text: str, kind: str, version: int | None,
    by: Author, note: str = "",
) -> Directive:  # fmt: skip
    """Save a draft; each saved version stays."""
    directive = locked(Directive, directive_id)
    unchanged_since(directive, version)
    directive.state = step(DIRECTIVE, directive.state, "edit", "Văn bản")
    directive.content, directive.subject, directive.symbol, directive.text = content, subject.strip(), symbol, text
    directive.kind = kind
    directive.version += 1
    refresh_search(directive)
    directive.save()
    _keep_version(directive, note, by)
    fact = facts.DirectiveDrafted(directive_id=directive.pk, unit_id=directive.unit_id)
    record(fact, by=by, about=_about(directive))
    return directive


def _move(directive_id: int, action: str, version: int | None = None) -> Directive:
    directive = locked(Directive, directive_id)
    unchanged_since(directive, version)
    directive.state = step(DIRECTIVE, directive.state, action, "Văn bản")
    directive.version += 1
    directive.save()
    return directive


@transaction.atomic
def submit(*, directive_id: int, by: Author, version: int | None = None) -> Directive:
    """Put a draft before who signs."""
    directive = _move(directive_id, "submit", version)
    if not directive.subject.strip():
        raise Refused("Văn bản chưa có trích yếu.", "subject")
    record(
        facts.DirectiveSubmitted(directive_id=directive.pk, unit_id=directive.unit_id), by=by, about=_about(directive)
    )
    return directive


@transaction.atomic
def send_back(*, directive_id: int, note: str, by: Author) -> Directive:
    """Not signed, or not issued: back to the drafter with a reason."""
    if not note.strip():
        raise Refused("Trả lại bản thảo thì phải nêu lý do.", "note")
    directive = _move(directive_id, "send_back")
    _keep_version(directive, f"trả lại: {note.strip()}", by)
    record(
        facts.DirectiveSentBack(directive_id=directive.pk, unit_id=directive.unit_id), by=by, about=_about(directive)
    )
    return directive


@transaction.atomic
def sign(
    *, directive_id: int, sha256: str, signatory: str, signatory_title: str, by: Author, version: int | None = None
) -> Directive:
    """A person with the right signs exactly the content whose hash is `sha256`."""
    directive = _move(directive_id, "sign", version)
    directive.signatory, directive.signatory_title = signatory, signatory_title
    directive.save(update_fields=["signatory", "signatory_title"])
    fact = facts.DirectiveSigned(directive_id=directive.pk, unit_id=directive.unit_id, sha256=sha256)
    record(fact, by=by, about=_about(directive))
    return directive


@transaction.atomic
def number_and_issue(*, directive_id: int, content: dict[str, Any], by: Author) -> Directive:
    """Give the next number of the register and issue; no number twice and no gap, also under concurrent issuing."""
    directive = locked(Directive, directive_id)
    directive.state = step(DIRECTIVE, directive.state, "issue", "Văn bản")
    day = vietnam_day(by.at)
    book = book_of(directive)
    number = next_number(directive.unit_id, day.year, book)
    IssuedNumber.objects.create(unit_id=directive.unit_id, year=day.year, book=book, number=number, directive=directive)
    directive.number, directive.content = number_text(number), content
    directive.year, directive.month, directive.day, directive.issued_at = day.year, day.month, day.day, by.at
    directive.version += 1
    refresh_search(directive)
    directive.save()
    link_citations(directive)
    _retire_replaced(directive, by)
    fact = facts.DirectiveIssued(directive_id=directive.pk, unit_id=directive.unit_id, number=number, year=day.year)
    record(fact, by=by, about=_about(directive))
    return directive


def book_of(directive: Directive) -> str:
    """Which register a document is numbered in: one per kind."""
    return directive.kind or "công văn"


def number_text(number: int) -> str:
    """Nghị định 30/2020/NĐ-CP, Annex I: a zero before numbers below 10."""
    return f"{number:02d}"


def _retire_replaced(directive: Directive, by: Author) -> None:
    if directive.replaces_id is None:
        return
    old = locked(Directive, directive.replaces_id)
    old.state = step(DIRECTIVE, old.state, "replace", "Văn bản bị thay thế")
    old.version += 1
    old.save()
    fact = facts.DirectiveReplaced(directive_id=old.pk, by_id=directive.pk, unit_id=old.unit_id)
    record(fact, by=by, about=_about(old) + _about(directive))


@transaction.atomic
def keep_issued_files(*, directive_id: int, files: Iterable[KeptFile], by: Author) -> None:
    """The files of a document as issued: PDF, .docx, packet. Made again, they are kept once."""
    directive = Directive.objects.get(pk=directive_id)
    known = set(directive.files.filter(role="issued").values_list("sha256", flat=True))
    for file in files:
        if file.sha256 not in known:
            SourceFile.objects.create(
                directive=directive, name=file.name[:200], content_type=file.content_type, size=file.size,
                sha256=file.sha256, role="issued", unit_id=directive.unit_id, at=by.at, by=by.account_id,
            )  # fmt: skip


@transaction.atomic
def deliver(*, directive_id: int, unit_id: int, channel: str, by: Author, incoming_id: int | None = None) -> Delivery:
    """Note that a document went to a unit; twice is once."""
    row, fresh = Delivery.objects.get_or_create(
        directive_id=directive_id, unit_id=unit_id,
        defaults={"channel": channel, "sent_at": by.at, "changed_at": by.at, "incoming_id": incoming_id,
                  "status": "01" if incoming_id else ""},
    )  # fmt: skip
    if fresh:
        fact = facts.DeliveryChanged(directive_id=directive_id, unit_id=unit_id, status=row.status)
        record(fact, by=by, about=[f"directive:{directive_id}"])
    return row


@transaction.atomic
def note_status(*, directive_id: int, unit_id: int, status: str, note: str, by: Author) -> None:
    """What the other side says became of a document (QCVN 102:2016 status codes)."""
    changed = Delivery.objects.filter(directive_id=directive_id, unit_id=unit_id).update(
        status=status, note=note[:300], changed_at=by.at
    )
    if not changed:
        raise Refused("Văn bản này không được gửi cho đơn vị đó.")
    fact = facts.DeliveryChanged(directive_id=directive_id, unit_id=unit_id, status=status)
    record(fact, by=by, about=[f"directive:{directive_id}"])


@transaction.atomic
def recall(*, directive_id: int, reason: str, by: Author) -> Directive:
    """Take an issued document back; recipients are told and delete theirs."""
    if not reason.strip():
        raise Refused("Thu hồi văn bản thì phải nêu lý do.", "reason")
    directive = _move(directive_id, "recall")
    Delivery.objects.filter(directive=directive).update(status="13", note=reason.strip()[:300], changed_at=by.at)
    record(
        facts.DirectiveRecalled(directive_id=directive.pk, unit_id=directive.unit_id), by=by, about=_about(directive)
    )
    return directive


@transaction.atomic
def mark_withdrawn(*, directive_id: int, by: Author) -> Directive:
    """A document received was recalled by its sender."""
    directive = _move(directive_id, "withdraw")
    record(
        facts.DirectiveRecalled(directive_id=directive.pk, unit_id=directive.unit_id), by=by, about=_about(directive)
    )
    return directive


@transaction.atomic
def discard(*, directive_id: int, by: Author) -> Directive:
    """Give a draft up. It has no number, so the register has no gap."""
    directive = _move(directive_id, "discard")
    record(
        facts.DirectiveDiscarded(directive_id=directive.pk, unit_id=directive.unit_id), by=by, about=_about(directive)
    )
    return directive
