"""One lot of a line list: rows become people and cases, or are matched, asked about, refused. By sets, not by row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from chongdich.core.periods import VIETNAM
from chongdich.domain.cases import facts
from chongdich.domain.cases.communes import Communes
from chongdich.domain.cases.importing import Fate, locked_import, save_fates
from chongdich.domain.cases.linelist.rows import Draft, Plan, plan_of, read_row
from chongdich.domain.cases.matching import Crowd, Match
from chongdich.domain.cases.models import Case, Cluster, Import, ImportRow
from chongdich.domain.cases.rules import infectious_window
from chongdich.registry.ledger.operations import Author, record
from chongdich.registry.people.models import Person
from chongdich.registry.people.operations import register_people
from chongdich.regulations import Law

ROWS = 1_000
SAME_ILLNESS = timedelta(days=90)  # a later positive within this time is the same illness (usual working definition)
FILLED = ("onset_on", "sampled_on", "resulted_on", "confirmed_on", "ct", "isolated_at", "isolated_where", "severity",
          "symptoms", "cluster_id", "outcome_on")  # fmt: skip


@dataclass
class Lot:
    """What is in hand while a lot is taken in."""

    found: Import
    plan: Plan
    by: Author
    law: Law
    rows: list[ImportRow]
    drafts: dict[int, Draft] = field(default_factory=dict)
    fresh: list[tuple[ImportRow, int | None, int | None]] = field(default_factory=list)  # row, person, earlier case
    twins: list[tuple[ImportRow, int]] = field(default_factory=list)  # row, number of the row it repeats
    changed: dict[int, Case] = field(default_factory=dict)
    windows: dict[tuple[bool, date], Any] = field(default_factory=dict)


@transaction.atomic
def take_lot(*, import_id: int, law: Law, communes: Communes, today: date, by: Author, size: int = ROWS) -> bool:
    """Take in the next rows. False when nothing was left, or the list is no longer running."""
    found = locked_import(import_id)
    rows = list(ImportRow.objects.filter(import_of=found, fate=Fate.WAITING).order_by("number")[:size])
    if found.state != Import.State.RUNNING or not rows:
        return False
    lot = Lot(found, plan_of(found.mapping, today), by, law, rows)
    _settle(lot, communes)
    return True


def _settle(lot: Lot, communes: Communes, forced: dict[int, Match] | None = None) -> None:
    for row in lot.rows:
        draft = lot.drafts[row.number] = read_row(row.raw, lot.plan)
        _place(draft, communes)
    sound = [row for row in lot.rows if not _refuse(row, lot.drafts[row.number])]
    by_code = _cases_by_code(lot, sound)
    if lot.plan.links_only:
        _only_links(lot, sound, by_code)
    else:
        _sort_out(lot, sound, by_code, forced or {})
    created = _create(lot)
    Case.objects.bulk_update(list(lot.changed.values()), [*_columns(), "details", "version"], batch_size=200)
    save_fates(lot.found, lot.rows)
    about = [f"import:{lot.found.pk}", *(f"case:{pk}" for pk in [*created, *lot.changed])]
    record(facts.CasesImported(import_id=lot.found.pk, case_ids=tuple(created)), by=lot.by, about=about)


def _columns() -> list[str]:
    return [name.removesuffix("_id") for name in FILLED] + ["outcome", "code"]


def _place(draft: Draft, communes: Communes) -> None:
    address, commune, district, province = draft.place
    found = communes.find(address, commune, district, province)
    values = draft.entry.values
    values["residence_id"] = found.place
    written = ", ".join(part for part in ((address,) if found.place else draft.place) if part)
    values["residence_address"] = written[:200]
    if found.problem:
        draft.refusals.append(found.problem)


def _refuse(row: ImportRow, draft: Draft) -> bool:
    if draft.refusals:
        _end(row, Fate.REFUSED, [*draft.refusals, *draft.notes])
    return bool(draft.refusals)


def _end(row: ImportRow, fate: Fate, words: Sequence[str], case: int | None = None) -> None:
    row.fate, row.reason, row.case_id = fate, ". ".join(dict.fromkeys(word.rstrip(".") for word in words))[:500], case


def _cases_by_code(lot: Lot, rows: Sequence[ImportRow]) -> dict[str, Case]:
    codes = [lot.drafts[row.number].code for row in rows if lot.drafts[row.number].code]
    found = Case.objects.filter(disease=lot.found.disease, code__in=codes).select_related("person")
    return {case.code: case for case in found}


def _only_links(lot: Lot, rows: Sequence[ImportRow], by_code: dict[str, Case]) -> None:
    """A list of pairs makes no case: each row says who infected a case that is here."""
    for row in rows:
        draft = lot.drafts[row.number]
        case = by_code.get(draft.code)
        if case:
            _end(row, Fate.LINKED, draft.notes, case.pk)
        else:
            _end(row, Fate.REFUSED, [f"Không có ca bệnh mã {draft.code or '(trống)'}"])


def _sort_out(lot: Lot, rows: Sequence[ImportRow], by_code: dict[str, Case], forced: dict[int, Match]) -> None:
    own: dict[str, int] = {}
    matches: list[tuple[ImportRow, Match]] = []
    crowd = Crowd([lot.drafts[row.number] for row in rows if lot.drafts[row.number].code not in by_code])
    for row in rows:
        draft = lot.drafts[row.number]
        known = by_code.get(draft.code) if draft.code else None
        if known is not None:
            _same_code(lot, row, draft, known)
        elif draft.code and draft.code in own:
            lot.twins.append((row, own[draft.code]))
        else:
            matches.append((row, forced.get(row.number) or crowd.find(draft, row.number)))
            own |= {draft.code: row.number} if draft.code else {}
    _by_person(lot, matches)


def _same_code(lot: Lot, row: ImportRow, draft: Draft, case: Case) -> None:
    """The code is known. When sex or birth say it is somebody else, somebody must look."""
    unlike = _unlike(draft, case.person)
    if unlike:
        row.candidates = [case.person_id]
        _end(row, Fate.DECIDE, [f"Mã {case.code} đã có nhưng {unlike}", *draft.notes])
        return
    _fill(lot, row, draft, case, "Trùng mã ca")


def _unlike(draft: Draft, person: Person) -> str:
    values = draft.entry.values
    if values.get("sex") and person.sex and values["sex"] != person.sex:
        return "khác giới tính"
    years = values.get("birth_year"), person.birth_year
    if None not in years and abs(years[0] - years[1]) > 2:  # type: ignore[operator]
        return f"khác năm sinh ({years[0]} và {years[1]})"
    return ""


def _by_person(lot: Lot, matches: Sequence[tuple[ImportRow, Match]]) -> None:
    people = {match.person for _, match in matches if match.person}
    rows = Case.objects.filter(disease=lot.found.disease, person__in=people).order_by("pk")
    latest = {case.person_id: case for case in rows}
    for row, match in matches:
        draft = lot.drafts[row.number]
        if match.alike:
            row.candidates = [number for number in match.alike if number > 0]
            twin = next((-number for number in match.alike if number < 0), 0)
            who = f"Có thể trùng với dòng {twin}" if twin else f"Có thể là {len(row.candidates)} người đã có hồ sơ"
            _end(row, Fate.DECIDE, [f"{who}: cần chọn", *draft.notes])
        elif match.row is not None:
            lot.twins.append((row, match.row))
        else:
            _known_or_new(lot, row, draft, match.person, latest.get(match.person or 0))


def _known_or_new(lot: Lot, row: ImportRow, draft: Draft, person: int | None, case: Case | None) -> None:
    if case is None or not _same_illness(case, draft):
        row.fate = Fate.CREATED
        lot.fresh.append((row, person, case.pk if case else None))
    elif draft.code and case.code and draft.code != case.code:
        row.candidates = [case.person_id]
        _end(row, Fate.DECIDE, [f"Người này đã có ca mã {case.code}, dòng này ghi mã {draft.code}", *draft.notes])
    else:
        _fill(lot, row, draft, case, "Người này đã có ca bệnh")


def _same_illness(case: Case, draft: Draft) -> bool:
    earlier, later = case.confirmed_on or case.onset_on, draft.case["confirmed_on"] or draft.case["onset_on"]
    if case.outcome == "active" or not earlier or not later:
        return True
    return abs(later - earlier) < SAME_ILLNESS


def _fill(lot: Lot, row: ImportRow, draft: Draft, case: Case, words: str) -> None:
    """What the case lacks is added; what differs is told and left as it is."""
    case = lot.changed.get(case.pk, case)
    offered = _offered(lot, draft)
    blank = {name: value for name, value in offered.items() if value and not getattr(case, name)}
    differs = [
        name
        for name in ("onset_on", "sampled_on", "resulted_on")
        if offered[name] and getattr(case, name) not in (None, offered[name])
    ]
    if case.outcome == "active" and draft.case["outcome"] in ("recovered", "died") and draft.case["outcome_on"]:
        blank |= {"outcome": draft.case["outcome"], "outcome_on": draft.case["outcome_on"]}
    if draft.code and not case.code:
        blank["code"] = draft.code
    new = {name: value for name, value in draft.details.items() if name not in case.details}
    notes = [words, *(f"khác {_SHOWN[name]}, giữ như cũ" for name in differs), *draft.notes]
    if not blank and not new:
        _end(row, Fate.MATCHED, notes, case.pk)
        return
    row.before = {name: [_plain(getattr(case, name)), _plain(value)] for name, value in blank.items()}
    for name, value in blank.items():
        setattr(case, name, value)
    case.details = {**case.details, **new}
    case.version += 1
    lot.changed[case.pk] = case
    _end(row, Fate.UPDATED, notes, case.pk)


_SHOWN = {"onset_on": "ngày khởi phát", "sampled_on": "ngày lấy mẫu", "resulted_on": "ngày có kết quả"}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _offered(lot: Lot, draft: Draft) -> dict[str, Any]:
    case = draft.case
    isolated = case["isolated_on"]
    plain = ("onset_on", "sampled_on", "resulted_on", "confirmed_on", "ct", "isolated_where", "severity", "symptoms")
    return {name: case[name] for name in plain} | {
        "isolated_at": datetime.combine(isolated, time(0), VIETNAM) if isolated else None
    }


def _create(lot: Lot) -> list[int]:
    """The lot's new people as one deed, then its new cases; repeated rows then join the row they repeat."""
    nobody = [row for row, person, _ in lot.fresh if person is None]
    people = register_people(entries=[lot.drafts[row.number].entry for row in nobody], by=lot.by)
    persons = dict(zip((row.number for row in nobody), (person.pk for person in people)))
    clusters = _clusters(lot)
    cases = [
        _case(lot, row, persons.get(row.number) or person or 0, before, clusters) for row, person, before in lot.fresh
    ]
    made = Case.objects.bulk_create(cases, batch_size=500)
    for (row, person, before), case in zip(lot.fresh, made):
        words = ["Mắc lại"] if before else ["Người đã có hồ sơ"] if person else []
        _end(row, Fate.CREATED, [*words, *lot.drafts[row.number].notes], case.pk)
    _join_twins(lot)
    return [case.pk for case in made]


