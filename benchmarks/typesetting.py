"""How long a page, a file and a packet take. Run: python -m benchmarks.typesetting

Median of several runs after one that warms the fonts, on one core. Each run sets other words, since Typst keeps what
it has set before.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from statistics import median
from time import perf_counter

import pypdfium2 as pdfium

from chongdich.core.official_document import KINDS, Column, Level, OfficialDocument, Paragraph, PartialDate, Table
from chongdich.integrations.edxml import Attachment, Organ, Packet, packet_of, read, write
from chongdich.integrations.typesetting import render_docx, render_pdf, render_xlsx

_SENTENCE = "Thường xuyên kiểm tra, giám sát các cơ sở khám bệnh, chữa bệnh trên địa bàn và báo cáo kết quả hằng ngày. "


def one_page(run: int) -> OfficialDocument:
    return OfficialDocument(
        "Ủy ban nhân dân tỉnh Mẫu",
        "UBND-VX",
        "Nơi Mẫu",
        PartialDate(2021, 11, 30),
        "phòng, chống dịch",
        number=str(run + 1),
        body=tuple(Paragraph(f"Lần {run}, ý {place}. {_SENTENCE}", Level.NUMBER) for place in range(10)),
    )


def plan(run: int) -> OfficialDocument:
    body = tuple(Paragraph(f"Lần {run}, ý {place}. {_SENTENCE * 4}", Level.NUMBER) for place in range(80))
    return replace(one_page(run), kind=KINDS["KH"], body=body)


def rows(run: int) -> Table:
    columns = (Column("TT"), Column("Đơn vị", 3), Column("Nhiệm vụ", 8), Column("Hạn", 2.5), Column("Kết quả", 3))
    done = (f"Lần {run}, {_SENTENCE}", "30/11/2021", "Đã hoàn thành")
    return Table(columns, tuple((number, f"Xã {number}", *done) for number in range(1000)))


def report(run: int) -> OfficialDocument:
    return replace(one_page(run), kind=KINDS["BC"], body=(rows(run),))


def packet(run: int) -> Packet:
    return packet_of(
        one_page(run),
        sender=Organ("000.00.00.H03"),
        to=[Organ("000.11.00.H03")],
        at=datetime(2021, 11, 30, tzinfo=UTC),
        attachments=[Attachment("a.pdf", bytes(5_000_000))],
    )


def _timed(name: str, work: Callable[[int], bytes], runs: int = 7) -> None:
    made, times = work(0), []
    for run in range(1, runs + 1):
        start = perf_counter()
        made = work(run)
        times.append(perf_counter() - start)
    pages = f"{len(pdfium.PdfDocument(made))} pages, " if made.startswith(b"%PDF") else ""
    print(f"{name:32} {median(times) * 1000:8.1f} ms   {pages}{len(made) / 1000:.0f} kB")


def main() -> None:
    _timed("PDF, one page", lambda run: render_pdf(one_page(run)))
    _timed("PDF, plan", lambda run: render_pdf(plan(run)))
    _timed("PDF, table of 1,000 rows", lambda run: render_pdf(report(run)), runs=3)
    _timed(".docx, one page", lambda run: render_docx(one_page(run)))
    _timed(".docx, plan", lambda run: render_docx(plan(run)))
    _timed(".docx, table of 1,000 rows", lambda run: render_docx(report(run)), runs=3)
    _timed(".xlsx, 1,000 rows", lambda run: render_xlsx(rows(run)))
    packed = write(packet(0))
    _timed("edXML written, 5 MB attached", lambda run: write(packet(run)))
    _timed("edXML read, 5 MB attached", lambda run: (read(packed, "goi.edxml"), packed)[1])


if __name__ == "__main__":
    main()
