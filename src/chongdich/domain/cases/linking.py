"""Who infected whom, as a list says it in codes: found among all cases once every row of the list is in."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db import transaction

from chongdich.domain.cases import facts
from chongdich.domain.cases.importing import Fate, locked_import, save_fates
from chongdich.domain.cases.linelist.codes import candidates, references
from chongdich.domain.cases.models import Case, Import, ImportRow, Link
from chongdich.registry.ledger.operations import Author, record

_LOT = 400


@transaction.atomic
def link_sources(*, import_id: int, by: Author) -> int:
    """Write the links that a list's rows name; how many are new. Words that name no case stay with their rows."""
    found = locked_import(import_id)
    told = list(_told(found))
    known = _known(found, {key for _, text in told for key in candidates(text, found.mapping["prefix"])})
    new: dict[tuple[int, int], ImportRow] = {}
    unknown: Counter[str] = Counter()
    for row, text in told:
        keys = references(text, found.mapping["prefix"], known)
        sources = [known[key] for key in keys if known[key] != row.case_id]
        new |= {(source, row.case_id or 0): row for source in sources if (source, row.case_id) not in new}
        if not keys:
            unknown[text.strip()[:30]] += 1
            _no_source(row, text)
    count = _write(new, by)
    _tell_unknown(found, unknown)
    changed = [row for row, _ in told if row.fate == Fate.REFUSED]
    if changed:
        save_fates(found, changed)
    if new:
        cases = tuple(sorted({case for _, case in new}))
        about = [f"import:{found.pk}", *(f"case:{case}" for case in cases)]
        record(facts.LinksRecorded(import_id=found.pk, case_ids=cases), by=by, about=about)
    return count


def _told(found: Import) -> Iterator[tuple[ImportRow, str]]:
    """Rows with a case and something in the column of sources."""
    at = next((at for at, name in enumerate(found.mapping["fields"]) if name == "source"), None)
    if at is None:
        return
    rows = ImportRow.objects.filter(import_of=found).exclude(case=None).order_by("number")
    for row in rows.iterator(chunk_size=2000):
        if at < len(row.raw) and row.raw[at].strip():
            yield row, row.raw[at]
        elif row.fate == Fate.LINKED:
            yield row, ""


def _known(found: Import, keys: set[str]) -> dict[str, int]:
    ordered = sorted(keys)
    known: dict[str, int] = {}
    for start in range(0, len(ordered), _LOT):
        rows = Case.objects.filter(disease=found.disease, code__in=ordered[start : start + _LOT])
        known |= dict(rows.values_list("code", "pk"))
    return known


def _no_source(row: ImportRow, text: str) -> None:
    """A row that only says a source is refused when there is no such case; a row of a case keeps its fate."""
    if row.fate == Fate.LINKED:
        row.fate, row.case_id = Fate.REFUSED, None
        row.reason = f"Nguồn lây “{text.strip()[:60]}” không phải mã ca nào đang có" if text else "Không ghi nguồn lây"


def _write(new: dict[tuple[int, int], ImportRow], by: Author) -> int:
    before = Link.objects.count()
    rows = [
        Link(source_id=source, case_id=case, import_row=row, at=by.at, by=by.account_id)
        for (source, case), row in new.items()
    ]
    Link.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    _choose([case for _, case in new])
    return Link.objects.count() - before


def _choose(case_ids: list[int]) -> None:
    """A case of one possible source has that source, and is no longer of unknown origin."""
    sources: dict[int, list[int]] = defaultdict(list)
    for start in range(0, len(case_ids), _LOT):
        rows = Link.objects.filter(case__in=case_ids[start : start + _LOT]).values_list("case_id", "source_id")
        for case, source in set(rows):
            sources[case].append(source)
    only = {case: found[0] for case, found in sources.items() if len(found) == 1}
    changed = []
    for start in range(0, len(only), _LOT):
        for row in Case.objects.filter(pk__in=list(only)[start : start + _LOT], source=None):
            row.source_id = only[row.pk]
            changed.append(row)
    Case.objects.bulk_update(changed, ["source"], batch_size=300)
    ids = list(sources)
    for start in range(0, len(ids), _LOT):
        unknown = Case.objects.filter(pk__in=ids[start : start + _LOT], origin__in=("community_unknown", "unknown"))
        unknown.update(origin="community_known")


def _tell_unknown(found: Import, unknown: Counter[str]) -> None:
    unknown.pop("", None)
    if not unknown:
        return
    most = ", ".join(f"“{text}”" for text, _ in unknown.most_common(5))
    found.notes = [*found.notes, f"{sum(unknown.values())} dòng ghi nguồn lây không phải mã ca đang có: {most}"]
    found.save(update_fields=["notes"])
