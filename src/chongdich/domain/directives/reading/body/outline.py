"""The outline of a body: every paragraph with its level and path, and what in it is a heading."""

import re
from dataclasses import dataclass

from chongdich.kernels.text.passages import Passage

from ..cells import shouting
from ..units import read_units, skip_prefix
from ..vocabulary import ASSIGNING, NARRATIVE
from .numbering import LEVELS, Counter
from .paragraphs import Paragraph
from .verbs import starts_with_verb

LEAF = 9
"""The level of a paragraph without a mark: below everything."""
_NARRATIVE = re.compile(r"^\W*(?:" + "|".join(map(re.escape, NARRATIVE)) + r")\b")
_ASSIGNING = re.compile(r"\b(?:" + "|".join(map(re.escape, ASSIGNING)) + r")\b")
_STRICT_NARRATIVE = re.compile(
    r"^\W*(?:muc dich|muc tieu|nguyen tac|quan diem|tinh hinh|pham vi|doi tuong (?:ap dung|kiem tra"
    r"|tham)|ket qua|danh gia chung|thanh phan|can cu phap ly|can cu xay dung)\b"
)
_STRICT_ASSIGNING = re.compile(
    r"\b(?:to chuc thuc hien|phan cong|trach nhiem (?:cua|cac)|to chuc trien khai|phan cong thuc hien|nhiem vu cua)\b"
)
_OTHER_STARTS = re.compile(r"^\W*(?:khong|tuyet doi|truong hop|neu|khi|truoc mat|ngay|rieng|doi voi)\b")


@dataclass(slots=True)
class Node:
    """A paragraph in its place. `children`: something deeper, or unmarked text, follows directly."""

    paragraph: Paragraph
    level: int
    path: str
    kind: str
    children: bool = False
    heading: bool = False
    last: bool = False


def outline(paragraphs: list[Paragraph]) -> list[Node]:
    """Number the paragraphs, settle the paths of unmarked ones, tell headings from content."""
    counter = Counter()
    nodes: list[Node] = []
    for paragraph in paragraphs:
        level = counter.take(paragraph.mark) if paragraph.mark and paragraph.mark.kind not in ("dash", "plus") else None
        if paragraph.mark and paragraph.mark.kind in ("dash", "plus"):
            nodes.append(Node(paragraph, LEVELS[paragraph.mark.kind], counter.path, paragraph.mark.kind))
        elif level is None:
            whole = Paragraph(paragraph.whole, None, paragraph.whole, paragraph.blank, paragraph.page)
            nodes.append(Node(whole if paragraph.mark else paragraph, LEAF, counter.path, "plain"))
        else:
            nodes.append(Node(paragraph, level, counter.path, paragraph.mark.kind if paragraph.mark else "plain"))
    _settle(nodes)
    return nodes


def is_instruction(node: Node) -> bool:
    """Does the paragraph begin as an instruction does: with a verb, an adverb, a body, a condition?"""
    text = node.paragraph.text
    if begins_with_verb(node):
        return True
    if _OTHER_STARTS.match(text.folded):
        return True
    return bool(read_units(text, skip_prefix(text))[0])


def begins_with_verb(node: Node) -> bool:
    return starts_with_verb(node.paragraph.text.text.lstrip(" \"“'*"))


def is_narrative(node: Node, *, strict: bool) -> bool:
    """Is this the title of a section that tells (goals, situation)? `strict`: only the unmistakable ones."""
    folded = node.paragraph.text.folded
    if strict:
        return _STRICT_NARRATIVE.match(folded) is not None and len(folded) < 160
    return _NARRATIVE.match(folded) is not None


def is_assigning(node: Node, *, strict: bool = False) -> bool:
    """Is this the title of a section that orders (tasks, responsibilities)? `strict`: assigns to bodies."""
    if strict:
        return _STRICT_ASSIGNING.search(node.paragraph.text.folded[:120]) is not None
    return _ASSIGNING.search(node.paragraph.text.folded[:120]) is not None


def _settle(nodes: list[Node]) -> None:
    for i, node in enumerate(nodes):
        after = nodes[i + 1] if i + 1 < len(nodes) else None
        node.children = after is not None and (
            after.level > node.level if node.level != LEAF else after.level == LEVELS["plus"]
        )
        node.heading = _is_heading(node, after)
    for i, node in enumerate(nodes):
        node.last = all(other.level == LEAF for other in nodes[i + 1 :])
        if node.level >= LEVELS["dash"] and re.search(r"\.[a-zđ]$", node.path):
            node.path = _after_letter(nodes, i)


def _after_letter(nodes: list[Node], i: int) -> str:
    """Unmarked text after a lettered item belongs to it when more letters follow, or when it is the item's content."""
    node = nodes[i]
    opener = next((n for n in reversed(nodes[:i]) if n.kind == "letter"), None)
    following = next((n for n in nodes[i + 1 :] if n.kind not in ("plain", "dash", "plus")), None)
    if (
        node.kind != "plain"
        or (opener and opener.heading)
        or (following and following.kind == "letter" and following.path[-1:] != "a")
    ):
        return node.path
    return node.path.rsplit(".", 1)[0]


def _is_heading(node: Node, after: Node | None) -> bool:
    text = node.paragraph.text
    if node.kind == "plain":
        return bool(text) and after is not None and node.paragraph.ends == ":" and _leads_in(text, after)
    if not text:
        return False
    ends = node.paragraph.ends
    if node.kind in ("roman", "part"):
        return node.children or shouting(text.text) > 0.7
    if not node.children:
        return False
    if ends == ":":
        return node.kind not in ("dash", "plus") or not begins_with_verb(node) or len(text) < 45
    if node.kind in ("dash", "plus"):
        return (
            ends == ""
            and len(text) < 90
            and after is not None
            and after.level > node.level
            and not begins_with_verb(node)
        )
    if ends in ("", ","):
        return len(text) < 140 or _only_units(node) or text.text.isupper()
    return ends in (".", ";") and _only_units(node)


def _leads_in(text: Passage, after: Node) -> bool:
    """ "Bộ Y tế khuyến cáo … một số nội dung sau:" before a list; "… trong đó lưu ý:" is an instruction itself."""
    if after.kind in ("arabic", "letter", "roman"):
        return True
    return after.kind in ("dash", "plus") and re.search(r"\b(?:sau|sau day|gom|nhu)\s*:\W*$", text.folded) is not None


def _only_units(node: Node) -> bool:
    """ "3. Các Bộ/ngành." or "7. Đối với người tiếp xúc gần.": a short title that ends with a full stop."""
    text = node.paragraph.text
    units, end = read_units(text, skip_prefix(text))
    if units and not text.text[end:].strip(" .;:"):
        return True
    if len(text) < 60 and node.kind == "arabic" and not begins_with_verb(node) and not units:
        return True
    return len(text) < 120 and text.folded.startswith("doi voi ") and "," not in text.text[-40:]
