"""Find people as one types: prefixes of the words of a name in any order, a telephone number, an identifying number."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from django.db import connection

from chongdich.core.errors import Refused
from chongdich.core.vietnamese import fold_words
from chongdich.registry.people.models import Person, Phone
from chongdich.registry.people.queries import NUMBERS, Scope, with_number
from chongdich.registry.people.rules import phone_number
from chongdich.registry.people.rules.names import spoken
from chongdich.registry.people.search_index import POSTGRES_WORDS, PREFIX

SHOWN = 20
_POOL = 60  # so many are fetched, the best spelt are shown
_WIDE = 60  # a scope of more places is checked row by row instead of in the index
_FEW = 4
_SAMPLE = 5_000  # people looked at one by one before the index is asked for a word that many may have
_EVERYWHERE = Scope(everywhere=True)
_REACHES = (400, 20_000)  # of so many candidates those in a wide scope are kept
_LOT = 100


def find_people(text: str, scope: Scope, limit: int = SHOWN) -> list[Person]:
    """At most `limit` people in scope who match, the best first; empty for less than two signs."""
    if len(text.strip()) < 2 or not (scope.everywhere or scope.places or scope.units):
        return []
    if any(sign.isdigit() for sign in text):
        return _in_order(_by_number(text), scope)[:limit]
    words = fold_words(text).split()[:8]
    ids = _by_words(words, scope, max(limit, _POOL))
    return sorted(_in_order(ids, scope), key=lambda person: _unlike(person, text, words))[:limit]


def _in_order(ids: list[int], scope: Scope) -> list[Person]:
    people = Person.objects.filter(pk__in=ids, merged_into=None).select_related("residence", "present")
    place = {pk: number for number, pk in enumerate(ids)}
    return sorted((person for person in people if scope.holds(person)), key=lambda person: place[person.pk])


def _unlike(person: Person, text: str, words: list[str]) -> tuple[bool, bool, bool, str]:
    """Whole words stand before begun ones, typed marks before other marks, the typed order before another."""
    own = person.name_folded.split()
    typed = {spoken(word) for word in text.split()}
    return (
        not set(words) <= set(own),
        not typed <= {spoken(word) for word in person.name.split()},
        not f" {person.name_folded}".endswith(f" {' '.join(words)}"),
        f"{own[-1] if own else ''} {person.name_folded}",
    )


def _by_number(text: str) -> list[int]:
    """People with exactly this identifying number or telephone number."""
    bare = "".join(sign for sign in text if sign.isalnum()).upper()
    found: list[int] = []
    for field in NUMBERS:
        found += with_number(field, bare).values_list("pk", flat=True)[:_POOL]
    with suppress(Refused):
        found += Phone.objects.filter(number=phone_number(text)).values_list("person_id", flat=True)[:_POOL]
    return list(dict.fromkeys(found))


def _by_words(words: list[str], scope: Scope, wanted: int) -> list[int]:
    """Numbers of people with these words. PostgreSQL asks for the scope too; SQLite does while it is narrow."""
    if not words:
        return []
    narrow = scope.everywhere or (len(scope.places) + len(scope.units) <= _WIDE and not scope.placeless)
    if narrow or connection.vendor != "sqlite":
        return _staged(words, scope, wanted)[:wanted]
    kept: list[int] = []
    for reach in _REACHES:
        ids = _staged(words, _EVERYWHERE, reach)
        kept = _first(_inside(ids, scope), wanted)
        if len(kept) == wanted or len(ids) < reach:
            break
    return kept


def _staged(words: list[str], scope: Scope, wanted: int) -> list[int]:
    """Whole words first, so that "an" is not drowned by "anh"; then every word as the beginning of one."""
    found = _ask(words, scope, wanted, begun=False)
    if len(found) < wanted:
        found = list(dict.fromkeys(found + _ask(words, scope, wanted, begun=True)))
    return found


def _ask(words: list[str], scope: Scope, limit: int, *, begun: bool) -> list[int]:
    if connection.vendor == "sqlite":
        return _answered(_sqlite_match(words, scope, limit, begun))
    if len(words) <= 2 and not _narrow(scope):
        found = _answered(_postgres_sample(words, scope, limit, begun))
        if len(found) == limit:
            return found
    return _answered(_postgres_match(words, scope, limit, begun))


def _answered(question: "Question") -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(*question)
        return [row[0] for row in cursor.fetchall()]


def _numbers(scope: Scope) -> list[str]:
    """A scope as words of the index: places, and units with a 0 before."""
    return [str(place) for place in sorted(scope.places)] + [f"0{unit}" for unit in sorted(scope.units)]


def _first(rows: Iterable[int], wanted: int) -> list[int]:
    found = []
    for pk in rows:
        found.append(pk)
        if len(found) == wanted:
            break
    return found


def _inside(rows: list[int], scope: Scope) -> Iterator[int]:
    """Those of some numbers that are in scope, looked up in lots."""
    for start in range(0, len(rows), _LOT):
        yield from _kept(rows[start : start + _LOT], scope)


def _kept(lot: list[int], scope: Scope) -> Iterator[int]:
    rows = Person.objects.filter(pk__in=lot).only("pk", "residence_id", "present_id", "created_for_id")
    yield from (person.pk for person in rows if scope.holds(person))


Question = tuple[str, list[Any]]


def _sqlite_match(words: list[str], scope: Scope, limit: int, begun: bool) -> Question:
    terms = [f'"{word}"{"*" if begun else ""}' for word in words]
    numbers = _numbers(scope)
    terms += ["(" + " OR ".join(f'"{number}"' for number in numbers) + ")"] if numbers else []
    return "SELECT rowid FROM people_search WHERE people_search MATCH %s LIMIT %s", [" AND ".join(terms), limit]


_WITHIN = "(residence_id = ANY(%s) OR present_id = ANY(%s) OR created_for_id = ANY(%s)"
_PLACELESS = " OR (residence_id IS NULL AND present_id IS NULL)"


def _postgres_match(words: list[str], scope: Scope, limit: int, begun: bool) -> Question:
    """A few places go into the index's question; many are asked of the rows found, which stops at the limit."""
    terms = [_begun(word) if begun else f"'={word}'" for word in words]
    question = f"SELECT id FROM people_person WHERE {POSTGRES_WORDS} @@ %s::tsquery AND merged_into_id IS NULL"
    if _narrow(scope):
        return f"{question} LIMIT %s", [" & ".join([*terms, f"({' | '.join(_numbers(scope))})"]), limit]
    condition, values = _within(scope)
    return f"{question}{condition} LIMIT %s", [" & ".join(terms), *values, limit]


