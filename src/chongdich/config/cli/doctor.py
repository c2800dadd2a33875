"""`chongdich doctor`: is this installation well, and what to do when not."""

import sys

import click

from chongdich.config.cli import _django


@click.command(help="Kiểm tra phiên bản, cấu hình, đĩa, đồng hồ, sổ cái; nói phải làm gì khi có chỗ hỏng.")
def command() -> None:
    _django.start()
    from rich.console import Console
    from rich.table import Table

    from chongdich.config.checkup import examine

    table = Table(box=None, pad_edge=False)
    for title in ("", "Kiểm tra", "Kết quả", "Cần làm"):
        table.add_column(title)
    findings = list(examine())
    for one in findings:
        table.add_row("[green]✓[/]" if one.good else "[red]✗[/]", one.name, one.found, one.remedy)
    Console().print(table)
    bad = sum(not one.good for one in findings)
    click.echo("Hệ thống tốt." if not bad else f"{bad} chỗ cần sửa.")
    sys.exit(1 if bad else 0)
