"""`chongdich drill`: hold a drill, go on with one, report on it. Never on real data (`universe/drill/apart.py`)."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from chongdich.config.cli import _django
from chongdich.config.cli._drill import Stopping, Telling, drill_options
from chongdich.config.cli.law import in_words
from chongdich.core.errors import Refused
from chongdich.universe.drill import apart
from chongdich.universe.drill.options import Options, check

FASTEST_SPEED, SLOWEST_SPEED = 0.1, 3600.0  # real seconds an hour of the drill

folder_option = click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="Thư mục riêng của cuộc diễn tập."
)


@click.group(invoke_without_command=True)
@folder_option
@click.option("--database", default="", help="Cơ sở dữ liệu riêng (mặc định: SQLite trong thư mục diễn tập).")
@click.option("--speed", type=float, help="Số giây thật cho một giờ diễn tập (ví dụ 60).")
@click.option("--fast", is_flag=True, help="Chạy nhanh hết mức máy cho phép.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Ghi báo cáo cuối cùng ra tệp JSON.")
@drill_options
@click.pass_context
@in_words
def command(
    ctx: click.Context, folder: Path | None, database: str, speed: float | None, fast: bool, json_file: Path | None,
    **given: Any,
) -> None:  # fmt: skip
    """Diễn tập: máy giả lập một ổ dịch qua chính các cửa của hệ thống; nhân viên thực hành trên màn hình thật.

    Chạy lại lệnh này trong cùng thư mục để tiếp tục cuộc diễn tập đang dở. Ctrl+C để dừng.
    """
    ctx.obj = _folder(folder)
    if ctx.invoked_subcommand is not None:
        return
    seconds = _seconds(speed, fast)
    options, address = _options(ctx.obj, database, given)
    _enter(ctx.obj, options, address)
    _play(ctx.obj, options, seconds, json_file)


def _folder(folder: Path | None) -> Path:
    return (folder or apart.usual_folder(os.environ)).resolve()


def _seconds(speed: float | None, fast: bool) -> float:
    if fast == (speed is not None):
        raise Refused("Chọn một trong hai: --speed SỐ_GIÂY hoặc --fast.", "speed")
    if fast:
        return 0.0
    assert speed is not None
    if not FASTEST_SPEED <= speed <= SLOWEST_SPEED:
        raise Refused(f"Tham số “speed” phải nằm trong khoảng [0,1; 3600], đang là {speed:g}.", "speed", "out_of_range")
    return speed


def _options(folder: Path, database: str, given: dict[str, Any]) -> tuple[Options, str]:
    """The options of the drill in the folder, or of a new one. Refused when they do not agree."""
    apart.check_apart(folder, database, os.environ)
    asked = {name: value for name, value in given.items() if value is not None}
    if "communes" in asked:
        asked["communes"] = tuple(code.strip() for code in asked["communes"].split(",") if code.strip())
    kept = apart.read_mark(folder)
    if kept is None:
        return check(Options(**asked)), database
    different = [name for name, value in asked.items() if getattr(kept[0], name) != value]
    if different:
        raise Refused(
            f"Thư mục {folder} đang có cuộc diễn tập khác (khác: {', '.join(different)}). "
            "Bỏ các tham số này để chạy tiếp, hoặc dùng --folder khác.", different[0],
        )  # fmt: skip
    return kept


def _enter(folder: Path, options: Options, address: str) -> None:
    """Point this process at the drill's own house, made ready."""
    apart.enter(folder, address, os.environ)
    folder.mkdir(parents=True, exist_ok=True)
    _django.start()
    from chongdich.config.drilling import prepare

    prepare(folder, options, address)


def _play(folder: Path, options: Options, seconds: float, json_file: Path | None) -> None:
    from chongdich.config.drilling import stage_of
    from chongdich.universe.drill.clock import Pace
    from chongdich.universe.drill.play import play
    from chongdich.universe.drill.report.findings import findings_of

    stage = stage_of(options)
    stopping = Stopping()
    _greet(folder, options, stage.at)
    finished = play(stage, Pace(folder, seconds, stopping.sleep), stop=stopping.asked, tell=Telling())
    if not finished:
        click.echo("Đã dừng. Chạy lại lệnh để tiếp tục; “chongdich drill report” để xem báo cáo đến lúc này.")
        return
    _tell(findings_of(stage), json_file)


