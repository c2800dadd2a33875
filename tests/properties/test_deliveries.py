"""The word on a delivery only ever goes on, whatever order the packets come in."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chongdich.domain.directives.rules import answer_code, goes_on
from chongdich.domain.directives.states import DELIVERY, DIRECTIVE, TASK

CODES = st.sampled_from(sorted(DELIVERY))
ORDER = ["", "01", "03", "04", "05", "06"]


@given(st.permutations(ORDER[1:]), st.lists(st.sampled_from(ORDER[1:])))
def test_whatever_comes_late_the_furthest_word_stays(codes: list[str], again: list[str]) -> None:
    seen = [""]
    for code in [*codes, *again]:
        seen.append(code if goes_on(seen[-1], code) else seen[-1])
    assert seen[-1] == "06"
    assert all(ORDER.index(a) <= ORDER.index(b) for a, b in pairwise(seen))


@given(CODES, CODES)
def test_the_same_word_twice_is_once_and_a_recall_waits_for_its_answer(old: str, new: str) -> None:
    assert not goes_on(old, old)
    if old == "13":
        assert goes_on(old, new) == (new in ("15", "16"))


@given(st.sampled_from(sorted(DIRECTIVE)), st.lists(st.sampled_from(sorted(TASK))))
def test_done_is_said_only_when_every_task_is_settled(state: str, tasks: list[str]) -> None:
    code = answer_code(state, tasks)
    assert code in DELIVERY
    left = [task for task in tasks if task not in ("accepted", "closed", "cancelled")]
    assert (code == "06") == (state == "confirmed" and not left and any(t in ("accepted", "closed") for t in tasks))
