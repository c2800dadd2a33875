"""The folders between instances: once, whole, in order, and nothing bad let through."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from chongdich.core.errors import Refused
from chongdich.integrations.edxml import (
    FolderExchange,
    Limits,
    Packet,
    StatusCode,
    StatusPacket,
    answer,
    exchange,
    write,
)
from tests.unit.edxml_samples import CITY, MORNING, PROVINCE, WARD, packet

LATER = MORNING + timedelta(days=36500)


@pytest.fixture
def province(tmp_path: Path) -> FolderExchange:
    return FolderExchange(tmp_path, PROVINCE.id)


@pytest.fixture
def city(tmp_path: Path) -> FolderExchange:
    return FolderExchange(tmp_path, CITY.id)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_what_one_sends_the_other_receives_and_answers(province: FolderExchange, city: FolderExchange) -> None:
    province.send(packet(), CITY.id)
    (got,) = city.receive(at=LATER)
    assert got.packet == packet()
    assert isinstance(got.packet, Packet)
    city.send(answer(got.packet, StatusCode.ARRIVED, sender=CITY, at=MORNING), PROVINCE.id)
    city.acknowledge(got)
    (told,) = province.receive(at=LATER)
    assert isinstance(told.packet, StatusPacket)
    assert told.packet.response_for.document_id == packet().document_id
    assert list(city.receive(at=LATER)) == []


def test_province_to_city_to_ward(tmp_path: Path, province: FolderExchange, city: FolderExchange) -> None:
    ward = FolderExchange(tmp_path, WARD.id)
    province.send(packet(to=(CITY, WARD)), CITY.id)
    (at_city,) = city.receive(at=LATER)
    city.send(at_city.packet, WARD.id)
    (at_ward,) = ward.receive(at=LATER)
    assert at_ward.packet == at_city.packet


def test_sending_twice_delivers_once_and_taken_is_not_taken_again(
    province: FolderExchange, city: FolderExchange
) -> None:
    name = province.send(packet(), CITY.id)
    assert province.send(packet(), CITY.id) == name
    (got,) = city.receive(at=LATER)
    city.acknowledge(got)
    city.acknowledge(got)
    (city.inbox / name).write_bytes(got.data)
    assert list(city.receive(at=LATER)) == []
    assert _names(city.inbox) == []
    assert _names(city.taken) == [name]


def test_an_unacknowledged_packet_is_offered_again(province: FolderExchange, city: FolderExchange) -> None:
    province.send(packet(), CITY.id)
    assert [got.name for got in city.receive(at=LATER)] == [got.name for got in city.receive(at=LATER)] != []


def test_packets_come_in_the_order_they_were_sent(province: FolderExchange, city: FolderExchange) -> None:
    for minutes, number in ((5, "12"), (0, "11"), (9, "13")):
        province.send(packet(number, MORNING + timedelta(minutes=minutes)), CITY.id)
    assert [got.packet.number for got in city.receive(at=LATER) if isinstance(got.packet, Packet)] == ["11", "12", "13"]


def test_without_an_inbox_it_waits_in_the_outbox_until_there_is_one(tmp_path: Path, province: FolderExchange) -> None:
    name = province.send(packet(to=(WARD,)), WARD.id)
    assert _names(province.outbox) == [name]
    ward = FolderExchange(tmp_path, WARD.id)
    assert province.deliver() == [name]
    assert [got.name for got in ward.receive(at=LATER)] == [name]
    assert _names(province.outbox) == []


def test_many_threads_send_and_carry_at_once(province: FolderExchange, city: FolderExchange) -> None:
    numbers = [str(number) for number in range(11, 23)] * 3
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda number: (province.send(packet(number), CITY.id), province.deliver()), numbers))
    got = {each.packet.number for each in city.receive(at=LATER) if isinstance(each.packet, Packet)}
    assert got == set(numbers)
    assert _names(province.outbox) == []
    assert len(_names(city.inbox)) == 12


def test_a_crash_between_copying_and_noting_delivers_once(
    province: FolderExchange, city: FolderExchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(letter: Path, folder: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(exchange, "_move", crash)
        province.send(packet(), CITY.id)
    (got,) = city.receive(at=LATER)
    city.acknowledge(got)
    province.deliver()
    assert list(city.receive(at=LATER)) == []
    assert _names(province.sent) == [got.name]


def test_a_crash_while_writing_leaves_nothing_to_read(
    province: FolderExchange, city: FolderExchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(handle: int) -> None:
        raise OSError("no space")

    with monkeypatch.context() as broken, pytest.raises(OSError, match="no space"):
        broken.setattr(os, "fsync", crash)
        province.send(packet(), CITY.id)
    assert list(city.receive(at=LATER)) == []
    assert [name for name in _names(province.outbox) if not name.startswith(".")] == []
    province.send(packet(), CITY.id)
    assert len(list(city.receive(at=LATER))) == 1


def test_a_bad_packet_is_moved_aside_with_its_reason_and_the_rest_go_on(
    province: FolderExchange, city: FolderExchange
) -> None:
    (city.inbox / "0-hong.edxml").write_text("<edXML><a></b></edXML>")
    province.send(packet(), CITY.id)
    assert len(list(city.receive(at=LATER))) == 1
    assert _names(city.refused) == ["0-hong.edxml", "0-hong.edxml.txt"]
    assert "XML hỏng" in (city.refused / "0-hong.edxml.txt").read_text()


def test_a_packet_for_somebody_else_is_refused(city: FolderExchange) -> None:
    (city.inbox / "lac.edxml").write_bytes(write(packet(to=(WARD,))))
    assert list(city.receive(at=LATER)) == []
    assert WARD.id in (city.refused / "lac.edxml.txt").read_text()


def test_a_file_still_being_written_is_left_and_later_refused(city: FolderExchange) -> None:
    half = city.inbox / "do.edxml"
    half.write_bytes(write(packet())[:500])
    os.utime(half, (MORNING.timestamp(), MORNING.timestamp()))
    assert list(city.receive(at=MORNING + timedelta(minutes=1))) == []
    assert half.exists()
    assert list(city.receive(at=MORNING + timedelta(minutes=3))) == []
    assert _names(city.refused) == ["do.edxml", "do.edxml.txt"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, city: FolderExchange) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(write(packet()))
    (city.inbox / "noi.edxml").symlink_to(secret)
    assert list(city.receive(at=LATER)) == []
    assert secret.exists()
    assert "tệp thường" in (city.refused / "noi.edxml.txt").read_text()


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    small = FolderExchange(tmp_path, CITY.id, Limits(file=10))
    (small.inbox / "to.edxml").write_bytes(write(packet()))
    assert list(small.receive(at=LATER)) == []
    assert "lớn hơn" in (small.refused / "to.edxml.txt").read_text()


def test_a_packet_we_cannot_use_is_moved_aside_by_name(province: FolderExchange, city: FolderExchange) -> None:
    province.send(packet(), CITY.id)
    (got,) = city.receive(at=LATER)
    city.reject(got, "Văn bản đã có trong sổ.")
    assert list(city.receive(at=LATER)) == []
    assert "đã có trong sổ" in (city.refused / f"{got.name}.txt").read_text()


@pytest.mark.parametrize("organ_id", ["../x", "a/b", "", ".", "H03\n"])
def test_a_code_never_names_another_folder(tmp_path: Path, organ_id: str) -> None:
    with pytest.raises(Refused):
        FolderExchange(tmp_path, organ_id)


def test_a_strangers_file_in_the_outbox_stays(province: FolderExchange, city: FolderExchange) -> None:
    (province.outbox / "ghi-chu.edxml").write_text("x")
    assert province.deliver() == []
