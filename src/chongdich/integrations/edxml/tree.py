"""Reading an XML tree that a stranger wrote: no DTD, no entities, bounded in size, depth and number of elements."""

from dataclasses import dataclass
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from chongdich.core.errors import Refused
from chongdich.core.printable import clean

TRUNCATED = "edxml_truncated"
_ENDS_TOO_EARLY = (3, 5, 6)  # expat: no element found, unclosed token, partial character


@dataclass(frozen=True, slots=True)
class Limits:
    """What a packet may be at most: bytes of the file, bytes of all attachments, elements, depth, attachments."""

    file: int = 200_000_000
    attachments: int = 140_000_000
    elements: int = 20_000
    depth: int = 40
    files: int = 100


LIMITS = Limits()


class _Bounded(TreeBuilder):
    """Builds the tree and stops at the limits, not after them."""

    def __init__(self, filename: str, limits: Limits) -> None:
        super().__init__()
        self.filename, self.limits, self.count, self.depth = filename, limits, 0, 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.count += 1
        self.depth += 1
        if self.count > self.limits.elements:
            raise Refused(f"Gói tin có hơn {self.limits.elements} phần tử.", self.filename, "edxml_limit")
        if self.depth > self.limits.depth:
            raise Refused(f"Gói tin lồng nhau quá {self.limits.depth} lớp.", self.filename, "edxml_limit")
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)


def parse(data: bytes, filename: str, limits: Limits = LIMITS) -> "Node":
    """The root of the tree. Refused with the file's name and the line where it breaks."""
    if len(data) > limits.file:
        raise Refused(f"Tệp {len(data)} byte, lớn hơn mức cho phép {limits.file} byte.", filename, "edxml_limit")
    parser = DefusedXMLParser(target=_Bounded(filename, limits), forbid_dtd=True)
    try:
        parser.feed(data)
        return Node(parser.close(), filename, "")
    except DefusedXmlException as wrong:
        raise Refused("Gói tin khai báo DTD hoặc thực thể ngoài nên bị từ chối.", filename, "edxml_unsafe") from wrong
    except ParseError as wrong:
        _refuse_broken(wrong, filename)
    except (ValueError, LookupError) as wrong:
        raise Refused("Bảng mã ký tự của tệp không đọc được; hãy dùng UTF-8.", filename, "edxml_encoding") from wrong


def _refuse_broken(wrong: ParseError, filename: str) -> NoReturn:
    line, column = wrong.position
    early = wrong.code in _ENDS_TOO_EARLY
    told = "XML kết thúc giữa chừng" if early else "XML hỏng"
    where = f"{filename}, dòng {line}, cột {column + 1}"
    raise Refused(f"{told} nên không đọc được gói tin.", where, TRUNCATED if early else "edxml_broken") from wrong


@dataclass(frozen=True, slots=True)
class Node:
    """An element with the path to it. Names are compared without their namespace: senders differ in prefixes."""

    element: Element
    filename: str
    path: str

    @property
    def name(self) -> str:
        return str(self.element.tag).rpartition("}")[2]

    @property
    def where(self) -> str:
        return f"{self.filename}, {self.path}" if self.path else self.filename

    def all(self, name: str) -> list["Node"]:
        """The children of one name."""
        path = f"{self.path}/{name}" if self.path else name
        return [Node(child, self.filename, path) for child in self.element if _local(child) == name]

    def find(self, *names: str) -> "Node | None":
        """The first descendant along a path of names."""
        node: Node | None = self
        for name in names:
            node = next(iter(node.all(name)), None) if node else None
        return node

    def need(self, name: str) -> "Node":
        """A child that must be there."""
        if found := self.find(name):
            return found
        raise Refused(f"Gói tin thiếu phần tử {name}.", self.where, "edxml_missing")

    def text(self, *names: str) -> str:
        """The text at a path, on one line; empty where it is absent."""
        node = self.find(*names)
        return clean(node.element.text or "") if node else ""

    def needed_text(self, name: str) -> str:
        if text := self.text(name):
            return text
        raise Refused(f"Gói tin thiếu nội dung của {name}.", self.where, "edxml_missing")


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
