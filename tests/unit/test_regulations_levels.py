"""The levels Bắc Kạn published, against the tables."""

import csv
from datetime import date

import pytest

from chongdich.regulations import Law
from tests.shared import needs_shared, shared

PHUC_LOC_PEOPLE, PHUC_LOC_CASES = 3526, 6


@pytest.fixture(scope="module")
def law() -> Law:
    return Law.load(cache=False)


def published_levels() -> list[dict[str, str]]:
    with shared("levels", "published_levels_subprovince.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@needs_shared
def test_phuc_loc_is_at_the_level_that_was_published(law: Law) -> None:
    published = [
        row for row in published_levels() if row["unit"].startswith("Phúc Lộc") and row["date"] == "2021-11-27"
    ]
    weeks = law.value("levels/incidence_window_weeks", on=date(2021, 11, 27))
    rate = PHUC_LOC_CASES / (weeks * PHUC_LOC_PEOPLE) * 100_000
    decision = law.decide(
        "levels/level",
        on=date(2021, 11, 27),
        cases_per_100k_week=rate,
        adults_one_dose_percent=85.0,
        over_50_full_percent=85.0,
    )
    assert [int(row["level"]) for row in published] == [decision["level"]]


@needs_shared
def test_every_published_level_has_a_name_and_a_colour_on_its_day(law: Law) -> None:
    rows = [row for row in published_levels() if len(row["date"]) == 10 and row["date"][4] == "-"]
    assert len(rows) > 50
    for row in rows:
        assert law.find("levels/names", on=date.fromisoformat(row["date"]), level=int(row["level"])) is not None


def test_no_weekly_rate_lowers_the_level(law: Law) -> None:
    """More cases never give a lower level, under either document."""
    for day, given in (
        (date(2021, 11, 27), {"adults_one_dose_percent": 65.0, "over_50_full_percent": 85.0}),
        (date(2022, 3, 1), {"deaths_per_100k_week": 0, "vaccination": "met", "capacity": "medium"}),
    ):
        levels = [law.value("levels/level", on=day, cases_per_100k_week=rate, **given) for rate in range(0, 700, 10)]
        assert levels == sorted(levels)
        assert levels[-1] > levels[0]
