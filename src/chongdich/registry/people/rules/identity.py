"""Numbers that name a person: citizen card (CCCD), old identity card (CMND), passport, social insurance."""

import re

from chongdich.core.errors import Refused
from chongdich.registry.people.rules.words import Doubt

# Codes of the provinces in a personal identification number (Thông tư 07/2016/TT-BCA, Phụ lục 1).
_PROVINCES = (
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 "
    "044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 "
    "089 091 092 093 094 095 096"
)
PROVINCES = frozenset(_PROVINCES.split())
_FILLING = re.compile(r"[\s.\-\u00a0\u200b]")
_INSURANCE = re.compile(r"(?:[A-Z]{2}\d{3})?(\d{10})")
_PASSPORT = re.compile(r"[A-Z0-9]{6,15}")


def citizen_number(text: str, where: str = "cccd") -> str:
    """Twelve digits; Refused with what is wrong. A zero that a spreadsheet dropped is named, never put back unasked."""
    number = _digits(text, where, "Số CCCD")
    if len(number) == 11 and f"0{number[:2]}" in PROVINCES:
        raise Refused(
            f"Số CCCD có 12 chữ số, ở đây có 11: có thể bảng tính đã bỏ số 0 ở đầu, kiểm tra có phải 0{number}.", where
        )
    if len(number) != 12:
        raise Refused(f"Số CCCD có 12 chữ số, ở đây có {len(number)}.", where)
    return number


def born(cccd: str) -> int:
    """The year of birth that a citizen number says (Nghị định 137/2015/NĐ-CP, Điều 13; Thông tư 07/2016/TT-BCA)."""
    return 1900 + 100 * (int(cccd[3]) // 2) + int(cccd[4:6])


def sex_of(cccd: str) -> str:
    """ "m" or "f" as a citizen number says: the digit of the century is even for men."""
    return "f" if int(cccd[3]) % 2 else "m"


def check_cccd(text: str, birth_year: int | None, sex: str, this_year: int) -> tuple[str, list[Doubt]]:
    """The number and what speaks against it. Refused when it cannot be a citizen number at all."""
    number = citizen_number(text)
    if born(number) > this_year:
        raise Refused(f"Số CCCD nói năm sinh {born(number)}, chưa đến.", "cccd")
    if len(set(number)) == 1:
        raise Refused("Số CCCD không thể gồm một chữ số lặp lại.", "cccd")
    return number, list(_doubts(number, birth_year, sex))


def _doubts(number: str, birth_year: int | None, sex: str) -> list[Doubt]:
    found = []
    if number[:3] not in PROVINCES and number[0] == "0":
        found.append(Doubt("cccd", f"Ba số đầu {number[:3]} không phải mã tỉnh nào."))
    if birth_year and born(number) != birth_year:
        found.append(Doubt("cccd", f"Số CCCD nói năm sinh {born(number)}, khác {birth_year} đã khai."))
    if sex and sex_of(number) != sex:
        said = "nữ" if sex_of(number) == "f" else "nam"
        found.append(Doubt("cccd", f"Số CCCD nói giới tính {said}, khác giới tính đã khai."))
    return found


def cmnd_number(text: str, where: str = "cmnd") -> str:
    """Nine digits, or twelve on the cards of 2012–2015."""
    number = _digits(text, where, "Số CMND")
    if len(number) == 8:
        raise Refused(f"Số CMND có 9 chữ số, ở đây có 8: có thể bảng tính đã bỏ số 0 ở đầu, kiểm tra 0{number}.", where)
    if len(number) not in (9, 12):
        raise Refused(f"Số CMND có 9 hoặc 12 chữ số, ở đây có {len(number)}.", where)
    return number


def insurance_number(text: str, where: str = "insurance_number") -> str:
    """The ten digits of the social insurance code, alone or at the end of a card's fifteen signs."""
    found = _INSURANCE.fullmatch(_FILLING.sub("", text).upper())
    if not found:
        raise Refused("Mã BHXH có 10 chữ số; thẻ BHYT mẫu cũ có 15 ký tự (hai chữ cái rồi 13 chữ số).", where)
    return found.group(1)


def passport_number(text: str, where: str = "passport") -> str:
    """Letters and digits without blanks, in capitals."""
    number = _FILLING.sub("", text).upper()
    if not _PASSPORT.fullmatch(number):
        raise Refused("Số hộ chiếu chỉ gồm 6–15 chữ cái không dấu và chữ số.", where)
    return number


def _digits(text: str, where: str, words: str) -> str:
    number = _FILLING.sub("", text.strip().removesuffix(".0"))
    if re.fullmatch(r"\d(?:[.,]?\d+)?E\+?\d+", number, re.IGNORECASE):
        raise Refused(f"{words} “{text.strip()}” đã bị bảng tính rút gọn, mất các chữ số cuối; cần số đầy đủ.", where)
    if not number.isascii() or not number.isdigit():
        raise Refused(f"{words} chỉ gồm chữ số.", where)
    return number
