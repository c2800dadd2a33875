"""A line list comes in: kept, read, understood by somebody, taken in lot by lot, undone whole."""

from typing import Any

from django.db import transaction

from chongdich.application.desk import Desk
from chongdich.application.lenses.imports import get_import, get_row
from chongdich.core.errors import Conflict, Refused
from chongdich.domain.cases import importing, linking, lots, undoing
from chongdich.domain.cases.communes import Communes
from chongdich.domain.cases.facts import CasesImported, ImportStarted, ListReceived
from chongdich.domain.cases.importing import NewList, Reading
from chongdich.domain.cases.linelist.columns import Header, find_header, guess
from chongdich.domain.cases.linelist.counting import count_rows
from chongdich.domain.cases.linelist.sheets import read_sheet, suspicions
from chongdich.domain.cases.matching import Match
from chongdich.domain.cases.models import Import, ImportRow
from chongdich.domain.contacts.turning import let_go
from chongdich.registry import vault
from chongdich.registry.people.models import Person

MOST_BYTES = 20 * 1024 * 1024
AT_ONCE = 400_000  # bytes: a list as small as this is read while its sender waits


def receive_list(desk: Desk, *, name: str, data: bytes, sender: str = "", again: bool = False) -> Import:
    """Keep a file or pasted text and have it read. Refused when it is empty, too large, or here already.

    `again` takes in a file that came before; its rows then match the cases there are.
    """
    desk.require("cases.import")
    if not data.strip():
        raise Refused("Chưa có dòng nào để nhập.", "file")
    if len(data) > MOST_BYTES:
        raise Refused(f"Tệp lớn hơn {MOST_BYTES // 1024 // 1024} MB; hãy tách thành nhiều tệp.", "file")
    sha256 = vault.keep(data)
    _refuse_twice(sha256, again)
    unit = desk.author.unit_id or desk.actor.grants[0].unit_id
    new = NewList(name=name, sha256=sha256, size=len(data), unit_id=unit, sender=sender)
    found = importing.receive(new=new, by=desk.author)
    if len(data) <= AT_ONCE:
        _read(found)
    found.refresh_from_db()
    return found


def _refuse_twice(sha256: str, again: bool) -> None:
    states = (Import.State.UNDONE, Import.State.FAILED)
    before = Import.objects.filter(sha256=sha256).exclude(state__in=states).order_by("-pk").first()
    if before and not again:
        raise Conflict(
            f"Tệp này đã được nhận ngày {before.at:%d/%m/%Y} (“{before.name}”, {before.get_state_display()}). "
            "Nếu vẫn muốn nhập, chọn “Nhập lại tệp đã có”.", "again",
        )  # fmt: skip


def read_list(desk: Desk, fact: ListReceived) -> None:
    """Read a list that was too large to be read at once."""
    desk.require("system.act")
    found = Import.objects.get(pk=fact.import_id)
    if found.state == Import.State.READING:
        _read(found)


def _read(found: Import) -> None:
    data = vault.fetch(found.sha256)
    try:
        importing.stage(import_id=found.pk, reading=_reading(data, found.name))
    except Refused as refused:
        importing.fail(import_id=found.pk, problem=refused.message)


def _reading(data: bytes, name: str) -> Reading:
    sheet = read_sheet(data, name)
    header = find_header(sheet)
    found = guess(header, sheet.rows[header.last + 1 :])
    return Reading(sheet, header, found, count_rows(data), suspicions(sheet))


def start_import(desk: Desk, *, import_id: int, mapping: dict[str, Any], accepted: bool = False) -> Import:
    """Take the rows in, with the columns so understood. Refused while a suspicious shape is not accepted."""
    desk.require("cases.import")
    found = get_import(desk, import_id)
    if found.warnings and not accepted:
        raise Refused("Tệp có dấu hiệu bị cắt: kiểm tra với nơi gửi rồi xác nhận mới nhập.", "accepted")
    mark = Header(0, 0, found.header).mark
    importing.set_mapping(import_id=found.pk, mapping=mapping, header_mark=mark, by=desk.author)
    return importing.start(import_id=found.pk, by=desk.author)


def resume_import(desk: Desk, *, import_id: int) -> Import:
    """Go on after a pause."""
    desk.require("cases.import")
    return importing.start(import_id=get_import(desk, import_id).pk, by=desk.author)


def pause_import(desk: Desk, *, import_id: int) -> None:
    """Stop after the present lot."""
    desk.require("cases.import")
    importing.pause(import_id=get_import(desk, import_id).pk)


def take_next_lot(desk: Desk, fact: ImportStarted | CasesImported) -> None:
    """Take in the next rows; the fact of it calls this journey again, until none is left."""
    desk.require("system.act")
    found = Import.objects.get(pk=fact.import_id)
    if found.state != Import.State.RUNNING:
        return
    by = importing.author_of(found, desk.author)
    went_on = lots.take_lot(
        import_id=found.pk, law=desk.law, communes=Communes(desk.today), today=desk.today, by=by
    )  # fmt: skip
    if not went_on:
        linking.link_sources(import_id=found.pk, by=by)
        importing.finish(import_id=found.pk)


def decide_row(desk: Desk, *, row_id: int, person_id: int | None = None, skip: bool = False) -> ImportRow:
    """Somebody says who a row is: this person, somebody new, or nobody to take in."""
    desk.require("cases.import")
    row = get_row(desk, row_id)
    if row.fate != ImportRow.Fate.DECIDE:
        raise Conflict("Dòng này đã được quyết định.")
    if skip:
        return importing.skip(row=row)
    if person_id is not None and person_id not in row.candidates:
        raise Refused("Người được chọn không nằm trong các người có thể trùng.", "person")
    person = Person.objects.get(pk=person_id).pk if person_id else None
    return lots.settle_row(
        row=row, match=Match(person=person), law=desk.law, communes=Communes(desk.today), today=desk.today,
        by=desk.author,
    )  # fmt: skip


@transaction.atomic
def undo_import(desk: Desk, *, import_id: int) -> Import:
    """Take the whole list back; what was traced from its cases is withdrawn, and traced anew for cases that stay."""
    desk.require("cases.import")
    found = get_import(desk, import_id)
    made = ImportRow.objects.filter(import_of=found, fate=ImportRow.Fate.CREATED).exclude(case=None)
    let_go(case_ids=[key for key in made.values_list("case_id", flat=True) if key], by=desk.author)
    return undoing.undo(import_id=found.pk, by=desk.author)
