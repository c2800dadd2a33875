"""One row of a list as a case: values read, cells refused or doubted one by one, the row refused when it must be."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from chongdich.core.errors import Refused
from chongdich.core.vietnamese import fold_words, squeeze
from chongdich.domain.cases.linelist.codes import LONGEST, code_key
from chongdich.domain.cases.linelist.days import DMY, Habit, Unreadable, read_cell
from chongdich.domain.cases.linelist.sheets import FORMULA, Row
from chongdich.domain.cases.linelist.vocabulary import (
    CLASSIFICATION_WORDS,
    COUNTRIES,
    DAY,
    FIELDS,
    ORIGIN_WORDS,
    OUTCOME_WORDS,
    SEVERAL,
    SEVERITY_WORDS,
    SYMPTOM_WORDS,
)
from chongdich.domain.cases.rules import check_days
from chongdich.registry.people.rules import Entry, folded_name, read_entry

NAMELESS = "Chưa rõ tên"
_ERRORS = re.compile(r"#(?:NAME\?|N/A|REF!|VALUE!|DIV/0!|NUM!|NULL!|####+)")
_ROUNDED = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE)
_AGE = re.compile(r"(\d{1,3})(?:[.,]\d+)?")
_MONTHS_OLD = re.compile(r"(\d{1,2})\s*(?:thang|months?|m)")
_COUNT = re.compile(r"(\d{1,6})(?:\.0+)?\b.*", re.DOTALL)
_NEVER = frozenset({"", "-", "--", "n/a", "na", "khong ro", "unknown", "khong", "null", "nan", "none"})
_plain = lru_cache(maxsize=8192)(fold_words)  # the cells of a column say the same few things
_SLUGS = list(dict.fromkeys(SYMPTOM_WORDS.values()))
_BY_SYMPTOM = sorted(SYMPTOM_WORDS.items(), key=lambda pair: _SLUGS.index(pair[1]))
PEOPLE = ("name", "sex", "cccd", "cmnd", "passport", "insurance_number", "phone", "occupation", "workplace")


@dataclass
class Plan:
    """How the columns of a list are read: field and habit of each, the letters before bare numbers, today."""

    fields: Sequence[str | None]
    habits: Mapping[int, Habit]
    prefix: str
    today: date
    classification: str = "confirmed"
    leave_out: bool = False  # days that contradict one another are left out, instead of the row being refused

    @property
    def links_only(self) -> bool:
        """A list of nothing but pairs of codes."""
        return {name for name in self.fields if name} <= {
            "code",
            "source",
            "number",
            "story",
        } and "source" in self.fields


@dataclass
class Draft:
    """A row understood. `refusals` refuse the row; `notes` tell of cells left out or doubtful."""

    code: str = ""
    entry: Entry = field(default_factory=Entry)
    case: dict[str, Any] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)
    place: tuple[str, str, str, str] = ("", "", "", "")  # hamlet and address, commune, district, province
    sources: str = ""
    cluster: str = ""
    refusals: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def nameless(self) -> bool:
        return self.entry.values.get("name") == NAMELESS


def plan_of(mapping: Mapping[str, Any], today: date) -> Plan:
    """From what an import keeps: fields, habits (column number as text -> order), mixed columns, prefix."""
    mixed = set(mapping.get("mixed", ()))
    shapes = {int(at): found for at, found in mapping.get("shapes", {}).items()}
    habits = {
        int(at): Habit(order, mixed=int(at) in mixed, shapes=shapes.get(int(at), {}))
        for at, order in mapping.get("habits", {}).items()
    }
    return Plan(
        mapping["fields"], habits, mapping.get("prefix", "BN"), today, mapping.get("classification", "confirmed"),
        bool(mapping.get("leave_out", False)),
    )  # fmt: skip


def read_row(cells: Row, plan: Plan) -> Draft:
    """One row. It always comes back: with what it says, what was left out, and why it cannot be a case."""
    draft = Draft()
    texts = _texts(cells, plan, draft)
    days = {name: _day(name, cells, plan, draft) for name in _days(plan) if name in texts}
    if "code" in texts:
        draft.code = code_key(texts["code"], plan.prefix)[:LONGEST] if texts["code"] else ""
    draft.sources, draft.cluster = texts.get("source", ""), squeeze(texts.get("cluster", ""))[:160]
    _read_case(draft, texts, days, plan)
    _read_person(draft, texts, plan)
    _check(draft, days, plan)
    return draft


def _texts(cells: Row, plan: Plan, draft: Draft) -> dict[str, str]:
    """Cells by field; what a spreadsheet computed or broke is refused, cell by cell."""
    found: dict[str, str] = {}
    for at, name in enumerate(plan.fields):
        if name is None or name == "number":
            continue
        text = _sound(cells[at] if at < len(cells) else "", name, draft)
        if name in SEVERAL and found.get(name):
            text = "; ".join(dict.fromkeys(part for part in (found[name], text) if part))
        found[name] = text
    return found


def _sound(cell: str, name: str, draft: Draft) -> str:
    label = FIELDS[name].label
    if cell.startswith(FORMULA):
        draft.notes.append(f"{label}: ô là công thức, không nhận")
        return ""
    if _ERRORS.fullmatch(cell.strip()):
        draft.notes.append(f"{label}: ô báo lỗi “{cell.strip()}”, không nhận")
        return ""
    if name in ("cccd", "phone", "insurance_number", "cmnd") and _ROUNDED.fullmatch(cell.strip()):
        draft.notes.append(f"{label}: bảng tính đã làm tròn “{cell.strip()}”, không nhận")
        return ""
    return cell.strip()


def _days(plan: Plan) -> list[str]:
    return [name for name in plan.fields if name and FIELDS[name].kind == DAY]


def _day(name: str, cells: Row, plan: Plan, draft: Draft) -> date | None:
    at = plan.fields.index(name)
    text = cells[at] if at < len(cells) else ""
    if text.startswith(FORMULA) or _ERRORS.fullmatch(text.strip()) or _plain(text) in _NEVER | {"no", "yes"}:
        return None
    try:
        read = read_cell(text, plan.habits.get(at, Habit(DMY)), name)
    except Unreadable:
        draft.notes.append(f"{FIELDS[name].label}: không hiểu “{squeeze(text)[:60]}”, để trống")
        return None
    except Refused as refused:
        draft.refusals.append(f"{FIELDS[name].label}: {refused.message}")
        return None
    if read.doubtful and read.day:
        draft.notes.append(f"{FIELDS[name].label}: “{text}” hiểu là {read.day:%d/%m/%Y}, cột viết lẫn hai kiểu")
    return read.day


def _word(texts: Mapping[str, str], name: str, words: Mapping[str, str], draft: Draft) -> str:
    """The slug that a cell's words stand for; words nobody knows are noted."""
    plain = _plain(texts.get(name, ""))
    if plain in words:
        return words[plain]
    found = next((slug for word, slug in words.items() if len(word) > 4 and word in plain), "")
    if plain not in _NEVER and not found:
        draft.notes.append(f"{FIELDS[name].label}: không hiểu “{texts[name][:60]}”, để trống")
    return found


