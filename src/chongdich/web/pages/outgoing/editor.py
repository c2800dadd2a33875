"""The draft as a form and back: plain fields, and rows of paragraphs and recipients that grow by submit buttons."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chongdich.core.errors import Refused
from chongdich.core.official_document import CONG_VAN, KINDS, Channel, Level, Urgency
from chongdich.core.printable import clean

LEVELS = [
    (Level.PLAIN, _("Đoạn văn")), (Level.PART, _("Phần, Chương")), (Level.ROMAN, _("I. Mục lớn")),
    (Level.ARTICLE, _("Điều 1.")), (Level.NUMBER, _("1. Khoản")), (Level.LETTER, _("a) Điểm")),
    (Level.DASH, _("- Gạch đầu dòng")), (Level.PLUS, _("+ Ý nhỏ")),
]  # fmt: skip
CHANNELS = [(Channel.ELECTRONIC, _("bản điện tử")), (Channel.PAPER, _("bản giấy")), (Channel.UNSAID, _("không ghi"))]
URGENCIES = [(one.value, one.value.capitalize() or _("Không")) for one in Urgency]
KIND_CHOICES = [(kind.name, kind.name) for kind in (CONG_VAN, *KINDS.values())]
LINES = ("addressees", "legal_bases", "authority")  # one item a line
TEXTS = ("abstract", "symbol", "place", "superior_body", "enacting_body", "enacting_word", "closing", "archive",
         "drafter")  # fmt: skip
MOST_ROWS = 700  # a form holds so many paragraphs: see DATA_UPLOAD_MAX_NUMBER_FIELDS


@dataclass
class Editor:
    """What stands in the form: `texts` by field name, rows of paragraphs and of recipients."""

    texts: dict[str, str]
    paragraphs: list[dict[str, Any]] = field(default_factory=list)
    recipients: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of_content(cls, content: dict[str, Any]) -> "Editor":
        """From a stored draft."""
        document = content["document"]
        signatory = document.get("signatory") or {}
        texts = {name: document.get(name) or "" for name in TEXTS}
        texts |= {name: "\n".join(document.get(name) or ()) for name in ("addressees", "legal_bases")}
        texts |= {"authority": "\n".join(signatory.get("authority") or ()), "title": signatory.get("title") or "",
                  "kind": document["kind"]["name"], "urgency": document.get("urgency") or ""}  # fmt: skip
        blocks = [_paragraph_row(block, place) for place, block in enumerate(document.get("body") or ())]
        return cls(texts, blocks, [dict(row) for row in document.get("recipients") or ()])

    @classmethod
    def of_post(cls, post: QueryDict) -> "Editor":
        """As it was typed."""
        texts = {name: post.get(name, "") for name in (*TEXTS, *LINES, "title", "kind", "urgency")}
        return cls(texts, _rows(post, "p", ("text", "level", "lead", "heading", "kept")),
                   _rows(post, "r", ("name", "purpose", "channel")))  # fmt: skip

    def change(self, what: str) -> None:
        """A row is added, removed or moved: "p-add-3", "p-remove-0", "r-up-2". Anything else changes nothing."""
        parts = what.split("-")
        rows = {"p": self.paragraphs, "r": self.recipients}.get(parts[0])
        if rows is None or len(parts) != 3 or not (parts[2].isascii() and parts[2].isdigit()):
            return
        place = int(parts[2])
        if parts[1] == "add":
            level = rows[place - 1].get("level", "plain") if rows and 0 < place <= len(rows) else "plain"
            rows.insert(place, {"level": level, "channel": Channel.ELECTRONIC.value, "purpose": "t/h"})
        elif parts[1] == "remove" and place < len(rows):
            del rows[place]
        elif parts[1] == "up" and 0 < place < len(rows):
            rows[place - 1], rows[place] = rows[place], rows[place - 1]

    def check_size(self) -> None:
        """Refused, before anything is dropped, when there are more rows than a document may have."""
        for rows, label in ((self.paragraphs, gettext("đoạn")), (self.recipients, gettext("nơi nhận"))):
            if len(rows) > MOST_ROWS:
                said = gettext("Văn bản có %(number)d %(what)s, nhiều nhất %(most)d; hãy gộp bớt hoặc tách phụ lục.")
                raise Refused(said % {"number": len(rows), "what": label, "most": MOST_ROWS})

    def to_document(self, saved: dict[str, Any]) -> dict[str, Any]:
        """The document as stored; parts that the form does not show stay as they were saved."""
        texts = self.texts
        wanted = texts["kind"]
        kind = next((kind for kind in (CONG_VAN, *KINDS.values()) if kind.name == wanted), CONG_VAN)
        signatory = {**(saved.get("signatory") or {}), "title": clean(texts["title"]),
                     "authority": _lines(texts["authority"])}  # fmt: skip
        return {
            **saved,
            **{name: clean(texts[name]) for name in TEXTS},
            "kind": {"name": kind.name, "code": kind.code},
            "urgency": texts["urgency"],
            "addressees": _lines(texts["addressees"]),
            "legal_bases": _lines(texts["legal_bases"]),
            "body": [block for row in self.paragraphs for block in _blocks(row, saved)],
            "recipients": [_recipient(row) for row in self.recipients if clean(row.get("name", ""))],
            "signatory": signatory,
        }


def _paragraph_row(block: dict[str, Any], place: int) -> dict[str, Any]:
    if "columns" in block:
        return {"kept": str(place), "text": block.get("caption", ""), "rows": len(block.get("rows") or ())}
    return dict(block)


def _rows(post: QueryDict, prefix: str, names: tuple[str, ...]) -> list[dict[str, Any]]:
    count = post.get(f"{prefix}-count", "0")
    total = min(int(count), len(post)) if count.isascii() and count.isdigit() and len(count) < 7 else 0
    return [{name: post.get(f"{prefix}-{place}-{name}", "") for name in names} for place in range(total)]


def _blocks(row: dict[str, Any], saved: dict[str, Any]) -> list[dict[str, Any]]:
    """A row as blocks: a table as it was saved; text with line breaks as several paragraphs."""
    kept = str(row.get("kept") or "")
    body = saved.get("body") or []
    if kept.isascii() and kept.isdigit():
        return [body[int(kept)]] if int(kept) < len(body) else []
    level = row.get("level") if row.get("level") in set(Level) else Level.PLAIN.value
    texts = [clean(line) for line in str(row.get("text") or "").splitlines() if clean(line)]
    first = {"lead": clean(str(row.get("lead") or "")), "heading": bool(row.get("heading"))}
    return [{"text": text, "level": level, **(first if place == 0 else {})} for place, text in enumerate(texts)]


def _recipient(row: dict[str, Any]) -> dict[str, Any]:
    channel = row.get("channel") if row.get("channel") in set(Channel) else ""
    return {"name": clean(row["name"]), "purpose": clean(row.get("purpose") or ""), "channel": channel}


def _lines(text: str) -> list[str]:
    return [line for line in (clean(part) for part in text.splitlines()) if line]
