"""Which line opens a paragraph and which continues the one before it."""

import re
from dataclasses import dataclass

from ..cells import shouting
from ..lines import Line
from .marks import Mark, mark_of
from .verbs import starts_with_verb

_TERMINAL = re.compile(r"[.;:!?…]['\"”’)]*$|\./\.?$")
_CONNECTIVE = re.compile(
    r"(?:\b(?:và|với|của|các|cho|theo|tại|trong|về|đến|để|là|do|từ|hoặc|những|thành|Bộ|Sở|Ủy|số)|[,\-–(/])$"
)
END = re.compile(r"[.,]\s?/\s?[.,]")
_TITLE_START = re.compile(
    r"^\W{0,3}\w{1,5}(?:\.\d{1,2})*[.)]\s+(?:ve|doi voi|cong tac|noi dung|thoi gian|trach nhiem)\b"
)
_OPENERS = re.compile(
    r"(?:van phong (?:ubnd|uy ban|tinh uy|huyen uy|hdnd)[^,.]{0,30}thong bao|can cu (?:luat|nghi"
    r"|quyet|cong|thong|ke|ket|chi|to|van)|theo de nghi|xet (?:de nghi|to "
    r"trinh)|tren day la|tran trong|voi noi dung|"
    r"(?:trong )?qua trinh (?:thuc hien|trien khai)|yeu cau (?:cac|thu truong|giam doc|chu tich)|de "
    r"nghi (?:cac|thu truong|giam doc|chu tich)|nhan duoc (?:cong|van))\b"
)


@dataclass
class Open:
    lines: list[Line]
    mark: bool


def usual_width(lines: list[Line]) -> int:
    """The usual length of a full line; a large number when the lines are not wrapped."""
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 30)
    if not lengths or lengths[-1] > 160:
        return 10**6
    return lengths[int(len(lengths) * 0.85)]


def opens_paragraph(group: Open, before: Line, line: Line, marked: tuple[Mark, int] | None, width: int) -> bool:
    previous, text = before.text.text, line.text.text
    finished = _TERMINAL.search(previous) is not None
    if marked:
        return _mark_opens(group, before, line, marked[0], finished)
    if END.search(previous[-6:]):
        return True
    small = _starts_small(text)
    wrapped = width < 10**6
    fits = wrapped and len(previous) + 1 + len(text.split(" ", 1)[0]) < width * 0.93
    titled = group.mark and len(group.lines) == 1 and not finished
    if line.gap:
        if small:
            return False
        if finished or not wrapped:
            return finished or not _CONNECTIVE.search(previous)
        begins = starts_with_verb(text, singles=False) or line.folded.startswith(("cac ", "yeu cau", "de nghi"))
        return not _CONNECTIVE.search(previous) and (
            titled or shouting(previous) > 0.85 or (not line.page and (begins or roomy(previous, width)))
        )
    if small:
        return False
    if shouting(previous) > 0.85 and shouting(text) < 0.6:
        return True
    if finished and (line.indent >= before.indent + 3 or _OPENERS.match(line.folded)):
        return True
    if titled:
        opens = starts_with_verb(text) or _TITLE_START.match(group.lines[0].folded) is not None
        return wrapped and not _CONNECTIVE.search(previous) and (roomy(previous, width) or (fits and opens))
    return wrapped and fits and finished and not _CONNECTIVE.search(previous)


def roomy(previous: str, width: int) -> bool:
    """Was a line left off well before the margin?"""
    return len(previous) < width * 0.7


def _starts_small(text: str) -> bool:
    first = text.lstrip("\"“'(")[:1]
    return first.islower() or first in ",.;)" or first.isdigit()


def _mark_opens(group: Open, before: Line, line: Line, mark: Mark, finished: bool) -> bool:
    """A mark in the flow of a sentence ("giai đoạn 2024 / - 2025.", "COVID- / 19. Sở") is none."""
    body = line.text.text[mark_of(line.text)[1] :] if mark_of(line.text) else ""  # type: ignore[index]
    previous = before.text.text
    if mark.kind == "article":
        return (
            finished
            or bool(line.gap)
            or (
                not _CONNECTIVE.search(previous)
                and ":" in line.text.text[:12] + "."
                and bool(re.match(r"\S+ \d+[.:]", line.text.text))
            )
        )
    if mark.kind in ("part", "roman"):
        return True
    capital = body.lstrip("\"“('‘*_ ")[:1].isupper()
    if mark.kind in ("dash", "plus"):
        if finished or line.gap or shouting(previous) > 0.85:
            return capital or finished or bool(line.gap and body[:1].isalpha())
        return capital and not _CONNECTIVE.search(previous)
    if not capital and not (line.gap and finished):
        return False
    if re.search(r"[-–]$", previous) or (_CONNECTIVE.search(previous) and not line.gap):
        return False
    return mark.sure or finished or bool(line.gap) or (group.mark and len(group.lines) == 1)
