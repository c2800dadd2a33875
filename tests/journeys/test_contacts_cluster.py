"""The demonstration's six cases of Phúc Lộc: found with reasons, two elsewhere in the province, one in another."""

import pytest

from chongdich.application.lenses.consequences import Step, what_followed
from chongdich.application.lenses.contacts import contacts_of_case, see_contact, work_rows, worklist
from chongdich.application.lenses.contacts_elsewhere import groups_elsewhere, places_to_tell
from chongdich.core.errors import NotFound
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.models import Contact, Link
from chongdich.universe.cluster import CLASSMATES, build_cluster
from tests.journeys.house import House


@pytest.fixture
def told(house: House) -> House:
    build_cluster(house.desk("cdc.dichte"), house.desk("phucloc.tyt"), house.settle)
    return house


def flat(steps: list[Step]) -> list[Step]:
    return [one for step in steps for one in (step, *flat(step.then))]


def test_the_cluster_is_found_with_reasons(told: House) -> None:
    assert Case.objects.filter(classification="confirmed").count() == 6
    f1 = set(Contact.objects.filter(generation=1).values_list("person__name", flat=True))
    assert {who.name for who in CLASSMATES} <= f1
    assert "Hoàng Thị Tuyết" in f1, "of the household"
    assert "Trịnh Thu Hà" in f1, "on the bus"
    assert "Cà Thị Hạnh" in f1, "at the market"
    f2 = set(Contact.objects.filter(generation=2).values_list("person__name", flat=True))
    assert f2 == {"Dương Văn Chiến", "Bế Thị Dung", "Đàm Thị Nga"}
    assert not Link.objects.filter(rule=None, through=None).exists()
    far = see_contact(told.desk("cdc.dichte"), Contact.objects.get(person__name="Dương Văn Chiến").pk)
    assert far.links[0].rule
    assert "3638/QĐ-BYT" in far.links[0].rule.basis
    assert not Contact.objects.filter(person__in=Case.objects.values("person")).exists()

    centre = told.desk("cdc.dichte")
    groups = {group.name: group for group in groups_elsewhere(centre)}
    assert groups["Hà Nội"].unit_id is None
    assert sorted(len(group.contact_ids) for group in groups.values()) == [1, 1, 1]
    assert groups["thành phố Bắc Kạn"].unit_id == told.unit("ubnd", "058").pk

    case = Case.objects.get(code="PL01")
    view = contacts_of_case(centre, case.pk)
    assert view.f1_count == len(view.f1) > 0
    assert view.window
    public = places_to_tell(centre, case_ids=[case.pk])
    assert [one.what for one in public] == ["Chợ Phúc Lộc, xã Phúc Lộc"]
    assert "Khánh" not in str(public)

    steps = flat(what_followed(centre, case.pk))
    traced = [step for step in steps if step.kind == "ContactsTraced"]
    assert traced
    assert any("3638/QĐ-BYT" in step.rules for step in traced)
    confirmed = next(step for step in steps if step.kind == "CaseConfirmed")
    assert any(step.kind == "ContactsTraced" for step in flat(confirmed.then)) or len(traced) > 1


def test_names_are_hidden_from_who_may_not_know_them_and_strangers_see_nothing(told: House) -> None:
    row = worklist(told.desk("phucloc.tyt"), "all").first()
    assert row
    leader = told.desk("tinh.lanhdao")
    lines = work_rows(leader, worklist(leader, "all"))
    assert lines
    assert not any(line.contact.person.name in line.title for line in lines)
    seen = see_contact(leader, row.pk)
    assert row.person.name not in seen.title
    assert seen.phones == []
    with pytest.raises(NotFound):
        see_contact(told.desk("tp.lanhdao"), row.pk)


def test_building_twice_is_once(told: House) -> None:
    before = Contact.objects.count()
    build_cluster(told.desk("cdc.dichte"), told.desk("phucloc.tyt"), told.settle)
    assert Contact.objects.count() == before
