"""States, deadlines and levels: each with words and a shape, none by colour alone."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

from chongdich.domain.directives.states import DELIVERY, DIRECTIVE, EXTENSION, STANDINGS, TASK
from chongdich.web.kit import tones
from chongdich.web.navigation import ROOMS

ICONS = set(json.loads((Path(tones.__file__).parents[1] / "assets" / "icons.json").read_text()))
TODAY = date(2021, 11, 29)


def show(source: str, **context: object) -> str:
    return Template("{% load kit %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        ("task", TASK),
        ("directive", DIRECTIVE),
        ("standing", STANDINGS),
        ("extension", EXTENSION),
        ("delivery", DELIVERY),
    ],
)
def test_every_state_of_the_room_has_a_look(kind: str, table: dict[str, object]) -> None:
    assert set(tones.SHAPES[kind]) == set(table) == set(tones.WORDS[kind])


def test_every_icon_named_is_drawn() -> None:
    named = {icon for table in tones.SHAPES.values() for _tone, icon in table.values()} | {room.icon for room in ROOMS}
    assert named <= ICONS


def test_states_look_different_even_without_colour() -> None:
    looks = [(tones.look_of(state).icon, str(tones.look_of(state).label)) for state in TASK]
    assert len(set(looks)) == len(TASK)


def test_an_unknown_state_shows_its_name() -> None:
    assert tones.look_of("lost").label == "lost"


@pytest.mark.parametrize(
    ("days", "tone", "words"),
    [
        (-5, "bad", "quá hạn 5 ngày"),
        (0, "warn", "hết hạn hôm nay"),
        (3, "warn", "còn 3 ngày"),
        (4, "neutral", "còn 4 ngày"),
    ],
)
def test_a_deadline_says_what_it_means_today(days: int, tone: str, words: str) -> None:
    look = tones.due_look(TODAY + timedelta(days), today=TODAY)
    assert (look.tone, look.label) == (tone, words)


def test_a_deadline_met_or_missed() -> None:
    assert tones.due_look(TODAY, today=TODAY, done=TODAY).tone == "good"
    assert tones.due_look(TODAY, today=TODAY, done=TODAY + timedelta(2)).label == "trễ 2 ngày"


def test_one_day_and_two_days_in_english() -> None:
    with translation.override("en"):
        assert tones.due_look(TODAY + timedelta(1), today=TODAY).label == "1 day left"
        assert tones.due_look(TODAY + timedelta(2), today=TODAY).label == "2 days left"


def test_a_level_shows_number_words_and_its_own_shape() -> None:
    shown = [show("{% level_badge level %}", level=level) for level in (1, 2, 3, 4)]
    assert all(f"Cấp {level}" in text for level, text in enumerate(shown, start=1))
    assert ["<circle" in shown[0], "<rect" in shown[1], "<path" in shown[2], "<path" in shown[3]] == [True] * 4
    assert shown[2].split("<text")[0].split("<path")[1] != shown[3].split("<text")[0].split("<path")[1]


def test_numbers_follow_the_language() -> None:
    assert show("{{ n|number }}", n=1234567.5) == "1.234.567,5"
    with translation.override("en"):
        assert show("{{ n|number }}", n=1234567.5) == "1,234,567.5"


def test_shares_fill_the_bar() -> None:
    shown = show("{% share_bar parts 'Tiến độ' %}", parts=[("overdue", 1), ("done", 3)])
    assert 'x="0.0" y="0" width="25.0"' in shown
    assert 'x="25.0" y="0" width="75.0"' in shown