def _postgres_sample(words: list[str], scope: Scope, limit: int, begun: bool) -> Question:
    """The same of the first people only. The index hands over everybody who has a word before the first is looked at;
    a word so common that this matters is found often enough among a few thousand people."""
    condition, values = _within(scope)
    likes = " AND ".join(["' ' || name_folded || ' ' LIKE %s"] * len(words))
    question = (
        "SELECT id FROM (SELECT id, name_folded, residence_id, present_id, created_for_id FROM people_person "
        f"WHERE merged_into_id IS NULL ORDER BY id LIMIT {_SAMPLE}) people WHERE {likes}{condition} LIMIT %s"
    )
    return question, [*(f"% {word}{'' if begun else ' '}%" for word in words), *values, limit]


def _narrow(scope: Scope) -> bool:
    """Few enough places to be asked of the index itself."""
    return 0 < len(scope.places) + len(scope.units) <= _FEW and not scope.placeless and not scope.everywhere


def _within(scope: Scope) -> Question:
    """A wide scope as a condition on rows; nothing for everybody."""
    if scope.everywhere:
        return "", []
    places = sorted(scope.places)
    condition = f" AND {_WITHIN}{_PLACELESS if scope.placeless else ''})"
    return condition, [places, places, sorted(scope.units)]


def _begun(word: str) -> str:
    return f"'{word}'" if len(word) <= PREFIX else f"'={word}':*"
