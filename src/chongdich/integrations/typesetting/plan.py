"""From a document to what stands on the page: every word cased, punctuated, broken and measured, not yet drawn.

Both writers draw this one plan, so the PDF and the editable file say the same in the same places.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from chongdich.core.official_document import (
    Appendix,
    Block,
    Channel,
    Column,
    Level,
    OfficialDocument,
    Paragraph,
    PartialDate,
    Recipient,
    Table,
    marked,
    roman,
)
from chongdich.core.printable import clean, clean_lines, upper
from chongdich.integrations.typesetting import decree30 as decree
from chongdich.integrations.typesetting.cells import cell_text
from chongdich.integrations.typesetting.measure import balanced, longest

END = "./."
_BLANK_NUMBER = "\u00a0" * 8
_BLANK_DAY = "\u00a0" * 6
_CHANNELS = {
    Channel.UNSAID: "",
    Channel.ELECTRONIC: "Gửi bản điện tử:",
    Channel.PAPER: "Gửi bản giấy:",
}


@dataclass(frozen=True, slots=True)
class Laid:
    """A paragraph ready to print; `centred` ones have no first-line indent."""

    text: str
    style: str = "body"
    centred: bool = False
    lead: str = ""  # bold words before the text


@dataclass(frozen=True, slots=True)
class LaidTable:
    columns: tuple[str, ...]
    shares: tuple[float, ...]
    aligns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Stamp:
    text: str
    width: float
    red: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Recipients of one channel; the heading is empty when all get it the same way."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LaidAppendix:
    heading: str
    title: str
    note: str
    blocks: tuple[Laid | LaidTable, ...]
    landscape: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is drawn, in the order of the decree's diagram. Lengths of rules are millimetres."""

    superior: tuple[str, ...]
    issuing: tuple[str, ...]
    issuing_rule: float
    motto_rule: float
    number: str
    subject: tuple[str, ...]
    place: str
    stamps: tuple[Stamp, ...]
    kind: str
    abstract: tuple[str, ...]
    abstract_rule: float
    addressees: tuple[str, ...]
    enacting_body: tuple[str, ...]
    bases: tuple[str, ...]
    enacting_word: str
    blocks: tuple[Laid | LaidTable, ...]
    recipients: tuple[Group, ...]
    authority: tuple[str, ...]
    name: str
    drafter: str
    contact: str
    draft: bool
    subject_of_file: str
    author: str
    date: tuple[int, int, int]
    dated: bool
    appendices: tuple[LaidAppendix, ...] = field(default=())


def lay_out(document: OfficialDocument) -> Plan:
    """The plan of a document."""
    room = decree.HEAD_LEFT - 2 * decree.CELL_PADDING
    issuing = balanced(upper(clean_lines(document.issuing_body)), "issuing", room)
    abstract = () if document.is_letter else balanced(clean(document.abstract), "abstract", decree.TEXT_WIDTH - 20)
    signed = bool(document.signatory.title or document.signatory.name)
    day = document.date
    return Plan(
        superior=balanced(upper(clean_lines(document.superior_body)), "superior", room),
        issuing=issuing,
        issuing_rule=_short(longest(issuing, "issuing")),
        motto_rule=longest((decree.MOTTO,), "motto"),
        number=f"Số: {clean(document.printed_number) or _BLANK_NUMBER}/{clean(document.symbol)}",
        subject=_subject(document, room),
        place=f"{clean(document.place)}, {said_date(document.date)}",
        stamps=_stamps(document),
        kind="" if document.is_letter else upper(clean(document.kind.name)),
        abstract=abstract,
        abstract_rule=_short(longest(abstract, "abstract")),
        addressees=_listed(clean(name) for name in document.addressees),
        enacting_body=balanced(upper(clean(document.enacting_body)), "authority", decree.TEXT_WIDTH - 20),
        bases=_listed(clean(basis) for basis in document.legal_bases),
        enacting_word=f"{upper(clean(document.enacting_word))}:" if document.enacting_word else "",
        blocks=_ended(_blocks((*document.body, *_closing(document)))),
        recipients=_groups(document),
        authority=_authority(document),
        name=clean(document.signatory.name) if signed else "",
        drafter=_drafter(document),
        contact=clean(document.contact),
        draft=document.draft,
        subject_of_file=clean(f"{document.kind.name} {document.number_and_symbol}: {document.abstract}"),
        author=clean(document.issuing_body),
        date=(day.year, day.month or 1, day.day or 1),
        dated=day.full is not None,
        appendices=_appendices(document),
    )


def said_date(day: PartialDate) -> str:
    """ "ngày 08 tháng 12 năm 2020": a zero before days below 10 and before January and February; blanks stay blank."""
    number = f"{day.day:02d}" if day.day else _BLANK_DAY
    month = "\u00a0" * 5 if not day.month else f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {number} tháng {month} năm {day.year}"


def _short(length: float) -> float:
    return round(length * decree.SHORT_RULE, 2)


def _subject(document: OfficialDocument, room: float) -> tuple[str, ...]:
    if not document.is_letter or not document.abstract:
        return ()
    return balanced(f"V/v {clean(document.abstract)}", "subject", room)


