"""The report at a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from chongdich.universe.drill.report.figures import Findings, Share
from chongdich.universe.drill.report.words import bases, percent, span, title

MOST_MISSED = 20


def show(findings: Findings, console: Console) -> None:
    """Print the whole report."""
    console.print(f"\n[bold]{title(findings)}[/bold]")
    console.print(span(findings))
    _shares("Người nhiễm", findings.people, console)
    _shares("Truy vết", findings.tracing, console)
    _grid(
        "Thời gian các bước (giờ)", ("Bước", "Số lượt", "Trung vị", "90 %", "Lâu nhất"),
        [(d.label, d.count, _number(d.median), _number(d.ninth), _number(d.longest)) for d in findings.delays], console,
    )  # fmt: skip
    _grid(
        "Thời hạn", ("Việc", "Giờ", "Đúng hạn", "Muộn", "Chưa xong", "Tỷ lệ"),
        [(c.label, f"{c.hours:g}", c.met, c.late, c.open, percent(c.share)) for c in findings.clocks], console,
    )  # fmt: skip
    for note in bases(findings):
        console.print(note, style="dim")
    _grid(
        "Theo địa bàn", ("Xã", "Nhiễm", "Phát hiện", "Tiếp xúc thật", "Tìm được", "Điều tra muộn", "Gọi muộn"),
        [(u.name, *u.numbers) for u in findings.units], console,
    )  # fmt: skip
    _grid(
        "Nhiệm vụ theo đơn vị", ("Đơn vị", "Đúng hạn", "Hoàn thành muộn", "Còn hạn", "Quá hạn"),
        [(d.name, d.in_time, d.late, d.open, d.overdue) for d in findings.duties], console,
    )  # fmt: skip
    _shares("Chất lượng số liệu", findings.quality, console)
    _missed(findings, console)


def _missed(findings: Findings, console: Console) -> None:
    rows = [
        (m.name, m.commune, f"{m.infected_on:%d/%m}", f"{m.onset_on:%d/%m}" if m.onset_on else "–", m.reason)
        for m in findings.missed[:MOST_MISSED]
    ]
    heads = ("Họ tên (bịa)", "Xã", "Nhiễm ngày", "Khởi phát", "Vì sao")
    _grid(f"Người nhiễm bị bỏ sót ({len(findings.missed)})", heads, rows, console)
    if len(findings.missed) > MOST_MISSED:
        console.print(f"… và {len(findings.missed) - MOST_MISSED} người nữa (xem --json).")


def _shares(name: str, shares: Sequence[Share], console: Console) -> None:
    rows = [(share.label, share.part, share.whole, percent(share)) for share in shares]
    _grid(name, ("Chỉ số", "Số", "Trên", "Tỷ lệ"), rows, console)


def _grid(name: str, heads: Sequence[str], rows: Sequence[Sequence[object]], console: Console) -> None:
    grid = Table(title=name, title_justify="left", title_style="bold", show_edge=False, pad_edge=False)
    for number, head in enumerate(heads):
        left = number == 0 or head in ("Vì sao", "Xã")
        grid.add_column(head, justify="left" if left else "right", overflow="fold")
    for row in rows:
        grid.add_row(*(str(cell) for cell in row))
    console.print()
    console.print(grid if rows else f"[bold]{name}[/bold]\n(không có)")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}".replace(".", ",")
