"""A table that goes upward: a report as an official document, ready for every writer."""

from collections.abc import Sequence

from chongdich.core.official_document import (
    KINDS,
    Align,
    Appendix,
    Block,
    Cell,
    Column,
    OfficialDocument,
    Paragraph,
    PartialDate,
    Recipient,
    Signatory,
    Table,
)

UNSIGNED = Signatory()
WIDE = 7  # from so many columns on, the table lies on its side


def table_report(
    title: str,
    columns: Sequence[Column | str],
    rows: Sequence[Sequence[Cell]],
    *,
    issuing_body: str,
    symbol: str,
    place: str,
    date: PartialDate,
    superior_body: str = "",
    number: str = "",
    addressees: Sequence[str] = (),
    introduction: Sequence[str] = (),
    closing: str | None = None,
    recipients: Sequence[Recipient] = (),
    archive: str = "",
    signatory: Signatory = UNSIGNED,
    total: bool = False,
    draft: bool = False,
) -> OfficialDocument:
    """A "Báo cáo" holding one table; a wide table goes to a landscape appendix of its own.

    `number` stays blank until the register gives one. The closing words keep the signature from standing alone.
    """
    table = Table(tuple(_column(column) for column in columns), tuple(tuple(row) for row in rows), total=total)
    told: list[Block] = [Paragraph(text) for text in introduction]
    wide = len(table.columns) >= WIDE
    if wide:
        told.append(Paragraph("Số liệu chi tiết tại Phụ lục kèm theo."))
    return OfficialDocument(
        issuing_body=issuing_body,
        superior_body=superior_body,
        number=number,
        symbol=symbol,
        place=place,
        date=date,
        kind=KINDS["BC"],
        abstract=title,
        addressees=tuple(addressees),
        body=tuple(told) if wide else (*told, table),
        closing=f"Trên đây là báo cáo của {issuing_body}" if closing is None else closing,
        recipients=tuple(recipients),
        archive=archive,
        signatory=signatory,
        appendices=(Appendix(title, (table,), landscape=True),) if wide else (),
        draft=draft,
    )


def _column(column: Column | str) -> Column:
    return column if isinstance(column, Column) else Column(column, align=Align.LEFT)
