"""A head said once for a list: "Các Sở: Tài chính, Kế hoạch và Đầu tư, Y tế" is three departments. Pure."""

import re
from collections.abc import Iterator

from chongdich.core.vietnamese import fold, squeeze

_HEADED = re.compile(r"^(?:các\s+)?(sở|phòng|bộ|ban|hội)\b\s*:?\s+(.+)$", re.IGNORECASE)
_HEADS = ("so", "phong", "bo", "ban", "hoi", "ubnd", "uy ban", "bao", "van phong", "cong an", "thanh tra", "trung tam")
_AND = re.compile(r"\s+và\s+", re.IGNORECASE)


def spread(phrase: str) -> list[str]:
    """The phrases of a headed list, each with the head; empty when the phrase is no such list."""
    headed = _HEADED.match(squeeze(phrase))
    if headed is None:
        return []
    items = [item.strip() for item in re.split(r"[,;]", headed.group(2)) if item.strip()]
    return [_with_head(headed.group(1), item) for item in items] if len(items) > 1 else []


def _with_head(head: str, item: str) -> str:
    return item if fold(item).startswith(_HEADS) else f"{head} {item}"


def split_at_and(phrase: str) -> Iterator[tuple[str, str]]:
    """Both sides of each "và", the right one with the head of the left: "Sở A và B" is "Sở A", "Sở B"."""
    head = phrase.split(" ", 1)[0]
    for found in reversed(list(_AND.finditer(phrase))):
        yield phrase[: found.start()], _with_head(head, phrase[found.end() :])
