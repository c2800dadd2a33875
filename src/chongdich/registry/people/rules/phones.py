"""Telephone numbers of Việt Nam in one form: "+84912345678"."""

import re

from chongdich.core.errors import Refused

_SEPARATOR = re.compile(r"[;,/\n]|\s+-\s+|\bhoặc\b|\bvà\b")
_FILLING = re.compile(r"[\s().\-–\u00a0\u200b\u202a-\u202e]")
# Eleven-digit mobile numbers became ten-digit ones in September–November 2018 (Bộ TT&TT, kế hoạch 798/QĐ-BTTTT 2018).
_RENUMBERED = {
    "162": "32", "163": "33", "164": "34", "165": "35", "166": "36", "167": "37", "168": "38", "169": "39",
    "120": "70", "121": "79", "122": "77", "126": "76", "128": "78",
    "123": "83", "124": "84", "125": "85", "127": "81", "129": "82", "186": "56", "188": "58", "199": "59",
}  # fmt: skip
_MOBILE = re.compile(r"[35789]\d{8}")
_LANDLINE = re.compile(r"2\d{9}")
_FOREIGN = re.compile(r"[1-9]\d{7,14}")


def phone_number(text: str, where: str = "phone") -> str:
    """One number as "+84…" (or another country's "+…"). Refused when it is none.

    Takes 0912.345.678, +84 912 345 678, 84912345678, the nine digits that a spreadsheet leaves (912345678 or
    912345678.0), landlines with their area (0209 3871 234), and mobile numbers from before 2018.
    """
    bare = _FILLING.sub("", text.strip().removesuffix(".0"))
    digits = bare.removeprefix("+")
    if not digits.isascii() or not digits.isdigit():
        raise Refused(f"Số điện thoại “{text.strip()}” có ký tự lạ.", where)
    national = _national(bare, digits)
    if national is not None:
        return f"+84{national}"
    if bare.startswith(("+", "00")) and not _is_vietnams(bare) and _FOREIGN.fullmatch(digits.removeprefix("00")):
        return f"+{digits.removeprefix('00')}"
    raise Refused(
        f"“{text.strip()}” không phải số điện thoại: số di động có 10 chữ số, số cố định có mã vùng và đủ 11 chữ số.",
        where,
    )


def _is_vietnams(bare: str) -> bool:
    return bare.startswith(("+84", "0084"))


def _national(bare: str, digits: str) -> str | None:
    """The number after the leading 0; None when it is not one of Việt Nam."""
    if bare.startswith("+") and not _is_vietnams(bare):
        return None
    for prefix in ("0084", "840", "84", "0", ""):
        rest = digits.removeprefix(prefix)
        if prefix and rest == digits:
            continue
        if len(rest) == 10 and rest[:3] in _RENUMBERED:
            rest = _RENUMBERED[rest[:3]] + rest[3:]
        if _MOBILE.fullmatch(rest) or _LANDLINE.fullmatch(rest):
            return rest
    return None


def phone_numbers(text: str, where: str = "phone") -> list[str]:
    """Every number in a cell such as "0912345678 / 02093871234", each once."""
    parts = [part for part in _SEPARATOR.split(text) if part.strip()]
    return list(dict.fromkeys(phone_number(part, where) for part in parts))


def shown_phone(number: str) -> str:
    """ "+84912345678" as people read it: "0912 345 678"."""
    if not number.startswith("+84"):
        return number
    local = f"0{number[3:]}"
    return f"{local[:4]} {local[4:7]} {local[7:]}"
