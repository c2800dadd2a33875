"""What may be said about a person: numbers, telephones, days, the chip card, and when two rows are one."""

from datetime import date

import pytest

from chongdich.core.errors import Refused
from chongdich.registry.people.rules import (
    Facets,
    check_birth,
    check_cccd,
    cmnd_number,
    compare,
    insurance_number,
    person_name,
    phone_number,
    phone_numbers,
    pseudonym,
    read_chip,
    read_day,
    read_entry,
    shown_phone,
)

TODAY = date(2021, 11, 29)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0912.345.678", "+84912345678"),
        ("+84 912 345 678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("912345678", "+84912345678"),  # a spreadsheet dropped the 0
        ("912345678.0", "+84912345678"),
        ("0169 123 4567", "+84391234567"),  # as written before 2018
        ("(0209) 3871 234", "+842093871234"),
        ("2093871234", "+842093871234"),
        ("841234567", "+84841234567"),  # 084… without its 0 is not the country's code
        ("+86 138 0013 8000", "+8613800138000"),
    ],
)
def test_telephones_have_one_form(written: str, kept: str) -> None:
    assert phone_number(written) == kept


@pytest.mark.parametrize("written", ["115", "09123", "091234567890", "abc", "", "0112345678", "+841234"])
def test_what_is_no_telephone_is_refused(written: str) -> None:
    with pytest.raises(Refused):
        phone_number(written)


def test_a_cell_may_hold_several_telephones() -> None:
    assert phone_numbers("0912345678 / 0209 3871 234; 0912345678") == ["+84912345678", "+842093871234"]
    assert shown_phone("+84912345678") == "0912 345 678"


