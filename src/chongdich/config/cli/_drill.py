"""What `chongdich drill` is made of beside its commands: the options of a drill, Ctrl+C, a line a day."""

import signal
import time
from collections.abc import Callable
from typing import Any

import click

from chongdich.config.cli.law import Day
from chongdich.universe.drill.options import Options

DEFAULT = Options()


def drill_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that make a drill; left out, they are as the drill in the folder has them."""
    words: list[tuple[str, type, str]] = [
        ("seed", int, "Hạt giống: cùng hạt giống là cùng một ổ dịch."),
        ("days", int, "Số ngày diễn tập."),
        ("people", int, "Số dân giả lập của các xã."),
        ("introductions", int, "Số người mang mầm bệnh về lúc bắt đầu."),
        ("variant", str, "Gói tham số biến thể: ancestral, alpha, delta."),
        ("r0", float, "Số lây cơ bản khi không ai làm gì."),
        ("staff", str, "auto: nhân viên tự động; none: người thật làm trên màn hình."),
        ("slowness", float, "Mức chậm của nhân viên tự động (0: làm ngay, 1: bình thường, 3: quá tải)."),
        ("noise", float, "Mức nhiễu số liệu (0: không sai sót, 1: như thường gặp)."),
        ("interviewers", int, "Số người điều tra dịch tễ."),
        ("tracers", int, "Số người gọi điện cho người tiếp xúc."),
        ("other_samples", int, "Số người không nhiễm được lấy mẫu mỗi ngày."),
    ]
    for name, kind, help_ in reversed(words):
        shown = f"{help_} [mặc định: {getattr(DEFAULT, name)}]"
        command = click.option(f"--{name.replace('_', '-')}", name, type=kind, help=shown)(command)
    command = click.option("--communes", help="Mã các xã, cách nhau dấu phẩy.")(command)
    return click.option("--start", type=Day(), help="Ngày đầu theo giờ diễn tập.")(command)


class Stopping:
    """Ctrl+C asks the drill to stop between two happenings; a second one stops at once (the database rolls back)."""

    def __init__(self) -> None:
        self._asked = False
        signal.signal(signal.SIGINT, self._note)
        signal.signal(signal.SIGTERM, self._note)

    def _note(self, signum: int, frame: Any) -> None:
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True

    def asked(self) -> bool:
        return self._asked

    def sleep(self, seconds: float) -> None:
        """Sleep, but wake when asked to stop."""
        until = time.monotonic() + seconds
        while not self._asked and (left := until - time.monotonic()) > 0:
            time.sleep(min(0.2, left))


class Telling:
    """A line a day."""

    def __init__(self) -> None:
        self._day = -1

    def __call__(self, stage: Any, one: Any) -> None:
        if one.kind == "day" and stage.day != self._day:
            self._day = stage.day
            from chongdich.domain.cases.models import Case

            infected = len(stage.truth.infections())
            cases = Case.objects.filter(classification="confirmed").count()
            click.echo(f"{stage.today:%d/%m/%Y}  nhiễm {infected:5}  ca đã xác định {cases:5}")
