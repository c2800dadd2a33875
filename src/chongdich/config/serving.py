"""Two processes under one parent: the server, and the worker. If either dies it is started again."""

import signal
import subprocess
import sys
import time
from types import FrameType

import click
from django.conf import settings

RESTART_SECONDS = 1.0


class Child:
    """A process that is kept alive."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name, self.command = name, command
        self.process = subprocess.Popen(command)

    def revive(self) -> None:
        """Start it again when it has ended."""
        code = self.process.poll()
        if code is not None:
            click.echo(f"{self.name} dừng (mã {code}), khởi động lại …", err=True)
            time.sleep(RESTART_SECONDS)
            self.process = subprocess.Popen(self.command)

    def end(self) -> None:
        """Ask it to stop, then wait."""
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def serve(host: str, port: int, *, with_worker: bool) -> None:
    """Until interrupted. One server process on SQLite (one writer), two on PostgreSQL."""
    sqlite = "sqlite" in settings.DATABASES["default"]["ENGINE"]
    server = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", "1" if sqlite else "2", "--blocking-threads", "4", "--no-ws", "--log-level", "error",
        "chongdich.config.wsgi:application",
    ]  # fmt: skip
    children = [Child("Máy chủ", server)]
    if with_worker:
        children.append(Child("Việc nền", [sys.executable, "-m", "chongdich", "work"]))
    click.echo(f"Chống dịch chạy tại http://{host}:{port} — nhấn Ctrl+C để dừng.")
    _keep_alive(children)


def _keep_alive(children: list[Child]) -> None:
    def leave(signum: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)
    try:
        while True:
            for child in children:
                child.revive()
            time.sleep(0.5)
    except (KeyboardInterrupt, SystemExit):
        for child in children:
            child.end()
