"""Names of places and units under any treatment: nothing raises, nothing is taken that was only near."""

import unicodedata
from datetime import date
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from chongdich.core.vietnamese import fold
from chongdich.registry.organisations.catalogue import body_kinds
from chongdich.registry.organisations.directory import Directory
from chongdich.registry.organisations.generation import plan_bodies
from chongdich.registry.organisations.resolution import Resolver
from chongdich.registry.places.data_files import shipped_gazetteer
from chongdich.registry.places.gazetteer import PlaceEntry
from chongdich.registry.places.spelling import even_tones, same_name

GAZETTEER = shipped_gazetteer()
PLACES = st.sampled_from(sorted(GAZETTEER.places.values(), key=lambda place: place.key))
DAYS = st.dates(date(2019, 1, 1), date(2030, 1, 1))
TEXT = (
    "UBND Sở Y tế, Công an các huyện thành phố; xã phường thị trấn tỉnh và của thuộc Ban Chỉ đạo phòng chống dịch "
    "Ba Bể Bắc Kạn Phúc Lộc Như trên liên quan cơ quan đơn vị địa phương TT Thường trực CT PCT cấp trực thuộc : ( )"
)
WORDS = st.sampled_from(TEXT.split())
PHRASES = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join))


@cache
def directory() -> Directory:
    kinds = body_kinds()
    return Directory(GAZETTEER, plan_bodies(GAZETTEER, kinds), kinds)


def exists(place: PlaceEntry, on: date) -> bool:
    """The plain reference of being valid on a day: ISO days as text, the end outside."""
    end = place.valid_until.isoformat() if place.valid_until else "9999-12-31"
    return place.key.split("@")[1] <= on.isoformat() < end


@settings(deadline=None)
@given(PLACES, st.booleans(), st.sampled_from(["NFC", "NFD"]), st.booleans())
def test_case_normal_form_tone_place_and_kind_do_not_matter(
    place: PlaceEntry, upper: bool, form: str, with_kind: bool
) -> None:
    text = even_tones(place.full_name if with_kind and place.parent else place.name)
    text = unicodedata.normalize(form, text.upper() if upper else text)  # type: ignore[arg-type]
    matches = GAZETTEER.find(text, place.valid_from)
    assert place in [match.place for match in matches]
    assert {match.how for match in matches} == {"exact"}


@settings(deadline=None)
@given(PLACES)
def test_a_name_without_marks_is_found_but_never_as_exact(place: PlaceEntry) -> None:
    bare = fold(place.name)
    found = {match.place: match.how for match in GAZETTEER.find(bare, place.valid_from)}
    assert found[place] == ("exact" if bare == even_tones(place.name).lower() else "folded")


@settings(deadline=None)
@given(PLACES, st.data())
def test_a_name_with_a_wrong_letter_is_never_taken(place: PlaceEntry, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(place.name) - 1))
    letter = data.draw(st.sampled_from("bcdghklmnpqrstvxaeiouyàéịỗử"))
    changed = place.name[:at] + letter + place.name[at + 1 :]
    for match in GAZETTEER.find(changed, place.valid_from):
        assert match.how == "suggested" or same_name(changed, match.place.name)


@settings(deadline=None)
@given(st.text(max_size=80), DAYS)
def test_any_text_is_looked_up_without_an_exception(text: str, on: date) -> None:
    for match in GAZETTEER.find(text, on):
        assert match.place.exists(on)


@settings(deadline=None, max_examples=30)
@given(DAYS, PLACES)
def test_the_places_of_a_day_are_those_of_the_reference(on: date, within: PlaceEntry) -> None:
    def lies_in(place: PlaceEntry) -> bool:
        return place is within or (place.parent is not None and lies_in(GAZETTEER.places[place.parent]))

    expected = {p.key for p in GAZETTEER.places.values() if p.code != "VN" and exists(p, on) and lies_in(p)}
    assert {place.key for place in GAZETTEER.on(on, within.key) if place.code != "VN"} == expected


@settings(deadline=None, max_examples=150)
@given(PHRASES, DAYS, st.one_of(st.none(), PLACES))
def test_any_phrase_is_resolved_or_asked(phrase: str, on: date, issuer: PlaceEntry | None) -> None:
    directory_of_all = directory()
    answer = Resolver(directory_of_all, on, issuer.key if issuer else None).resolve(phrase)
    certain = [directory_of_all.by_id[one] for one in answer.organisations]
    assert all(body.exists(on) for body in certain)
    assert len(set(answer.organisations)) == len(certain)
    assert {"one": len(certain) == 1, "each": len(certain) > 1, "group": True, "unresolved": not certain}[answer.kind]
    assert bool(answer.question) == (answer.kind in ("group", "unresolved"))
    assert not set(answer.suggestions) & set(answer.organisations)
