"""Itineraries as they are told become drafts of stays; nothing is invented."""

from datetime import date, time

import pytest

from chongdich.kernels.text.itinerary import read_itinerary
from tests.shared import shared


def told(text: str, year: int | None = 2021) -> list[tuple]:
    return [(stay.day, stay.since, stay.until, stay.place) for stay in read_itinerary(text, year=year)]


def test_days_times_places_and_company() -> None:
    stays = read_itinerary("Ngày 23/11, 7h30 đi chợ Phúc Lộc cùng con gái, mua rau; 9h về nhà.", year=2021)
    assert [(stay.day, stay.since, stay.place, stay.company) for stay in stays] == [
        (date(2021, 11, 23), time(7, 30), "chợ Phúc Lộc", "con gái"), (date(2021, 11, 23), time(9), "nhà", ""),
    ]  # fmt: skip


def test_a_bus_with_its_plate_and_seat() -> None:
    (stay,) = read_itinerary("Ngày 24/11: 14h00 - 16h30 đi xe khách biển số 97B-001.23 ghế 12 về Bắc Kạn", year=2021)
    assert (stay.since, stay.until, stay.plate, stay.seat) == (time(14), time(16, 30), "97B-001.23", "12")


def test_a_flight() -> None:
    text = "Ngày 29/04/2021, bệnh nhân từ Đà Nẵng di chuyển đến sân bay Nội Bài trên chuyến bay VN160"
    (stay,) = read_itinerary(text)
    assert (stay.day, stay.place, stay.flight) == (date(2021, 4, 29), "sân bay Nội Bài", "VN160")


def test_a_span_of_days_is_each_of_them() -> None:
    assert told("Từ ngày 25 đến ngày 27/11: ở nhà.") == [(date(2021, 11, n), None, None, "nhà") for n in (25, 26, 27)]


@pytest.mark.parametrize(
    ("words", "hour"), [("2h chiều", 14), ("7h tối", 19), ("7 giờ sáng", 7), ("14:05", 14), ("12h trưa", 12)]
)
def test_hours_of_the_day(words: str, hour: int) -> None:
    (stay,) = read_itinerary(f"Ngày 24/11 lúc {words} đến nhà văn hóa", year=2021)
    assert stay.since is not None
    assert stay.since.hour == hour


def test_without_a_year_nothing_is_guessed() -> None:
    assert [day for day, *_ in told("Ngày 24/11 đi chợ Phúc Lộc", year=None)] in ([None], [])


def test_impossible_days_and_words_without_a_place_are_left() -> None:
    assert told("Ngày 31/11 mệt mỏi, sốt nhẹ") == []


@pytest.mark.parametrize("text", ["", "   \n", "25h70", "ngày 99/99/9999", "….,;;", "từ đến ở tại về"])
def test_anything_may_be_given(text: str) -> None:
    assert isinstance(read_itinerary(text, year=2021), list)


def test_the_notice_of_5_may_2021_gives_flights_and_days() -> None:
    text = shared("notices", "moh_notice_20210505.txt").read_text("utf-8")
    stays = read_itinerary(text, year=2021)
    assert {"VN160", "QH9059"} <= {stay.flight for stay in stays}
    assert all(stay.day is None or date(2021, 4, 1) <= stay.day <= date(2021, 5, 5) for stay in stays)