def _join_twins(lot: Lot) -> None:
    ends = {row.number: row for row in lot.rows}
    for row, number in lot.twins:
        first = ends[number]
        fate = Fate.MATCHED if first.case_id else first.fate
        _end(row, Fate(fate), [f"Trùng với dòng {number}", *lot.drafts[row.number].notes], first.case_id)
        row.candidates = first.candidates


def _clusters(lot: Lot) -> dict[str, int]:
    names = {lot.drafts[row.number].cluster for row, _, _ in lot.fresh} - {""}
    known = dict(Cluster.objects.filter(name__in=names).values_list("name", "pk"))
    new = [Cluster(name=name, created_at=lot.by.at, by=lot.by.account_id) for name in sorted(names - set(known))]
    return known | {cluster.name: cluster.pk for cluster in Cluster.objects.bulk_create(new)}


def _case(lot: Lot, row: ImportRow, person: int, before: int | None, clusters: dict[str, int]) -> Case:
    draft = lot.drafts[row.number]
    said = {name: value for name, value in draft.case.items() if name not in ("isolated_on", "isolated_where")}
    case = Case(
        **said, **{name: value for name, value in _offered(lot, draft).items() if name.startswith("isolated")},
        code=draft.code, person_id=person, disease=lot.found.disease, place_id=draft.entry.values.get("residence_id"),
        unit_id=lot.found.unit_id, cluster_id=clusters.get(draft.cluster), details=draft.details, import_row=row,
        reinfection_of_id=before, reported_at=lot.by.at, created_at=lot.by.at, by=lot.by.account_id,
    )  # fmt: skip
    if case.outcome == "active" and (case.onset_on or case.sampled_on or case.confirmed_on):
        _set_window(lot, case)
    return case


def _set_window(lot: Lot, case: Case) -> None:
    sampled = case.sampled_on or case.confirmed_on
    on = case.confirmed_on or lot.plan.today
    window = infectious_window(
        onset=case.onset_on, sampled=sampled, isolated=None, first_contact_with_source=None, cleared=None,
        law=lot.law, on=on,
    )  # fmt: skip
    key = (case.onset_on is not None, on)
    record_of = lot.windows.setdefault(key, window.decision.record())
    case.infectious_from, case.window_rule = window.since, record_of


@transaction.atomic
def settle_row(*, row: ImportRow, match: Match, law: Law, communes: Communes, today: date, by: Author) -> ImportRow:
    """Take one row in as somebody decided: this person, or somebody new."""
    found = locked_import(row.import_of_id)
    lot = Lot(found, plan_of(found.mapping, today), by, law, [row])
    row.candidates, row.fate = [], Fate.WAITING
    _settle(lot, communes, {row.number: match})
    return row