def _read_case(draft: Draft, texts: Mapping[str, str], days: Mapping[str, date | None], plan: Plan) -> None:
    case = draft.case
    for name in ("onset_on", "sampled_on", "resulted_on"):
        case[name] = days.get(name)
    order = ("confirmed_on", "resulted_on", "sampled_on", "hospitalised_on", "onset_on", "isolated_on")
    case["confirmed_on"] = next((days[name] for name in order if days.get(name)), None)
    case["classification"] = _word(texts, "classification", CLASSIFICATION_WORDS, draft) or plan.classification
    case["origin"] = _word(texts, "origin", ORIGIN_WORDS, draft) or "unknown"
    case["severity"] = _word(texts, "severity", SEVERITY_WORDS, draft)
    case["symptoms"] = _symptoms(texts.get("symptoms", ""))
    case["ct"] = _ct(texts.get("ct", ""), draft)
    case["isolated_on"] = days.get("isolated_on") or days.get("hospitalised_on")
    case["isolated_where"] = squeeze(texts.get("treated_at", ""))[:160]
    case["outcome"], case["outcome_on"] = _outcome(draft, texts, days)
    _read_details(draft, texts, days)


def _outcome(draft: Draft, texts: Mapping[str, str], days: Mapping[str, date | None]) -> tuple[str, date | None]:
    said = _word(texts, "outcome", OUTCOME_WORDS, draft)
    died = days.get("died_on") or (_plain(texts.get("died_on", "")) in ("yes", "co", "x", "tu vong") or None)
    if died or said == "died":
        return "died", died if isinstance(died, date) else days.get("outcome_on")
    if days.get("recovered_on") or said == "recovered":
        return "recovered", days.get("recovered_on") or days.get("outcome_on")
    return (said or "active"), (days.get("outcome_on") if said and said != "active" else None)


def _read_details(draft: Draft, texts: Mapping[str, str], days: Mapping[str, date | None]) -> None:
    """What the list says and no column of a case holds."""
    for name in ("travel_from", "vehicle", "story"):
        if texts.get(name):
            draft.details[name] = texts[name][:4000]
    for name in ("infected_on", "hospitalised_on"):
        if days.get(name):
            draft.details[name] = days[name].isoformat()  # type: ignore[union-attr]
    for name in ("contacts_total", "contacts_tested", "contacts_positive"):
        text = texts.get(name, "")
        found = _COUNT.fullmatch(text)
        if found:
            draft.details[name] = int(found[1])
        elif _plain(text) not in _NEVER:
            draft.notes.append(f"{FIELDS[name].label}: không hiểu “{text[:60]}”, để trống")
        if text:
            draft.details["contacts_told"] = True


def _symptoms(text: str) -> list[str]:
    return list(_told_symptoms(text))


