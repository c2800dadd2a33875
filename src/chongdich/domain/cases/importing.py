"""Write line lists: staged row by row, taken in lot by lot, undone whole. A row once staged always has a fate."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import Count

from chongdich.core.errors import Conflict, NotFound, Refused
from chongdich.domain.cases import facts
from chongdich.domain.cases.linelist.columns import Guess, Header
from chongdich.domain.cases.linelist.sheets import Sheet
from chongdich.domain.cases.models import Import, ImportRow, Mapping
from chongdich.registry.ledger.operations import Author, record

Fate = ImportRow.Fate
LOT = 500


@dataclass(frozen=True, kw_only=True)
class NewList:
    """A line list as it was handed in; the bytes are in the vault."""

    name: str
    sha256: str
    size: int
    unit_id: int
    sender: str = ""
    disease: str = "covid19"


@transaction.atomic
def receive(*, new: NewList, by: Author) -> Import:
    """Note that a list came in; it is read next."""
    found = Import.objects.create(
        name=new.name[:200], sha256=new.sha256, size=new.size, unit_id=new.unit_id, sender=new.sender[:160],
        disease=new.disease, state=Import.State.READING, at=by.at, by=by.account_id,
    )  # fmt: skip
    record(facts.ListReceived(import_id=found.pk), by=by, about=[f"import:{found.pk}"])
    return found


def locked_import(import_id: int) -> Import:
    """The list, locked until commit where the database can."""
    found = Import.objects.select_for_update().filter(pk=import_id).first()
    if found is None:
        raise NotFound("Không tìm thấy lần nhập này.")
    return found


@dataclass(frozen=True)
class Reading:
    """What was read of a list: its sheet, where the header is, what columns are, and the second reader's count."""

    sheet: Sheet
    header: Header
    guess: Guess
    counted: int
    warnings: list[str] = field(default_factory=list)


@transaction.atomic
def stage(*, import_id: int, reading: Reading) -> Import:
    """Keep every row below the header, waiting. Refused when the two readers count differently: nothing is kept."""
    found = locked_import(import_id)
    if found.state != Import.State.READING:
        return found
    sheet, header = reading.sheet, reading.header
    if reading.counted != len(sheet.rows):
        raise Refused(f"Hai cách đếm không khớp: đọc được {len(sheet.rows)} dòng, đếm được {reading.counted} dòng.")
    _keep_rows(found, sheet, header.last)
    found.header, found.header_row = header.labels, sheet.numbers[header.last]
    found.rows_above, found.rows_counted = header.last + 1, reading.counted
    found.rows_total = len(sheet.rows) - found.rows_above
    found.counts = {Fate.WAITING.value: found.rows_total}
    found.notes = _how_read(sheet)
    found.warnings = reading.warnings
    found.mapping = _remembered(found, header) or mapping_of(reading.guess)
    found.state = Import.State.MAPPING
    found.save()
    return found


def _keep_rows(found: Import, sheet: Sheet, last: int) -> None:
    rows = [
        ImportRow(import_of=found, number=number, raw=cells, fate=Fate.WAITING)
        for number, cells in zip(sheet.numbers[last + 1 :], sheet.rows[last + 1 :])
    ]
    ImportRow.objects.bulk_create(rows, batch_size=LOT)


def _how_read(sheet: Sheet) -> list[str]:
    encoding = [f"Bảng mã: {sheet.encoding}"] if sheet.encoding else []
    return [*encoding, *sheet.notes]


def mapping_of(guess: Guess) -> dict[str, Any]:
    """A guess as an import keeps it."""
    return {
        "fields": guess.fields, "sureness": guess.sureness, "habits": {str(k): v for k, v in guess.habits.items()},
        "shapes": {str(k): v for k, v in guess.shapes.items()}, "mixed": guess.mixed, "asked": guess.asked,
        "prefix": guess.prefix, "classification": "confirmed", "leave_out": False,
    }  # fmt: skip


