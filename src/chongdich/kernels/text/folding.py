"""Folding that keeps every character in its place, so that a find can be shown in the original.

`core.vietnamese.fold` may change lengths; this one never does: one character in, one character out.
"""

import sys
import unicodedata

_LIKE_D = {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "Ɖ": "d"}
_LIKE_LETTERS = {"ø": "o", "Ø": "o", "ƣ": "u", "Ƣ": "u", "ƒ": "f", "ı": "i", "ł": "l", "Ł": "l"}
_LIKE_MARKS = {"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "\u00a0": " ", "\t": " ", "“": '"', "”": '"', "’": "'"}
_BLOCKS = ((0x41, 0x5B), (0xC0, 0x250), (0x1E00, 0x1F00))


def _bare(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


_TABLE = {code: _bare(chr(code)) for first, last in _BLOCKS for code in range(first, last)}
_TABLE |= {ord(a): sys.intern(b) for like in (_LIKE_D, _LIKE_LETTERS, _LIKE_MARKS) for a, b in like.items()}


def fold_in_place(text: str) -> str:
    """NFC text in lower case without diacritics or đ, exactly as long as the text given."""
    return text.translate(_TABLE)
