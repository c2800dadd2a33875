"""`chongdich serve`: the server, and with it the worker that settles what follows from facts."""

import click

from chongdich.config.cli import _django


@click.command(help="Chạy máy chủ (và tiến trình xử lý việc nền) tại 127.0.0.1:8000.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--no-worker", is_flag=True, help="Không chạy tiến trình nền; dùng khi nó chạy ở máy khác.")
def command(host: str, port: int, no_worker: bool) -> None:
    _django.start()
    from chongdich.config.serving import serve

    serve(host, port, with_worker=not no_worker)
