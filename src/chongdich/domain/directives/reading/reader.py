"""`read`: from the plain text of an official document to everything a clerk would mark in it. Pure; never raises."""

import re
from datetime import date

from .body import ENDS, Context, Paragraph, read_clauses, read_paragraphs
from .citations import BASIS, read_bases, read_citations
from .head import Head, issuer_from_context, next_head, read_head
from .lines import Line, read_lines
from .result import Clause, Doubt, Reading
from .tail import Tail, find_tail, read_tail


def read(text: str, *, today: date | None = None) -> Reading:
    """Read a document. Spans point into `text` as given.

    `today` completes days written without a year when the document's own date is missing too. What cannot be read is
    None and told in `doubts`; nothing is invented.
    """
    lines = read_lines(text)
    if not lines:
        return Reading(doubts=(Doubt("text", "Văn bản không có chữ."),))
    head = read_head(lines)
    end = next_head(lines, max(head.body, 1))
    first, after = find_tail(lines, head.body, end)
    tail = read_tail(lines, first, after)
    issuer_from_context(head, tail.signatory.on_behalf_of)
    paragraphs = _up_to_the_end(read_paragraphs(lines[head.body : first]))
    clauses = _clauses(lines, head, tail, end, paragraphs, today)
    return _reading(head, tail, paragraphs, clauses, lines[after:end])


def _clauses(
    lines: list[Line], head: Head, tail: Tail, end: int, paragraphs: list[Paragraph], today: date | None
) -> tuple[Clause, ...]:
    when = head.date.value
    year = when.year if when else today.year if today else None
    kind = head.kind.value or "công văn"
    body = read_clauses(_after_enacting(paragraphs), Context(kind, head.addressees, year))
    annex = _annex_part(read_paragraphs(lines[tail.end : end])) if tail.end < end else []
    return body + (read_clauses(annex, Context(kind, (), year, annex=True)) if annex else ())


def _up_to_the_end(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """What stands between the closing "./." and the recipients (a list of enclosures) orders nothing."""
    last = max((i for i, p in enumerate(paragraphs) if ENDS.search(p.whole.text)), default=None)
    if last is None or len(paragraphs) - last > 12:
        return paragraphs
    return (
        paragraphs[: last + 1]
        if all(not p.mark or p.mark.kind == "dash" for p in paragraphs[last + 1 :])
        else paragraphs
    )


def _annex_part(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """An annex up to its own appendices and forms."""
    for i, paragraph in enumerate(paragraphs[1:], 1):
        if (
            re.match(r"\W*(?:phu luc|mau so|mau bieu|bieu mau|danh sach)\b", paragraph.whole.folded)
            and len(paragraph.whole) < 70
        ):
            return paragraphs[:i]
    return paragraphs


def _after_enacting(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """In a decision the clauses come after "QUYẾT ĐỊNH:"."""
    for i, paragraph in enumerate(paragraphs):
        if (
            paragraph.text.folded.strip(" .:*") in ("quyet dinh", "quyet nghi")
            and paragraph.text.text.strip(" .:*").isupper()
        ):
            return paragraphs[i + 1 :]
    return paragraphs


def _reading(
    head: Head, tail: Tail, paragraphs: list[Paragraph], clauses: tuple[Clause, ...], annex: list[Line]
) -> Reading:
    own = f"{head.number.value}/{head.symbol.value}" if head.number.value else None
    passages = [head.subject_passage] if head.subject_passage else []
    passages += [p.whole for p in paragraphs] + [p.whole for p in read_paragraphs(annex)]
    bases = read_bases([p.whole for p in paragraphs if BASIS.match(p.whole.folded)])
    return Reading(
        number=head.number,
        symbol=head.symbol,
        date=head.date,
        place=head.place,
        kind=head.kind,
        issuer=head.issuer,
        superior=head.superior,
        subject=head.subject,
        urgency=head.urgency,
        archive=tail.archive,
        received=head.received,
        signatory=tail.signatory,
        addressees=head.addressees,
        bases=bases,
        citations=read_citations(passages, own),
        recipients=tail.recipients,
        clauses=clauses,
        doubts=tuple(_doubts(head, tail, clauses)),
    )


def _doubts(head: Head, tail: Tail, clauses: tuple[Clause, ...]) -> list[Doubt]:
    told = [(name, getattr(head, name)) for name in ("number", "date", "issuer")] + [("signatory", tail.signatory)]
    doubts = [Doubt(name, value.doubt, value.span) for name, value in told if value.doubt]
    missing = (
        ("issuer", head.issuer, "cơ quan ban hành"),
        ("subject", head.subject, "trích yếu"),
        ("symbol", head.symbol, "số, ký hiệu"),
    )
    doubts += [Doubt(name, f"Không thấy {word}.") for name, value, word in missing if not value.value]
    if head.date.value is None:
        doubts.append(Doubt("date", "Không thấy ngày ban hành."))
    doubts += [Doubt(f"clauses.{i}", clause.doubt, clause.span) for i, clause in enumerate(clauses) if clause.doubt]
    return doubts
