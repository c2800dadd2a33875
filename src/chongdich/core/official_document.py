"""An official document as data: what is written, never how it looks.

One model, several writers: a PDF, an editable file and an edXML packet are made of the same values. The names
follow the components of Nghị định 30/2020/NĐ-CP, Article 8 and Annex I; the numbers in comments are the cells (ô) of
its diagram.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from chongdich.core.errors import Refused

Cell = str | int | float | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of document: its name and the code in its symbol; công văn has none."""

    name: str
    code: str = ""


# Annex III of the decree: the named types and their codes.
KINDS = {
    kind.code: kind
    for kind in (
        Kind("Nghị quyết", "NQ"), Kind("Quyết định", "QĐ"), Kind("Chỉ thị", "CT"), Kind("Quy chế", "QC"),
        Kind("Quy định", "QyĐ"), Kind("Thông cáo", "TC"), Kind("Thông báo", "TB"), Kind("Hướng dẫn", "HD"),
        Kind("Chương trình", "CTr"), Kind("Kế hoạch", "KH"), Kind("Phương án", "PA"), Kind("Đề án", "ĐA"),
        Kind("Dự án", "DA"), Kind("Báo cáo", "BC"), Kind("Biên bản", "BB"), Kind("Tờ trình", "TTr"),
        Kind("Hợp đồng", "HĐ"), Kind("Công điện", "CĐ"), Kind("Bản ghi nhớ", "BGN"), Kind("Bản thỏa thuận", "BTT"),
        Kind("Giấy ủy quyền", "GUQ"), Kind("Giấy mời", "GM"), Kind("Giấy giới thiệu", "GGT"),
        Kind("Giấy nghỉ phép", "GNP"), Kind("Phiếu gửi", "PG"), Kind("Phiếu chuyển", "PC"), Kind("Phiếu báo", "PB"),
    )
}  # fmt: skip
CONG_VAN = Kind("Công văn")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known: a draft has a month and a blank for the day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError as wrong:
            raise Refused(f"Không có ngày {self.day}/{self.month}/{self.year}.", "ngày ban hành") from wrong
        if self.day and not self.month:
            raise Refused("Có ngày mà không có tháng.", "ngày ban hành")

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        return cls(day.year, day.month, day.day)

    @property
    def full(self) -> date | None:
        """The day, when all of it is known."""
        return date(self.year, self.month, self.day) if self.month and self.day else None


class Level(StrEnum):
    """How deep a paragraph stands; each has its own mark (Annex I, part II, point 6)."""

    PLAIN = "plain"
    PART = "part"  # "Phần I" or "Chương I" on its own line, title below
    ARTICLE = "article"  # "Điều 1."
    ROMAN = "roman"  # "I."
    NUMBER = "number"  # "1."
    LETTER = "letter"  # "a)"
    DASH = "dash"  # "-"
    PLUS = "plus"  # "+"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `marker` is printed before it; left empty it is counted (see `marked`).

    A heading is bold throughout; `lead` is a bold opening before plain text ("Công an huyện:").
    """

    text: str
    level: Level = Level.PLAIN
    marker: str = ""
    heading: bool = False
    italic: bool = False
    lead: str = ""


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `width` is its share of the page beside the other columns' shares."""

    title: str
    width: float = 1
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below columns. With `total` the last row is a sum and is bold."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    caption: str = ""
    total: bool = False

    def __post_init__(self) -> None:
        if not self.columns:
            raise Refused("Bảng phải có ít nhất một cột.", self.caption or "bảng")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise Refused(f"Dòng có {len(row)} ô, bảng có {len(self.columns)} cột.", f"bảng, dòng {number}")


Block = Paragraph | Table


class Channel(StrEnum):
    """How a recipient gets the document."""

    UNSAID = ""
    ELECTRONIC = "electronic"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Recipient:
    """A line of "Nơi nhận" (9b): who, what for ("t/h", "b/c", "p/h") and how."""

    name: str
    purpose: str = ""
    channel: Channel = Channel.UNSAID


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs (7a, 7b): the authority's lines ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"), the title, the name."""

    title: str = ""
    name: str = ""
    authority: tuple[str, ...] = ()


class Urgency(StrEnum):
    NONE = ""
    URGENT = "KHẨN"
    VERY_URGENT = "THƯỢNG KHẨN"
    EXPRESS = "HỎA TỐC"
    EXPRESS_TIMED = "HỎA TỐC HẸN GIỜ"


