"""Repairs that the scanning or the typesetting of a page makes necessary: one character for one, places unchanged."""

_LOOKALIKES = {
    "ƣ": "ư",  # old TrueType tables of the letter ư
    "Ƣ": "Ư",
    "Ð": "Đ",  # the Icelandic letter
    "ð": "đ",
    "\u00a0": " ",
    "\u2007": " ",
    "\u202f": " ",
    "\t": " ",
}
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_TABLE = {ord(a): b for a, b in _LOOKALIKES.items()}
_DIGITS = {
    ord(a): b for a, b in {"l": "1", "I": "1", "|": "1", "O": "0", "o": "0", "Ø": "0", "ø": "0", "§": "8"}.items()
}


def is_invisible(character: str) -> bool:
    """Marks of direction, joiners and soft hyphens: they hold a place in the file and none on the page."""
    return ord(character) in _NOTHING


def mend_letters(text: str) -> str:
    """Letters that only look right (ƣ for ư, the Icelandic Ð for Đ), replaced one for one."""
    return text.translate(_TABLE)


def mend_digits(text: str) -> str:
    """Letters a scanner confuses with one digit only (l, I, O, §). Others are left: a digit is never guessed."""
    return text.translate(_DIGITS)
