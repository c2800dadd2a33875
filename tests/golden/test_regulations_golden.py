"""The law answers as the jurist's cases say, and each row that decides about people has a case."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chongdich.regulations import Law, Missing
from chongdich.regulations.cases import Case, differences, read_cases

FOLDER = Path(__file__).parent / "law"
CASES = read_cases(FOLDER)
ABOUT_PEOPLE = {"cases", "contacts", "quarantine", "treatment"}


@pytest.fixture(scope="module")
def law() -> Law:
    return Law.load(cache=False)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_tables_answer_as_the_case_says(law: Law, case: Case) -> None:
    assert differences(law, case) == []


def test_no_two_cases_carry_one_name() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names))


def test_each_row_that_decides_about_people_has_a_case(law: Law) -> None:
    used = {row for case in CASES for row in rows_used(law, case)}
    written = {row for disease in ("covid19", "measles") for row in rows_written(law.pack(disease))}
    assert sorted(written - used) == []


def rows_used(law: Law, case: Case) -> tuple[str, ...]:
    asked = law.pack(case.disease) if case.disease else law
    try:
        decision = asked.decide(
            case.ask, on=case.day, known_on=case.known_on, assume_last=case.assume_last, **case.given
        )
    except Missing:
        return ()
    return decision.rows()


def rows_written(law: Law) -> Iterator[str]:
    for table in law.tables():
        if table.subject in ABOUT_PEOPLE:
            for version in table.versions:
                yield from (f"{table.name}@{version.day}#{line.number}" for line in version.lines)
