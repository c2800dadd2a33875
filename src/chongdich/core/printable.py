"""Text that every writer can print: composed, on one line, without characters that XML and PDF do not know."""

import re

from chongdich.core.vietnamese import nfc, squeeze

_RANGES = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls
    "\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of writing
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # surrogates and non-characters
    + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
)
_UNPRINTABLE = re.compile(f"[{_RANGES}]")


def clean(text: str) -> str:
    """One line of printable text, NFC, single blanks."""
    return squeeze(_UNPRINTABLE.sub("", text))


def clean_lines(text: str) -> str:
    """Printable text with its line breaks."""
    return "\n".join(clean(line) for line in nfc(text).splitlines())


_INNER_CAPITAL = re.compile(r"\b[a-zđ]+[A-ZĐ]\w*")


def upper(text: str) -> str:
    """Capitals, as the decree asks of names and titles; a word written like "nCoV" stays what it is."""
    kept = _INNER_CAPITAL.search(text)
    if not kept:
        return text.upper()
    return text[: kept.start()].upper() + kept.group() + upper(text[kept.end() :])
