"""Recipients with purpose and channel, and the archive line: component 9b of Nghị định 30/2020/NĐ-CP, Annex I."""

import re

from chongdich.kernels.text.passages import Passage

from ..cells import BULLET
from ..lines import Line, is_junk
from ..result import Recipient, Text
from .fields import Tail

RECIPIENTS = re.compile(r"^\W{0,4}n[o0]i\s?nh.n\b\s*[:;.]?|^\W{0,4}noi nhan\s*[:;.]?")
ARCHIVE = re.compile(r"^\W{0,4}l[uư][uư]\s*[:;.,]?\s*(?=\W*v\W{0,2}[tp]|van thu|\S)")
_CHANNEL = re.compile(
    r"^\W*gui\s+(?:(?P<e>ban )?dien tu|qua mang|(?:ban )?giay)[^:]{0,30}:?\s*$|^\W*gui (?:ban )?(?:dien tu|giay)\s*:"
)
_PURPOSE = re.compile(
    r"\(\s*(?:de\s+)?(?P<p>t\s?[/.]\s?h(?:ien)?|b\s?[/.]?\s?[ce](?:ao)?|p\s?[/.]\s?h(?:op)?|bao cao"
    r"|thuc hien|phoi hop[^)]*|biet|theo doi|"
    r"chi dao|k/t|kiem tra|dang tai|dua tin|niem yet|p/hop chi dao|thay b/c)\s*\)"
)


def read_recipients(left: list[Passage], tail: Tail) -> None:
    items: list[tuple[Passage, str | None]] = []
    channel: str | None = None
    archived = False
    for text in left:
        label = RECIPIENTS.match(text.folded)
        text = text.part(label.end()) if label else text
        if not text or (len(text) < 4 and not BULLET.match(text.text)) or is_junk(Line(text, 0, 0)):
            continue
        if _CHANNEL.match(text.folded):
            channel = "paper" if "giay" in text.folded else "electronic"
            continue
        if archived:
            break
        archived = _add(items, text, channel, tail)
    tail.recipients = tuple(r for item, way in items if (r := _recipient(item, way)))


def _add(items: list[tuple[Passage, str | None]], text: Passage, channel: str | None, tail: Tail) -> bool:
    bullet = BULLET.match(text.text)
    body = text.part(bullet.end() if bullet else 0)
    archive = ARCHIVE.match(body.folded)
    if archive:
        kept = body.part(archive.end()).trimmed(".;,:_-*~|'`\"")
        if kept:
            tail.archive = Text(kept.text, kept.span())
        return True
    continues = items and not bullet and (text.text[:1].islower() or not items[-1][0].text.endswith((";", ".", ")")))
    if continues:
        before, way = items[-1]
        items[-1] = (Passage.join([before, text]), way)
    else:
        items.append((body, channel))
    return False


def _recipient(item: Passage, channel: str | None) -> Recipient | None:
    span = item.span()
    end = re.search(r";(?=[^;]*$)", item.text)
    if end and len(item.text) - end.end() < 12 and not any(c.isalpha() for c in item.text[end.end() :][3:]):
        item = item.part(0, end.start())
    purpose = _PURPOSE.search(item.folded)
    why = None
    if purpose:
        why = (
            re.sub(r"\s", "", item.text[slice(*purpose.span("p"))])
            if "/" in purpose["p"]
            else item.text[slice(*purpose.span("p"))]
        )
        why = {"b/e": "b/c", "b/cao": "b/c", "b/cáo": "b/c"}.get(why, why)
        item = item.without([purpose.span()])
    name = item.trimmed(".;,:_-—*~|'`\"«»").text
    name = re.sub(r"\s+", " ", name)
    return Recipient(name, why, channel, span) if sum(c.isalpha() for c in name) > 1 else None
