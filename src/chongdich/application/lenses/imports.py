"""See line lists: what came in, how its columns are understood, what became of every row."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from chongdich.application.desk import Desk
from chongdich.core.errors import NotFound
from chongdich.domain.cases.communes import Communes
from chongdich.domain.cases.linelist.rows import Draft, plan_of, read_row
from chongdich.domain.cases.models import Import, ImportRow

SHOWN = 12  # rows of a preview
CHECKED = 2_000  # rows that a preview reads whole


def find_imports(desk: Desk) -> QuerySet[Import]:
    """Lists of the units one imports for, newest first."""
    desk.require("cases.import")
    return Import.objects.filter(desk.visible("cases.import")).select_related("unit").order_by("-at", "-pk")


def get_import(desk: Desk, import_id: int) -> Import:
    """One of them."""
    found = find_imports(desk).filter(pk=import_id).first()
    if found is None:
        raise NotFound("Không tìm thấy lần nhập này.")
    return found


def find_rows(desk: Desk, found: Import) -> QuerySet[ImportRow]:
    """Its rows in the order of the file."""
    desk.require("cases.import")
    return ImportRow.objects.filter(import_of=found).select_related("case", "case__person").order_by("number")


def get_row(desk: Desk, row_id: int) -> ImportRow:
    """One row of a list one may see."""
    row = ImportRow.objects.filter(pk=row_id, import_of__in=find_imports(desk).order_by().values("pk")).first()
    if row is None:
        raise NotFound("Không tìm thấy dòng này.")
    return row


@dataclass(frozen=True)
class Preview:
    """What would become of the first rows under a mapping: (row, draft) of a dozen; sums over those read."""

    rows: list[tuple[ImportRow, Draft]]
    read: int
    refused: int
    noted: int
    reasons: list[tuple[str, int]]


def preview(desk: Desk, found: Import, mapping: dict[str, Any]) -> Preview:
    """Read the first rows as the mapping says, writing nothing."""
    desk.require("cases.import")
    plan, communes = plan_of(mapping, desk.today), Communes(desk.today)
    rows = list(ImportRow.objects.filter(import_of=found).order_by("number")[:CHECKED])
    drafts = [(row, _read(row, plan, communes)) for row in rows]
    refused = [draft for _, draft in drafts if draft.refusals]
    noted = [draft for _, draft in drafts if draft.notes]
    return Preview(drafts[:SHOWN], len(rows), len(refused), len(noted), _common(refused, noted))


def _read(row: ImportRow, plan: Any, communes: Communes) -> Draft:
    draft = read_row(row.raw, plan)
    address, commune, district, province = draft.place
    problem = communes.find(address, commune, district, province).problem
    if problem:
        draft.refusals.append(problem)
    return draft


def _common(refused: Sequence[Draft], noted: Sequence[Draft]) -> list[tuple[str, int]]:
    """The commonest reasons, figures and quoted words left out."""
    counts: Counter[str] = Counter()
    for draft in refused:
        counts.update({_shape(word) for word in draft.refusals})
    for draft in noted:
        counts.update({_shape(word) for word in draft.notes})
    return counts.most_common(8)


def _shape(word: str) -> str:
    return re.sub(r"“[^”]*”", "“…”", re.sub(r"\d+/\d+/\d+", "…", word))[:120]
