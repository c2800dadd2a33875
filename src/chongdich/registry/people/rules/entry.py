"""From what somebody typed, or a spreadsheet held, to the values of a person: all refusals at once, and the doubts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from chongdich.core.errors import Refused
from chongdich.core.vietnamese import fold, squeeze
from chongdich.registry.people.rules.days import check_birth, check_past, read_day
from chongdich.registry.people.rules.identity import check_cccd, cmnd_number, insurance_number, passport_number
from chongdich.registry.people.rules.names import folded_name, person_name
from chongdich.registry.people.rules.phones import phone_number, phone_numbers
from chongdich.registry.people.rules.words import Doubt

SEXES = {"": "", "m": "m", "f": "f", "nam": "m", "nu": "f", "male": "m", "female": "f", "trai": "m", "gai": "f"}
MOST_DOSES = 8
# Fields kept as written, with the longest text that fits.
TEXTS = {
    "occupation": 120, "workplace": 200, "school": 200, "guardian_name": 120, "residence_hamlet": 80,
    "residence_address": 200, "present_hamlet": 80, "present_address": 200, "last_vaccine": 40, "note": 4000,
}  # fmt: skip
KEPT = ("residence_id", "present_id", "household_id", "pregnant", "pregnant_until", "comorbidities", "nationality")


@dataclass
class Entry:
    """`values` are model fields; `phones` normalised, None when not named; after `refusals` nothing may be written."""

    values: dict[str, Any] = field(default_factory=dict)
    phones: list[str] | None = None
    refusals: list[Refused] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def attempt(self, read: Callable[[], Any], default: Any = None) -> Any:
        """What `read` gives, or the default with its refusal noted."""
        try:
            return read()
        except Refused as refused:
            self.refusals.append(refused)
            return default


def read_entry(raw: Mapping[str, Any], today: date) -> Entry:
    """Check every field that `raw` names: texts as typed, `birth` a day or a year, `phone` one or several numbers.

    Fields that `raw` does not name do not appear in `values`. Numbers of places and answers (`residence_id`,
    `pregnant`, …) are taken as they are.
    """
    entry = Entry()
    values = entry.values
    if "name" in raw:
        values["name"] = entry.attempt(lambda: person_name(_text(raw, "name")), "")
        values["name_folded"] = folded_name(values["name"])
    if "birth" in raw:
        values["birth_date"], values["birth_year"] = entry.attempt(
            lambda: _birth(_text(raw, "birth"), today), (None, None)
        )
    if "sex" in raw:
        values["sex"] = entry.attempt(lambda: _sex(_text(raw, "sex")), "")
    _read_numbers(entry, raw, today)
    _read_vaccine(entry, raw, today)
    for name, longest in TEXTS.items():
        if name in raw:
            values[name] = entry.attempt(partial(_fitting, _text(raw, name), name, longest), "")
    values.update({name: raw[name] for name in KEPT if name in raw})
    return entry


def _text(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    return "" if value is None else squeeze(str(value))


def _birth(text: str, today: date) -> tuple[date | None, int | None]:
    day, year = read_day(text, "birth")
    try:
        return day, check_birth(day, year, today)
    except Refused as refused:
        raise Refused(refused.message, "birth") from refused


def _sex(text: str) -> str:
    if fold(text) not in SEXES:
        raise Refused(f"Không hiểu giới tính “{text}”; viết Nam hoặc Nữ.", "sex")
    return SEXES[fold(text)]


def _read_numbers(entry: Entry, raw: Mapping[str, Any], today: date) -> None:
    values = entry.values
    if "cccd" in raw:
        text = _text(raw, "cccd")
        year, sex = values.get("birth_year"), values.get("sex", "")
        number, doubts = entry.attempt(lambda: check_cccd(text, year, sex, today.year), ("", [])) if text else ("", [])
        values["cccd"] = number
        entry.doubts += doubts
    readers = {"cmnd": cmnd_number, "passport": passport_number, "insurance_number": insurance_number}
    for name, read in readers.items():
        if name in raw:
            text = _text(raw, name)
            values[name] = entry.attempt(partial(read, text), "") if text else ""
    if "guardian_phone" in raw:
        text = _text(raw, "guardian_phone")
        values["guardian_phone"] = entry.attempt(lambda: phone_number(text, "guardian_phone"), "") if text else ""
    if "phone" in raw:
        entry.phones = entry.attempt(lambda: phone_numbers(str(raw["phone"] or ""), "phone"), [])


def _read_vaccine(entry: Entry, raw: Mapping[str, Any], today: date) -> None:
    if "vaccine_doses" in raw:
        entry.values["vaccine_doses"] = entry.attempt(lambda: _doses(_text(raw, "vaccine_doses")))
    if "last_dose_on" in raw:
        entry.values["last_dose_on"] = entry.attempt(lambda: _past_day(_text(raw, "last_dose_on"), today))
        if entry.values["last_dose_on"] and entry.values.get("vaccine_doses") == 0:
            entry.refusals.append(Refused("Chưa tiêm mũi nào thì không có ngày tiêm.", "last_dose_on"))


def _doses(text: str) -> int | None:
    if not text:
        return None
    number = text.removesuffix(".0")
    if not (number.isascii() and number.isdigit()) or int(number) > MOST_DOSES:
        raise Refused(f"Số mũi tiêm là một số từ 0 đến {MOST_DOSES}.", "vaccine_doses")
    return int(number)


def _past_day(text: str, today: date) -> date | None:
    day, year = read_day(text, "last_dose_on")
    if year and not day:
        raise Refused("Cần đủ ngày, tháng, năm.", "last_dose_on")
    check_past(day, today, "last_dose_on", "Ngày tiêm")
    return day


def _fitting(text: str, where: str, longest: int) -> str:
    if len(text) > longest:
        raise Refused(f"Dài quá {longest} ký tự.", where)
    return text
