"""An official document as plain text, in the order a reader expects: head, body, recipients, signatory."""

from collections.abc import Iterable, Iterator

from chongdich.core.official_document import Block, Channel, OfficialDocument, Paragraph, PartialDate, marked


def plain_text(document: OfficialDocument) -> str:
    """The whole document, components parted by blank lines. Tables are given row by row."""
    parts = [
        *_head(document),
        *_body(document),
        _recipients(document),
        _signatory(document),
        *(part for appendix in document.appendices for part in (f"PHỤ LỤC\n{appendix.title}", *_blocks(appendix.body))),
    ]
    return "\n\n".join(part for part in parts if part.strip())


def _head(document: OfficialDocument) -> Iterator[str]:
    yield "\n".join(filter(None, (document.superior_body.upper(), document.issuing_body.upper())))
    yield "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    yield f"Số: {document.number_and_symbol}"
    yield f"{document.place}, {date_words(document.date)}"
    if document.urgency:
        yield str(document.urgency)
    if document.is_letter:
        yield f"V/v {document.abstract}"
    else:
        yield f"{document.kind.name.upper()}\n{document.abstract}"
    if document.addressees:
        yield "Kính gửi:\n\n" + "\n".join(f"- {name};" for name in document.addressees)


def _body(document: OfficialDocument) -> Iterator[str]:
    yield document.enacting_body
    yield from document.legal_bases
    yield f"{document.enacting_word}:" if document.enacting_word else ""
    yield from _blocks(document.body)
    yield f"{document.closing.removesuffix('./.').rstrip()}./." if document.closing else ""


def _blocks(body: Iterable[Block]) -> Iterator[str]:
    for mark, block in marked(body):
        if isinstance(block, Paragraph):
            yield " ".join(filter(None, (mark, block.lead, block.text)))
        else:
            yield "\n".join(" | ".join("" if cell is None else str(cell) for cell in row) for row in block.rows)


def _recipients(document: OfficialDocument) -> str:
    lines = ["Nơi nhận:"]
    electronic = [r for r in document.recipients if r.channel is not Channel.PAPER]
    paper = [r for r in document.recipients if r.channel is Channel.PAPER]
    for title, group in (("Gửi bản điện tử:", electronic), ("Gửi bản giấy:", paper)):
        if group:
            lines += [title, *(f"- {r.name}{f' ({r.purpose})' if r.purpose else ''};" for r in group)]
    return "\n".join([*lines, f"- Lưu: {document.archive}."])


def _signatory(document: OfficialDocument) -> str:
    signatory = document.signatory
    return "\n".join(filter(None, (*signatory.authority, signatory.title, signatory.name)))


def date_words(day: PartialDate) -> str:
    """ "ngày 08 tháng 12 năm 2020"; what is not known stays blank."""
    month = "" if day.month is None else f"{day.month:02d}" if day.month < 3 else str(day.month)
    number = "" if day.day is None else f"{day.day:02d}"
    return f"ngày {number} tháng {month} năm {day.year}"
