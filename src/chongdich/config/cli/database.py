"""`chongdich database backup | grant`."""

from pathlib import Path

import click

from chongdich.config.cli import _django


@click.group(help="Sao lưu; cấp quyền cho vai trò PostgreSQL của ứng dụng.")
def command() -> None:
    _django.start()


@command.command(help="Cấp cho vai trò PostgreSQL đúng các quyền cần thiết; không sửa, xóa được sổ cái.")
@click.argument("role")
def grant(role: str) -> None:
    from django.db import connection

    from chongdich.registry.ledger.protection import grant_application_role

    if connection.vendor != "postgresql":
        raise click.ClickException("Lệnh này chỉ dùng với PostgreSQL (DATABASE_URL=postgresql://…).")
    grant_application_role(role)
    click.echo(f"Đã cấp quyền cho {role}.")


@command.command(help="Sao lưu SQLite và kho tệp vào THƯ_MỤC trong khi hệ thống vẫn chạy.")
@click.argument("folder", type=click.Path(path_type=Path))
def backup(folder: Path) -> None:
    from chongdich.config.backup import back_up

    try:
        size, files = back_up(folder)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Đã sao lưu {size / 1e6:.1f} MB dữ liệu và {files} tệp vào {folder}.")