def _greet(folder: Path, options: Options, at: datetime) -> None:
    click.echo(f"Diễn tập tại {folder} (dữ liệu riêng, tên người đều là bịa). Ctrl+C để dừng.")
    if options.staff == "none":
        click.echo(
            f"Mở màn hình: chongdich drill --folder {folder} serve — rồi: chongdich drill --folder {folder} link TÊN"
        )


def _tell(findings: Any, json_file: Path | None) -> None:
    from chongdich.universe.drill.report.screen import show

    show(findings, Console())
    if json_file:
        json_file.write_text(json.dumps(findings.as_json(), ensure_ascii=False, indent=1), "utf-8")
        click.echo(f"Đã ghi {json_file}.")


@command.command("report")
@click.option("--docx", type=click.Path(path_type=Path), help="Ghi báo cáo ra tệp .docx.")
@click.option("--pdf", type=click.Path(path_type=Path), help="Ghi báo cáo ra tệp PDF.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Ghi báo cáo ra tệp JSON.")
@click.pass_obj
@in_words
def report(folder: Path, docx: Path | None, pdf: Path | None, json_file: Path | None) -> None:
    """Báo cáo sau diễn tập: thời hạn, người bị bỏ sót, chậm trễ, theo đơn vị."""
    options = _under_way(folder)
    from chongdich.application.ports import ports
    from chongdich.config.drilling import stage_of
    from chongdich.universe.drill.report.findings import findings_of
    from chongdich.universe.drill.report.paper import document_of

    findings = findings_of(stage_of(options))
    _tell(findings, json_file)
    for path, render in ((docx, ports.render_docx), (pdf, ports.render_pdf)):
        if path:
            path.write_bytes(render(document_of(findings)))
            click.echo(f"Đã ghi {path}.")


def _under_way(folder: Path) -> Options:
    """The drill in a folder, with this process pointed at it."""
    kept = apart.read_mark(folder)
    if kept is None:
        raise Refused(f"Thư mục {folder} không có cuộc diễn tập nào.", "folder")
    apart.check_apart(folder, kept[1], os.environ)
    _enter(folder, *kept)
    return kept[0]


@command.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8010, show_default=True)
@click.pass_obj
@in_words
def serve(folder: Path, host: str, port: int) -> None:
    """Chạy máy chủ trên dữ liệu diễn tập, theo giờ diễn tập, để nhân viên thực hành."""
    _under_way(folder)
    from chongdich.config.serving import serve as run

    run(host, port, with_worker=True)


@command.command("link")
@click.argument("usernames", nargs=-1)
@click.option("--address", default="http://127.0.0.1:8010", help="Địa chỉ máy chủ diễn tập.")
@click.pass_obj
@in_words
def link(folder: Path, usernames: tuple[str, ...], address: str) -> None:
    """Liên kết dùng một lần để vào các tài khoản diễn tập; không nêu tên: liệt kê tài khoản."""
    options = _under_way(folder)
    from chongdich.config.drilling import invitations
    from chongdich.universe.drill.house import posts

    if not usernames:
        click.echo("\n".join(f"{post.username:20} {post.role}" for post in posts(options)))
        return
    for username, path in invitations(usernames):
        click.echo(f"{username:20} {address.rstrip('/')}{path}")


@command.command("card")
@click.argument("name")
@click.pass_obj
@in_words
def card(folder: Path, name: str) -> None:
    """Thẻ vai: người bệnh tên NAME sẽ kể gì khi được hỏi (cho người đóng vai trả lời điện thoại)."""
    options = _under_way(folder)
    from chongdich.config.drilling import stage_of
    from chongdich.universe.drill.cards import cards_of

    for text in cards_of(stage_of(options), name):
        click.echo(text)
