"""The shipped law: its tables hold together, its answers can be told, and a province may lay its own over it."""

import json
from datetime import date, timedelta

import pytest

from chongdich.core.errors import Refused
from chongdich.regulations import Law, Missing, NotRecorded, Overlay, changes, history, in_force, months_between
from chongdich.regulations.checks import check

SEED_DAY = date(2021, 11, 29)


@pytest.fixture(scope="module")
def law() -> Law:
    return Law.load(cache=False)


@pytest.fixture
def province() -> Overlay:
    rows = [{"when": {"protection": "full"}, "then": {"place": "home", "days": 10}}, {"then": {"days": 14}}]
    return Overlay.province(
        number="7925/UBND-VXNV",
        signed_on=date(2021, 11, 24),
        signatory="Người ký thử",
        issuer="UBND tỉnh",
        editions={"quarantine/contact": {"since": date(2021, 11, 24), "until": date(2021, 12, 1), "rows": rows}},
    )


@pytest.mark.parametrize("disease", ["covid19", "measles"])
def test_the_shipped_tables_have_no_problem(law: Law, disease: str) -> None:
    assert check(law.pack(disease)) == []


def test_a_plain_value_is_the_one_of_its_day(law: Law) -> None:
    days = (date(2021, 7, 29), date(2021, 7, 30), date(2022, 4, 14), date(2022, 4, 15))
    assert [law.find("contacts/f1_distance_m", on=day) for day in days] == [None, 2, 2, 1]


def test_an_unknown_rule_is_said_to_be_unknown(law: Law) -> None:
    with pytest.raises(NotRecorded, match="9472/BYT-MT"):
        law.value("quarantine/f1_days", on=SEED_DAY)
    decision = law.decide("quarantine/contact", on=SEED_DAY)
    assert not decision
    assert not decision.verified
    assert decision.document == "9472/BYT-MT"


def test_a_gap_is_bridged_only_when_asked_and_says_so(law: Law) -> None:
    decision = law.decide("quarantine/contact", on=SEED_DAY, assume_last=True)
    told = law.explain(decision).text()
    assert decision["days"] == 14
    assert not decision.verified
    assert "5599/BYT-MT" in told
    assert "phải có người kiểm tra" in told


def test_the_tree_names_every_row_and_reads_as_vietnamese(law: Law) -> None:
    decision = law.decide("quarantine/contact", on=date(2022, 2, 21), doses=2, days_since_last_dose=14)
    assert decision.rows() == (
        "covid19/quarantine/contact@2022-02-21#1",
        "covid19/quarantine/protection@2022-02-21#2",
    )
    told = law.explain(decision).text()
    assert "• Số ngày cách ly: 5 ngày" in told
    assert "Căn cứ: 762/BYT-DP ngày 21/02/2022 của Bộ Y tế; áp dụng từ 21/02/2022" in told
    assert "Coi như (không được cung cấp): Đã khỏi COVID-19: không" in told


def test_a_kept_record_tells_the_same_without_the_tables(law: Law) -> None:
    decision = law.decide("quarantine/contact", on=date(2022, 2, 21), doses=2, days_since_last_dose=14)
    kept = json.loads(json.dumps(decision.record()))
    assert law.explain(kept) == law.explain(decision)


