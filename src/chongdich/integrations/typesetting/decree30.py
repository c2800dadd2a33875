"""What we take within what Nghị định 30/2020/NĐ-CP (05/3/2020) allows in Annex I: one size, one length for each part.

What is allowed stands as dated rows in regulations/tables/common/documents; a test holds our choices against them.
Sizes are points, lengths millimetres. The frames of secrecy stamps follow those of the urgency stamps.
"""

from dataclasses import dataclass

PAGE = (210.0, 297.0)
# Part I, point 3: top and bottom 20-25, left 30-35, right 15-20.
TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 15.0
TEXT_WIDTH = PAGE[0] - LEFT - RIGHT
# The head's two columns: the right one holds the country's name on one line.
HEAD_LEFT, HEAD_RIGHT = 65.0, 100.0
CELL_PADDING = 1.0
# Part II, point 6: first line 1 or 1.27 cm, at least 6 pt between paragraphs, single to 1.5 line spacing.
FIRST_LINE = 12.7
PARAGRAPH_GAP = 6.0
# Cells 2 and 5a: a rule of 1/3 to 1/2 of the line above it.
SHORT_RULE = 0.42
SIGNATURE_SPACE = 30.0
RECIPIENTS_WIDTH = 75.0
# A list of recipients longer than this may run over a page end; a shorter one stays with the signature.
KEPT_RECIPIENTS = 40

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DRAFT = "DỰ THẢO"


@dataclass(frozen=True, slots=True)
class Style:
    """A size in points and the cut of the letters."""

    size: float
    bold: bool = False
    italic: bool = False


STYLES = {
    "nation": Style(13, bold=True),  # 1
    "motto": Style(14, bold=True),  # 1
    "superior": Style(13),  # 2
    "issuing": Style(13, bold=True),  # 2
    "number": Style(13),  # 3
    "place": Style(14, italic=True),  # 4
    "kind": Style(14, bold=True),  # 5a
    "abstract": Style(14, bold=True),  # 5a
    "subject": Style(12),  # 5b
    "body": Style(14),  # 6
    "heading": Style(14, bold=True),  # 6
    "basis": Style(14, italic=True),  # 6, legal bases
    "cell": Style(13),  # tables are body
    "column": Style(13, bold=True),
    "authority": Style(14, bold=True),  # 7a
    "signer": Style(14, bold=True),  # 7b
    "addressee": Style(14),  # 9a
    "recipients": Style(12, bold=True, italic=True),  # 9b, the words "Nơi nhận:"
    "recipient": Style(11),  # 9b, the list
    "stamp": Style(13, bold=True),  # 10a, 10b, 11
    "drafter": Style(11),  # 12
    "contact": Style(11),  # 13
    "appendix": Style(14, bold=True),
    "appendix_note": Style(14, italic=True),
    "page": Style(14),
}

STAMP_HEIGHT = 8.0
STAMP_WIDTHS = {
    "KHẨN": 20.0,
    "THƯỢNG KHẨN": 40.0,
    "HỎA TỐC": 30.0,
    "HỎA TỐC HẸN GIỜ": 50.0,
    "MẬT": 20.0,
    "TỐI MẬT": 30.0,
    "TUYỆT MẬT": 40.0,
}
