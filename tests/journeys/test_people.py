"""People from the first entry to a merge and its undoing."""

import pytest

from chongdich.application.journeys import people as journeys
from chongdich.application.lenses import people as lenses
from chongdich.core.errors import Conflict, NotAllowed, NotFound, Refused
from chongdich.registry.ledger.models import Entry
from chongdich.registry.people.models import Household, Likeness, Merge, Opening, Person, Phone
from chongdich.registry.people.operations.children import references
from chongdich.registry.people.queries import Scope
from chongdich.registry.people.searching import find_people
from chongdich.registry.places.models import Place
from tests.journeys.house import House

STATION, CDC, POLICE, LEADER, CLERK = "phucloc.tyt", "cdc.dichte", "catinh.canbo", "tinh.lanhdao", "tinh.vanthu"
EVERYBODY = Scope(everywhere=True)


def place(code: str) -> int:
    return Place.objects.get(code=code, valid_until__year=2025).pk


def enter(house: House, who: str = STATION, *, at: str = "01894", **raw: object) -> Person:
    """One person in Phúc Lộc, entered by its station unless said otherwise."""
    given = {"residence_id": place(at), **raw}
    person = journeys.register_person(house.desk(who), raw=given, sure=True).person
    assert person is not None
    return person


def test_a_person_is_entered_once_and_asked_about_the_second_time(house: House) -> None:
    an = enter(house, name="NGUYỄN VĂN ANH", birth="1987", sex="Nam", phone="0912345678")
    assert (an.name, an.birth_year, an.present_id) == ("Nguyễn Văn Anh", 1987, an.residence_id)
    again = {"name": "Nguyen Van Anh", "birth": "1987", "residence_id": place("01894")}
    asked = journeys.register_person(house.desk(STATION), raw=again)
    assert asked.person is None
    assert [person.pk for person, _ in asked.alike] == [an.pk]
    assert Person.objects.count() == 1
    journeys.register_person(house.desk(STATION), raw=again, sure=True)
    assert Likeness.objects.get().state == "open"
    other = journeys.register_person(house.desk(STATION), raw={**again, "name": "Nguyễn Văn An"})
    assert other.person is not None


def test_the_same_citizen_number_is_never_entered_twice(house: House) -> None:
    enter(house, name="Ma Văn Bình", birth="1995", cccd="006095001234")
    with pytest.raises(Conflict):
        enter(house, name="Ma Văn Bình", birth="1995", cccd="006095001234")


def test_an_offline_entry_sent_twice_is_one_person(house: House) -> None:
    desk = house.desk(STATION)
    uid = desk.new_id()
    raw = {"name": "Bế Thị Lan", "birth": "1990"}
    first = journeys.register_person(desk, raw=raw, uid=uid, sure=True).person
    second = journeys.register_person(desk, raw=raw, uid=uid, sure=True).person
    assert first == second


def test_a_correction_needs_the_version_that_was_read(house: House) -> None:
    an = enter(house, name="Hà Văn An", phone="0912345678")
    desk = house.desk(STATION)
    corrected = journeys.correct_person(desk, uid=an.uid, version=1, raw={"name": "Hà Văn Ân", "phone": ""})
    assert (corrected.version, corrected.name_folded) == (2, "ha van an")
    assert not Phone.objects.exists()
    with pytest.raises(Conflict):
        journeys.correct_person(desk, uid=an.uid, version=1, raw={"name": "Hà Văn Ấn"})
    with pytest.raises(Refused) as refused:
        journeys.correct_person(desk, uid=an.uid, version=2, raw={"birth": "31/02/1980"})
    assert refused.value.where == "birth"


def test_people_are_seen_by_place(house: House) -> None:
    here = enter(house, name="Lường Thị Nga")
    there = enter(house, CDC, at="01840", name="Lường Thị Nga")
    nowhere = enter(house, CDC, name="Lường Thị Nga", residence_id=None)
    away = enter(house, STATION, at="01840", name="Lường Thị Ngân")  # entered here, lives there
    seen = {who: set(lenses.find_visible_people(house.desk(who))) for who in (STATION, CDC, "ducxuan.canbo", CLERK)}
    assert seen == {STATION: {here, away}, CDC: {here, there, nowhere, away}, "ducxuan.canbo": set(), CLERK: set()}
    assert {one.uid for one in lenses.find_as_typed(house.desk(STATION), "luong nga")} == {here.uid, away.uid}
    assert {one.uid for one in lenses.find_as_typed(house.desk(CDC), "nga luong")} == {
        here.uid, there.uid, nowhere.uid, away.uid,
    }  # fmt: skip
    with pytest.raises(NotFound):
        lenses.see_person(house.desk(STATION), there.uid)


