"""`chongdich law …`: what the law says on a day, by which document, and whether the tables hold together.

Exit codes: 0 all is well, 1 something was found wrong or is not recorded, 2 the command was misused.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any

import click
import yaml
from rich.console import Console
from rich.markup import escape
from rich.table import Column
from rich.table import Table as Grid

from chongdich.core.errors import Refused
from chongdich.core.periods import VIETNAM
from chongdich.regulations import Law, Missing, changes, history, wording
from chongdich.regulations.cases import differences, read_cases
from chongdich.regulations.checks import check as check_tables
from chongdich.regulations.reading import TABLES, PlainLoader
from chongdich.regulations.table import Line, Table, Version


class Day(click.ParamType):
    """A day as people write it: 29/11/2021 or 2021-11-29."""

    name = "ngày"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        for form in ("%d/%m/%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(value, form).date()
            except ValueError:
                continue
        self.fail(f"“{value}” không phải một ngày; viết như 29/11/2021 hoặc 2021-11-29.", param, ctx)


def _today() -> date:
    return datetime.now(VIETNAM).date()


on_day = click.option("--on", "day", type=Day(), default=_today, help="Ngày cần tra (mặc định: hôm nay).")
known_on = click.option("--known-on", "known", type=Day(), help="Chỉ tính những gì đã biết đến ngày này.")
disease = click.option("--disease", help="Gói quy định của bệnh (mặc định: gói chính).")


def in_words(deed: Callable[..., None]) -> Callable[..., None]:
    """Refusals are told on the error stream in Vietnamese; the exit code is 1."""

    @wraps(deed)
    def told(*args: Any, **kwargs: Any) -> None:
        try:
            deed(*args, **kwargs)
        except Refused as refused:
            raise click.ClickException(str(refused)) from refused

    return told


@click.group()
def command() -> None:
    """Tra cứu quy định theo ngày, giải thích một quyết định, kiểm tra các bảng quy định."""


@command.command("list")
@click.argument("subject", required=False, default="")
@on_day
@disease
@in_words
def list_tables(subject: str, day: date, disease: str | None) -> None:
    """Liệt kê các bảng quy định và văn bản áp dụng trong ngày."""
    law = Law.load(disease=disease)
    names = law.names(subject)
    if not names:
        raise Refused(f"Không có bảng nào thuộc “{subject}”.")
    label = law.packs[law.disease].label
    grid = Grid(title=f"{label}: quy định ngày {wording.day(day)}")
    for heading in ("Bảng", "Nội dung", "Văn bản", "Từ ngày", "Xác minh"):
        grid.add_column(heading, overflow="fold")
    for table in map(law.table, names):
        grid.add_row(table.short_name, escape(table.label), *_in_force(table, day))
    Console().print(grid)


def _in_force(table: Table, day: date) -> tuple[str, str, str]:
    version = next(iter(table.timeline.at(day)), None)
    if version is None:
        return "không có", "", ""
    if version.gap:
        return f"{version.document.number} (chưa nhập)", wording.day(version.day), "[yellow]chưa[/]"
    sure = all(line.verified for line in version.lines)
    return version.document.number or wording.NO_NUMBER, wording.day(version.day), "có" if sure else "[yellow]chưa[/]"


@command.command()
@click.argument("name")
@on_day
@known_on
@disease
@in_words
def show(name: str, day: date, known: date | None, disease: str | None) -> None:
    """Xem một bảng: các lần thay đổi và nội dung áp dụng trong ngày."""
    table = Law.load(disease=disease).table(name)
    console, stack = Console(), table.timeline.at(day, known)
    console.print(f"[bold]{escape(table.label)}[/]  [dim]{table.name}[/]")
    console.print(_history(table, day, known))
    if not stack:
        raise Refused(f"{wording.NOT_RECORDED} áp dụng ngày {wording.day(day)}.", table.name)
    for version in stack:
        console.print(_content(table, version))
    for note in filter(None, (table.source.note, *(version.note for version in stack))):
        console.print(f"Ghi chú: {escape(note)}")


def _history(table: Table, day: date, known: date | None) -> Grid:
    grid = Grid("", "Từ ngày", "Đến hết", "Văn bản", "Ngày ký", "Mục", title="Các lần thay đổi")
    for ruling in history(table, known):
        since, until = ruling.period.since, ruling.period.until
        last = wording.day(until - timedelta(days=1)) if until else ""
        mark = "➤" if day in ruling.period else ""
        grid.add_row(mark, wording.day(since), last, *_cited(ruling.versions))
    return grid


def _cited(versions: tuple[Version, ...]) -> tuple[str, str, str]:
    if not versions:
        return "không có", "", ""
    numbers = " + ".join(v.document.number or wording.NO_NUMBER for v in versions)
    signed = versions[0].document.date
    return numbers, wording.day(signed) if signed else "", escape(versions[0].clause)


def _content(table: Table, version: Version) -> Grid | str:
    if version.gap:
        return f"[yellow]⚠ {escape(version.gap)}[/]"
    grid = Grid("#", "Nếu", "Thì", "Căn cứ", show_lines=True, title=f"Áp dụng từ {wording.day(version.day)}")
    for line in version.lines:
        when = "\n".join(condition.text for condition in line.conditions) or "(mọi trường hợp còn lại)"
        grid.add_row(str(line.number), escape(when), escape(_answers(table, line)), escape(_basis(line)))
    return grid


def _answers(table: Table, line: Line) -> str:
    outputs = table.outputs
    return "\n".join(
        f"{outputs[n].label}: {wording.value(v, outputs[n].choices, outputs[n].unit)}" for n, v in line.then.items()
    )


def _basis(line: Line) -> str:
    parts = (
        line.document.number or "số văn bản chưa ghi nhận",
        line.clause,
        "" if line.verified else "⚠ chưa xác minh",
    )
    return "\n".join(filter(None, (*parts, line.note)))


@command.command()
@click.argument("name")
@click.argument("given", nargs=-1, metavar="[ĐIỀU_KIỆN=GIÁ_TRỊ]…")
@on_day
@known_on
@disease
@click.option("--assume-last", is_flag=True, help="Nơi chưa có quy định, tạm dùng quy định gần nhất.")
@in_words
def ask(
    name: str, given: tuple[str, ...], day: date, known: date | None, disease: str | None, assume_last: bool
) -> None:
    """Hỏi một bảng và xem giải thích: law ask quarantine/contact --on 16/12/2021 protection=full"""
    law = Law.load(disease=disease)
    try:
        decision = law.decide(name, on=day, known_on=known, assume_last=assume_last, **_given(given))
    except Missing as missing:
        hints = (f"  {n} — {law.inputs(name)[n].label} {_choices(law, name, n)}" for n in missing.asks)
        raise Refused("\n".join((missing.message, *hints)), missing.where) from missing
    click.echo(law.explain(decision).text())
    decision.require()


def _given(words: tuple[str, ...]) -> dict[str, Any]:
    pairs = [word.partition("=") for word in words]
    wrong = [name for name, sign, _ in pairs if not sign]
    if wrong:
        raise click.UsageError(f"“{wrong[0]}” phải viết dạng điều_kiện=giá_trị.")
    return {name: yaml.load(value, Loader=PlainLoader) for name, _, value in pairs}


def _choices(law: Law, name: str, asked: str) -> str:
    choices = law.inputs(name)[asked].choices
    return f"({', '.join(f'{code}: {label}' for code, label in choices.items())})" if choices else ""


@command.command("changes")
@click.argument("from_day", type=Day())
@click.argument("to_day", type=Day())
@disease
@in_words
def show_changes(from_day: date, to_day: date, disease: str | None) -> None:
    """Những gì thay đổi trong một khoảng ngày."""
    grid = Grid("Ngày", "Nội dung", Column("Bảng", overflow="fold"), "Trước", "Sau")
    for change in changes(Law.load(disease=disease), from_day, to_day):
        before, after = (v.document.number if v else "không có" for v in (change.before, change.after))
        grid.add_row(wording.day(change.day), escape(change.table.label), change.table.short_name, before, after)
    Console().print(grid)


@command.command()
@click.option("--cases", type=click.Path(exists=True, path_type=Path), help="Tệp hoặc thư mục các tình huống mẫu.")
@click.option("--folder", type=click.Path(exists=True, path_type=Path), default=TABLES, help="Thư mục các bảng.")
@in_words
def check(cases: Path | None, folder: Path) -> None:
    """Kiểm tra mọi bảng (và các tình huống mẫu); mã thoát 1 nếu có lỗi."""
    law = Law.load(folder, cache=False)
    diseases = [name for name, pack in law.packs.items() if pack.disease]
    problems = list(dict.fromkeys(str(p) for name in diseases for p in check_tables(law.pack(name))))
    known = read_cases(cases) if cases else []
    problems += [f"{case.name}: {words}" for case in known for words in differences(law, case)]
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise click.ClickException(f"{len(problems)} lỗi.")
    click.echo(f"{len(law.catalogue.sources.tables)} bảng, {len(known)} tình huống: không có lỗi.")
