"""From a result to F1 and F2 through the real application: households, lists, interviews; again and again the same."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from chongdich.application.journeys import cases, importing, interviewing, overlays, presences, tracing
from chongdich.application.journeys.contacts import move_contact, record_call, release_due
from chongdich.application.journeys.presence_store import keep_presences, rebuild_presences
from chongdich.application.journeys.presences import Stay
from chongdich.application.ports import ports
from chongdich.application.settling import settle_next
from chongdich.application.tracing import keeping
from chongdich.application.tracing.rebuilding import look
from chongdich.core.errors import Refused
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.models import Contact, Link, Presence, StoreMark, TracedCase, Tracing
from chongdich.domain.contacts.presences import NewVenue
from chongdich.domain.lab.operations import NewResult, record_results
from chongdich.registry.ledger.models import Entry, Settlement
from chongdich.registry.people.models import Household, Person
from tests.conftest import entropy
from tests.journeys.house import House
from tests.journeys.test_confirming import result

COMMUNE = "01894"


def somebody(house: House, name: str, place: str = COMMUNE, **more: object) -> Person:
    values: dict[str, object] = {"birth_year": 1990, "created_at": house.at, "name_folded": name.lower()}
    if place:
        values["residence"] = house.unit("ubnd", place).place
    return Person.objects.create(uid=uuid4(), name=name, **{**values, **more})


def home(house: House, *people: Person) -> Household:
    row = Household.objects.create(uid=uuid4(), place=people[0].residence, created_at=house.at)
    Person.objects.filter(pk__in=[one.pk for one in people]).update(household=row)
    return row


def sit(house: House, name: str, begin: datetime, minutes: int, *people: Person, **more: object) -> list[Presence]:
    stays = [Stay(person=one.uid, since=begin, until=begin + timedelta(minutes=minutes), **more) for one in people]  # type: ignore[arg-type]
    venue = NewVenue(kind="class", name=name, place_id=house.unit("ubnd", COMMUNE).place_id)
    return presences.record_list(house.desk("cdc.dichte"), kind="class", venue=venue, stays=stays)


def found(generation: int) -> set[str]:
    rows = Contact.objects.filter(generation=generation, supported=True).exclude(state__in=("dismissed", "converted"))
    return set(rows.values_list("person__name", flat=True))


@pytest.fixture
def cluster(house: House) -> dict[str, Person]:
    """Ill at home with wife, three days ago in class with pupil, who lives with mother; a stranger next door."""
    people = {name: somebody(house, name) for name in ("ill", "wife", "pupil", "mother", "stranger")}
    home(house, people["ill"], people["wife"])
    home(house, people["pupil"], people["mother"])
    sit(house, "Lớp 5A", house.at - timedelta(days=3), 45, people["ill"], people["pupil"])
    sit(house, "Lớp 5B", house.at - timedelta(days=3), 45, people["stranger"])
    house.settle()
    return people


def test_household_and_class_are_f1_and_their_households_f2(house: House, cluster: dict[str, Person]) -> None:
    result(house, cluster["ill"])
    assert found(1) == {"wife", "pupil"}
    assert found(2) == {"mother"}
    link = Link.objects.get(contact__person=cluster["pupil"])
    assert (link.minutes, link.condition, len(link.evidence)) == (45, "closed_space", 1)
    assert "3638" in str(link.rule)
    proof = Presence.objects.filter(row__in=link.evidence[0]).values_list("person__name", flat=True)
    assert set(proof) == {"ill", "pupil"}
    assert link.tracing
    assert link.tracing.store_version == StoreMark.objects.get().version
    pupil = Contact.objects.get(person=cluster["pupil"])
    assert pupil.unit == house.unit("tram_y_te", COMMUNE)
    assert pupil.rank > Contact.objects.get(person=cluster["mother"]).rank
    through = Link.objects.get(contact__person=cluster["mother"])
    assert through.through == pupil
    assert through.case_id == link.case_id
    assert through.first_at
    assert through.last_at == house.at, "a household goes on; what has not come yet is no meeting"
    assert through.minutes <= (house.at - through.first_at).total_seconds() / 60


def test_follow_up_bridges_the_gap_of_november_and_says_so(house: House, cluster: dict[str, Person]) -> None:
    result(house, cluster["ill"])
    pupil = Contact.objects.get(person=cluster["pupil"])
    met = (house.at - timedelta(days=3)).date()
    assert pupil.quarantine_until == met + timedelta(days=14)  # the last rule recorded, 5599/BYT-MT
    assert pupil.follow_until == met + timedelta(days=28)
    assert pupil.follow_rule
    assert pupil.follow_rule["outdated"] is True
    assert pupil.follow_rule["verified"] is False


def test_settled_twice_is_once(house: House, cluster: dict[str, Person]) -> None:
    result(house, cluster["ill"])
    before = (list(Contact.objects.order_by("pk").values()), list(Link.objects.order_by("pk").values()))
    told = Entry.objects.filter(kind="ContactsTraced").count()
    Settlement.objects.filter(journey="trace_contacts").update(state="waiting", attempts=0, settled_at=None)
    house.settle()
    assert (list(Contact.objects.order_by("pk").values()), list(Link.objects.order_by("pk").values())) == before
    outcome = tracing.trace_again(house.desk("cdc.dichte"), case_ids=[Case.objects.get().pk])
    assert (outcome.new, outcome.changed) == ([], [])
    assert Entry.objects.filter(kind="ContactsTraced").count() == told


def test_results_of_one_batch_are_one_question(house: House) -> None:
    people = [somebody(house, f"p{n}") for n in range(6)]
    sit(house, "Lớp 1", house.at - timedelta(days=2), 45, *people)
    house.settle()
    taken = house.at - timedelta(hours=5)
    new = [NewResult(person_id=one.pk, kind="pcr", outcome="positive", taken_at=taken, resulted_at=taken)
           for one in people[:4]]  # fmt: skip
    record_results(results=new, by=house.machine().author)
    house.settle()
    assert Case.objects.count() == 4
    assert Tracing.objects.count() == 1
    assert found(1) == {"p4", "p5"}
    assert Link.objects.count() == 8
    assert TracedCase.objects.count() == 4


def test_a_presence_that_comes_later_counts_and_one_taken_back_no_longer(
    house: House, cluster: dict[str, Person]
) -> None:
    result(house, cluster["ill"])
    rows = sit(house, "Lớp 5A", house.at - timedelta(days=3), 30, cluster["stranger"])
    house.settle()
    assert "stranger" in found(1)
    presences.withdraw_presences(house.desk("cdc.dichte"), presence_ids=[rows[0].pk])
    house.settle()
    assert "stranger" not in found(1)
    link = Link.objects.get(contact__person=cluster["stranger"])
    assert link.withdrawn, "marked, not deleted"
    assert link.contact.state == "dismissed"


def test_what_a_person_did_stays_when_the_reason_goes(house: House, cluster: dict[str, Person]) -> None:
    result(house, cluster["ill"])
    rows = sit(house, "Lớp 5A", house.at - timedelta(days=3), 30, cluster["stranger"])
    house.settle()
    contact = Contact.objects.get(person=cluster["stranger"])
    record_call(house.desk("phucloc.tyt"), contact_id=contact.pk, outcome="reached")
    presences.withdraw_presences(house.desk("cdc.dichte"), presence_ids=[rows[0].pk])
    house.settle()
    contact.refresh_from_db()
    assert (contact.state, contact.supported) == ("reached", False)


def test_a_correction_changes_minutes_and_is_told(house: House, cluster: dict[str, Person]) -> None:
    result(house, cluster["ill"])
    row = Presence.objects.get(person=cluster["pupil"], source="list")
    end = row.since + timedelta(minutes=20)
    presences.correct_presence(house.desk("cdc.dichte"), presence_id=row.pk, since=row.since, until=end)
    house.settle()
    assert Link.objects.get(contact__person=cluster["pupil"]).minutes == 20
    told = Entry.objects.filter(kind="ContactsTraced").latest("seq")
    assert Contact.objects.get(person=cluster["pupil"]).pk in told.payload["changed_contact_ids"]


def test_a_contact_who_turns_positive_is_a_case_and_its_f2_are_f1(house: House, cluster: dict[str, Person]) -> None:
    result(house, cluster["ill"])
    later = house.later(hours=20)
    result(later, cluster["pupil"])
    case = Case.objects.get(person=cluster["pupil"])
    assert case.known_contact
    assert Contact.objects.get(person=cluster["pupil"]).converted_to == case
    assert found(1) == {"wife", "mother"}
    assert found(2) == set()


def test_who_was_dismissed_or_released_comes_back_by_a_new_meeting_only(
    house: House, cluster: dict[str, Person]
) -> None:
    result(house, cluster["ill"])
    pupil = Contact.objects.get(person=cluster["pupil"])
    station = house.desk("phucloc.tyt")
    move_contact(station, contact_id=pupil.pk, action="dismiss", note="Hôm đó nghỉ học")
    tracing.trace_again(house.desk("cdc.dichte"), case_ids=[Case.objects.get().pk])
    pupil.refresh_from_db()
    assert pupil.state == "dismissed", "the same facts do not overrule a person"
    sit(house, "Lớp 5A", house.at - timedelta(days=1), 45, cluster["ill"], cluster["pupil"])
    house.settle()
    pupil.refresh_from_db()
    assert pupil.state == "to_reach"


def test_a_moved_window_moves_the_contacts(house: House, cluster: dict[str, Person]) -> None:
    result(house, cluster["ill"])
    case = Case.objects.get()
    cases.correct_case(house.desk("cdc.dichte"), case_id=case.pk, version=case.version,
                       values={"onset_on": house.machine().today})  # fmt: skip
    house.settle()
    assert Case.objects.get().infectious_from == house.machine().today - timedelta(days=3)
    assert "pupil" in found(1)
    case = Case.objects.get()
    cases.close_case(house.desk("cdc.dichte"), case_id=case.pk, action="discard", on=house.machine().today, note="Nhầm")
    house.settle()
    assert found(1) == found(2) == set()


def test_an_interview_gives_presences_and_people_named(house: House) -> None:
    ill, neighbour = somebody(house, "ill"), somebody(house, "Hoàng Văn Bình")
    result(house, ill)
    day = (house.at - timedelta(days=2)).date().isoformat()
    market = {"from": "07:30", "until": "08:15", "place": "Chợ Phúc Lộc", "kind": "market"}
    sit_there = NewVenue(kind="market", name="Chợ Phúc Lộc", place_id=ill.residence_id)
    begin = datetime.fromisoformat(f"{day}T08:00:00+07:00")
    stay = Stay(person=neighbour.uid, since=begin, until=begin + timedelta(minutes=10))
    presences.record_list(house.desk("cdc.dichte"), kind="class", venue=sit_there, stays=[stay])
    desk, case = house.desk("cdc.dichte"), Case.objects.get()
    named = {"name": "Nông Thị Lan", "phone": "0912 345 678", "relation": "friend", "last_met": day, "minutes": 40}
    content = {"days": {day: [market]}, "people": [named]}
    begun = interviewing.begin_interview(desk, case_id=case.pk)
    interviewing.keep_interview(desk, case_id=case.pk, content=content, version=begun.interview.version, finish=True)
    house.settle()
    assert found(1) == {"Hoàng Văn Bình", "Nông Thị Lan"}
    assert Link.objects.get(contact__person=neighbour).minutes == 10
    assert Link.objects.get(contact__person__name="Nông Thị Lan").minutes == 40
    again = interviewing.begin_interview(desk, case_id=case.pk)
    interviewing.keep_interview(desk, case_id=case.pk, content=content, version=again.interview.version, finish=True)
    house.settle()
    assert Person.objects.filter(name="Nông Thị Lan").count() == 1, "told twice is one person"


def test_who_lives_elsewhere_is_marked(house: House) -> None:
    ill = somebody(house, "ill")
    others = [somebody(house, "same"), somebody(house, "other", "01840"),
              somebody(house, "hanoi", "", residence_address="Số 5, phường Trung Hòa, Cầu Giấy, Hà Nội")]  # fmt: skip
    sit(house, "Xe khách", house.at - timedelta(days=2), 60, ill, *others)
    result(house, ill)
    told = {row.person.name: (row.away, row.outside) for row in Contact.objects.select_related("person")}
    assert told == {"same": (False, ""), "other": (True, ""), "hanoi": (True, "Hà Nội")}
    assert Contact.objects.get(person__name="other").unit == house.unit("tram_y_te", "01840")


def test_an_f1_on_each_side_of_29_december(house: House) -> None:
    for day, expected in ((datetime.fromisoformat("2021-12-28T12:00:00+07:00"), {"short"}),
                          (datetime.fromisoformat("2021-12-29T12:00:00+07:00"), set())):  # fmt: skip
        later = House(day)
        ill, short = somebody(later, "ill"), somebody(later, "short")
        sit(later, f"Lớp {day:%d}", day - timedelta(days=1), 10, ill, short, masked=True)
        result(later, ill)
        contacts = Contact.objects.filter(links__case__person=ill, generation=1)
        assert set(contacts.values_list("person__name", flat=True)) == expected


# --- the store


def test_a_lost_store_is_said_and_made_again_row_for_row(house: House, cluster: dict[str, Person]) -> None:
    import shutil

    result(house, cluster["ill"])
    presences.withdraw_presences(
        house.desk("cdc.dichte"), presence_ids=[Presence.objects.get(person=cluster["stranger"]).pk]
    )
    house.settle()
    folder: Path = ports.tracing_folder()
    before = keeping.reopen().presences()
    shutil.rmtree(folder)
    keep_presences(house.machine())
    assert "không còn" in StoreMark.objects.get().problem
    assert "chongdich presences rebuild" in look()[1]
    rebuild_presences(house.machine())
    after = keeping.reopen().presences()
    assert [getattr(after, name).tolist() for name in ("row", "person", "place", "start", "end")] == [
        getattr(before, name).tolist() for name in ("row", "person", "place", "start", "end")
    ]
    assert look()[1] == ""
    outcome = tracing.trace_again(house.desk("cdc.dichte"), case_ids=[Case.objects.get().pk])
    assert (outcome.new, outcome.changed) == ([], [])


def test_rows_of_a_process_that_died_before_the_database_knew_count_for_nothing(
    house: House, cluster: dict[str, Person]
) -> None:
    result(house, cluster["ill"])
    store = keeping.reopen()
    orphan = store.presences().take([0])
    store.append(replace(orphan, person=orphan.person * 0 + cluster["stranger"].pk))
    sit(house, "Lớp 9", house.at - timedelta(days=3), 45, cluster["stranger"])
    house.settle()
    assert "stranger" not in found(1)
    kept = keeping.reopen().presences()
    assert len(kept) == Presence.objects.filter(superseded=False).count()
    assert set(kept.row.tolist()) == set(Presence.objects.filter(superseded=False).values_list("row", flat=True))


def test_a_file_of_presences_is_taken_whole_and_traced(house: House, cluster: dict[str, Person]) -> None:
    result(house, cluster["ill"])
    venue = Presence.objects.get(person=cluster["pupil"], source="list").venue_id
    moment = (house.at - timedelta(days=3)).strftime("%Y-%m-%d %H:%M:%S")
    rows = f"person,place,begins,ends\n{cluster['stranger'].pk},{venue},{moment},{moment}\n"
    machine = house.machine()
    with pytest.raises(Refused, match="Không có người số 999999"):
        presences.import_presences(
            machine, name="a.csv", data=rows.replace(str(cluster["stranger"].pk), "999999").encode()
        )
    batch = presences.import_presences(machine, name="a.csv", data=rows.encode())
    house.settle()
    assert batch.count == 1
    rebuild_presences(machine)
    assert len(keeping.reopen().presences()) == Presence.objects.filter(superseded=False).count() + 1


def test_phones_that_heard_each_other_make_contacts(house: House) -> None:
    ill, near, far = (somebody(house, name) for name in ("ill", "near", "far"))
    begin = house.at - timedelta(days=1)
    minutes = [begin + timedelta(minutes=n) for n in range(0, 30, 5)]
    hearings = [(ill.uid, near.uid, at, 50.0) for at in minutes] + [(far.uid, ill.uid, at, 90.0) for at in minutes]
    assert presences.import_encounters(house.desk("cdc.dichte"), hearings=hearings) == 2
    result(house, ill)
    assert found(1) == {"near"}
    assert Link.objects.get().minutes == 25


def test_a_journey_that_fails_leaves_everything_to_do(
    house: House, cluster: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = house.at - timedelta(hours=5)
    one = NewResult(person_id=cluster["ill"].pk, kind="pcr", outcome="positive", taken_at=taken, resulted_at=taken)
    record_results(results=[one], by=house.machine().author)
    settle_next(worker="w", clock=lambda: house.at, entropy=entropy)  # the result becomes a case

    def dies(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as cut:
        cut.setattr("chongdich.application.journeys.tracing.record_tracing", dies)
        settle_next(worker="w", clock=lambda: house.at, entropy=entropy)
    assert Contact.objects.count() == Tracing.objects.count() == 0
    Settlement.objects.filter(journey="trace_contacts").update(error="")
    house.later(minutes=5).settle()
    assert found(1) == {"wife", "pupil"}


# --- the province's own rule


def test_a_rule_of_the_province_fills_the_gap_and_contacts_follow_it(house: House, cluster: dict[str, Person]) -> None:
    result(house, cluster["ill"])
    desk, today = house.desk("cdc.dichte"), house.machine().today
    edition = {"since": "2021-11-08", "until": "2021-12-16",
               "rows": [{"then": {"place": "home", "days": 10, "then_place": "self_monitor",
                                  "then_days": 4}}]}  # fmt: skip
    row = overlays.record_overlay(
        desk, number="8010/UBND-VXNV", signed_on=today, signatory="Người Ký Mẫu",
        editions={"quarantine/contact": edition},
    )  # fmt: skip
    house.settle()
    pupil = Contact.objects.get(person=cluster["pupil"])
    met = (house.at - timedelta(days=3)).date()
    assert (pupil.quarantine_until, pupil.follow_until) == (met + timedelta(days=10), met + timedelta(days=14))
    assert pupil.follow_rule
    assert pupil.follow_rule["basis"]["document"] == "8010/UBND-VXNV"
    assert pupil.follow_rule["kind"] == "province"
    told = Entry.objects.filter(kind="ContactsTraced").latest("seq")
    assert pupil.pk in told.payload["changed_contact_ids"]
    overlays.withdraw_overlay(desk, rule_id=row.pk)
    house.settle()
    pupil.refresh_from_db()
    assert pupil.quarantine_until == met + timedelta(days=14)


def test_a_rule_that_no_table_understands_is_refused(house: House) -> None:
    desk, today = house.desk("cdc.dichte"), house.machine().today

    def try_it(editions: dict[str, dict[str, object]], signatory: str = "Người Ký Mẫu") -> None:
        overlays.record_overlay(
            desk, number="1/UBND", signed_on=today, signatory=signatory, editions=editions
        )  # fmt: skip

    wrong: list[dict[str, dict[str, object]]] = [
        {"quarantine/contact": {"since": "2021-11-08", "rows": [{"then": {"dayz": 1}}]}},
        {"quarantine/nothing": {"since": "2021-11-08", "value": 1}},
        {"quarantine/contact": {"rows": [{"then": {"days": 1}}]}},
        {},
    ]
    for editions in wrong:
        with pytest.raises(Refused):
            try_it(editions)
    with pytest.raises(Refused, match="người ký"):
        try_it({"contacts/f1_distance_m": {"since": "2021-11-08", "value": 3}}, signatory="")


# --- lists and tests


def test_a_list_taken_back_takes_its_contacts_back(house: House, cluster: dict[str, Person]) -> None:
    desk, today = house.desk("cdc.dichte"), f"{house.at:%d/%m/%Y}"
    head = "Họ và tên,Năm sinh,Xã,Huyện,Ngày lấy mẫu,Phân loại,Mã BN"
    row = f"{head}\nNông Văn Tám,1971,Phúc Lộc,Ba Bể,{today},F0,BN1\n"
    made = importing.receive_list(desk, name="ds.csv", data=row.encode())
    importing.start_import(desk, import_id=made.pk, mapping=made.mapping, accepted=True)
    house.settle()
    case = Case.objects.get()
    sit(house, "Lớp 5A", house.at - timedelta(days=3), 45, case.person)
    house.settle()
    assert found(1) == {"ill", "pupil"}
    importing.undo_import(desk, import_id=made.pk)
    house.settle()
    assert not Case.objects.exists()
    assert found(1) == found(2) == set()
    assert Link.objects.filter(former_case=case.pk, withdrawn=True).exists(), "kept, though the case is gone"


def test_an_f2_is_released_when_the_f1_tests_negative(house: House, cluster: dict[str, Person]) -> None:
    result(house, cluster["ill"])
    mother = Contact.objects.get(person=cluster["mother"])
    record_call(house.desk("phucloc.tyt"), contact_id=mother.pk, outcome="reached")
    assert release_due(house.machine()) == 0
    result(house, cluster["pupil"], outcome="negative", hours_ago=8)
    assert release_due(house.later(hours=1).machine()) == 1
    mother.refresh_from_db()
    assert mother.state == "released"
