"""Documents that go out: drafted, submitted, signed, numbered and issued, recalled, replaced."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from chongdich.core.errors import Conflict, Refused
from chongdich.core.periods import vietnam_day
from chongdich.domain.directives import facts
from chongdich.domain.directives.models import Citation, Delivery, Directive, DraftVersion, IssuedNumber, SourceFile
from chongdich.domain.directives.operations.intake import KeptFile, link_citations, next_number, refresh_search
from chongdich.domain.directives.operations.locking import locked, step, unchanged_since
from chongdich.domain.directives.rules import goes_on, reference_of
from chongdich.domain.directives.states import DIRECTIVE, next_state
from chongdich.registry.ledger.operations import Author, record

CitedDocument = tuple[str, str, str, bool]  # number, date text, issuer, is basis
BLANK_NUMBER = "{number}"  # stands in the text of a document where its number will be
SENT_BACK = "trả lại: "  # how the note begins of a version that was not written but sent back


def _about(directive: Directive) -> list[str]:
    return [f"directive:{directive.pk}"]


@transaction.atomic
def draft(
    *, unit_id: int, issuer_name: str, kind: str, symbol: str, subject: str, content: dict[str, Any], by: Author,
    implements_id: int | None = None, replaces_id: int | None = None, text: str = "",
) -> Directive:  # fmt: skip
    """A new document of a body, perhaps implementing one received or replacing one issued."""
    directive = Directive(
        direction=Directive.Direction.OUTGOING, state="draft", unit_id=unit_id, issuer_id=unit_id,
        issuer_name=issuer_name, kind=kind, symbol=symbol, subject=subject.strip(), content=content, text=text,
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
    _check_replaced(directive)
    if not directive.subject.strip():
        raise Refused("Văn bản chưa có trích yếu.", "subject")
    record(
        facts.DirectiveSubmitted(directive_id=directive.pk, unit_id=directive.unit_id), by=by, about=_about(directive)
    )
    return directive


@transaction.atomic
def send_back(*, directive_id: int, note: str, by: Author) -> Directive:
    """Not signed, or not issued: back to the drafter with a reason. A signature given before is void."""
    if not note.strip():
        raise Refused("Trả lại bản thảo thì phải nêu lý do.", "note")
    directive = _move(directive_id, "send_back")
    directive.signatory = directive.signatory_title = ""
    directive.save(update_fields=["signatory", "signatory_title"])
    _keep_version(directive, f"{SENT_BACK}{note.strip()}", by)
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
    _check_replaced(directive)
    directive.signatory, directive.signatory_title = signatory, signatory_title
    directive.save(update_fields=["signatory", "signatory_title"])
    fact = facts.DirectiveSigned(directive_id=directive.pk, unit_id=directive.unit_id, sha256=sha256)
    record(fact, by=by, about=_about(directive))
    return directive


@transaction.atomic
def number_and_issue(
    *, directive_id: int, content: dict[str, Any], by: Author, text: str = "", corrects_id: int | None = None,
    citations: Sequence[CitedDocument] = (),
) -> Directive:  # fmt: skip
    """Give the next number of the register and issue; no number twice and no gap, also under concurrent issuing."""
    directive = locked(Directive, directive_id)
    directive.state = step(DIRECTIVE, directive.state, "issue", "Văn bản")
    day = vietnam_day(by.at)
    book = book_of(directive)
    number = next_number(directive.unit_id, day.year, book)
    IssuedNumber.objects.create(unit_id=directive.unit_id, year=day.year, book=book, number=number, directive=directive)
    directive.number, directive.content = number_text(number), content
    directive.text = text.replace(BLANK_NUMBER, number_text(number), 1) or directive.text
    directive.year, directive.month, directive.day, directive.issued_at = day.year, day.month, day.day, by.at
    directive.version += 1
    refresh_search(directive)
    directive.save()
    _write_citations(directive, citations)
    link_citations(directive)
    _retire_replaced(directive, by)
    _note_corrected(directive, corrects_id, by)
    fact = facts.DirectiveIssued(directive_id=directive.pk, unit_id=directive.unit_id, number=number, year=day.year)
    record(fact, by=by, about=_about(directive))
    return directive


def _write_citations(directive: Directive, cited: Sequence[CitedDocument]) -> None:
    own = directive.reference
    Citation.objects.bulk_create(
        [Citation(directive=directive, number=number[:80], reference=reference_of(number)[:80], date_text=day[:20],
                  issuer_name=issuer[:300], is_basis=basis)
         for number, day, issuer, basis in cited if reference_of(number) not in ("", own)],
        ignore_conflicts=True,
    )  # fmt: skip


def _note_corrected(directive: Directive, corrects_id: int | None, by: Author) -> None:
    if corrects_id is None:
        return
    old = locked(Directive, corrects_id)
    old.state = step(DIRECTIVE, old.state, "correct", "Văn bản được đính chính")
    old.version += 1
    old.save()
    fact = facts.DirectiveCorrected(directive_id=old.pk, by_id=directive.pk, unit_id=old.unit_id)
    record(fact, by=by, about=_about(old) + _about(directive))


def book_of(directive: Directive) -> str:
    """Which register a document is numbered in: one per kind."""
    return directive.kind or "công văn"


def number_text(number: int) -> str:
    """Nghị định 30/2020/NĐ-CP, Annex I: a zero before numbers below 10."""
    return f"{number:02d}"


def _check_replaced(directive: Directive) -> None:
    """A replacement goes no further once the document it replaces is no longer in force."""
    if directive.replaces and next_state(DIRECTIVE, directive.replaces.state, "replace") is None:
        label = DIRECTIVE[directive.replaces.state].label
        raise Conflict(f"Văn bản bị thay thế đang ở trạng thái “{label}”, không thay thế được nữa.")


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
    _add_files(Directive.objects.get(pk=directive_id), files, "issued", by)


def _add_files(directive: Directive, files: Iterable[KeptFile], role: str, by: Author) -> None:
    known = set(directive.files.filter(role=role).values_list("sha256", flat=True))
    for file in files:
        if file.sha256 not in known:
            SourceFile.objects.create(
                directive=directive, name=file.name[:200], content_type=file.content_type[:80], size=file.size,
                sha256=file.sha256, role=role, unit_id=directive.unit_id, at=by.at, by=by.account_id,
            )  # fmt: skip


@transaction.atomic
def keep_added_files(*, directive_id: int, files: Iterable[KeptFile], by: Author) -> None:
    """Files that came later for a document received. The same file again is kept once."""
    directive = Directive.objects.get(pk=directive_id)
    _add_files(directive, files, "attachment", by)


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
    """What the other side says became of a document (QCVN 102:2016 status codes).

    A word that comes late or twice changes nothing: a delivery never goes back, and a recall stands until answered.
    """
    rows = Delivery.objects.filter(directive_id=directive_id, unit_id=unit_id)
    row = (rows.select_for_update() if connection.features.has_select_for_update else rows).first()
    if row is None:
        raise Refused("Văn bản này không được gửi cho đơn vị đó.")
    if not goes_on(row.status, status):
        return
    row.status, row.note, row.changed_at = status, note[:300], by.at
    row.save()
    fact = facts.DeliveryChanged(directive_id=directive_id, unit_id=unit_id, status=status)
    record(fact, by=by, about=[f"directive:{directive_id}"])


@transaction.atomic
def remember_packet(*, directive_id: int, document_id: str) -> None:
    """Under which identifier a document went onto the exchange; answers name it."""
    Directive.objects.filter(pk=directive_id, exchange_id="").update(exchange_id=document_id[:120])


@transaction.atomic
def answer_sender(*, directive_id: int, status: str, by: Author) -> None:
    """Note what the sender of a document received was told of it."""
    record(facts.SenderAnswered(directive_id=directive_id, status=status), by=by, about=[f"directive:{directive_id}"])


@transaction.atomic
def refuse(*, directive_id: int, reason: str, by: Author) -> Directive:
    """A document received is not taken in: wrongly addressed, or faulty. Its arrival number stays used."""
    if not reason.strip():
        raise Refused("Từ chối tiếp nhận thì phải nêu lý do.", "reason")
    directive = _move(directive_id, "refuse")
    directive.reading = {**(directive.reading or {}), "refused": reason.strip()[:300]}
    directive.save(update_fields=["reading"])
    fact = facts.DirectiveRefused(directive_id=directive.pk, unit_id=directive.unit_id)
    record(fact, by=by, about=_about(directive))
    return directive


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
