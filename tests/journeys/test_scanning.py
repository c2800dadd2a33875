"""Scans are handed in at once and read in their own time; what cannot be read stays, with everything beside it."""

from types import SimpleNamespace
from typing import Any

import pytest

from chongdich.application.journeys import scanning
from chongdich.application.journeys.files import Upload
from chongdich.application.ports import ports
from chongdich.core.errors import Conflict, Refused
from chongdich.domain.directives.models import Directive, SourceFile
from chongdich.registry.inbox.models import Message
from tests.journeys.house import House

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Stands for the letters in pictures: what the machine will make of them."""
    found: dict[str, Any] = {"text": "Số: 12/UBND-VX\nV/v kiểm tra\n", "asked": []}

    def extract(data: bytes, filename: str, *, ocr: bool = True) -> Any:
        found["asked"].append(ocr)
        if not ocr:
            raise Refused("Bản quét: cần nhận dạng chữ.", filename, "ocr_later")
        if "refused" in found:
            raise Refused(found["refused"], f"{filename}, trang 2", "file")
        return SimpleNamespace(text=found["text"])

    monkeypatch.setattr(ports, "extract", extract)
    return found


def hand_in(house: House, **more: Any) -> SourceFile:
    desk = house.desk("tinh.vanthu")
    attached = [Upload("phu-luc.xlsx", b"danh sach")]
    found = scanning.hand_in(
        desk, unit_id=desk.actor.unit_id or 0, main=Upload("quet.pdf", b"%PDF"), attachments=attached, **more
    )
    assert isinstance(found, SourceFile)
    return found


def test_the_counter_answers_before_the_letters_are_read(house: House, reader: dict[str, Any]) -> None:
    scan = hand_in(house)
    assert reader["asked"] == [False]
    assert scan.role == "waiting"
    assert not Directive.objects.exists(), "nothing is half-registered"


def test_read_in_its_own_time_it_is_registered_with_what_came_with_it(house: House, reader: dict[str, Any]) -> None:
    scan = hand_in(house)
    later = house.later(days=1)
    assert scanning.read_scans(later.machine()) == 1
    directive = Directive.objects.get()
    assert directive.text == reader["text"]
    assert directive.arrived_on == house.desk("tinh.vanthu").today, "it arrived when it was handed in"
    assert sorted(directive.files.values_list("role", flat=True)) == ["attachment", "source"]
    assert directive.created_by == scan.by
    assert Message.objects.filter(account_id=scan.by or 0, topic="directive_received").exists()
    assert scanning.read_scans(later.machine()) == 0


def test_a_scan_that_cannot_be_read_stays_with_file_and_place(house: House, reader: dict[str, Any]) -> None:
    reader["refused"] = "Không nhận dạng được trang này."
    scan = hand_in(house)
    scanning.read_scans(house.machine())
    scan.refresh_from_db()
    assert scan.role == "failed"
    assert scan.problem == "quet.pdf, trang 2: Không nhận dạng được trang này."
    assert SourceFile.objects.filter(beside=scan, role="failed").count() == 1
    assert not Directive.objects.exists()
    del reader["refused"]
    assert scanning.try_again(house.desk("tinh.vanthu"), file_id=scan.pk)
    scanning.read_scans(house.later(minutes=1).machine())
    assert Directive.objects.get().files.count() == 2


def test_a_scan_that_waits_is_not_taken_twice(house: House, reader: dict[str, Any]) -> None:
    hand_in(house)
    with pytest.raises(Conflict):
        hand_in(house)
    hand_in(house, again=True)
    assert SourceFile.objects.filter(role="waiting", beside=None).count() == 2