def _remembered(found: Import, header: Header) -> dict[str, Any] | None:
    """How the same sender's same columns were understood last time."""
    kept = Mapping.objects.filter(sender=found.sender, header_hash=header.mark).first() if found.sender else None
    return {**kept.mapping, "remembered": True} if kept else None


@transaction.atomic
def fail(*, import_id: int, problem: str) -> None:
    """The file cannot be read, and why."""
    Import.objects.filter(pk=import_id).update(state=Import.State.FAILED, problem=problem[:500])


@transaction.atomic
def set_mapping(*, import_id: int, mapping: dict[str, Any], header_mark: str, by: Author) -> Import:
    """How the columns are to be understood, kept for the sender's next list."""
    found = locked_import(import_id)
    if found.state != Import.State.MAPPING:
        raise Conflict("Danh sách này đã bắt đầu nhập.")
    chosen = [name for name in mapping["fields"] if name]
    if not chosen:
        raise Refused("Chưa ghép cột nào.")
    found.mapping = mapping
    found.save(update_fields=["mapping"])
    if found.sender:
        Mapping.objects.update_or_create(
            sender=found.sender, header_hash=header_mark, defaults={"mapping": mapping, "at": by.at}
        )
    return found


@transaction.atomic
def start(*, import_id: int, by: Author) -> Import:
    """Take the rows in from here on; also after a pause."""
    found = locked_import(import_id)
    if found.state not in (Import.State.MAPPING, Import.State.PAUSED):
        raise Conflict(f"Danh sách đang ở trạng thái “{found.get_state_display()}”.")
    found.state = Import.State.RUNNING
    found.save(update_fields=["state"])
    record(facts.ImportStarted(import_id=found.pk), by=by, about=[f"import:{found.pk}"])
    return found


@transaction.atomic
def pause(*, import_id: int) -> None:
    """Stop after the present lot; what was taken in stays."""
    found = locked_import(import_id)
    if found.state != Import.State.RUNNING:
        raise Conflict("Danh sách không đang nhập.")
    Import.objects.filter(pk=import_id).update(state=Import.State.PAUSED)


def save_fates(found: Import, rows: Sequence[ImportRow]) -> None:
    """Write what became of some rows and the sums of the list, all in the caller's transaction."""
    ImportRow.objects.bulk_create(
        rows, batch_size=LOT, update_conflicts=True, unique_fields=["import_of", "number"],
        update_fields=["fate", "reason", "case", "candidates", "before"],
    )  # fmt: skip
    recount(found)


def recount(found: Import) -> None:
    """The sums by fate, from the rows themselves; they must add up to the rows that came in."""
    rows = ImportRow.objects.filter(import_of=found).order_by().values_list("fate").annotate(Count("pk"))
    counts = dict(rows)
    if sum(counts.values()) != found.rows_total or found.rows_total + found.rows_above != found.rows_counted:
        raise Refused(
            f"Số dòng không cân: vào {found.rows_counted - found.rows_above}, có kết quả {sum(counts.values())}."
        )
    found.counts = counts
    found.rows_done = found.rows_total - counts.get(Fate.WAITING, 0)
    found.save(update_fields=["counts", "rows_done"])


@transaction.atomic
def finish(*, import_id: int) -> None:
    """No row is waiting any more."""
    found = locked_import(import_id)
    recount(found)
    if found.state == Import.State.RUNNING:
        Import.objects.filter(pk=import_id).update(state=Import.State.DONE)


@transaction.atomic
def skip(*, row: ImportRow) -> ImportRow:
    """Somebody decided that a row is not taken in."""
    found = locked_import(row.import_of_id)
    row.fate, row.reason, row.candidates = Fate.REFUSED, "Người xem xét quyết định không nhập dòng này", []
    save_fates(found, [row])
    return row


def author_of(found: Import, machine: Author) -> Author:
    """The machine's hand, for the account that handed the list in."""
    return replace(machine, account_id=found.by, unit_id=found.unit_id)
