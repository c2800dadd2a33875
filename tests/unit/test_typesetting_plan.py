"""What stands on the page: casing, punctuation, line breaks and the lengths of rules."""

from dataclasses import replace
from decimal import Decimal

import pytest

from chongdich.core.official_document import Level, Paragraph, PartialDate, Recipient, Table
from chongdich.core.printable import clean, upper
from chongdich.integrations.typesetting import decree30
from chongdich.integrations.typesetting.cells import cell_text
from chongdich.integrations.typesetting.measure import balanced, longest, width
from chongdich.integrations.typesetting.plan import Laid, lay_out, said_date
from tests.unit.typesetting_samples import DECISION, LETTER, PLAN


def test_the_countrys_name_fits_its_column_on_one_line() -> None:
    assert width(decree30.NATION, decree30.STYLES["nation"]) < decree30.HEAD_RIGHT
    assert decree30.HEAD_LEFT + decree30.HEAD_RIGHT == decree30.TEXT_WIDTH


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("ỦY BAN NHÂN DÂN HUYỆN BA BỂ", ("ỦY BAN NHÂN DÂN", "HUYỆN BA BỂ")),
        ("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", ("SỞ LAO ĐỘNG -", "THƯƠNG BINH VÀ XÃ HỘI")),
        ("SỞ Y TẾ", ("SỞ Y TẾ",)),
        ("BAN CHỈ ĐẠO\nHUYỆN BA BỂ", ("BAN CHỈ ĐẠO", "HUYỆN BA BỂ")),
        ("", ()),
    ],
)
def test_long_names_break_where_a_reader_would(name: str, lines: tuple[str, ...]) -> None:
    assert balanced(name, "issuing", 63) == lines


def test_the_rule_below_the_issuing_body_is_a_third_to_a_half_of_its_line() -> None:
    for document in (LETTER, PLAN, DECISION):
        plan = lay_out(document)
        assert 1 / 3 <= plan.issuing_rule / longest(plan.issuing, "issuing") <= 1 / 2


def test_a_cong_van_has_its_abstract_under_the_number_and_no_type_name() -> None:
    plan = lay_out(LETTER)
    assert " ".join(plan.subject).startswith("V/v tăng cường truy vết")
    assert (plan.kind, plan.abstract, plan.abstract_rule) == ("", (), 0)


def test_a_named_type_has_its_name_in_capitals_and_a_rule_below_the_abstract() -> None:
    plan = lay_out(PLAN)
    assert plan.kind == "KẾ HOẠCH"
    assert plan.subject == ()
    assert 1 / 3 <= plan.abstract_rule / longest(plan.abstract, "abstract") <= 1 / 2


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (PartialDate(2021, 11, 9), "ngày 09 tháng 11 năm 2021"),
        (PartialDate(2022, 2, 28), "ngày 28 tháng 02 năm 2022"),
        (PartialDate(2022, 3, 1), "ngày 01 tháng 3 năm 2022"),
    ],
)
def test_the_date_has_zeros_where_the_decree_wants_them(day: PartialDate, said: str) -> None:
    assert said_date(day) == said


def test_a_draft_leaves_blanks_for_number_and_day() -> None:
    plan = lay_out(PLAN)
    assert clean(plan.number) == "Số: /KH-BCĐ"
    assert clean(plan.place) == "Bắc Kạn, ngày tháng 12 năm 2020"
    assert not plan.dated


def test_addressees_and_bases_end_with_semicolons_and_a_full_stop() -> None:
    assert [name[-1] for name in lay_out(LETTER).addressees] == [";", "."]
    assert lay_out(DECISION).bases[-1] == "Theo đề nghị của Chánh Văn phòng Sở."


def test_recipients_stand_by_channel_and_the_archive_is_last() -> None:
    groups = lay_out(LETTER).recipients
    assert [group.heading for group in groups] == ["Gửi bản điện tử:", "Gửi bản giấy:"]
    assert groups[0].lines == ("- Như trên (t/h);", "- TT. Tỉnh ủy (b/c);")
    assert groups[1].lines[-1] == "- Lưu: VT, VXNV (V)."


def test_recipients_of_one_unsaid_channel_have_no_heading() -> None:
    (group,) = lay_out(replace(LETTER, recipients=(Recipient("Sở Y tế;"),))).recipients
    assert group.heading == ""
    assert group.lines[0] == "- Sở Y tế;"


def test_the_last_words_end_with_the_decrees_mark_once() -> None:
    for closing in ("Thực hiện nghiêm túc", "Thực hiện nghiêm túc.", "Thực hiện nghiêm túc./."):
        last = lay_out(replace(LETTER, closing=closing)).blocks[-1]
        assert isinstance(last, Laid)
        assert last.text == "Thực hiện nghiêm túc./."


def test_an_articles_mark_is_bold_before_plain_text() -> None:
    first = lay_out(DECISION).blocks[0]
    assert first == Laid("Thành lập Đoàn kiểm tra gồm:", "body", lead="Điều 1.")


def test_part_headings_are_two_centred_lines() -> None:
    plan = lay_out(replace(LETTER, body=(Paragraph("Quy định chung", Level.PART),)))
    assert plan.blocks[:2] == (Laid("Phần I", "heading", centred=True), Laid("QUY ĐỊNH CHUNG", "heading", centred=True))


def test_nothing_follows_a_table_at_the_end() -> None:
    table = next(block for block in PLAN.body if isinstance(block, Table))
    plan = lay_out(replace(PLAN, body=(table,), closing=""))
    assert not isinstance(plan.blocks[-1], Laid)


def test_a_word_written_like_ncov_keeps_its_letters_in_capitals() -> None:
    assert upper("do vi rút nCoV gây ra") == "DO VI RÚT nCoV GÂY RA"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1351, "1.351"),
        (97.5, "97,5"),
        (Decimal("1234.50"), "1.234,50"),
        (None, ""),
        (-3, "-3"),
        (True, "Có"),
        ("x", "x"),
    ],
)
def test_cells_are_written_the_vietnamese_way(value: object, said: str) -> None:
    assert cell_text(value) == said
