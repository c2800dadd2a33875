"""What cannot be right in a chain, told case by case; and when somebody was probably infected."""

from datetime import date, timedelta

import numpy as np
import pytest

from chongdich.domain.cases.chains import Told, exposure_window, find_problems
from chongdich.kernels.chains import graph

DAY = date(2021, 11, 20)


def on(days: int) -> date:
    return DAY + timedelta(days=days)


def told(case_id: int, **facts: object) -> Told:
    return Told(case_id=case_id, label=f"BN{case_id}", **{"onset": on(case_id), **facts})  # type: ignore[arg-type]


def kinds(*cases: Told, links: list[tuple[int, int]] | None = None, loops: list[list[int]] | None = None) -> list[str]:
    found = find_problems({one.case_id: one for one in cases}, links or [], loops or [], 14)
    return [one.kind for one in found]


def test_a_sound_chain_has_nothing_to_look_at() -> None:
    source = told(1, infectious_from=on(-1), infectious_until=on(8))
    assert kinds(source, told(4, chosen=1, origin="community_known"), links=[(1, 4)]) == []


def test_who_falls_ill_before_the_source() -> None:
    found = find_problems({1: told(1), 4: told(4)}, [(4, 1)], [], 14)
    assert [(one.kind, one.case_ids, one.text) for one in found] == [
        ("secondary_first", (1, 4), "BN1 khởi phát 21/11/2021, trước ca nguồn BN4 3 ngày")
    ]


def test_before_the_source_could_infect() -> None:
    late = told(2, infectious_from=on(6))
    assert kinds(late, told(4), links=[(2, 4)]) == ["before_window"]
    assert kinds(late, told(6), links=[(2, 6)]) == []


@pytest.mark.parametrize(("after", "expected"), [(14, []), (15, ["gap"])])
def test_longer_after_the_source_than_the_incubation(after: int, expected: list[str]) -> None:
    source = told(1, infectious_until=on(3))
    assert kinds(source, told(2, onset=on(3 + after)), links=[(1, 2)]) == expected


def test_a_case_alone_is_told_unless_it_came_from_elsewhere() -> None:
    assert kinds(told(1)) == ["isolated"]
    assert kinds(told(1, origin="imported"), told(2, elsewhere=True), told(3, origin="in_quarantine")) == []
    assert kinds(told(1, origin="community_known")) == ["source_missing"]


def test_sources_that_disagree() -> None:
    assert kinds(told(1), told(2), told(5), links=[(1, 5), (2, 5)]) == ["several_sources"]
    assert kinds(told(1), told(2), told(5, chosen=2), links=[(1, 5), (2, 5)]) == []
    assert kinds(told(1), told(5, origin="imported"), links=[(1, 5)]) == ["origin"]


def test_days_that_lack_or_contradict() -> None:
    away = {"origin": "imported"}
    assert kinds(told(1, onset=None, **away)) == ["no_day"]
    assert kinds(told(1, onset=None, sampled=on(1), symptoms=True, **away)) == ["no_onset"]
    assert kinds(told(3, ended=on(1), **away)) == ["order"]
    assert kinds(told(1, sampled=on(5), resulted=on(4), **away)) == ["order"]


def test_circles_come_first() -> None:
    cases = [told(1, onset=None, sampled=DAY), told(2, onset=None, sampled=DAY)]
    links = [(1, 2), (2, 1)]
    circles = graph.loops(2, np.array([0, 1]), np.array([1, 0]))
    assert circles == [[0, 1]]
    assert kinds(*cases, links=links, loops=[[1, 2]]) == ["loop"]


def test_exposure_is_the_incubation_cut_to_when_the_source_could_infect() -> None:
    case = told(10)
    assert exposure_window(case, None, 14) == (on(-4), on(10))
    source = told(1, infectious_from=on(-1), infectious_until=on(6))
    assert exposure_window(case, source, 14) == (on(-1), on(6))
    assert exposure_window(case, told(1, infectious_from=on(12)), 14) is None
    assert exposure_window(told(1, onset=None), None, 14) is None
