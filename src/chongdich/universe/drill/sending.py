"""What comes in from outside: results of the laboratory in batches, the hospital's list of the evening, a dispatch."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from chongdich.application.journeys import importing, receive
from chongdich.application.journeys.files import Upload
from chongdich.application.journeys.results import ToldResult, record_batch
from chongdich.core.periods import VIETNAM
from chongdich.universe.drill import noise, notebook
from chongdich.universe.drill.chance import happens
from chongdich.universe.drill.dispatch import dispatch_text
from chongdich.universe.drill.house import LAB, OFFICE, TRACER
from chongdich.universe.drill.notebook import Happening
from chongdich.universe.drill.registering import uid_now
from chongdich.universe.drill.stage import Stage

COLUMNS = ("STT", "Họ và tên", "Năm sinh", "Giới tính", "Địa chỉ", "Số điện thoại", "Ngày khởi phát", "Ngày lấy mẫu",
           "Ngày có kết quả", "Kết quả")  # fmt: skip
TWICE = 0.15  # of the people on a list stand on it twice, written differently


def results(stage: Stage, one: Happening) -> None:
    """The laboratory lets go all results of this hour in one batch."""
    batch = [one, *notebook.waiting_with(one)]
    name = f"{stage.at.astimezone(VIETNAM):%Y%m%d-%H}"
    told = [_told(stage, f"XN{name}-{number:03}", name, row.data) for number, row in enumerate(batch, start=1)]
    record_batch(stage.desk(LAB), told=told)
    notebook.mark_done(batch[1:])


def _told(stage: Stage, code: str, batch: str, data: dict[str, Any]) -> ToldResult:
    return ToldResult(
        person=uid_now(data["row"]), kind="pcr", outcome="positive" if data["positive"] else "negative",
        taken_at=datetime.fromisoformat(data["taken"]), resulted_at=stage.at, ct=data["ct"], code=code, batch=batch,
    )  # fmt: skip


def listed(stage: Stage, one: Happening) -> None:
    """The hospital's list of the evening comes in; somebody has to say how its columns are to be understood."""
    batch = [one, *notebook.waiting_with(one)]
    rows = [row for entry in batch for row in _rows(stage, entry)]
    data = sheet(f"DANH SÁCH CA DƯƠNG TÍNH NGÀY {stage.today:%d/%m/%Y}", rows)
    name = f"danh-sach-{stage.today:%d-%m}.xlsx"
    importing.receive_list(stage.desk(TRACER), name=name, data=data, sender="Trung tâm Y tế (diễn tập)")
    notebook.mark_done(batch[1:])


def _rows(stage: Stage, entry: Happening) -> list[tuple[Any, ...]]:
    twice = happens(stage.lot("twice", entry.name), TWICE * stage.options.noise)
    return [_row(stage, entry, copy) for copy in range(1 + twice)]


def _row(stage: Stage, entry: Happening, copy: int) -> tuple[Any, ...]:
    person, level = entry.data["person"], stage.options.noise
    chance, true = stage.lot("list", entry.name, copy), stage.town.identity(person)
    commune = noise.commune(stage.town.commune(person), range(len(stage.places)), chance, level)
    taken, ready = (datetime.fromisoformat(entry.data[key]).astimezone(VIETNAM) for key in ("taken", "ready"))
    onset = stage.truth.infection(person).onset
    return (
        noise.name(true.name, chance, level), true.born.year, "Nam" if true.sex == "m" else "Nữ",
        f"{true.hamlet}, xã {stage.names[commune]}", noise.kept(true.phone, chance, noise.NO_PHONE * level),
        f"{stage.date_of(onset):%d/%m/%Y}" if onset is not None and not happens(chance, 0.3 * level) else "",
        f"{taken:%d/%m/%Y}", f"{ready:%d/%m/%Y}", "Dương tính",
    )  # fmt: skip


def sheet(title: str, rows: list[tuple[Any, ...]]) -> bytes:
    """A spreadsheet as offices send them: a title, a header, numbered rows."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append([title])
    page.append([])
    page.append(list(COLUMNS))
    for number, row in enumerate(rows, start=1):
        page.append([number, *row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def dispatch(stage: Stage, one: Happening) -> None:
    """The superior body's dispatch comes in at the office of the province."""
    desk = stage.desk(OFFICE)
    assert desk.actor.unit_id is not None
    text = dispatch_text(
        stage.options, [str(place) for place in stage.places], stage.today + timedelta(days=one.data["round"])
    )
    name = f"cong-dien-dien-tap-{one.data['round'] + 1}.txt"
    receive.receive_directive(desk, unit_id=desk.actor.unit_id, main=Upload(name, text.encode()))
