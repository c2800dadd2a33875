"""Which paragraphs order something: no closing call, no narrative, no list of names or effects."""

import re

from chongdich.kernels.text.legibility import legibility
from chongdich.kernels.text.passages import Passage

from ..units import read_units
from ..vocabulary import CLOSINGS, GENERAL_EXECUTION, NOUN_OPENINGS
from .deadlines import deadline_of
from .frames import State
from .leads import ORDER
from .outline import Node
from .verbs import starts_with_verb

_CLOSING = re.compile(r"^\W*(?:" + "|".join(map(re.escape, CLOSINGS)) + r")")
_GENERAL = re.compile(
    r"(?:nghiem tuc|khan truong|quan tam|phoi hop|to chuc|trien khai|can cu|chu dong|kip thoi|cung"
    r"|tich cuc|chi dao|de|biet|nghiem)[^.;]{0,60}\b(?:thuc hien|trien khai|phoi hop)\b"
)
_NOTIFIES = re.compile(
    r"^\W*(?:van phong|ubnd|uy ban|so|bo|thua)\b.{0,60}\bthong bao (?:de |den |toi |y kien|ket luan|noi "
    r"dung)"
)
_ENDS_GENERAL = re.compile(r"(?:" + "|".join(map(re.escape, GENERAL_EXECUTION)) + r")[^.;]{0,25}\W*$")
_NOUNS = re.compile(r"^\W*(?:" + "|".join(map(re.escape, NOUN_OPENINGS)) + r")\b")
_PERSON = re.compile(r"^\W*(?:ong|ba|dong chi|d/c|mot so|dai dien)\b")
_MUST = re.compile(r"\b(?:duoc thuc hien|phai|yeu cau|bat buoc|do (?:so|ubnd|cac) .{5,60} thuc hien)\b")
_EFFECT = re.compile(r"\b(?:co hieu luc|het hieu luc|thay the (?:quyet dinh|cong van|chi thi|ke hoach))\b")
_ISSUES = re.compile(r"^\W*(?:ban hanh kem theo|phe duyet kem theo)\b")
_OFFICE = re.compile(r"^\W*(?:thu truong|giam doc|chu tich|truong|bo truong|lanh dao)\b")


def is_closing(text: Passage) -> bool:
    """A general call to carry the document out, thanks, or what the document replaces: no instruction of its own."""
    folded = text.folded.strip()
    if _CLOSING.match(folded) or _NOTIFIES.match(folded):
        return True
    if deadline_of(text, None) is not None:
        return False
    order = ORDER.search(folded[:90])
    if order and _GENERAL.search(folded, order.start()) and (order.start() == 0 or len(text) < 260):
        return True
    if _OFFICE.match(folded) and _ENDS_GENERAL.search(folded[-90:]):
        return True
    return (
        len(text) < 400
        and _ENDS_GENERAL.search(folded[-70:]) is not None
        and bool(re.search(r"\./|/\.", text.text[-6:]))
    )


def is_obligation(node: Node, state: State) -> bool:
    text = node.paragraph.text
    if sum(c.isalpha() for c in text.text) < 14 or "|" in text.text or legibility(text.text) < 0.6:
        return False
    if node.kind == "plain" and (_CLOSING.match(text.folded) or (text.text[:1].islower() and len(text) < 70)):
        return False
    if node.kind == "plain" and re.match(r"^\W*(?:noi nhan|luu|dinh kem|\(\*\)|ghi chu)", text.folded):
        return False
    if (_EFFECT.search(text.folded) and node.kind in ("article", "plain")) or _ISSUES.match(text.folded):
        return False
    if (
        _PERSON.match(text.folded)
        and len(text) < 160
        and not _MUST.search(text.folded)
        and "trach nhiem" not in text.folded
    ):
        return False
    if _NOUNS.match(text.folded) and not _OFFICE.match(text.folded) and not _MUST.search(text.folded):
        colon = text.text.find(": ")
        ordered = 0 < colon < 120 and starts_with_verb(text.text[colon + 2 :], singles=False)
        return ordered or (bool(read_units(text, 0)[0]) and len(text) > 60)
    return True
