"""The law answers as the jurist's cases say."""

from pathlib import Path

import pytest

from chongdich.regulations import Law
from chongdich.regulations.cases import Case, differences, read_cases

FOLDER = Path(__file__).parent / "law"
CASES = read_cases(FOLDER)


@pytest.fixture(scope="module")
def law() -> Law:
    return Law.load(cache=False)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_tables_answer_as_the_case_says(law: Law, case: Case) -> None:
    assert differences(law, case) == []


def test_no_two_cases_carry_one_name() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names))
