"""The document model: marks, partial dates, what is refused."""

from dataclasses import replace
from datetime import date

import pytest

from chongdich.core.errors import Refused
from chongdich.core.official_document import (
    CONG_VAN,
    KINDS,
    Column,
    Level,
    Paragraph,
    PartialDate,
    Table,
    letter,
    marked,
    roman,
)
from chongdich.core.reports import table_report
from tests.unit.typesetting_samples import LETTER, PLAN


def _marks(*levels: Level) -> list[str]:
    return [mark for mark, _ in marked(Paragraph("x", level) for level in levels)]


def test_marks_are_counted_level_by_level_and_start_again_below_a_new_heading() -> None:
    levels = (Level.ROMAN, Level.NUMBER, Level.NUMBER, Level.LETTER, Level.ROMAN, Level.NUMBER, Level.DASH, Level.PLUS)
    assert _marks(*levels) == ["I.", "1.", "2.", "a)", "II.", "1.", "-", "+"]


def test_articles_run_on_through_the_parts_but_their_clauses_do_not() -> None:
    levels = (Level.PART, Level.ARTICLE, Level.NUMBER, Level.PART, Level.ARTICLE, Level.NUMBER)
    assert _marks(*levels) == ["Phần I", "Điều 1.", "1.", "Phần II", "Điều 2.", "1."]


def test_a_given_mark_is_kept_and_still_counted() -> None:
    body = (Paragraph("x", Level.NUMBER, marker="1."), Paragraph("y", Level.NUMBER), Paragraph("z"))
    assert [mark for mark, _ in marked(body)] == ["1.", "2.", ""]


def test_letters_follow_the_vietnamese_alphabet() -> None:
    assert [letter(number) for number in range(1, 9)] == ["a", "b", "c", "d", "đ", "e", "g", "h"]
    assert letter(24) == "a1"


def test_roman_numbers() -> None:
    assert [roman(number) for number in (1, 4, 9, 14, 40, 89)] == ["I", "IV", "IX", "XIV", "XL", "LXXXIX"]


@pytest.mark.parametrize("parts", [(2021, 2, 30), (2021, 13, 1), (2021, None, 5)])
def test_a_date_that_does_not_exist_is_refused(parts: tuple[int, int | None, int | None]) -> None:
    with pytest.raises(Refused):
        PartialDate(*parts)


def test_a_partial_date_is_no_day() -> None:
    assert PartialDate(2020, 12).full is None
    assert PartialDate.of(date(2020, 2, 29)).full == date(2020, 2, 29)


def test_the_types_of_documents_are_the_decrees_27_codes_and_cong_van_has_none() -> None:
    assert len(KINDS) == 27
    assert CONG_VAN.code == ""
    assert LETTER.is_letter
    assert not PLAN.is_letter
    assert (LETTER.number_and_symbol, PLAN.number_and_symbol) == ("815/UBND-VXNV", "/KH-BCĐ")


def test_a_number_below_ten_has_its_zero() -> None:
    numbers = [replace(LETTER, number=number).number_and_symbol for number in ("5", "10", "")]
    assert numbers == ["05/UBND-VXNV", "10/UBND-VXNV", "/UBND-VXNV"]


def test_a_row_of_the_wrong_length_is_refused_by_its_number() -> None:
    with pytest.raises(Refused, match="dòng 2"):
        Table((Column("A"), Column("B")), ((1, 2), (1,)))


def test_a_wide_report_lies_in_an_appendix_and_a_narrow_one_stands_in_the_body() -> None:
    said = {"issuing_body": "Sở Y tế", "symbol": "BC-SYT", "place": "Bắc Kạn", "date": PartialDate(2021, 11, 30)}
    narrow = table_report("Tiến độ", ["Đơn vị", "Đã xong"], [("Huyện Ba Bể", 3)], **said)
    wide = table_report("Tiến độ", [f"Cột {i}" for i in range(8)], [tuple(range(8))], **said)
    assert isinstance(narrow.body[-1], Table)
    assert narrow.closing == "Trên đây là báo cáo của Sở Y tế"
    assert narrow.tables[0].rows == (("Huyện Ba Bể", 3),)
    assert len(wide.tables) == 1
    assert not narrow.appendices
    assert wide.appendices[0].landscape
    assert wide.kind is KINDS["BC"]
