"""A report upward is made: the official statistics as an official document, which a draft may carry further."""

from datetime import date

from chongdich.application.desk import Desk
from chongdich.application.journeys.drafting import keep_first, own_body
from chongdich.application.lenses.reporting import GROUPINGS, Asked, Statistics, get_statistics
from chongdich.application.outline import signatory_of, symbol_for
from chongdich.core.official_document import (
    KINDS,
    Align,
    Channel,
    Column,
    OfficialDocument,
    PartialDate,
    Recipient,
    Table,
)
from chongdich.core.periods import VIETNAM
from chongdich.core.reports import table_report
from chongdich.domain.directives.models import Directive
from chongdich.registry.organisations.models import Organisation
from chongdich.registry.organisations.queries import find_superior_name, find_superiors, get_organisation_by_id

HEADS = (
    "Tổng số", "Hoàn thành đúng hạn", "Hoàn thành quá hạn", "Hoàn thành (không thời hạn)", "Đang thực hiện, trong hạn",
    "Quá hạn", "Đang thực hiện (không thời hạn)", "Không thực hiện",
)  # fmt: skip


def make_report(desk: Desk, *, unit_id: int, asked: Asked, title: str = "") -> OfficialDocument:
    """The report of a body as a document ready for every writer; its figures are as of now."""
    desk.require("reports.make", unit=unit_id)
    body = get_organisation_by_id(unit_id)
    figures = get_statistics(desk, asked)
    superior = find_superiors(body, desk.today).first()
    return table_report(
        title or title_of(asked),
        _columns(asked),
        _rows(figures),
        issuing_body=body.name,
        superior_body="" if body.kind == "ubnd" else find_superior_name(body, desk.today),
        symbol=symbol_for(KINDS["BC"], body, ""),
        place=body.place.name,
        date=PartialDate(desk.today.year, desk.today.month),
        introduction=_introduction(desk, body, figures),
        recipients=[Recipient(superior.name, "b/c", Channel.ELECTRONIC)] if superior else [],
        archive="VT",
        signatory=signatory_of(body),
        total=True,
        draft=True,
    )


def draft_report(desk: Desk, *, unit_id: int, asked: Asked, title: str = "") -> Directive:
    """The report becomes a draft of the body, to be signed, numbered and sent upward like any document."""
    desk.require("directives.draft", unit=unit_id)
    own_body(desk.actor, "directives.draft", unit_id)
    document = make_report(desk, unit_id=unit_id, asked=asked, title=title)
    return keep_first(desk, get_organisation_by_id(unit_id), document)


def table_of(figures: Statistics) -> Table:
    """The figures as one table, for a workbook."""
    return Table(_columns(figures.asked), tuple(_rows(figures)), total=True)


def title_of(asked: Asked) -> str:
    """ "tình hình thực hiện nhiệm vụ từ ngày 01/11/2021 đến ngày 30/11/2021"."""
    return f"tình hình thực hiện nhiệm vụ{_period_words(asked.since, asked.until)}"


def _period_words(since: date | None, until: date | None) -> str:
    parts = (f" từ ngày {since:%d/%m/%Y}" if since else "", f" đến ngày {until:%d/%m/%Y}" if until else "")
    return "".join(parts)


def _columns(asked: Asked) -> tuple[Column, ...]:
    first = GROUPINGS[asked.by].capitalize()
    return (Column("TT", 0.5, Align.CENTER), Column(first, 3.2), *(Column(head, 1, Align.RIGHT) for head in HEADS))


def _rows(figures: Statistics) -> list[tuple[str | int, ...]]:
    rows: list[tuple[str | int, ...]] = [
        (number, line.label, line.total, *line.numbers) for number, line in enumerate(figures.lines, start=1)
    ]
    total = figures.total
    return [*rows, ("", "Cộng", total.total, *total.numbers)]


def _introduction(desk: Desk, body: Organisation, figures: Statistics) -> list[str]:
    total = figures.total
    at = desk.at.astimezone(VIETNAM)
    counts = total.counts
    told = [
        f"{body.name} báo cáo {title_of(figures.asked)} (số liệu đến {at:%H} giờ {at:%M} ngày {at:%d/%m/%Y}) như sau:",
        f"Tổng số {total.total} nhiệm vụ, trong đó {total.with_deadline} nhiệm vụ có thời hạn. Đã hoàn thành "
        f"{total.done} nhiệm vụ: đúng hạn {counts['done_in_time']}, quá hạn {counts['done_late']}, không quy định "
        f"thời hạn {counts['done']}.",
        f"Đang thực hiện {counts['open_in_time'] + counts['open'] + counts['overdue']} nhiệm vụ: trong hạn "
        f"{counts['open_in_time']}, quá hạn {counts['overdue']}, không quy định thời hạn {counts['open']}. Không thực "
        f"hiện (được cơ quan giao đồng ý) {counts['dropped']} nhiệm vụ.",
    ]
    return told
