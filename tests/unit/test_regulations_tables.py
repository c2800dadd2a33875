"""What a table file may say, what is refused, and what the tables find wrong with themselves."""

from datetime import date
from pathlib import Path
from textwrap import dedent, indent

import pytest

from chongdich.core.errors import NotFound, Refused
from chongdich.regulations import Law
from chongdich.regulations.checks import check

DOCUMENTS = "label: Thử\ndocuments:\n  - {number: 1/QĐ, date: 2020-01-01}\n  - {number: 2/QĐ, date: 2021-01-01}\n"
DAY = date(2020, 6, 1)


def law_of(folder: Path, **tables: str) -> Law:
    """A law of one pack; each table is YAML, its name with two underscores for the slash."""
    (folder / "pox").mkdir(exist_ok=True)
    (folder / "pox/pack.yaml").write_text(DOCUMENTS, encoding="utf-8")
    for name, text in tables.items():
        path = folder / "pox" / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return Law.load(folder, cache=False)


def rows(*lines: str) -> str:
    """A table of one edition with two inputs, a flag and a number from 0 to 10."""
    head = dedent("""\
        label: Thử
        checked_on: 2026-01-01
        inputs:
          sick: {label: Ốm, type: flag}
          age: {label: Tuổi, type: integer, minimum: 0, maximum: 10}
        outputs:
          days: {label: Số ngày, type: integer, unit: ngày}
        editions:
          - since: 2020-01-01
            document: 1/QĐ
            rows:
        """)
    return head + indent("\n".join(f"- {line}" for line in lines), " " * 6)


def problems(folder: Path, text: str) -> str:
    return "\n".join(map(str, check(law_of(folder, a__b=text))))


def test_a_new_disease_is_a_folder(tmp_path: Path) -> None:
    law = law_of(tmp_path, a__b=rows("{when: {sick: true}, then: {days: 5}}", "{then: {days: 0}}"))
    assert check(law) == []
    assert law.disease == "pox"
    assert law.value("a/b", on=DAY, sick=True) == 5
    assert law.value("pox/a/b.days", on=DAY, sick=False) == 0


def test_a_hole_is_found_and_told(tmp_path: Path) -> None:
    text = rows('{when: {sick: true, age: ">= 3"}, then: {days: 5}}', "{when: {sick: false}, then: {days: 0}}")
    found = problems(tmp_path, text)
    assert "không dòng nào trả lời: Ốm: có; Tuổi: 2" in found


def test_a_row_that_never_decides_is_found(tmp_path: Path) -> None:
    found = problems(tmp_path, rows('{when: {age: "< 20"}, then: {days: 5}}', "{then: {days: 0}}"))
    assert "dòng 2 không bao giờ được dùng" in found


def test_rows_that_contest_a_case_are_found_where_one_must_answer(tmp_path: Path) -> None:
    text = rows('{when: {age: "<= 5"}, then: {days: 5}}', '{when: {age: ">= 5"}, then: {days: 0}}')
    assert problems(tmp_path, text) == ""
    assert "các dòng 1, 2 cùng trả lời: Tuổi: 5" in problems(tmp_path, "match: unique\n" + text)


def test_a_document_not_in_the_pack_is_found(tmp_path: Path) -> None:
    found = problems(tmp_path, rows("{then: {days: 1}, document: 9/QĐ}"))
    assert "văn bản 9/QĐ chưa có trong pack.yaml" in found


def test_what_cites_nothing_cannot_be_verified(tmp_path: Path) -> None:
    assert "không thể là đã xác minh" in problems(tmp_path, rows('{then: {days: 1}, document: ""}'))
    assert problems(tmp_path, rows('{then: {days: 1}, document: "", verified: false}')) == ""


def test_tables_that_ask_each_other_in_a_circle_are_found(tmp_path: Path) -> None:
    def asks(other: str) -> str:
        return dedent(f"""\
            label: Thử
            checked_on: 2026-01-01
            inputs:
              level: {{label: Cấp, type: integer, from: {other}}}
            outputs:
              level: {{label: Cấp, type: integer}}
            editions:
              - {{since: 2020-01-01, document: 1/QĐ, rows: [{{then: {{level: $level}}}}]}}
            """)

    law = law_of(tmp_path, a__b=asks("a/c"), a__c=asks("a/b"))
    assert "vòng quanh" in "\n".join(map(str, check(law)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("label: [", "không đọc được YAML"),
        ("label: Thử", "editions"),
        ("label: Thử\nlable: x\neditions: []", "lable"),
        ("label: Thử\neditions: [{since: 2020-01-01, value: 1, gap: x}]", "exactly one"),
        ("label: Thử\neditions: [{since: 2020-13-01, value: 1}]", "giá trị không hợp lệ"),
        ("label: Thử\neditions: [{since: 2020-01-02, until: 2020-01-01, value: 1}]", "until"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_by_name(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        law_of(tmp_path, a__b=text)
    assert "pox/a/b.yaml" in refused.value.where
    assert words in refused.value.message


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("{when: {ill: true}, then: {days: 1}}", "“ill” không được khai báo"),
        ("{when: {sick: maybe}, then: {days: 1}}", "không hiểu điều kiện"),
        ('{when: {age: "=> 3"}, then: {days: 1}}', "không hiểu điều kiện"),
        ("{then: {weeks: 1}}", "“weeks” không được khai báo"),
        ("{then: {days: long}}", "không hợp kiểu integer"),
        ("{then: {days: $old}}", "là điều kiện không có"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_by_day_and_number(tmp_path: Path, row: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        law_of(tmp_path, a__b=rows(row)).table("a/b")
    assert refused.value.where == "pox/a/b, từ 2020-01-01, dòng 1"
    assert words in refused.value.message


def test_yes_no_and_on_stay_words(tmp_path: Path) -> None:
    law = law_of(tmp_path, a__b="label: no\neditions: [{since: 2020-01-01, value: on, verified: false}]")
    assert law.table("a/b").label == "no"
    assert law.value("a/b", on=DAY) == "on"


def test_the_cache_gives_the_same_law_and_notices_a_change(tmp_path: Path) -> None:
    text = rows('{when: {age: "> 3"}, then: {days: 5}}', "{then: {days: 0}}")
    fresh, cache = law_of(tmp_path, a__b=text), tmp_path.parent / f"{tmp_path.name}_cache"
    first, second = (Law.load(tmp_path, cache=cache) for _ in range(2))
    assert len(list(cache.iterdir())) == 1
    assert first.catalogue.sources == second.catalogue.sources == fresh.catalogue.sources
    law_of(tmp_path, a__b=text.replace("days: 5", "days: 6"))
    assert Law.load(tmp_path, cache=cache).value("a/b", on=DAY, age=4) == 6


def test_a_broken_cache_is_set_aside(tmp_path: Path) -> None:
    law, cache = law_of(tmp_path, a__b=rows("{then: {days: 1}}")), tmp_path.parent / f"{tmp_path.name}_cache"
    Law.load(tmp_path, cache=cache)
    next(cache.iterdir()).write_text('{"packs": ', encoding="utf-8")
    assert Law.load(tmp_path, cache=cache).fingerprint == law.fingerprint


def test_what_nobody_calls_so_is_not_found(tmp_path: Path) -> None:
    law = law_of(tmp_path, a__b=rows("{then: {days: 1}}"))
    with pytest.raises(NotFound, match="a/c"):
        law.value("a/c", on=DAY)
    with pytest.raises(NotFound, match="chỉ có: days"):
        law.value("a/b.weeks", on=DAY)
    with pytest.raises(NotFound, match="đang có: pox"):
        law.pack("flu")
