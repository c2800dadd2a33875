"""How long a page, a file and a packet take. Run: python -m benchmarks.typesetting

Median of several runs after one that warms the fonts, on one core.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from statistics import median
from time import perf_counter

import pypdfium2 as pdfium

from chongdich.core.official_document import KINDS, Column, Level, OfficialDocument, Paragraph, PartialDate, Table
from chongdich.integrations.edxml import Attachment, Organ, packet_of, read, write
from chongdich.integrations.typesetting import render_docx, render_pdf, render_xlsx

_SENTENCE = "Thường xuyên kiểm tra, giám sát các cơ sở khám bệnh, chữa bệnh trên địa bàn và báo cáo kết quả hằng ngày. "
ONE_PAGE = OfficialDocument(
    "Ủy ban nhân dân tỉnh Mẫu",
    "UBND-VX",
    "Nơi Mẫu",
    PartialDate(2021, 11, 30),
    "phòng, chống dịch",
    number="1",
    body=tuple(Paragraph(_SENTENCE, Level.NUMBER) for _ in range(10)),
)
TEN_PAGES = replace(ONE_PAGE, kind=KINDS["KH"], body=tuple(Paragraph(_SENTENCE * 4, Level.NUMBER) for _ in range(80)))
ROWS = Table(
    tuple(Column(title) for title in ("TT", "Đơn vị", "Nhiệm vụ", "Hạn", "Kết quả")),
    tuple((number, f"Xã {number}", _SENTENCE, "30/11/2021", "Đã hoàn thành") for number in range(1000)),
)
REPORT = replace(ONE_PAGE, kind=KINDS["BC"], body=(ROWS,))
PACKET = packet_of(
    ONE_PAGE,
    sender=Organ("000.00.00.H03"),
    to=[Organ("000.11.00.H03")],
    at=datetime(2021, 11, 30, tzinfo=UTC),
    attachments=[Attachment("a.pdf", bytes(5_000_000))],
)


def _timed(name: str, work: Callable[[], bytes], runs: int = 7) -> None:
    made, times = work(), []
    for _ in range(runs):
        start = perf_counter()
        made = work()
        times.append(perf_counter() - start)
    pages = f"{len(pdfium.PdfDocument(made))} pages, " if made.startswith(b"%PDF") else ""
    print(f"{name:32} {median(times) * 1000:8.1f} ms   {pages}{len(made) / 1000:.0f} kB")


def main() -> None:
    _timed("PDF, one page", lambda: render_pdf(ONE_PAGE))
    _timed("PDF, plan", lambda: render_pdf(TEN_PAGES))
    _timed("PDF, table of 1,000 rows", lambda: render_pdf(REPORT), runs=3)
    _timed(".docx, one page", lambda: render_docx(ONE_PAGE))
    _timed(".docx, plan", lambda: render_docx(TEN_PAGES))
    _timed(".docx, table of 1,000 rows", lambda: render_docx(REPORT), runs=3)
    _timed(".xlsx, 1,000 rows", lambda: render_xlsx(ROWS))
    packed = write(PACKET)
    _timed("edXML written, 5 MB attached", lambda: write(PACKET))
    _timed("edXML read, 5 MB attached", lambda: (read(packed, "goi.edxml"), packed)[1])


if __name__ == "__main__":
    main()
