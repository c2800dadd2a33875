"""What a person is told when a unit phrase cannot be taken as it stands, and the grammar below it."""

from datetime import date

import pytest

from chongdich.registry.organisations.catalogue import body_kinds
from chongdich.registry.organisations.directory import Directory
from chongdich.registry.organisations.generation import plan_bodies
from chongdich.registry.organisations.grammar import parse
from chongdich.registry.organisations.resolution import Resolver, resolve, resolve_issuer
from chongdich.registry.organisations.spread import spread
from chongdich.registry.organisations.vocabulary import place_names, vocabulary
from chongdich.registry.places.data_files import shipped_gazetteer
from chongdich.registry.places.kinds import Level

GAZETTEER, KINDS = shipped_gazetteer(), body_kinds()
DIRECTORY = Directory(GAZETTEER, plan_bodies(GAZETTEER, KINDS), KINDS)
IN_2021, IN_2025 = date(2021, 11, 29), date(2025, 9, 1)
BAC_KAN = Resolver(DIRECTORY, IN_2021, "06@2020-02-01")
THAI_NGUYEN = Resolver(DIRECTORY, IN_2025, "19@2025-07-01")


def test_a_department_that_ended_is_asked_for_with_its_heir() -> None:
    answer = THAI_NGUYEN.resolve("Sở Giao thông vận tải")
    assert answer.kind == "unresolved"
    assert "01/03/2025" in answer.question
    assert answer.suggestions == ["so_xay_dung:19@2025-07-01"]


def test_a_level_that_ended_is_said_to_be_gone() -> None:
    answer = THAI_NGUYEN.resolve("Ban Chỉ đạo các huyện, thành phố")
    assert answer.kind == "unresolved"
    assert "không có huyện, thành phố" in answer.question


def test_the_day_and_not_the_phrase_decides() -> None:
    days = [(date(2025, 6, 30), "one"), (date(2025, 7, 1), "unresolved")]
    for on, kind in days:
        answer = resolve("UBND huyện Bắc Yên", directory=DIRECTORY, on=on, issuer_place="14@2020-02-01")
        assert answer.kind == kind


def test_nothing_and_brackets_alone_are_asked() -> None:
    for phrase in ("", "  ", "(b/c)", "…"):
        answer = BAC_KAN.resolve(phrase)
        assert (answer.kind, answer.organisations) == ("unresolved", [])
        assert answer.question


def test_as_above_is_the_addressees_and_without_them_a_question() -> None:
    addressees = BAC_KAN.resolve("Sở Y tế, Công an tỉnh").organisations
    assert BAC_KAN.resolve("Như trên", addressees).organisations == addressees
    assert BAC_KAN.resolve("Như trên").kind == "unresolved"


def test_as_above_may_stand_beside_others() -> None:
    answer = BAC_KAN.resolve("Như trên; Bộ Y tế", ["so_y_te:06@2020-02-01"])
    assert set(answer.organisations) == {"so_y_te:06@2020-02-01", "bo_y_te:VN@1900-01-01"}


def test_a_group_suggests_the_addressees_first() -> None:
    answer = BAC_KAN.resolve("Các cơ quan, đơn vị", ["so_y_te:06@2020-02-01"])
    assert answer.kind == "group"
    assert answer.suggestions == ["so_y_te:06@2020-02-01"]
    assert answer.organisations == []


def test_relevant_ones_are_a_group_all_are_not() -> None:
    every, relevant = BAC_KAN.resolve("Các sở, ban, ngành"), BAC_KAN.resolve("Các sở, ban, ngành liên quan")
    assert (every.kind, relevant.kind) == ("each", "group")
    assert relevant.suggestions == every.organisations


def test_one_unknown_word_is_enough_to_ask() -> None:
    answer = BAC_KAN.resolve("Sở Y tế và Tập đoàn Sông Hồng")
    assert answer.kind == "unresolved"
    assert "Tập đoàn" in answer.question
    assert answer.suggestions == ["so_y_te:06@2020-02-01"]


def test_a_near_name_is_suggested() -> None:
    answer = BAC_KAN.resolve("Sở Tài chánh tỉnh Bắc Kạn")
    assert answer.kind == "unresolved"
    assert "so_tai_chinh:06@2020-02-01" in answer.suggestions


def test_an_issuer_without_a_place_takes_it_from_the_dateline_when_only_one_fits() -> None:
    sure = resolve_issuer("Ủy ban nhân dân", directory=DIRECTORY, on=IN_2021, dateline="Ba Bể")
    assert sure.organisations == ["ubnd:061@2020-02-01"]
    unsure = resolve_issuer("Ủy ban nhân dân", directory=DIRECTORY, on=IN_2021, dateline="Bắc Kạn")
    assert unsure.kind == "unresolved"
    assert unsure.suggestions == ["ubnd:06@2020-02-01", "ubnd:058@2020-02-01"]
    unknown = resolve_issuer("Ủy ban nhân dân", directory=DIRECTORY, on=IN_2021, dateline="Sao Hỏa")
    assert unknown.kind == "unresolved"


@pytest.mark.parametrize(
    ("phrase", "items"),
    [
        ("Các Sở: Tài chính, Y tế", ["Sở Tài chính", "Sở Y tế"]),
        ("Các Sở Tài chính, Công an tỉnh", ["Sở Tài chính", "Công an tỉnh"]),
        ("Sở Y tế", []),
        ("UBND các huyện, thành phố", []),
    ],
)
def test_a_head_is_said_once_for_a_list(phrase: str, items: list[str]) -> None:
    assert spread(phrase) == items


def test_two_bodies_share_the_scope_written_after_them() -> None:
    names = place_names(GAZETTEER.on(IN_2021))
    parsed = parse(vocabulary().tokens("UBND và Trạm Y tế các xã, phường", names))
    assert [set(part.mention.bodies) for part in parsed.parts] == [{"ubnd"}, {"tram_y_te"}]
    assert parsed.parts[0].scope is parsed.parts[1].scope
    assert [part.shared for part in parsed.parts] == [True, False]


def test_places_that_differ_in_one_mark_are_kept_apart() -> None:
    assert THAI_NGUYEN.resolve("UBND xã Văn Lang").organisations == ["ubnd:02143@2025-07-01"]
    assert THAI_NGUYEN.resolve("UBND xã Văn Lăng").organisations == ["ubnd:05665@2025-07-01"]
    unmarked = THAI_NGUYEN.resolve("ubnd xa van lang")
    assert unmarked.kind == "unresolved"
    assert set(unmarked.suggestions) == {"ubnd:02143@2025-07-01", "ubnd:05665@2025-07-01"}


def test_every_body_is_known_by_both_its_names_in_its_own_province() -> None:
    resolvers: dict[tuple[date, str], Resolver] = {}
    for body in DIRECTORY.bodies:
        day = DIRECTORY.on(body.since)
        province = next((place.key for place in day.chain(body.place) if place.level == Level.PROVINCE), body.place)
        resolver = resolvers.setdefault((body.since, province), Resolver(DIRECTORY, body.since, province))
        for name in (body.name, body.short_name):
            assert resolver.resolve(name).organisations == [body.id], name