def test_a_citizen_number_says_birth_year_and_sex() -> None:
    assert check_cccd("006095001234", 1995, "m", 2021) == ("006095001234", [])
    _, doubts = check_cccd("006095001234", 1996, "f", 2021)
    assert [doubt.message for doubt in doubts] == [
        "Số CCCD nói năm sinh 1995, khác 1996 đã khai.",
        "Số CCCD nói giới tính nam, khác giới tính đã khai.",
    ]
    assert check_cccd("006310001234", 2010, "f", 2021)[1] == []
    assert "không phải mã tỉnh" in check_cccd("003095001234", 1995, "m", 2021)[1][0].message


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("6095001234", "có 10"),
        ("06095001234", "bỏ số 0 ở đầu"),
        ("1.23E+11", "rút gọn"),
        ("00609500123x", "chỉ gồm chữ số"),
        ("006295001234", "chưa đến"),  # says 2095
        ("000000000000", "lặp lại"),
    ],
)
def test_an_impossible_citizen_number_is_refused_with_what_is_wrong(written: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        check_cccd(written, None, "", 2021)
    assert words in refused.value.message


def test_older_numbers() -> None:
    assert cmnd_number("095 012 345") == "095012345"
    assert insurance_number("GD 4 06 0123456789") == "0123456789"
    assert insurance_number("0123456789") == "0123456789"
    for wrong in ("95012345", "0950123456"):
        with pytest.raises(Refused):
            cmnd_number(wrong)


def test_the_chip_card_is_read() -> None:
    card = read_chip(
        "006095001234|095012345|NGUYỄN VĂN A|01021995|Nam|Thôn Nà Khao, Phúc Lộc, Ba Bể, Bắc Kạn|25122021\n"
    )
    assert (card.name, card.birth_date, card.sex) == ("Nguyễn Văn A", date(1995, 2, 1), "m")
    assert (card.cccd, card.cmnd, card.issued_on) == ("006095001234", "095012345", date(2021, 12, 25))
    assert card.residence.startswith("Thôn Nà Khao")
    only_year = read_chip("006055001234||TRẦN THỊ B|00001955|Nữ|Phúc Lộc|")
    assert (only_year.birth_date, only_year.birth_year) == (None, 1955)
    with pytest.raises(Refused):
        read_chip("006095001234|095012345")
    with pytest.raises(Refused):
        read_chip("006095001234||NGUYỄN VĂN A|31021995|Nam|Phúc Lộc|")


def test_days_are_read_day_first_and_never_mended() -> None:
    assert read_day("05/02/1987") == (date(1987, 2, 5), 1987)
    assert read_day("1987-02-05") == (date(1987, 2, 5), 1987)
    assert read_day("1987") == (None, 1987)
    for wrong in ("31/02/1987", "29/02/2021", "00/05/1987", "13/13/1987", "hôm qua"):
        with pytest.raises(Refused):
            read_day(wrong)
    for wrong in (2022, 1850):
        with pytest.raises(Refused):
            check_birth(None, wrong, TODAY)
    with pytest.raises(Refused):
        check_birth(date(2021, 11, 30), None, TODAY)


def test_names_are_composed_squeezed_and_cased() -> None:
    assert person_name("  NGUYỄN  VĂN\tAN ") == "Nguyễn Văn An"
    assert person_name("Nguye\u0302\u0303n Văn An") == "Nguyễn Văn An"
    for wrong in ("", "123", "Nguyễn V3n An", "=HYPERLINK(1)", "Nguy\ufffdn An"):
        with pytest.raises(Refused):
            person_name(wrong)


def test_an_entry_names_all_that_is_wrong_at_once() -> None:
    entry = read_entry(
        {"name": "", "birth": "31/02/1990", "phone": "115", "cccd": "12", "vaccine_doses": "nhiều"}, TODAY
    )
    assert {refused.where for refused in entry.refusals} == {"name", "birth", "phone", "cccd", "vaccine_doses"}
    assert read_entry({"name": "An", "vaccine_doses": "0", "last_dose_on": "1/1/2021"}, TODAY).refusals
    assert "sex" not in read_entry({"name": "An"}, TODAY).values


def test_a_pseudonym_tells_no_name() -> None:
    assert pseudonym("Nguyễn Văn An", 1987, 2021, "xã Phúc Lộc") == "N.V.A., 34 t., xã Phúc Lộc"


def test_an_and_anh_are_two_people() -> None:
    one = Facets("Nguyễn Văn An", birth_year=1987, sex="m", residence=1)
    assert not compare(one, Facets("Nguyễn Văn Anh", birth_year=1987, sex="m", residence=1)).probable


def test_the_same_without_marks_is_probably_one() -> None:
    found = compare(
        Facets("Nguyen Van Anh", birth_year=1987, residence=1), Facets("Nguyễn Văn Anh", birth_year=1987, residence=1)
    )
    assert found.probable
    assert not found.certain
    assert found.agreeing == ("name", "birth", "place")


def test_the_same_citizen_number_is_certain_and_says_what_differs() -> None:
    found = compare(
        Facets("Nguyễn Văn An", cccd="006095001234", sex="m"), Facets("Trần Bình", cccd="006095001234", sex="f")
    )
    assert found.certain
    assert [one.field for one in found.findings if one.differs] == ["name", "sex"]


def test_twins_are_two_people() -> None:
    day = date(2015, 3, 9)
    phones = frozenset({"+84912345678"})
    one = Facets("Nông Thị An", day, 2015, "f", phones=phones, residence=1, hamlet="Nà Khao", household=7)
    other = Facets("Nông Thị Anh", day, 2015, "f", phones=phones, residence=1, hamlet="Nà Khao", household=7)
    assert not compare(one, other).probable


def test_a_slip_a_swap_and_an_old_or_new_tone_mark_are_seen_through() -> None:
    day = date(1990, 5, 3)
    one = Facets("Hoàng Thị Hoà", day, 1990, "f", residence=1)
    for name, birth in [("Hoàng Thị Hòa", day), ("Hoang Thi Hoaa", day), ("Hoàng Thị Hoà", date(1990, 3, 5))]:
        assert compare(one, Facets(name, birth, birth.year, "f", residence=1)).probable, name