class Secrecy(StrEnum):
    NONE = ""
    SECRET = "MẬT"
    TOP_SECRET = "TỐI MẬT"
    STRICTLY_SECRET = "TUYỆT MẬT"


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix: pages of its own, numbered on their own, referring back to the document."""

    title: str
    body: tuple[Block, ...] = ()
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """A document of one body. An empty `number` is a blank to fill in; a draft has "DỰ THẢO" across each page."""

    issuing_body: str  # 2
    symbol: str  # 3, as "UBND-VXNV" or "KH-BCĐ"
    place: str  # 4
    date: PartialDate  # 4
    abstract: str  # 5a, 5b
    kind: Kind = CONG_VAN  # 5a
    superior_body: str = ""  # 2
    number: str = ""  # 3
    addressees: tuple[str, ...] = ()  # 9a
    enacting_body: str = ""  # "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", over the legal bases of a decision
    legal_bases: tuple[str, ...] = ()
    enacting_word: str = ""  # "QUYẾT ĐỊNH", below them
    body: tuple[Block, ...] = ()  # 6
    closing: str = ""
    recipients: tuple[Recipient, ...] = ()  # 9b
    archive: str = ""  # 9b, last line: "VT, VXNV (V)"
    signatory: Signatory = Signatory()
    secrecy: Secrecy = Secrecy.NONE  # 10a
    urgency: Urgency = Urgency.NONE  # 10b
    circulation: tuple[str, ...] = ()  # 11: "LƯU HÀNH NỘI BỘ"
    drafter: str = ""  # 12: the mark of who typed it
    copies: int = 0  # 12
    contact: str = ""  # 13
    appendices: tuple[Appendix, ...] = ()
    draft: bool = False

    @property
    def is_letter(self) -> bool:
        """Whether this is a công văn: no type name, the abstract stands under the number."""
        return not self.kind.code and self.kind.name == CONG_VAN.name

    @property
    def printed_number(self) -> str:
        """The number with the zero that the decree puts before those below 10."""
        return f"0{self.number}" if len(self.number) == 1 and self.number.isdigit() else self.number

    @property
    def number_and_symbol(self) -> str:
        """ "8005/UBND-VXNV"; "/UBND-VXNV" while the number is blank."""
        return f"{self.printed_number}/{self.symbol}"

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table in it, the appendices' after the body's."""
        blocks = (*self.body, *(block for appendix in self.appendices for block in appendix.body))
        return tuple(block for block in blocks if isinstance(block, Table))


# The order of points after "c)" in Vietnamese documents: đ has its place; f, j, w and z do not occur.
LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_DEPTH = {Level.PART: 0, Level.ROMAN: 1, Level.ARTICLE: 2, Level.NUMBER: 3, Level.LETTER: 4}


def roman(number: int) -> str:
    """1 is "I", 14 is "XIV"."""
    said = ""
    for value, sign in _ROMAN:
        said += sign * (number // value)
        number %= value
    return said


def letter(number: int) -> str:
    """1 is "a", 5 is "đ"; after the last letter the count goes on as "a1"."""
    round_, place = divmod(number - 1, len(LETTERS))
    return LETTERS[place] + (str(round_) if round_ else "")


def _counted(level: Level, count: int) -> str:
    match level:
        case Level.PART:
            return f"Phần {roman(count)}"
        case Level.ROMAN:
            return f"{roman(count)}."
        case Level.ARTICLE:
            return f"Điều {count}."
        case Level.NUMBER:
            return f"{count}."
        case _:
            return f"{letter(count)})"


def marked(body: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Each block with its mark. Marks left empty are counted on, level by level; articles run through all parts."""
    counts: dict[Level, int] = {}
    for block in body:
        if isinstance(block, Table) or block.level is Level.PLAIN:
            yield "", block
        elif block.level in (Level.DASH, Level.PLUS):
            yield block.marker or {Level.DASH: "-", Level.PLUS: "+"}[block.level], block
        else:
            _forget_deeper(counts, block.level)
            counts[block.level] = counts.get(block.level, 0) + 1
            yield block.marker or _counted(block.level, counts[block.level]), block


def _forget_deeper(counts: dict[Level, int], level: Level) -> None:
    for other in list(counts):
        if _DEPTH[other] > _DEPTH[level] and other is not Level.ARTICLE:
            del counts[other]