def _stamps(document: OfficialDocument) -> tuple[Stamp, ...]:
    red = [Stamp(text, decree.STAMP_WIDTHS[text]) for text in (document.secrecy, document.urgency) if text]
    noted = [upper(clean(note)) for note in document.circulation]
    return (*red, *(Stamp(note, longest((note,), "stamp") + 6, red=False) for note in noted))


def _listed(lines: Iterable[str]) -> tuple[str, ...]:
    """Each line with the semicolon or, the last, the full stop that the decree asks for."""
    bare = [line.rstrip(" ;.") for line in lines]
    return tuple(f"{line};" for line in bare[:-1]) + tuple(f"{line}." for line in bare[-1:])


def _closing(document: OfficialDocument) -> tuple[Paragraph, ...]:
    return (Paragraph(document.closing),) if document.closing else ()


def _blocks(body: Iterable[Block]) -> tuple[Laid | LaidTable, ...]:
    laid: list[Laid | LaidTable] = []
    for marker, block in marked(body):
        laid.extend(_table(block) if isinstance(block, Table) else _paragraph(clean(marker), block))
    return tuple(laid)


def _paragraph(marker: str, paragraph: Paragraph) -> tuple[Laid, ...]:
    text = clean(paragraph.text)
    if paragraph.level is Level.PART:
        return (Laid(marker, "heading", centred=True), Laid(upper(text), "heading", centred=True))
    style = "heading" if paragraph.heading else "basis" if paragraph.italic else "body"
    if paragraph.heading and paragraph.level is Level.ROMAN:
        text = upper(text)
    if paragraph.lead or paragraph.level is Level.ARTICLE:
        return (Laid(text, style, lead=f"{marker} {clean(paragraph.lead)}".strip()),)
    return (Laid(f"{marker} {text}".strip(), style),)


def _table(table: Table) -> tuple[Laid | LaidTable, ...]:
    laid = LaidTable(
        columns=tuple(clean(column.title) for column in table.columns),
        shares=tuple(max(float(column.width), 0.1) for column in table.columns),
        aligns=tuple(str(column.align) for column in table.columns),
        rows=tuple(_row(table.columns, row) for row in table.rows),
        total=table.total and bool(table.rows),
    )
    return (Laid(clean(table.caption), "heading", centred=True), laid) if table.caption else (laid,)


def _row(columns: tuple[Column, ...], row: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(clean(cell_text(cell)) for _, cell in zip(columns, row, strict=True))


def _ended(blocks: tuple[Laid | LaidTable, ...]) -> tuple[Laid | LaidTable, ...]:
    """The mark "./." after the last words of the content; none after a table."""
    if not blocks or isinstance(last := blocks[-1], LaidTable) or last.text.endswith(END):
        return blocks
    return (*blocks[:-1], replace(last, text=last.text.rstrip(" ./") + END))


def _groups(document: OfficialDocument) -> tuple[Group, ...]:
    channels = list(dict.fromkeys(recipient.channel for recipient in document.recipients))
    groups = [
        Group(_CHANNELS[channel], tuple(_recipient(each) for each in document.recipients if each.channel is channel))
        for channel in channels
    ]
    if not document.archive:
        return tuple(groups)
    last = f"- Lưu: {clean(document.archive).rstrip(' .')}."
    if not groups:
        return (Group("", (last,)),)
    return (*groups[:-1], replace(groups[-1], lines=(*groups[-1].lines, last)))


def _recipient(recipient: Recipient) -> str:
    purpose = f" ({clean(recipient.purpose)})" if recipient.purpose else ""
    return f"- {clean(recipient.name).rstrip(' ;.')}{purpose};"


def _authority(document: OfficialDocument) -> tuple[str, ...]:
    room = decree.TEXT_WIDTH - decree.RECIPIENTS_WIDTH - 2 * decree.CELL_PADDING
    said = [*document.signatory.authority, document.signatory.title]
    return tuple(line for each in said for line in balanced(upper(clean(each)), "authority", room))


def _drafter(document: OfficialDocument) -> str:
    copies = f"({document.copies})" if document.copies else ""
    return ".".join(part for part in (clean(document.drafter).rstrip("."), copies) if part)


def _appendices(document: OfficialDocument) -> tuple[LaidAppendix, ...]:
    numbered = len(document.appendices) > 1
    return tuple(
        _appendix(document, appendix, roman(number) if numbered else "")
        for number, appendix in enumerate(document.appendices, start=1)
    )


def _appendix(document: OfficialDocument, appendix: Appendix, number: str) -> LaidAppendix:
    kind = clean(document.kind.name)
    source = f"{clean(document.printed_number) or _BLANK_NUMBER}/{clean(document.symbol)}"
    body = clean(document.issuing_body)
    return LaidAppendix(
        heading=f"Phụ lục {number}".strip(),
        title=upper(clean(appendix.title)),
        note=f"(Kèm theo {kind} số {source} {said_date(document.date)} của {body})",
        blocks=_blocks(appendix.body),
        landscape=appendix.landscape,
    )
