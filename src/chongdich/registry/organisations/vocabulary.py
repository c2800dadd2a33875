"""The words of unit phrases: every form of every body, collective words, levels, people. Pure.

A phrase is cut into folded words (case, tone marks and punctuation gone), then into the longest known word groups.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cache

from chongdich.core.vietnamese import fold, fold_words, nfc
from chongdich.registry.organisations.catalogue import BodyKind, Groups, body_kinds, groups
from chongdich.registry.places.gazetteer import PlaceEntry
from chongdich.registry.places.kinds import PlaceKind
from chongdich.registry.places.spelling import same_name

Words = tuple[str, ...]


class Sort(Enum):
    """What a word group is in the grammar of unit phrases."""

    BODY = "body"
    FAMILY = "family"
    OPEN = "open"
    NARROWING = "narrowing"
    PERSON = "person"
    LEVEL = "level"
    ALL_LEVELS = "all levels"
    PLURAL = "plural"
    FILLER = "filler"
    OWNER = "belongs to"
    SAME = "same as addressees"
    PLACE = "place"
    UNKNOWN = "unknown"


@dataclass(slots=True)
class Meaning:
    """What a word group means. For a body: its kinds, each with the kinds of place where the form is used."""

    sort: Sort
    bodies: dict[str, set[PlaceKind]] = field(default_factory=dict)
    families: tuple[str, ...] = ()
    levels: tuple[PlaceKind, ...] = ()
    plural: bool = False
    whole_level: bool = False
    person_words: int = 0  # how many of the words name people of the body
    tail: frozenset[str] = frozenset()
    spelt: set[str] = field(default_factory=set)  # for one-word forms: how the word is written


@dataclass(frozen=True, slots=True)
class Token:
    """A word group of a phrase with its meaning and the text as written."""

    meaning: Meaning
    text: str
    words: Words
    places: tuple[PlaceEntry, ...] = ()

    @property
    def sort(self) -> Sort:
        return self.meaning.sort


_IN_BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
_WORD = re.compile(r"[^\W_]+")
_UNKNOWN = Meaning(Sort.UNKNOWN)
_A_PLACE = Meaning(Sort.PLACE)


def words_of(text: str) -> Words:
    """The folded words of a form."""
    return tuple(fold_words(text).split())


def spans_of(phrase: str) -> list[tuple[str, str]]:
    """(folded word, word as written) of a phrase, brackets left out."""
    found = _WORD.findall(_IN_BRACKETS.sub(" ", nfc(phrase)))
    return [(fold(word), word) for word in found if fold(word)]


class Vocabulary:
    """Every known word group but the names of places, which change by the day."""

    def __init__(self, kinds: dict[str, BodyKind], words: Groups) -> None:
        self.meanings: dict[Words, Meaning] = {}
        self._add_words(words)
        for kind in kinds.values():
            self._add_kind(kind, words)
        self.longest = max(len(form) for form in self.meanings)

    def _add_words(self, words: Groups) -> None:
        simple = (
            (words.fillers, Meaning(Sort.FILLER)),
            (words.owner, Meaning(Sort.OWNER)),
            (words.plural, Meaning(Sort.PLURAL)),
            (words.persons, Meaning(Sort.PERSON)),
            (words.narrowing, Meaning(Sort.NARROWING)),
            (words.all_levels, Meaning(Sort.ALL_LEVELS)),
            (words.same_as_addressees, Meaning(Sort.SAME)),
        )
        for texts, meaning in simple:
            self.meanings.update({words_of(text): meaning for text in texts})
        for text, families in words.families.items():
            self.meanings[words_of(text)] = Meaning(Sort.FAMILY, families=families, spelt=_spelt(text))
        for text, families in words.open.items():
            self.meanings[words_of(text)] = Meaning(Sort.OPEN, families=families, spelt=_spelt(text))
        for text, levels in words.levels.items():
            whole = text in words.whole_level
            self.meanings[words_of(text)] = Meaning(Sort.LEVEL, levels=levels, whole_level=whole)

    def _add_kind(self, kind: BodyKind, words: Groups) -> None:
        plural = {words_of(text) for text in kind.plural}
        for form, where in _forms(kind):
            for text, person_words in _said_as(form, kind, words):
                said = words_of(text)
                meaning = self.meanings.get(said)
                if meaning is None or meaning.sort is not Sort.BODY:
                    meaning = self.meanings[said] = Meaning(Sort.BODY, person_words=person_words, plural=said in plural)
                meaning.bodies.setdefault(kind.kind, set()).update(where)
                meaning.tail |= frozenset(kind.tail)
                meaning.spelt |= _spelt(text)

    def tokens(self, phrase: str, names: dict[Words, list[PlaceEntry]]) -> list[Token]:
        """The phrase as the longest known word groups from left to right."""
        spans, start = spans_of(phrase), 0
        found: list[Token] = []
        while start < len(spans):
            token = self._token(spans, start, names, after_level=bool(found) and found[-1].sort is Sort.LEVEL)
            found.append(token)
            start += len(token.words)
        return found

    def _token(
        self, spans: list[tuple[str, str]], start: int, names: dict[Words, list[PlaceEntry]], after_level: bool
    ) -> Token:
        for length in range(min(self.longest, len(spans) - start), 0, -1):
            said = tuple(word for word, _ in spans[start : start + length])
            text = " ".join(word for _, word in spans[start : start + length])
            places, meaning = names.get(said), self.meanings.get(said)
            if places and (after_level or meaning is None):
                return Token(_A_PLACE, text, said, tuple(places))
            if meaning is not None and _well_spelt(meaning, text):
                tail = _tail(spans, start + length, meaning.tail, self.meanings)
                return Token(meaning, text, said + tail)
        return Token(_UNKNOWN, spans[start][1], (spans[start][0],))


def _spelt(text: str) -> set[str]:
    """One word is known by its tone marks too ("sở" is not "số"); longer forms and abbreviations need none."""
    return set() if " " in text or text.isupper() else {text}


def _well_spelt(meaning: Meaning, text: str) -> bool:
    return " " in text or not meaning.spelt or any(same_name(text, word) for word in meaning.spelt)


def _forms(kind: BodyKind) -> Iterator[tuple[str, set[PlaceKind]]]:
    """Every way a kind is written, with the kinds of place where it is."""
    for place in PlaceKind:
        here = kind.at(place)
        if here is None:
            continue
        own = here.label or kind.label, here.short or (kind.short if not here.label else ""), *here.forms
        for form in (*own, *kind.forms):
            if form:
                yield form, {place}


def _said_as(form: str, kind: BodyKind, words: Groups) -> Iterator[tuple[str, int]]:
    """The form itself, and the form said of its people: (text, how many words name the people)."""
    yield form, 0
    if kind.standing:
        yield from ((f"{word} {form}", len(words_of(word))) for word in words.standing)
    start = next((lead for lead in ("Văn phòng", "VP") if form.startswith(lead)), None)
    if kind.office and start:
        yield from ((chief + form.removeprefix(start), len(words_of(chief))) for chief in words.chiefs)


def _tail(spans: list[tuple[str, str]], start: int, allowed: frozenset[str], meanings: dict[Words, Meaning]) -> Words:
    """The words after a form that add nothing to who it is; "cấp" before a level word is not one of them."""
    end = start
    while end < len(spans) and spans[end][0] in allowed:
        pair = tuple(word for word, _ in spans[end : end + 2])
        if len(pair) == 2 and pair in meanings and meanings[pair].sort is Sort.LEVEL:
            break
        end += 1
    return tuple(word for word, _ in spans[start:end])


def place_names(places: Iterable[PlaceEntry]) -> dict[Words, list[PlaceEntry]]:
    """The folded names of places, the country left out."""
    names: dict[Words, list[PlaceEntry]] = {}
    for place in places:
        if place.kind is not PlaceKind.COUNTRY:
            names.setdefault(words_of(place.name), []).append(place)
    return names


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the shipped catalogue."""
    return Vocabulary(body_kinds(), groups())