def test_what_is_lacking_is_asked_by_name(law: Law) -> None:
    with pytest.raises(Missing, match="Cả hai đeo khẩu trang") as missing:
        law.decide("contacts/f1", on=date(2021, 12, 29), distance_m=1)
    assert missing.value.asks == ("masked",)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"mask": True}, "không hỏi “mask”"),
        ({"masked": "yes"}, "không thể là 'yes'"),
        ({"minutes": -1}, "không thể là -1"),
        ({"minutes": float("nan")}, "không thể là nan"),
    ],
)
def test_a_wrong_question_is_refused(law: Law, given: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        law.decide("contacts/f1", on=date(2021, 12, 29), **given)


def test_a_later_edition_is_not_known_before_its_day(law: Law) -> None:
    changed, eve = date(2023, 10, 20), date(2023, 10, 18)
    assert law.value("cases/disease_group", on=changed) == "B"
    assert law.on(changed, known_on=eve).value("cases/disease_group") == "A"


def test_a_province_answers_before_the_law_on_its_days_only(law: Law, province: Overlay) -> None:
    local = law.with_overlay(province)
    decision = local.decide("quarantine/contact", on=SEED_DAY, protection="full")
    assert (decision["place"], decision["days"], decision.document) == ("home", 10, "7925/UBND-VXNV")
    assert decision.row == "covid19/quarantine/contact@2021-11-24+province#1"
    assert "người ký: Người ký thử" in local.explain(decision).text()
    assert local.find("quarantine/f1_days", on=date(2021, 12, 1)) is None
    assert law.find("quarantine/f1_days", on=SEED_DAY) is None


def test_a_province_is_not_known_before_it_signs(law: Law, province: Overlay) -> None:
    local = law.with_overlay(province)
    assert not local.decide("quarantine/contact", on=SEED_DAY, known_on=date(2021, 11, 23), protection="full")


def test_a_what_if_says_that_it_is_one(law: Law) -> None:
    tried = law.with_overlay(
        Overlay.what_if("giãn 3 m", {"contacts/f1_distance_m": {"since": date(2021, 1, 1), "value": 3}})
    )
    assert tried.value("contacts/f1_distance_m", on=SEED_DAY) == 3
    decision = tried.decide("contacts/f1_distance_m", on=SEED_DAY)
    assert not decision.verified
    assert "GIẢ ĐỊNH" in tried.explain(decision).text()


def test_a_what_if_comes_before_a_province(law: Law, province: Overlay) -> None:
    tried = {"quarantine/contact": {"since": SEED_DAY, "until": date(2021, 11, 30), "rows": [{"then": {"days": 3}}]}}
    both = law.with_overlay(Overlay.what_if("ngắn", tried), province)
    assert both.value("quarantine/f1_days", on=SEED_DAY) == 3
    assert both.value("quarantine/f1_days", on=SEED_DAY - timedelta(days=1), protection="none") == 14


def test_a_province_must_say_who_signed(law: Law) -> None:
    with pytest.raises(Refused, match="người ký"):
        Overlay.province(number="1/QĐ", signed_on=SEED_DAY, signatory=" ", editions={})


def test_an_overlay_that_makes_no_sense_is_refused(law: Law) -> None:
    wrong = Overlay.what_if("sai", {"contacts/f1_distance_m": {"since": SEED_DAY}})
    with pytest.raises(Refused, match="đúng một trong value, rows, gap"):
        law.with_overlay(wrong)


def test_other_diseases_rules_are_not_borrowed(law: Law) -> None:
    measles = law.pack("measles")
    assert measles.find("quarantine/f1_days", on=SEED_DAY) is None
    assert "Sởi" in measles.decide("quarantine/contact", on=SEED_DAY).gap
    assert measles.value("documents/kinds", on=SEED_DAY, kind="plan") == "KH"


def test_what_changed_is_told_by_day(law: Law) -> None:
    found = {(c.day, c.table.short_name) for c in changes(law, date(2021, 12, 29), date(2021, 12, 29))}
    assert (date(2021, 12, 29), "contacts/f1") in found
    assert all(day == date(2021, 12, 29) for day, _ in found)
    ended = {c.table.short_name: c.after for c in changes(law, date(2022, 4, 15), date(2022, 4, 15))}
    assert ended["contacts/f2_distance_m"] is None


def test_the_law_of_a_day_lists_what_rules(law: Law) -> None:
    ruling = {one.table.short_name: one.versions for one in in_force(law, SEED_DAY)}
    assert ruling["levels/level"][0].document.number == "4800/QĐ-BYT"
    assert ruling["quarantine/protection"] == ()


def test_every_kind_of_document_has_its_abbreviation(law: Law) -> None:
    codes = law.inputs("documents/kinds")["kind"].choices
    found = [law.value("documents/kinds", on=SEED_DAY, kind=code) for code in codes]
    assert len(found) == 29
    assert len({abbreviation for abbreviation in found if abbreviation}) == 27


def test_an_overlay_may_leave_the_rest_to_the_law(law: Law) -> None:
    rows = [{"when": {"activity": "schools"}, "then": {"permission": "stop"}}]
    stricter = Overlay.province(
        number="1/QĐ-UBND",
        signed_on=SEED_DAY,
        signatory="Người ký thử",
        editions={"levels/measures": {"since": SEED_DAY, "rows": rows, "falls_through": True}},
    )
    local = law.with_overlay(stricter).on(SEED_DAY)
    assert local.decide("levels/measures", activity="schools", level=1).document == "1/QĐ-UBND"
    assert local.decide("levels/measures", activity="goods_transport", level=1).document == "128/NQ-CP"


def test_an_overlay_survives_being_kept(law: Law, province: Overlay) -> None:
    again = Overlay.from_record(json.loads(json.dumps(province.record())))
    asked = {"on": SEED_DAY, "protection": "none"}
    assert again.document == province.document
    first, second = (law.with_overlay(one).decide("quarantine/contact", **asked) for one in (province, again))
    assert first.record() == second.record()


def test_an_overlay_is_checked_like_the_law(law: Law) -> None:
    rows = [{"when": {"protection": "full"}, "then": {"place": "home", "days": 10}}]
    holed = Overlay.what_if("hở", {"quarantine/contact": {"since": SEED_DAY, "rows": rows}})
    assert [problem.message for problem in check(law.with_overlay(holed))] == [
        "không dòng nào trả lời: Tình trạng bảo vệ: đã tiêm nhưng chưa đủ"
    ]


def test_history_tells_what_ruled_when(law: Law) -> None:
    told = [
        (ruling.period.since, ruling.period.until, [v.document.number for v in ruling.versions])
        for ruling in history(law.table("quarantine/entrant"))
    ]
    assert told[3] == (date(2021, 8, 4), date(2022, 1, 1), ["6386/BYT-MT", "5599/BYT-MT"])
    assert told[-1] == (date(2022, 1, 1), None, ["10688/BYT-MT"])


def test_six_months_end_on_the_same_day_of_the_month() -> None:
    assert months_between(date(2021, 8, 21), date(2022, 2, 21)) == 6
    assert months_between(date(2021, 8, 21), date(2022, 2, 22)) > 6
    assert months_between(date(2021, 8, 31), date(2022, 2, 28)) == 6
    with pytest.raises(ValueError, match="lies before"):
        months_between(date(2022, 1, 2), date(2022, 1, 1))
