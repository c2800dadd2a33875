"""`chongdich simulate --scenario FILE`: what a scenario needs and when it runs out, from many runs."""

import os
import secrets
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chongdich.core.errors import Refused

if TYPE_CHECKING:
    from chongdich.domain.scenarios.answering.running import Job
    from chongdich.domain.scenarios.asking.shape import Spec

INTERRUPTED = 130


@click.command(short_help="Chạy một kịch bản dịch: số ca, nhu cầu, ngày thiếu.")
@click.option("--scenario", required=False, metavar="TỆP", help="Tệp kịch bản (YAML), hoặc tên một mẫu có sẵn.")
@click.option("--runs", default=1000, show_default=True, help="Số lần chạy mỗi phương án.")
@click.option("--seed", type=int, help="Hạt giống; cùng hạt giống cho cùng kết quả. Không ghi thì tự chọn và in ra.")
@click.option("--out", type=click.Path(path_type=Path), help="Ghi kết quả: .parquet, .csv (mọi lần chạy) hoặc .json.")
@click.option("--threads", type=click.IntRange(1, 256), help="Số luồng; kết quả không phụ thuộc số luồng.")
@click.option("--templates", is_flag=True, help="Liệt kê các mẫu có sẵn.")
@click.option("--warm", is_flag=True, help="Chỉ biên dịch bộ mô phỏng và dựng dân số, để lần chạy đầu có kết quả ngay.")
@click.option("--print-template", metavar="MẪU", help="In tệp của một mẫu để sửa.")
def command(
    scenario: str | None, runs: int, seed: int | None, out: Path | None, threads: int | None, templates: bool,
    warm: bool, print_template: str | None,
) -> None:  # fmt: skip
    """Chạy một kịch bản nhiều lần và in nhu cầu theo từng phương án ứng phó.

    Ctrl+C dừng lại và không để lại tệp dở dang (mã 130). Tham số sai bị từ chối kèm khoảng cho phép (mã 1).
    """
    try:
        if templates or print_template:
            click.echo(_templates() if templates else _whole_template(print_template or ""))
            return
        if warm:
            _run(_spec("one_imported"), 1, 1, None, 1)
            return
        if scenario is None:
            raise Refused("Cần --scenario TỆP (hoặc --templates để xem các mẫu).", "scenario", "missing")
        job = _run(_spec(scenario), runs, seed, out, threads or os.cpu_count() or 1)
    except Refused as refused:
        click.echo(f"Không chạy được: {refused.message}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo("\nĐã dừng; không có kết quả nào được ghi.", err=True)
        sys.exit(INTERRUPTED)
    _print_answers(job)
    if out:
        click.echo(f"Đã ghi {out}")


def _templates() -> str:
    from chongdich.domain.scenarios.asking.reading import TEMPLATES, template_values

    return "\n".join(f"{name:20} {template_values(name)['name']}" for name in TEMPLATES)


def _whole_template(name: str) -> str:
    """A template with everything its base says, to be kept as a file of one's own."""
    import yaml

    from chongdich.domain.scenarios.asking.reading import template_values

    return yaml.safe_dump(template_values(name), allow_unicode=True, sort_keys=False, width=110)


def _spec(name: str) -> "Spec":
    from chongdich.domain.scenarios.asking.reading import TEMPLATES, read_spec, template_text

    path = Path(name)
    if path.is_file():
        try:
            return read_spec(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise Refused("Không đọc được tệp kịch bản (cần văn bản UTF-8).", "scenario", "unreadable") from error
    if name in TEMPLATES:
        return read_spec(template_text(name))
    raise Refused(f"Không có tệp “{name}”, cũng không có mẫu tên đó.", "scenario", "no_file")


def _run(spec: "Spec", runs: int, seed: int | None, out: Path | None, threads: int) -> "Job":
    from chongdich.domain.scenarios.answering.running import Job
    from chongdich.domain.scenarios.answering.saving import check_target, save
    from chongdich.domain.scenarios.asking.world import World
    from chongdich.regulations import Law

    if out:
        check_target(out)
    began = time.monotonic()
    start = spec.start or datetime.now(UTC).date()
    world = World.of(spec, populations())
    chosen = secrets.randbelow(2**31) if seed is None else seed
    job = Job(spec, world, Law.shipped(), start=start, seed=chosen, runs=runs, threads=threads)
    _watch(job, began)
    if out:
        save(job, out)
    return job


def populations() -> Path:
    """Where synthetic populations are kept between runs."""
    base = os.environ.get("CHONGDICH_CACHE") or os.path.join(os.path.expanduser("~"), ".cache", "chongdich")
    return Path(base) / "populations"


def _watch(job: "Job", began: float) -> None:
    """Progress, and the first coarse answer as soon as there is one."""
    shown = sys.stderr.isatty()
    for number, done in enumerate(job.steps()):
        if number == 3:
            _first_answer(job, began)
        if shown:
            click.echo(f"\r{done}/{job.runs} lần chạy ({time.monotonic() - began:.1f} giây)", nl=False, err=True)
    took = time.monotonic() - began
    head = "\r" if shown else ""
    click.echo(f"{head}{job.done} lần chạy mỗi phương án, {took:.1f} giây, hạt giống {job.seed}", err=True)


def _first_answer(job: "Job", began: float) -> None:
    import numpy as np

    from chongdich.domain.scenarios.answering.running import FIGURES

    cases = job.collected[0].figures[:, FIGURES.index("detected")].sum(axis=1)
    words = (
        f"Sau {time.monotonic() - began:.1f} giây, {job.done} lần chạy đầu: khoảng {np.median(cases):.0f} ca phát hiện"
    )
    click.echo(f"{words} (theo “{job.spec.policies[0].name}”); đang tính tiếp…", err=True)


def _print_answers(job: "Job") -> None:
    from rich.console import Console

    from chongdich.domain.scenarios.answering.answers import answers_of

    answers = answers_of(job)
    console = Console()
    console.rule(job.spec.name)
    for policy in answers["policies"]:
        _print_policy(console, policy, answers, job)
    console.print("[dim]Định mức và tác động của biện pháp là giả định của người lập kế hoạch, chưa được xác minh.[/]")


def _print_policy(console: object, policy: dict, answers: dict, job: "Job") -> None:
    from rich.table import Table

    from chongdich.domain.scenarios.answering import wording
    from chongdich.domain.scenarios.asking.kinds import KINDS

    number = wording.number
    low, _, middle, _, high = policy["totals"]["detected"]
    table = Table(title=f"{policy['name']}: {number(middle)} ca phát hiện (90 %: {number(low)}–{number(high)}) "
                        f"trong {answers['days']} ngày", title_justify="left")  # fmt: skip
    for label in (
        "Nguồn lực",
        "Cần lúc cao nhất (trung vị)",
        "95 %",
        "Đang có",
        "Xác suất thiếu",
        "Ngày thiếu (trung vị)",
    ):
        table.add_column(label, justify="left" if label == "Nguồn lực" else "right", overflow="fold")
    for kind, need in policy["needs"].items():
        short = need["shortage"]
        table.add_row(
            f"{KINDS[kind].label} ({KINDS[kind].unit})", number(need["peak"][2]), number(need["peak"][4]),
            "không giới hạn" if need["there"] is None else number(need["there"]),
            "–" if short is None else f"{wording.percent(short['probability'])} %",
            wording.day_words(job.start, short["days"][1]) if short and short["days"] else "–",
        )  # fmt: skip
    console.print(table)  # type: ignore[attr-defined]
    for outcome, ranks in policy["sensitivity"].items():
        console.print(wording.said(wording.sensitivity_sentence(outcome, ranks)), highlight=False)  # type: ignore[attr-defined]
