"""Undo a line list whole: what it made goes, what it added is taken back, what people did since stays and is told."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from chongdich.core.errors import Conflict
from chongdich.domain.cases import facts
from chongdich.domain.cases.importing import Fate, locked_import, save_fates
from chongdich.domain.cases.models import Case, Import, ImportRow, Link
from chongdich.registry.ledger.operations import Author, record

_LOT = 400


@transaction.atomic
def undo(*, import_id: int, by: Author) -> Import:
    """Take a list back. Cases that somebody worked on since stay; their rows say so. People stay in the registry."""
    found = locked_import(import_id)
    if found.state not in (Import.State.DONE, Import.State.PAUSED):
        raise Conflict(f"Danh sách đang ở trạng thái “{found.get_state_display()}”, không hoàn tác được.")
    rows = list(ImportRow.objects.filter(import_of=found).order_by("number"))
    Case.objects.filter(links_in__import_row__import_of=found).update(source=None)
    Link.objects.filter(import_row__import_of=found).delete()
    _take_back([row for row in rows if row.fate == Fate.UPDATED and row.before])
    kept, gone = _remove([row for row in rows if row.fate == Fate.CREATED and row.case_id])
    for row in rows:
        _mark(row, kept)
    save_fates(found, rows)
    Import.objects.filter(pk=found.pk).update(state=Import.State.UNDONE)
    about = [f"import:{found.pk}", *(f"case:{case}" for case in gone)]
    record(facts.ImportUndone(import_id=found.pk, case_ids=tuple(gone)), by=by, about=about)
    found.refresh_from_db()
    return found


def _mark(row: ImportRow, kept: set[int]) -> None:
    if row.case_id in kept:
        row.reason = "Đã có người làm việc tiếp trên ca này nên giữ lại"
    elif row.fate in (Fate.CREATED, Fate.UPDATED, Fate.MATCHED, Fate.LINKED, Fate.DECIDE, Fate.WAITING):
        row.fate, row.case_id = Fate.UNDONE, None if row.fate == Fate.CREATED else row.case_id


def _remove(rows: list[ImportRow]) -> tuple[set[int], list[int]]:
    """Delete the cases that are as the list made them; (kept, gone)."""
    versions = _versions([row.case_id or 0 for row in rows])
    made = {row.case_id or 0: row for row in rows}
    touched = {case for case, version in versions.items() if version > 1 and not _only_by_lists(made[case])}
    gone = [case for case in versions if case not in touched]
    ImportRow.objects.filter(case__in=gone).update(case=None)
    for row in rows:
        row.case_id = row.case_id if row.case_id in touched else None
    left: set[int] = set()
    for start in range(0, len(gone), _LOT):
        left |= _delete(gone[start : start + _LOT])
    for case in left:
        made[case].case_id = case
    return touched | left, [case for case in gone if case not in left]


def _only_by_lists(row: ImportRow) -> bool:
    """Whether every change since came from later rows of the same list."""
    later = ImportRow.objects.filter(case=row.case_id, import_of=row.import_of_id, fate=Fate.UPDATED).count()
    return Case.objects.filter(pk=row.case_id or 0, version=1 + later).exists()


def _versions(case_ids: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for start in range(0, len(case_ids), _LOT):
        rows = Case.objects.filter(pk__in=case_ids[start : start + _LOT])
        found |= dict(rows.values_list("pk", "version"))
    return found


def _delete(case_ids: list[int]) -> set[int]:
    """Those that could not go, because something points at them."""
    Case.objects.filter(source__in=case_ids).update(source=None)
    try:
        with transaction.atomic():
            Case.objects.filter(pk__in=case_ids).delete()
        return set()
    except ProtectedError:
        if len(case_ids) == 1:
            return set(case_ids)
        half = len(case_ids) // 2
        return _delete(case_ids[:half]) | _delete(case_ids[half:])


def _take_back(rows: list[ImportRow]) -> None:
    """Values that the list filled in, and that nobody changed since, are blank again."""
    for row in rows:
        case = Case.objects.filter(pk=row.case_id or 0).first()
        if case is None:
            continue
        for name, (before, after) in (row.before or {}).items():
            if _plain(getattr(case, name)) == after:
                setattr(case, name, Case._meta.get_field(name.removesuffix("_id")).to_python(before))  # type: ignore[union-attr]
        case.version += 1
        case.save()


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
