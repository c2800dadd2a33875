"""Word search against a plain reference, on whichever database the tests run on."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chongdich.core.vietnamese import fold_words
from chongdich.domain.directives.models import Directive
from chongdich.domain.directives.searching import find_newest, holds, with_words, with_words_among_few, words_of
from tests.journeys.house import House

pytestmark = pytest.mark.django_db
WORDS = [
    "truy",
    "vết",
    "truyền",
    "xét",
    "nghiệm",
    "8005",
    "80",
    "UBND",
    "Đồn",
    "đ",
    "F1",
    "1e5",
    "5k",
    "and",
    "not",
    "or",
]
word = st.one_of(st.sampled_from(WORDS), st.text(max_size=12), st.text("abđ12", min_size=195, max_size=230))
text = st.lists(word, max_size=8).map(" ".join)
ours = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def unit(house: House) -> int:
    return house.unit("ubnd", "06").pk


def keep(house: House, unit: int, texts: list[str]) -> list[Directive]:
    Directive.objects.all().delete()
    rows = [
        Directive(direction="in", state="read", unit_id=unit, created_at=house.at, search=fold_words(one))
        for one in texts
    ]
    return list(Directive.objects.bulk_create(rows))


@ours
@given(texts=st.lists(text, min_size=1, max_size=6), asked=text)
def test_the_index_answers_as_the_reference(house: House, unit: int, texts: list[str], asked: str) -> None:
    rows = keep(house, unit, texts)
    words = words_of(asked)
    expected = {row.pk for row in rows if holds(row.search, words)}
    assert set(with_words(Directive.objects.all(), asked).values_list("pk", flat=True)) == expected
    assert set(with_words_among_few(Directive.objects.all(), asked).values_list("pk", flat=True)) == expected
    newest = [row.pk for row in find_newest(Directive.objects.all(), asked, 4)]
    assert newest == sorted(expected, reverse=True)[:4]


@ours
@given(first=text, second=text, asked=text)
def test_the_index_follows_changes(house: House, unit: int, first: str, second: str, asked: str) -> None:
    row, other = keep(house, unit, [first, second])
    row.search = fold_words(second)
    row.save()
    Directive.objects.filter(pk=other.pk).update(search=fold_words(first))
    words = words_of(asked)

    def found() -> set[int]:
        return set(with_words(Directive.objects.all(), asked).values_list("pk", flat=True))

    def expected() -> set[int]:
        return {kept.pk for kept in Directive.objects.all() if holds(kept.search, words)}

    assert found() == expected()
    other.delete()
    assert found() == expected()


def test_words_of_a_question() -> None:
    assert words_of("  Truy vết, TRUY VẾT – F1 ") == ["truy", "vet", "f1"]
    assert words_of("xét xé x") == ["xet"]
    assert words_of("…") == []
    assert len(words_of(" ".join(f"{chr(97 + i)}{chr(98 + i)}" for i in range(20)))) == 12


def test_the_reference_is_word_by_word_from_the_beginning() -> None:
    assert holds("8005 ubnd truy vet", ["80", "tru"])
    assert not holds("8005 ubnd truy vet", ["005"])
