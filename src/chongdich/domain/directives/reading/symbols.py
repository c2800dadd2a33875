"""Numbers and symbols: "8005/UBND-VXNV", "/UBND-VP", "7572 /UBND-VXNV", "550-CV/HU", "23/2021/QĐ-TTg", and their ruins.

Nghị định 30/2020/NĐ-CP, Annex I, II.3; party documents put a dash after the number (Quy định 66-QĐ/TW).
"""

import re
from dataclasses import dataclass

from chongdich.kernels.text.folding import fold_in_place
from chongdich.kernels.text.passages import Passage
from chongdich.kernels.text.repair import mend_digits

from .vocabulary import SYMBOL_BY_FOLDED

_LETTERS = r"[A-ZĐƯÂÊÔƠĂ]"
_PART = rf"{_LETTERS}[A-Za-zĐđƯưÂâÊêÔôƠơĂă0-9]{{0,12}}"
_STATE_SYMBOL = rf"{_PART}(?:\s?[-–—]\s?{_PART}|[.,&]{_PART})*"
_PARTY_SYMBOL = r"[A-ZĐ][A-Za-zĐđ]{1,4}\s?/\s?[A-ZĐ][A-Za-zĐđ0-9]{1,8}(?:\s?[-–]\s?[A-ZĐ]{2,8})?"
OWN = re.compile(
    rf"^\W{{0,3}}(?:[Ss$][^\W\d_]|[Ss]6|\$6|5ố|S0)\s*[:.,;]?\s*(?P<n>(?:\d{{1,5}}/\d{{4}}(?=\s?/))"
    rf"|[^/\n]{{0,14}}?|\d/\d{{1,4}}\s?)"
    rf"\s*(?:/\s?(?P<s>{_STATE_SYMBOL})|[-–]\s?(?P<p>{_PARTY_SYMBOL}))"
)
"""The document's own number at the beginning of a cell."""
CITED = re.compile(
    rf"(?<![\w/.,])(?P<n>\d{{1,5}}[a-z]?)(?:\s?/\s?(?P<y>(?:19|20)\d\d))?\s?"
    rf"(?:/\s?(?P<s>{_STATE_SYMBOL})|[-–]\s?(?P<p>{_PARTY_SYMBOL}))"
)
"""Another document's number anywhere in a sentence."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """`number` is None where it was left blank or cannot be read (`raw` then says what stood there)."""

    number: str | None
    symbol: str
    raw: str
    end: int
    party: bool


def own_number(cell: Passage) -> Numbered | None:
    """The number and symbol a cell of the head begins with, or None."""
    match = OWN.match(cell.text)
    if not match:
        return None
    raw = match["n"].strip(" .:,;_…")
    symbol, end = _symbol(match["s"] or match["p"], match.end("s") if match["s"] else match.end("p"))
    return Numbered(_own_digits(raw), symbol, raw, end, bool(match["p"]))


def cited_number(match: re.Match[str]) -> tuple[str, int]:
    """The whole number as it is cited ("128/NQ-CP", "550-CV/HU") and where it ends."""
    group = "s" if match["s"] else "p"
    symbol, end = _symbol(match[group], match.end(group))
    year = f"/{match['y']}" if match["y"] else ""
    return f"{match['n']}{year}{'/' if match['s'] else '-'}{symbol}", end


def mend_symbol(symbol: str) -> str:
    """Blanks out, dashes plain, lost diacritics of well-known parts put back."""
    symbol = re.sub(r"\s", "", symbol).replace("–", "-").replace("—", "-")
    return "".join(
        SYMBOL_BY_FOLDED.get(fold_in_place(part), part) if _may_mend(part) else part
        for part in re.split(r"([-/.&])", symbol)
    )


def _may_mend(part: str) -> bool:
    known = SYMBOL_BY_FOLDED.get(fold_in_place(part), "")
    return bool(known) and known != part and (part.upper() == part or len(part) == len(known))


def _symbol(written: str, end: int) -> tuple[str, int]:
    """A symbol may have swallowed the first word after it ("UBND- Quảng"): words in small letters are given back."""
    dangling = re.search(r"\s?[-–—]\s[A-ZĐ][a-zđ]+$|[.,][A-ZĐ][a-zđ]{2,}.*$", written)
    if dangling:
        end -= len(written) - dangling.start()
        written = written[: dangling.start()]
    return mend_symbol(written), end


def _own_digits(raw: str) -> str | None:
    digits = mend_digits(raw).replace(" ", "")
    if re.fullmatch(r"\d{1,6}[a-z]?(?:/\d{4})?", digits):
        return digits
    return None
