"""The PDF as a page: where things stand, how long the rules are, what is on which page."""

import ctypes
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from chongdich.core.errors import Refused
from chongdich.core.official_document import OfficialDocument, Paragraph
from chongdich.integrations.typesetting import decree30, fonts, render_pdf
from chongdich.integrations.typesetting.measure import width
from tests.unit.typesetting_samples import DECISION, LETTER, PLAN

_MM = 72 / 25.4


@dataclass(frozen=True)
class Word:
    left: float
    right: float
    bottom: float
    top: float
    size: float


def _pdf(document: OfficialDocument) -> pdfium.PdfDocument:
    return pdfium.PdfDocument(render_pdf(document))


def _text(pdf: pdfium.PdfDocument, page: int = 0) -> str:
    return " ".join(pdf[page].get_textpage().get_text_range().split())


def _place(page: pdfium.PdfPage, words: str) -> Word:
    """The box of some words on one line, in millimetres from the lower left corner, and the size of their letters."""
    text = page.get_textpage()
    found = text.search(words, match_case=True).get_next()
    assert found, words
    start, count = found
    boxes = [text.get_charbox(start), text.get_charbox(start + count - 1)]
    size = raw.FPDFText_GetFontSize(text, start)
    return Word(boxes[0][0] / _MM, boxes[1][2] / _MM, boxes[0][1] / _MM, boxes[0][3] / _MM, size)


def _rules(page: pdfium.PdfPage) -> list[tuple[float, float, float]]:
    """Every horizontal line as (left, right, height) in millimetres."""
    found = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        left, bottom, right, top = (side / _MM for side in item.get_bounds())
        if top - bottom < 1 and right - left > 5:
            found.append((left, right, (top + bottom) / 2))
    return found


def _bold(page: pdfium.PdfPage, words: str) -> bool:
    text = page.get_textpage()
    start, _ = text.search(words, match_case=True).get_next()
    name = ctypes.create_string_buffer(100)
    raw.FPDFText_GetFontInfo(text, start, name, 100, None)
    return b"Bold" in name.value


def test_a_letter_is_one_a4_page_with_the_head_on_the_first_lines() -> None:
    pdf = _pdf(LETTER)
    assert len(pdf) == 1
    assert [round(side / _MM) for side in pdf[0].get_size()] == [210, 297]
    nation, motto = _place(pdf[0], decree30.NATION), _place(pdf[0], decree30.MOTTO)
    body = _place(pdf[0], "ỦY BAN NHÂN DÂN")
    assert nation.right - nation.left == pytest.approx(width(decree30.NATION, decree30.STYLES["nation"]), abs=1.5)
    assert abs((nation.left + nation.right) - (motto.left + motto.right)) < 1
    assert abs(body.bottom - nation.bottom) < 1
    assert body.right < nation.left


def test_the_motto_has_a_rule_of_its_full_length_and_the_body_one_of_a_third_to_a_half() -> None:
    page = _pdf(LETTER)[0]
    rules = sorted(_rules(page), key=lambda rule: -rule[2])
    motto, body = _place(page, decree30.MOTTO), _place(page, "TỈNH BẮC KẠN")
    under_motto = next(rule for rule in rules if rule[0] > 95)
    under_body = next(rule for rule in rules if rule[1] < 95)
    assert under_motto[1] - under_motto[0] == pytest.approx(motto.right - motto.left, abs=1.5)
    assert motto.bottom - 4 < under_motto[2] < motto.bottom
    longest = _place(page, "ỦY BAN NHÂN DÂN")
    assert 1 / 3 <= (under_body[1] - under_body[0]) / (longest.right - longest.left) <= 1 / 2
    assert abs((under_body[0] + under_body[1]) - (body.left + body.right)) < 1.5


@pytest.mark.parametrize(
    ("words", "sizes", "bold"),
    [
        (decree30.NATION, (12, 13), True),
        (decree30.MOTTO, (13, 14), True),
        ("Số: 815", (13, 13), False),
        ("Bắc Kạn, ngày 30", (13, 14), False),
        ("V/v", (12, 13), False),
        ("Kính gửi", (13, 14), False),
        ("Để kịp thời", (13, 14), False),
        ("Công an tỉnh:", (13, 14), True),
        ("Nơi nhận", (12, 12), True),
        ("Như trên", (11, 11), False),
        ("TM. ỦY BAN", (13, 14), True),
        ("Trần Văn Mẫu", (13, 14), True),
        ("HỎA TỐC", (13, 14), True),
        ("PL.(30)", (11, 11), False),
    ],
)
def test_each_part_has_its_size_and_weight(words: str, sizes: tuple[int, int], bold: bool) -> None:
    page = _pdf(LETTER)[0]
    assert sizes[0] <= round(_place(page, words).size, 2) <= sizes[1]
    assert _bold(page, words) is bold


