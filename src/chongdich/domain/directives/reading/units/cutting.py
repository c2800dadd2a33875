"""Where a list of bodies is cut into its bodies."""

import re

from chongdich.kernels.text.folding import fold_in_place
from chongdich.kernels.text.passages import Passage

from ..names import mended
from ..result import Unit
from ..vocabulary import GROUP_ALIASES
from .openings import starts_bare_after, starts_body

SEPARATOR = re.compile(r"\s*[,;]\s*(?:va\s+|cung\s+)?|\s+va\s+|\s+cung\s+(?:voi\s+)?")
_BARE_BODY = re.compile(r"^(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|so|phong|ban|trung tam|cong an)$")


def cut(passage: Passage, at: int, end: int, *, bare: bool) -> list[Unit]:
    pieces: list[tuple[int, int]] = []
    start = at
    for separator in SEPARATOR.finditer(passage.folded, at, end):
        after = separator.end()
        if (
            after >= end
            or separator.start() <= start
            or not (starts_body(passage, after) or (bare and starts_bare_after(passage, after, separator)))
        ):
            continue
        if "," in separator.group() and _BARE_HEADS_ONLY.fullmatch(
            passage.folded[after:end].split(",")[0].split(" va ")[0].strip()
        ):
            continue
        if _incomplete(passage, start, separator, end):
            continue
        pieces.append((start, separator.start()))
        start = after
    pieces.append((start, end))
    units = []
    for a, b in pieces:
        part = passage.part(a, b).trimmed(",;:." + MASK)
        if part:
            name = mended(re.sub(rf"\s*{MASK}+", "", part.text), case=False)
            units.append(Unit(_named_once(name), part.span()))
    return units


MASK = "¤"
_BARE_HEADS_ONLY = re.compile(r"(?:so|ban|nganh|phong|hoi|doan the)")


def _incomplete(passage: Passage, start: int, separator: re.Match[str], end: int) -> bool:
    """ "UBND và Trạm Y tế các xã": the first body has no name of its own, both share what follows."""
    left = passage.folded[start : separator.start()].strip()
    if "," not in separator.group() and ";" not in separator.group():
        if _BARE_BODY.match(left):
            return True
        if re.search(r"\b(?:van phong|vp)\b.*\b(?:hdnd|hoi dong nhan dan|dbqh)$", left):
            return True
    offices = re.search(r"\bvan phong (?:doan )?(?:dbqh|dai bieu quoc hoi)$", left)
    return left.endswith(("khu kinh te", "khu cong nghiep")) or offices is not None


def _named_once(name: str) -> str:
    folded = fold_in_place(name)
    for alias, kept in GROUP_ALIASES.items():
        place = folded.find(fold_in_place(alias))
        if place >= 0:
            return name[:place] + kept + name[place + len(alias) :]
    return name
