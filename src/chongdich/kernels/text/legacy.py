"""The Vietnamese encodings from before Unicode: TCVN3 (ABC), VNI-Windows, VIQR, CP1258. Each way is a pure function.

TCVN3 is the 8-bit set of TCVN 5712:1993 in the form used by the ".Vn" fonts: it has no code for capitals with tones
(a capital font, ".VnTimeH", draws the small letters as capitals). VNI writes a letter and its mark as two characters.
VIQR (RFC 1456) writes marks as ASCII punctuation after the letter.
"""

import re
import unicodedata

_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđ······àảãáạ·ằẳẵắ·······ặầẩẫấậè·ẻẽéẹềểễếệìỉ···ĩíịò·ỏõóọồổỗốộờởỡớợù·ủũúụừửữứựỳỷỹýỵ"
"""The letters of codes A1 to FE; "·" where the set has none."""
_TCVN3 = {chr(0xA1 + i): letter for i, letter in enumerate(_TCVN3_LETTERS) if letter != "·"}
_TO_TCVN3 = str.maketrans({letter: code for code, letter in _TCVN3.items()})
_FROM_TCVN3 = str.maketrans(_TCVN3)

_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_ALONE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}


def _vni_table() -> dict[str, str]:
    """Every VNI sequence (one or two Latin-1 characters) and its letter, small and capital."""
    table = dict(_VNI_ALONE)
    for base, letter in {**dict(zip("aeouy", "aeouy")), "ô": "ơ", "ö": "ư"}.items():
        table |= {base + code: letter + mark for code, mark in _VNI_TONES.items()}
    table |= {"a" + code: "ă" + mark for code, mark in _VNI_BREVE.items()}
    for base in "aeo":
        circumflexed = unicodedata.normalize("NFC", base + "\u0302")
        table |= {base + code: circumflexed + mark for code, mark in _VNI_CIRCUMFLEX.items()}
    small = {code: unicodedata.normalize("NFC", letter) for code, letter in table.items()}
    return small | {code.upper(): letter.upper() for code, letter in small.items()} | _mixed_case(small)


def _mixed_case(small: dict[str, str]) -> dict[str, str]:
    """A capital letter typed with the small mark ("Aù") is still that capital."""
    return {code[0].upper() + code[1:]: letter.upper() for code, letter in small.items() if len(code) == 2}


_VNI = _vni_table()
_VNI_SEQUENCE = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_TO_VNI = {letter: code for code, letter in reversed(_VNI.items())}

_VIQR_MARKS = {"'": "\u0301", "`": "\u0300", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
_VIQR_SHAPES = {"^": "\u0302", "(": "\u0306", "+": "\u031b", "*": "\u031b"}
_VIQR_SEQUENCE = re.compile(
    r"\\(.)|([Dd])[Dd]|([Aa])([\^(]?)(['`?~.]?)|([Ee])(\^?)(['`?~.]?)|([Oo])([\^+*]?)(['`?~.]?)|([Uu])([+*]?)(['`?~.]?)"
    r"|([IiYy])()(['`?~.]?)",
    re.DOTALL,
)
_VIQR_TO_MARKS = {mark: code for code, mark in reversed((_VIQR_SHAPES | _VIQR_MARKS).items())}
_TONES = frozenset(_VIQR_MARKS.values())
_BEFORE_A_MARK = frozenset("aeiouy'`?~.^(+*")
_SYMBOL_FONT = str.maketrans({0xF000 + code: code for code in range(0x20, 0x100)})


def plain_codes(text: str) -> str:
    """Word keeps characters of symbol fonts at U+F020-U+F0FF: bring them back to their one-byte codes."""
    return text.translate(_SYMBOL_FONT)


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """Latin-1 characters as typed in a ".Vn" font; `capitals` for the fonts ending in H, which draw capitals."""
    letters = text.translate(_FROM_TCVN3)
    return letters.upper() if capitals else letters


def to_tcvn3(text: str) -> str:
    """Latin-1 characters; a capital with a tone becomes its small letter, because TCVN3 has no code for it."""
    known = "".join(c if ord(c) < 0x80 or c in _TO_TCVN3_LETTERS else c.lower() for c in text)
    return known.translate(_TO_TCVN3)


_TO_TCVN3_LETTERS = frozenset(_TCVN3.values())


def from_vni(text: str) -> str:
    """Latin-1 characters as typed in a "VNI-" font."""
    return _VNI_SEQUENCE.sub(lambda m: _VNI[m.group()], text)


def to_vni(text: str) -> str:
    """Latin-1 characters for a "VNI-" font."""
    return "".join(_TO_VNI.get(c, c) for c in text)


def from_viqr(text: str) -> str:
    """Marks written as punctuation become marks; a backslash keeps the punctuation (RFC 1456)."""
    return unicodedata.normalize("NFC", _VIQR_SEQUENCE.sub(_viqr_letter, text))


def _viqr_letter(match: re.Match[str]) -> str:
    escaped, dd, *vowel = match.groups()
    if escaped is not None:
        return escaped
    if dd:
        return "đ" if dd == "d" else "Đ"
    letter, shape, tone = (part for part in vowel if part is not None)
    return letter + _VIQR_SHAPES.get(shape, "") + _VIQR_MARKS.get(tone, "")


def to_viqr(text: str) -> str:
    """ASCII punctuation for marks; what would be read as a mark or as "dd" is escaped."""
    composed = unicodedata.normalize("NFC", text)
    written = ""
    for c, following in zip(composed, composed[1:] + " "):
        written += ("\\" if _needs_escape(c, written[-1:], following) else "") + _viqr_code(c)
    return written


def _viqr_code(c: str) -> str:
    if c in "đĐ":
        return "dd" if c == "đ" else "DD"
    base, *marks = list(unicodedata.normalize("NFD", c))
    if not all(mark in _VIQR_TO_MARKS for mark in marks):
        return c
    return base + "".join(_VIQR_TO_MARKS[mark] for mark in sorted(marks, key=_TONES.__contains__))


def _needs_escape(c: str, before: str, following: str) -> bool:
    if c in "dD":
        return following in "dDđĐ"
    return c == "\\" or ((c in _VIQR_MARKS or c in _VIQR_SHAPES) and before.lower() in _BEFORE_A_MARK)


def to_cp1258(text: str) -> bytes:
    """As Windows writes it: base letters precomposed, tones as marks of their own."""
    return "".join(_cp1258_form(c) for c in text).encode("cp1258", errors="replace")


def _cp1258_form(c: str) -> str:
    marks = unicodedata.normalize("NFD", c)
    tone = "".join(m for m in marks if m in _TONES)
    return unicodedata.normalize("NFC", "".join(m for m in marks if m not in _TONES)) + tone
