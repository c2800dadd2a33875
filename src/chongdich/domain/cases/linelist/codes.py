"""Codes of cases as lists write them ("BN17", "NB001", "17") and as they refer to one another ("NB 45, 48 và NB50")."""

import re
from collections import Counter
from collections.abc import Collection, Iterable

_NUMBERED = re.compile(r"([A-Za-zĐđ]{2,6})[\s._-]*0*(\d+)")
_NUMBER = re.compile(r"0*(\d+)(?:\.0)?")
_BETWEEN = re.compile(r"\s*(?:[,;/|&+\n]|\bvà\b|\band\b)\s*", re.IGNORECASE)
LONGEST = 30


def code_key(text: str, prefix: str) -> str:
    """One spelling of a code: "NB001", "nb 1" and (in a list whose codes begin with NB) "1" are "NB1"."""
    plain = " ".join(text.split())
    number, numbered = _NUMBER.fullmatch(plain), _NUMBERED.fullmatch(plain)
    if number:
        return f"{prefix}{number[1]}"
    if numbered:
        return f"{numbered[1].upper()}{numbered[2]}"
    return plain.upper()


def prefix_of(codes: Iterable[str], usual: str = "BN") -> str:
    """The letters before the number that most codes of a list carry; `usual` where most carry none."""
    written = [code.strip() for code in codes if code.strip()]
    found = Counter(match[1].upper() for match in map(_NUMBERED.fullmatch, written) if match)
    letters, count = found.most_common(1)[0] if found else (usual, 0)
    return letters if count * 2 > len(written) else usual


def references(text: str, prefix: str, known: Collection[str]) -> list[str]:
    """The known codes that a cell names, each once, in order. "F1", "GB" or a ward's name are none."""
    parts = [part.strip(" .()\u00a0") for part in _BETWEEN.split(text) if part.strip(" .()\u00a0")]
    found = [code_key(part, prefix) for part in parts]
    loose = [code_key(word, prefix) for part in parts if code_key(part, prefix) not in known for word in _words(part)]
    return list(dict.fromkeys(key for key in [*found, *loose] if key in known))


def _words(part: str) -> list[str]:
    """Codes inside other words: "con của NB30", "NB1 NB2". Bare numbers inside words are not codes."""
    return [f"{letters}{digits}" for letters, digits in _NUMBERED.findall(part)]


def candidates(text: str, prefix: str) -> set[str]:
    """Everything in a cell that could be a code."""
    parts = [part.strip(" .()\u00a0") for part in _BETWEEN.split(text)]
    return {code_key(word, prefix) for part in parts if part for word in (part, *_words(part))}