def test_who_lacks_the_right_sees_no_name(house: House) -> None:
    an = enter(house, name="Nguyễn Văn An", birth="1987", phone="0912345678")
    _, shown = lenses.see_person(house.desk(LEADER), an.uid)
    assert (shown.title, shown.detail) == ("N.V.A., 34 t., xã Phúc Lộc", "")
    with pytest.raises(NotAllowed):
        journeys.open_record(house.desk(LEADER), uid=an.uid, purpose="tracing")
    with pytest.raises(NotAllowed):
        lenses.see_person(house.desk(CLERK), an.uid)


def test_a_whole_record_needs_a_purpose_and_leaves_a_line(house: House) -> None:
    an = enter(house, name="Nguyễn Văn An", cccd="006087001234", birth="1987", sex="m")
    with pytest.raises(NotAllowed):
        lenses.get_record(house.desk(POLICE), an.uid)
    with pytest.raises(Refused):
        journeys.open_record(house.desk(POLICE), uid=an.uid, purpose="tò mò")
    journeys.open_record(house.desk(POLICE), uid=an.uid, purpose="tracing", reason="Xác minh chuyến xe")
    assert lenses.get_record(house.desk(POLICE), an.uid).person.cccd == "006087001234"
    with pytest.raises(NotAllowed):
        lenses.get_record(house.desk(CDC), an.uid)  # somebody else's opening opens nothing
    with pytest.raises(NotAllowed):
        lenses.get_record(house.later(minutes=61).desk(POLICE), an.uid)
    opening = Opening.objects.get()
    assert (opening.person, opening.purpose) == (an, "tracing")
    assert list(lenses.find_openings(house.desk(POLICE))) == [opening]
    assert list(lenses.find_openings(house.desk(LEADER))) == [opening]
    assert list(lenses.find_openings(house.desk(CDC))) == []


def test_the_ledger_carries_no_word_about_anybody(house: House) -> None:
    an = enter(house, name="Nguyễn Văn An", cccd="006087001234", birth="1987", sex="m", phone="0912345678")
    journeys.open_record(house.desk(CDC), uid=an.uid, purpose="care", reason="Đau họng")
    told = str(list(Entry.objects.values_list("payload", flat=True)))
    for word in ("Nguyễn", "nguyen", "006087001234", "912345678", "họng"):
        assert word not in told


def snapshot() -> list[object]:
    """Everything about people but what a merge and its undoing rightly leave behind."""
    rows: list[object] = []
    for model in (Person, Phone, Household, Opening):
        for row in model.objects.order_by("pk").values():
            row.pop("version", None)
            rows.append((model.__name__, row))
    for model, field in references():
        rows += sorted(model._base_manager.values_list("pk", field.attname), key=str)
    return rows


def two(house: House) -> tuple[Person, Person]:
    kept = enter(house, CDC, name="Nguyễn Văn Anh", birth="1987", phone="0912345678")
    gone = enter(
        house, STATION, name="Nguyen Van Anh", birth="05/02/1987", phone="0912345678; 0987654321", occupation="Lái xe"
    )
    return kept, gone


def test_a_merge_moves_everything_and_is_undone_exactly(house: House) -> None:
    kept, gone = two(house)
    desk = house.desk(CDC)
    home = journeys.set_household(desk, uids=[gone.uid])
    before = snapshot()
    merge = journeys.merge_people(desk, kept=kept.uid, gone=gone.uid, take=("name",))
    kept.refresh_from_db()
    home.refresh_from_db()
    assert (kept.name, kept.birth_date.isoformat(), kept.occupation) == ("Nguyen Van Anh", "1987-02-05", "Lái xe")
    assert home.head_id == kept.pk
    assert sorted(kept.phones.values_list("number", flat=True)) == ["+84912345678", "+84987654321"]
    assert list(gone.phones.values_list("number", flat=True)) == ["+84912345678"]  # it would have been there twice
    assert [one.uid for one in lenses.find_as_typed(desk, "0987654321")] == [kept.uid]
    assert [person.pk for person in find_people("nguyen van anh", EVERYBODY)] == [kept.pk]
    assert lenses.see_person(desk, gone.uid)[0] == kept  # an old address leads to the one that was kept
    assert Likeness.objects.get().state == "merged"
    journeys.undo_merge(desk, merge_id=merge.pk)
    assert snapshot() == before
    assert Likeness.objects.get().state == "open"
    with pytest.raises(Conflict):
        journeys.undo_merge(desk, merge_id=merge.pk)


def test_what_was_entered_after_a_merge_stays_with_the_kept_person(house: House) -> None:
    kept, gone = two(house)
    desk = house.desk(CDC)
    merge = journeys.merge_people(desk, kept=kept.uid, gone=gone.uid)
    journeys.record_phone(desk, uid=kept.uid, number="0977777777")
    kept.refresh_from_db()
    journeys.correct_person(desk, uid=kept.uid, version=kept.version, raw={"occupation": "Nông dân"})
    journeys.undo_merge(desk, merge_id=merge.pk)
    kept.refresh_from_db()
    assert kept.occupation == "Nông dân"
    assert kept.phones.filter(number="+84977777777").exists()
    assert kept.birth_date is None


