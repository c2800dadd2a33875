"""`chongdich presences check | rebuild | import`: the tracing store."""

import sys
from pathlib import Path

import click

from chongdich.config.cli import _django


@click.group(help="Kho truy vết: kiểm tra, dựng lại, nhập tệp có mặt.")
def command() -> None:
    _django.start()


@command.command(help="Kho truy vết có đúng như cơ sở dữ liệu nói không, kể cả từng tệp trên đĩa.")
def check() -> None:
    from chongdich.application.journeys.presence_store import check_presences
    from chongdich.jobs import clock

    problem = check_presences(clock.desk())
    click.echo(problem or "Kho truy vết nguyên vẹn.")
    sys.exit(1 if problem else 0)


@command.command(help="Dựng lại kho truy vết từ cơ sở dữ liệu và tệp đã lưu; số dòng giữ nguyên.")
def rebuild() -> None:
    from chongdich.application.journeys.presence_store import rebuild_presences
    from chongdich.jobs import clock

    click.echo(f"Đã dựng lại: {rebuild_presences(clock.desk())} dòng.")


@command.command("import", help="Nhập tệp .parquet hoặc .csv: cột person, place (số trong hệ thống), begins, ends.")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(path: Path) -> None:
    from chongdich.application.journeys.presences import import_presences
    from chongdich.jobs import clock

    batch = import_presences(clock.desk(), name=path.name, data=path.read_bytes())
    click.echo(f"Đã nhận {batch.count} dòng; việc nền đưa vào kho và truy vết lại.")
