"""`chongdich setup`: database, places, bodies, a believable province, a first administrator. Safe to repeat."""

import click

from chongdich.config.cli import _django


@click.command(help="Chuẩn bị cơ sở dữ liệu, danh mục và tỉnh mẫu; chạy lại không mất gì.")
@click.option("--empty", is_flag=True, help="Không tạo tỉnh mẫu (chỉ danh mục địa bàn, đơn vị và quản trị viên).")
@click.option("--address", default="http://127.0.0.1:8000", help="Địa chỉ máy chủ, để in liên kết.")
def command(empty: bool, address: str) -> None:
    if not empty:
        _begin_demonstration()
    _django.start()
    from django.core.management import call_command

    from chongdich.config.first_start import first_start

    call_command("migrate", verbosity=0, interactive=False)
    for line in first_start(empty=empty, address=address.rstrip("/")):
        click.echo(line)


def _begin_demonstration() -> None:
    """The sample province lives on the morning of 29 November 2021; its clock runs on from there."""
    import os
    from datetime import UTC, datetime
    from pathlib import Path

    from chongdich.config.housetime import start_demonstration

    var = Path(os.environ.get("CHONGDICH_VAR", "var")).resolve()
    if not (var / "chongdich.sqlite3").exists():
        start_demonstration(var, datetime(2021, 11, 29, 0, 30, tzinfo=UTC))