def test_the_signature_stands_right_of_the_recipients_with_room_for_it() -> None:
    page = _pdf(LETTER)[0]
    recipients, title, name = (_place(page, words) for words in ("Nơi nhận", "PHÓ CHỦ TỊCH", "Trần Văn Mẫu"))
    assert recipients.left == pytest.approx(decree30.LEFT, abs=0.5)
    assert title.left > 100
    assert title.bottom - name.top > 25
    assert abs((title.left + title.right) - (name.left + name.right)) < 1


def test_dashes_of_the_addressees_stand_below_the_colon() -> None:
    page = _pdf(LETTER)[0]
    head, first = _place(page, "Kính gửi:"), _place(page, "- Sở Y tế;")
    assert head.right - 2 < first.left < head.right + 1


def test_page_numbers_are_centred_at_the_top_of_every_page_but_the_first() -> None:
    pdf = _pdf(replace(PLAN, draft=False, appendices=()))
    assert len(pdf) >= 3
    first_words = [pdf[page].get_textpage().get_text_range().split()[0] for page in range(len(pdf))]
    assert first_words[1:] == [str(number) for number in range(2, len(pdf) + 1)]
    assert first_words[0] != "1"
    number = _place(pdf[1], "2")
    assert number.bottom > decree30.PAGE[1] - decree30.TOP
    middle = decree30.LEFT + decree30.TEXT_WIDTH / 2
    assert (number.left + number.right) / 2 == pytest.approx(middle, abs=1)


def test_the_signature_never_stands_alone_on_a_page() -> None:
    broken = 0
    for count in range(18, 34):
        body = tuple(Paragraph(f"Dòng {place}") for place in range(count))
        pdf = _pdf(replace(LETTER, body=body, closing="Lời cuối của văn bản"))
        broken += len(pdf) > 1
        last = _text(pdf, len(pdf) - 1)
        assert "Lời cuối của văn bản./." in last
        assert "Trần Văn Mẫu" in last
    assert broken, "some of these must run over the first page, else nothing is tried"


def test_appendices_start_on_their_own_pages_count_anew_and_may_lie() -> None:
    pdf = _pdf(PLAN)
    starts = [page for page in range(len(pdf)) if "Phụ lục " in _text(pdf, page)[:20]]
    assert len(starts) == 2
    assert pdf[starts[0]].get_width() > pdf[starts[0]].get_height()
    assert pdf[starts[1]].get_width() < pdf[starts[1]].get_height()
    following = _text(pdf, starts[0] + 1).removeprefix("DỰ THẢO ")
    assert following.startswith("2 ")
    assert "Cột 0" in following, "the head of a table is repeated"
    assert "(Kèm theo Kế hoạch số /KH-BCĐ ngày tháng 12 năm 2020 của Ban Chỉ đạo" in _text(pdf, starts[0]).replace(
        "\xa0", ""
    )


def test_a_draft_says_so_on_every_page_and_an_issued_document_on_none() -> None:
    pdf = _pdf(PLAN)
    assert all("DỰ THẢO" in _text(pdf, page) for page in range(len(pdf)))
    assert "DỰ THẢO" not in _text(_pdf(LETTER))


def test_a_decision_has_its_parts_in_order_and_the_address_at_the_foot() -> None:
    pdf = _pdf(DECISION)
    text = _text(pdf)
    order = (
        "LƯU HÀNH NỘI BỘ",
        "QUYẾT ĐỊNH Về việc",
        "GIÁM ĐỐC SỞ Y TẾ",
        "Căn cứ Luật",
        "QUYẾT ĐỊNH:",
        "Điều 1.",
        "Điều 2.",
    )
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert _place(pdf[0], "Số 1, đường Mẫu").bottom < decree30.BOTTOM


def test_an_issued_document_is_an_archive_file_and_the_same_bytes_each_time() -> None:
    data = render_pdf(LETTER)
    assert b"pdfaid:part" in data
    assert data == render_pdf(LETTER)


HOSTILE = (
    '#panic("x")',
    '#read("/etc/passwd")',
    "- gạch đầu dòng",
    "= Tiêu đề",
    "*đậm* _nghiêng_ `mã` $x^2$ <nhãn> @trích",
    "\\ \\u{41} ~ -- --- ... // chú thích /* */",
    "https://example.com [ngoặc] {nhọn} \"nháy\" 'đơn'",
    "1. số + cộng / thuật: ngữ",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_users_text_is_only_text(text: str) -> None:
    pdf = _pdf(replace(LETTER, body=(Paragraph(text),), closing="Hết"))
    assert text in _text(pdf)


def test_several_threads_set_pages_at_once() -> None:
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(render_pdf, [LETTER] * 12))) == 1


def test_a_letter_no_font_has_does_not_stop_the_page() -> None:
    assert "Trần Văn Mẫu" in _text(_pdf(replace(LETTER, closing="Xong 🦠 漢")))


def test_missing_fonts_are_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(fonts, "BUILT", tmp_path)
    monkeypatch.setattr(fonts, "_node_modules", lambda: tmp_path)
    fonts.font_files.cache_clear()
    with pytest.raises(Refused, match="make run"):
        fonts.font_files()
    fonts.font_files.cache_clear()