@lru_cache(maxsize=4096)
def _told_symptoms(text: str) -> tuple[str, ...]:
    """In the order of the vocabulary."""
    plain = f" {_plain(text)} "
    return tuple(dict.fromkeys(slug for word, slug in _BY_SYMPTOM if f" {word} " in plain))


def _ct(text: str, draft: Draft) -> float | None:
    try:
        return float(text.replace(",", ".")) if text and _plain(text) not in _NEVER else None
    except ValueError:
        draft.notes.append(f"{FIELDS['ct'].label}: không hiểu “{text[:60]}”, để trống")
        return None


def _read_person(draft: Draft, texts: Mapping[str, str], plan: Plan) -> None:
    raw: dict[str, Any] = {name: texts[name] for name in PEOPLE if texts.get(name)}
    birth = texts.get("birth", "")
    if birth:
        raw["birth"] = _birth(birth, plan)
    if texts.get("vaccine_doses", "").isdigit():
        raw["vaccine_doses"] = texts["vaccine_doses"]
    draft.entry = read_entry(raw, plan.today)
    if "name" not in raw:
        draft.entry.values |= {"name": NAMELESS, "name_folded": folded_name(NAMELESS)}
    if not draft.entry.values.get("birth_year"):
        draft.entry.values["birth_year"] = _birth_year(texts.get("age", ""), draft, plan)
    _soften(draft)
    _read_nation(draft, texts.get("nationality", ""))
    draft.place = ("; ".join(part for part in (texts.get("hamlet", ""), texts.get("address", "")) if part)[:200],
                   texts.get("commune", ""), texts.get("district", ""), texts.get("province", ""))  # fmt: skip
    if texts.get("hamlet"):
        draft.entry.values["residence_hamlet"] = texts["hamlet"][:80]


def _birth(text: str, plan: Plan) -> str:
    """A day of birth in the column's habit, as the registry reads it; a year, or words, as they are."""
    if len(text) <= 4:
        return text
    try:
        at = plan.fields.index("birth")
        found = read_cell(text, plan.habits.get(at, Habit(DMY)))
    except (Unreadable, Refused):
        return text
    return f"{found.day:%d/%m/%Y}" if found.day else text


def _birth_year(text: str, draft: Draft, plan: Plan) -> int | None:
    plain = _plain(text)
    if plain in _NEVER:
        return None
    ref = draft.case.get("confirmed_on") or plan.today
    found = _AGE.match(plain)
    if _MONTHS_OLD.fullmatch(plain) or plain.endswith("tuan"):
        return int(ref.year)
    if not found or int(found[1]) > 125:
        draft.notes.append(f"Tuổi: không hiểu “{text[:40]}”, để trống")
        return None
    return int(ref.year) - int(found[1])


_ESSENTIAL = ("name", "birth", "birth_date", "birth_year")


def _soften(draft: Draft) -> None:
    """A wrong telephone or number is left out and told; a wrong name or birth refuses the row."""
    for refused in draft.entry.refusals:
        if refused.where in _ESSENTIAL:
            draft.refusals.append(refused.message)
        else:
            draft.notes.append(f"{refused.message} Để trống.")
    draft.entry.refusals = []
    draft.notes += [doubt.message for doubt in draft.entry.doubts]


def _read_nation(draft: Draft, text: str) -> None:
    code = COUNTRIES.get(_plain(text))
    if code:
        draft.entry.values["nationality"] = code
    elif text:
        draft.details["nationality"] = text[:60]


def _check(draft: Draft, days: Mapping[str, date | None], plan: Plan) -> None:
    """What makes a row no case: nobody named, days that cannot be."""
    if plan.leave_out:
        _leave_out(draft)
    if not draft.code and draft.nameless and not plan.links_only:
        draft.refusals.append("Không có họ tên, cũng không có mã ca bệnh")
    birth = draft.entry.values.get("birth_date")
    case = draft.case
    checks = [
        lambda: check_days(
            today=plan.today, birth=birth, onset=case["onset_on"], sampled=case["sampled_on"],
            resulted=case["resulted_on"], outcome=case["outcome_on"], died=case["outcome"] == "died",
        ),
        lambda: check_days(today=plan.today, outcome=case["confirmed_on"]),
    ]  # fmt: skip
    for check in checks:
        try:
            check()
        except Refused as refused:
            draft.refusals.append(refused.message.replace("Ngày kết thúc ở", "Ngày xác định ở"))


def _leave_out(draft: Draft) -> None:
    """Of two days of which one must be wrong neither is kept; the row says so."""
    case = draft.case
    for early, late, words in (
        ("onset_on", "outcome_on", "khởi phát sau kết thúc"), ("sampled_on", "resulted_on", "lấy mẫu sau kết quả"),
    ):  # fmt: skip
        first, second = case[early], case[late]
        if first and second and second < first:
            case[early] = case[late] = None
            draft.notes.append(f"Ngày mâu thuẫn ({words}: {first:%d/%m/%Y}, {second:%d/%m/%Y}), để trống cả hai")
