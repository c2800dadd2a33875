"""The QR code on a chip citizen card: number|old number|name|birth day|sex|residence|day of issue."""

from dataclasses import dataclass
from datetime import date

from chongdich.core.errors import Refused
from chongdich.core.vietnamese import fold, squeeze
from chongdich.registry.people.rules.days import read_day
from chongdich.registry.people.rules.identity import citizen_number, cmnd_number
from chongdich.registry.people.rules.names import person_name

_SEXES = {"nam": "m", "nu": "f", "male": "m", "female": "f"}


@dataclass(frozen=True)
class ChipCard:
    """What the card says. `birth_date` is None on cards that know only the year."""

    cccd: str
    cmnd: str
    name: str
    birth_date: date | None
    birth_year: int | None
    sex: str
    residence: str
    issued_on: date | None


def read_chip(text: str) -> ChipCard:
    """Read the string that a scanner types. Refused with the field that is wrong; later fields are left alone."""
    parts = [squeeze(part) for part in text.strip().split("|")]
    if len(parts) < 6:
        raise Refused("Mã QR của thẻ CCCD gắn chip có ít nhất sáu phần cách nhau bằng dấu |.", "chip")
    birth_date, birth_year = read_day(parts[3], "birth_date")
    sex = _SEXES.get(fold(parts[4]), "")
    if parts[4] and not sex:
        raise Refused(f"Không hiểu giới tính “{parts[4]}” trên thẻ.", "sex")
    return ChipCard(
        cccd=citizen_number(parts[0]),
        cmnd=cmnd_number(parts[1]) if parts[1] else "",
        name=person_name(parts[2]),
        birth_date=birth_date,
        birth_year=birth_year,
        sex=sex,
        residence=parts[5],
        issued_on=read_day(parts[6], "issued_on")[0] if len(parts) > 6 else None,
    )
