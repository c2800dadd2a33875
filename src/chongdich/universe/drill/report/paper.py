"""The report as an official document: the house's own model, from which a PDF and an editable file are made."""

from collections.abc import Sequence

from chongdich.core.official_document import (
    KINDS,
    Align,
    Appendix,
    Block,
    Cell,
    Column,
    Level,
    OfficialDocument,
    Paragraph,
    PartialDate,
    Signatory,
    Table,
)
from chongdich.universe.drill.report.figures import Findings, Share
from chongdich.universe.drill.report.words import bases, percent, span

ISSUER, SUPERIOR = "Ban Chỉ đạo phòng, chống dịch Covid-19 tỉnh Bắc Kạn", "Ủy ban nhân dân tỉnh Bắc Kạn"
MOST_MISSED = 200


def document_of(findings: Findings) -> OfficialDocument:
    """The after-action report, unnumbered and unsigned: a draft for whoever answers for it."""
    return OfficialDocument(
        issuing_body=ISSUER, superior_body=SUPERIOR, symbol="BC-BCĐ", place="Bắc Kạn",
        date=PartialDate.of(findings.until), kind=KINDS["BC"],
        abstract="Kết quả diễn tập phòng, chống dịch COVID-19" + ("" if findings.finished else " (chưa kết thúc)"),
        body=tuple(_body(findings)), closing="", archive="VT",
        signatory=Signatory(title="NGƯỜI CHỦ TRÌ DIỄN TẬP"), appendices=_missed(findings), draft=True,
    )  # fmt: skip


def _body(findings: Findings) -> list[Block]:
    return [
        Paragraph("Tên người, số liệu trong báo cáo đều do máy bịa ra để diễn tập. " + span(findings)),
        _heading("Phát hiện người nhiễm"), _shares(findings.people),
        _heading("Truy vết người tiếp xúc"), _shares(findings.tracing),
        _heading("Thời gian của các bước, tính bằng giờ"),
        _table(("Bước", 6), ("Số lượt", 1.5), ("Trung vị", 1.6), ("90 % dưới", 1.7), ("Lâu nhất", 1.7), rows=[
            (d.label, d.count, _number(d.median), _number(d.ninth), _number(d.longest)) for d in findings.delays
        ]),
        _heading("Việc thực hiện thời hạn"), *_clocks(findings),
        _heading("Kết quả theo địa bàn"),
        _table(("Xã", 3), ("Người nhiễm", 1.7), ("Phát hiện", 1.7), ("Tiếp xúc thật", 1.7), ("Tìm được", 1.6),
               ("Điều tra muộn", 1.6), ("Gọi F1 muộn", 1.6), rows=[
                   (u.name, *u.numbers) for u in findings.units
               ]),
        _heading("Nhiệm vụ theo đơn vị"),
        _table(("Đơn vị", 5), ("Đúng hạn", 1.5), ("Muộn", 1.5), ("Còn hạn", 1.5), ("Quá hạn", 1.5), rows=[
            (d.name, d.in_time, d.late, d.open, d.overdue) for d in findings.duties
        ]),
        _heading("Chất lượng số liệu"), _shares(findings.quality),
    ]  # fmt: skip


def _heading(text: str) -> Paragraph:
    return Paragraph(text, Level.NUMBER, heading=True)


def _clocks(findings: Findings) -> list[Block]:
    rows = [(c.label, f"{c.hours:g}", c.met, c.late, c.open, percent(c.share)) for c in findings.clocks]
    table = _table(("Việc", 5), ("Trong (giờ)", 1.5), ("Đúng hạn", 1.5), ("Muộn", 1.3), ("Quá hạn, chưa xong", 2),
                   ("Tỷ lệ", 1.6), rows=rows)  # fmt: skip
    return [table, *(Paragraph(note, Level.DASH) for note in bases(findings))]


def _shares(shares: Sequence[Share]) -> Table:
    rows = [(share.label, share.part, share.whole, percent(share)) for share in shares]
    return _table(("Chỉ số", 7), ("Số", 1.3), ("Trên", 1.3), ("Tỷ lệ", 1.8), rows=rows)


def _missed(findings: Findings) -> tuple[Appendix, ...]:
    if not findings.missed:
        return ()
    rows = [
        (number, m.name, m.commune, m.infected_on, m.onset_on, m.reason)
        for number, m in enumerate(findings.missed[:MOST_MISSED], start=1)
    ]
    columns = (("TT", 1), ("Họ tên (bịa)", 3.2), ("Xã", 2), ("Nhiễm ngày", 2), ("Khởi phát", 2), ("Vì sao", 5))
    more = len(findings.missed) - len(rows)
    rest = [Paragraph(f"Và {more} người nữa.")] if more else []
    return (
        Appendix("Người nhiễm bị bỏ sót", (_table(*columns, rows=rows, words=("Vì sao", "Xã", "Họ tên (bịa)")), *rest)),
    )


def _table(*columns: tuple[str, float], rows: Sequence[Sequence[Cell]], words: Sequence[str] = ()) -> Table:
    made = tuple(
        Column(title, width, Align.LEFT if number == 0 or title in words else Align.RIGHT)
        for number, (title, width) in enumerate(columns)
    )
    return Table(made, tuple(tuple(row) for row in rows))


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}".replace(".", ",")
