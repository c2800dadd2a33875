"""Rules about people hold for whatever is typed."""

from contextlib import suppress
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from chongdich.core.errors import Refused
from chongdich.registry.people.pairs import find_pairs
from chongdich.registry.people.rules import Facets, check_cccd, compare, phone_number, read_chip, read_day, read_entry
from chongdich.registry.people.rules.identity import PROVINCES, born, sex_of

NAMES = st.sampled_from(
    ["Nguyễn Văn An", "Nguyễn Văn Anh", "Nguyen Van Anh", "Nông Thị Hoà", "Nông Thị Hòa", "Ma Văn Ánh", "An Nguyễn Văn"]
)
DAYS = st.none() | st.dates(date(1988, 1, 1), date(1990, 12, 31))


@st.composite
def facets(draw: st.DrawFn) -> Facets:
    day = draw(DAYS)
    return Facets(
        draw(NAMES), day, day.year if day else draw(st.none() | st.integers(1988, 1990)),
        draw(st.sampled_from(["", "m", "f"])),
        cccd=draw(st.sampled_from(["", "006088000001", "006188000002"])),
        phones=draw(st.frozensets(st.sampled_from(["+84912345678", "+84912345679"]), max_size=1)),
        residence=draw(st.none() | st.integers(1, 3)),
    )  # fmt: skip


@given(facets(), facets())
def test_comparing_does_not_depend_on_who_is_first(one: Facets, other: Facets) -> None:
    there, back = compare(one, other), compare(other, one)
    assert (there.score, there.certain) == (back.score, back.certain)


@given(NAMES, NAMES, st.sampled_from(["m", "f", ""]))
def test_a_name_alone_never_suffices(one: str, other: str, sex: str) -> None:
    found = compare(Facets(one, sex=sex), Facets(other, sex=sex))
    assert not found.probable
    assert found.score == 0


@given(st.lists(facets(), max_size=12))
def test_blocking_loses_no_pair_that_weighing_would_find(rows: list[Facets]) -> None:
    """Against the plain reference: every pair weighed. Blocks need a birth year, a place or a number to be shared."""
    found = {(one, other) for one, other, _ in find_pairs(list(enumerate(rows)))}
    plain = {
        (i, j) for i in range(len(rows)) for j in range(i + 1, len(rows)) if compare(rows[i], rows[j]).probable
    }  # fmt: skip
    assert {tuple(sorted(pair)) for pair in found} == plain


@given(st.sampled_from(sorted(PROVINCES)), st.integers(1900, 2021), st.sampled_from("mf"), st.integers(0, 999_999))
def test_a_citizen_number_made_by_the_rule_agrees_with_itself(province: str, year: int, sex: str, serial: int) -> None:
    century = (year // 100 - 19) * 2 + (sex == "f")
    number = f"{province}{century}{year % 100:02}{serial:06}"
    if len(set(number)) > 1:
        assert check_cccd(number, year, sex, 2021) == (number, [])
    assert (born(number), sex_of(number)) == (year, sex)


@given(st.from_regex(r"[35789][0-9]{8}", fullmatch=True), st.sampled_from(["0", "+84", "84", "0084", "", "+84 0"]))
def test_however_a_mobile_number_is_begun_it_is_the_same(rest: str, begun: str) -> None:
    assert phone_number(begun + rest) == f"+84{rest}"
    assert phone_number(phone_number(begun + rest)) == f"+84{rest}"


ALL_TEXTS = ("name", "birth", "sex", "cccd", "cmnd", "passport", "insurance_number", "phone", "guardian_phone", "note")


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text: str) -> None:
    for read in (phone_number, read_day, read_chip):
        with suppress(Refused):
            read(text)
    entry = read_entry(dict.fromkeys(ALL_TEXTS, text), date(2021, 1, 1))
    assert set(entry.values) >= {"name", "birth_year", "cccd"}
    assert all(refused.message and refused.where for refused in entry.refusals)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_every_way_of_writing_a_day_gives_the_day(day: date) -> None:
    for written in (f"{day:%d/%m/%Y}", f"{day.day}.{day.month}.{day.year}", f"{day:%d%m%Y}", day.isoformat()):
        assert read_day(written) == (day, day.year)