def test_merges_are_undone_from_the_last_backwards(house: House) -> None:
    first, second = two(house)
    third = enter(house, CDC, name="Nguyễn Văn Anh", birth="1987")
    desk = house.desk(CDC)
    before = snapshot()
    one = journeys.merge_people(desk, kept=second.uid, gone=third.uid)
    two_ = journeys.merge_people(desk, kept=first.uid, gone=second.uid)
    with pytest.raises(Conflict):
        journeys.undo_merge(desk, merge_id=one.pk)
    journeys.undo_merge(desk, merge_id=two_.pk)
    journeys.undo_merge(desk, merge_id=one.pk)
    assert snapshot() == before


def test_every_column_that_points_at_a_person_is_known(house: House) -> None:
    """New rooms are found from their models: nothing that points at a person may be overlooked."""
    from django.apps import apps

    known = {(model._meta.label, field.name) for model, field in references()}
    stays = {"people.Merge", "people.Likeness", "people.Opening"}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if (
                field.is_relation
                and field.concrete
                and field.related_model is Person
                and model._meta.label not in stays
            ):
                assert field.many_to_many or (model._meta.label, field.name) in known


def test_a_pair_said_to_be_distinct_is_not_asked_about_again(house: House) -> None:
    two(house)
    desk = house.desk(CDC)
    pair = lenses.find_likenesses(desk).get()
    assert lenses.compare_pair(desk, pair).probable
    with pytest.raises(NotAllowed):
        lenses.get_pair(desk, pair.pk)
    journeys.open_pair(desk, likeness_id=pair.pk)
    assert lenses.get_pair(desk, pair.pk).first.person.pk == pair.first_id
    assert Opening.objects.count() == 2
    journeys.say_distinct(desk, likeness_id=pair.pk)
    assert journeys.look_for_duplicates(desk) == 0
    assert not lenses.find_likenesses(desk).exists()


def test_nobody_merges_without_the_right_or_outside_the_area(house: House) -> None:
    kept, gone = two(house)
    with pytest.raises(NotAllowed):
        journeys.merge_people(house.desk(STATION), kept=kept.uid, gone=gone.uid)
    with pytest.raises(Refused):
        journeys.merge_people(house.desk(CDC), kept=kept.uid, gone=kept.uid)
    assert not Merge.objects.exists()


def test_the_index_follows_whatever_changes_the_table(house: House) -> None:
    an = enter(house, name="Đàm Văn Thủy")
    assert find_people("dam thuy", EVERYBODY) == [an]
    Person.objects.filter(pk=an.pk).update(name="Đàm Văn Thúc", name_folded="dam van thuc")
    assert find_people("thuy", EVERYBODY) == []
    assert find_people("thuc dam v", EVERYBODY) == [an]
    assert find_people("Đàm", Scope(frozenset([place("01894")]))) == [an]
    assert find_people("Đàm", Scope(frozenset([place("01840")]))) == []


def test_a_whole_name_stands_before_a_begun_one_and_typed_marks_first(house: House) -> None:
    for name in ("Lý Văn Anh", "Lý Văn An", "Lý Văn Ân"):
        enter(house, name=name)
    assert [person.name for person in find_people("ly van an", EVERYBODY)] == ["Lý Văn An", "Lý Văn Ân", "Lý Văn Anh"]
    assert find_people("lý văn ân", EVERYBODY)[0].name == "Lý Văn Ân"


def test_a_word_that_many_have_is_found_within_any_scope(house: House) -> None:
    here, elsewhere = place("01894"), place("01840")
    desk = house.desk(CDC)
    rows = [
        Person(uid=desk.new_id(), name="Nguyễn Văn Đông", name_folded="nguyen van dong", residence_id=where,
               present_id=where, created_at=desk.at)
        for where in (elsewhere,) * 70 + (here,) * 70
    ]  # fmt: skip
    Person.objects.bulk_create(rows)
    wide = Scope(frozenset([here, *range(10**6, 10**6 + 10)]), placeless=True)
    for text in ("nguyen", "ng", "nguyen dong"):
        assert len(find_people(text, EVERYBODY)) == 20
        assert {person.residence_id for person in find_people(text, wide)} == {here}
    assert find_people("guyen", EVERYBODY) == []
    assert find_people("nguye", Scope(frozenset([place("01894")])))[0].residence_id == here


@pytest.mark.parametrize("text", ["", "a", "'", '"', "an' OR 1=1", "NEAR(an)", "an & b:*", "*", "-- an", "0912", "%_"])
def test_no_search_breaks(house: House, text: str) -> None:
    enter(house, name="Nguyễn Văn An")
    for scope in (EVERYBODY, Scope(frozenset([1])), Scope()):
        assert isinstance(find_people(text, scope), list)
