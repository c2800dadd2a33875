"""Every screen of a drill says so; a working house says nothing."""

from pathlib import Path

import pytest
from django.test import Client

from chongdich.config.housetime import clock_offset, house_mark, is_invented, read_offset
from chongdich.universe.drill.clock import DrillOffset, Setting, real_now, write_setting


@pytest.mark.django_db
@pytest.mark.parametrize("mark", ["", "DIỄN TẬP · DRILL"])
def test_pages_carry_the_mark_of_a_drill_and_of_nothing_else(settings, mark: str) -> None:
    settings.HOUSE_MARK = mark
    page = Client().get("/dang-nhap/").content.decode()
    assert ("house-mark" in page) == bool(mark)
    assert mark in page


def test_a_drills_folder_is_known_by_its_clock(tmp_path: Path) -> None:
    assert (house_mark(tmp_path), is_invented(tmp_path)) == ("", False)
    assert clock_offset(tmp_path) == read_offset(tmp_path)
    write_setting(tmp_path, Setting(real_now(), real_now(), 0))
    assert house_mark(tmp_path)
    assert is_invented(tmp_path)
    assert isinstance(clock_offset(tmp_path), DrillOffset)
