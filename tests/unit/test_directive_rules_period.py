"""How often a clause is reported on, from the words of a document."""

import pytest

from chongdich.domain.directives.rules import PERIOD_DOUBT, PERIODS, period_of


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("ngày", "daily"), ("hằng ngày", "daily"), ("ngày/02 lần", "daily"), ("tuần", "weekly"), ("tháng", "monthly"),
        ("03 tháng", "quarterly"), ("quý", "quarterly"), ("tháng, quý, 6 tháng, năm", "monthly"),
    ],
)  # fmt: skip
def test_named_periods(words: str, period: str) -> None:
    assert period_of(words, ()) == (period, "")
    assert period in PERIODS


@pytest.mark.parametrize("words", ["6 tháng", "năm", "3 ngày/lần"])
def test_a_period_we_do_not_keep_is_asked_not_guessed(words: str) -> None:
    period, question = period_of(words, ["định kỳ"])
    assert period == ""
    assert words in question
    assert question.startswith(PERIOD_DOUBT)


@pytest.mark.parametrize("manner", ["thường xuyên", "định kỳ"])
def test_what_only_says_regularly_is_proposed_weekly_and_asked(manner: str) -> None:
    period, question = period_of("", [manner, "kịp thời"])
    assert period == "weekly"
    assert question.startswith(PERIOD_DOUBT)


def test_what_does_not_recur() -> None:
    assert period_of("", ["khẩn trương"]) == ("", "")
