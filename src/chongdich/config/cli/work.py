"""`chongdich work`: the worker alone."""

import click

from chongdich.config.cli import _django


@click.command(help="Chạy riêng tiến trình xử lý việc nền.")
@click.option("--once", is_flag=True, help="Làm hết việc đang chờ rồi dừng.")
def command(once: bool) -> None:
    _django.start()
    from chongdich.jobs import clock, timetable
    from chongdich.jobs.worker import Worker

    if once:
        from chongdich.application.settling import settle_all

        timetable.run_due(clock.now())
        click.echo(f"{settle_all(worker='once', clock=clock.now, entropy=clock.entropy)} việc")
        return
    Worker().run()
