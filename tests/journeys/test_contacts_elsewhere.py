"""Contacts who live elsewhere: a dispatch with the list, work where it arrives; the public learns places, no names."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from chongdich.application.journeys import issuing, receiving_contacts, referring, signing
from chongdich.application.journeys.drafting import submit_draft
from chongdich.application.lenses.contacts_elsewhere import groups_elsewhere
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.models import Contact
from chongdich.domain.directives.models import Directive
from chongdich.registry import vault
from chongdich.registry.ledger.models import Entry
from chongdich.universe.cluster import ILL, build_cluster
from tests.journeys.house import House
from tests.journeys.outgoing_desk import hire
from tests.journeys.test_exchange import CITY, PROVINCE, _partners, _speaker, empty_house  # noqa: F401

Say = Callable[..., dict[str, Any]]


@pytest.fixture
def told(house: House) -> House:
    build_cluster(house.desk("cdc.dichte"), house.desk("phucloc.tyt"), house.settle)
    hire(house, "cdc.giamdoc", "leader", house.unit("cdc", "06"))
    hire(house, "cdc.vanthu", "clerk", house.unit("cdc", "06"))
    return house


def issue(house: House, made: Directive) -> None:
    submit_draft(house.desk("cdc.dichte"), directive_id=made.pk)
    signing.sign_directive(house.desk("cdc.giamdoc"), directive_id=made.pk)
    issuing.issue_directive(house.desk("cdc.vanthu"), directive_id=made.pk)
    house.settle()


def names(data: bytes) -> list[str]:
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet
    return [str(row[0].value) for row in sheet.iter_rows(min_row=2)]


def test_a_list_goes_with_the_dispatch_and_becomes_work_of_the_station(told: House) -> None:
    group = next(one for one in groups_elsewhere(told.desk("cdc.dichte")) if one.name == "thành phố Bắc Kạn")
    made = referring.refer_contacts(told.desk("cdc.dichte"), group=group.key)
    assert "Phan Văn Giang" not in made.text, "names stand in the list alone"
    issue(told, made)
    got = Directive.objects.get(direction="in", unit=told.unit("ubnd", "058"))
    file = got.files.get(name=referring.LIST_NAME)
    assert names(vault.fetch(file.sha256)) == ["Phan Văn Giang"]
    before = Contact.objects.count()
    assert receiving_contacts.take_list(told.desk("tp.chuyenvien"), directive_id=got.pk) == []
    assert Contact.objects.count() == before, "in one house the person is on the worklist already"
    assert Contact.objects.get(person__name="Phan Văn Giang").state == "to_reach"


def test_another_province_takes_over_when_the_dispatch_is_issued(told: House) -> None:
    desk = told.desk("cdc.dichte")
    made = referring.refer_contacts(desk, group="outside:Hà Nội")
    assert Contact.objects.get(person__name="Trịnh Thu Hà").state == "to_reach", "a draft hands nobody over"
    issue(told, made)
    assert Contact.objects.get(person__name="Trịnh Thu Hà").state == "elsewhere"
    assert [group.referred for group in groups_elsewhere(desk) if group.name == "Hà Nội"] == [1]
    assert Entry.objects.filter(kind="ContactsReferred").count() == 1


def test_the_public_learns_places_and_times_and_no_names(told: House) -> None:
    cases = list(Case.objects.values_list("pk", flat=True))
    made = referring.draft_public_notice(told.desk("cdc.dichte"), case_ids=cases)
    assert "Chợ Phúc Lộc" in made.text
    assert "97B-002.46" in made.text
    assert "06:30–10:00 ngày 23/11/2021" in made.text
    assert not any(who.name in made.text for who, _ in ILL.values())
    assert "PL0" not in made.text
    assert "Hộ " not in made.text


@pytest.mark.slow
def test_another_instance_receives_the_list_as_work(empty_house: Path, tmp_path: Path) -> None:  # noqa: F811
    post = tmp_path / "post"
    post.mkdir()
    (post / "partners.json").write_text(json.dumps(_partners(empty_house, {"ubnd:06": PROVINCE, "ubnd:058": CITY})))
    said: dict[str, Say] = {}
    for name, organ_id in (("province", PROVINCE), ("city", CITY)):
        shutil.copytree(empty_house, tmp_path / name)
        said[name] = _speaker(tmp_path / name, post, organ_id)
    said["city"]("show")  # its folders exist from now on
    sent = said["province"]("refer", "thành phố Bắc Kạn")
    assert sent["contacts"] == {"Phan Văn Giang": "elsewhere"}
    got = said["city"]("take_list")
    assert got["contacts"] == {"Phan Văn Giang": "to_reach"}
    assert got["units"] == ["Trạm Y tế phường Đức Xuân"]
    assert got["again"] == 0
