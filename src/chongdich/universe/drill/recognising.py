"""Whom a row of the registry means: rows that staff or lists wrote are laid beside the true people."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz

from chongdich.core.vietnamese import fold_words
from chongdich.registry.people.models import Person
from chongdich.registry.people.queries import phones_of
from chongdich.registry.people.rules import phone_number
from chongdich.universe.drill import notebook
from chongdich.universe.drill.stage import Stage

NOBODY_OF_OURS = -1
CLOSE = 85  # how alike two names of the same commune and year must be, 0 to 100


class Directory:
    """The true people by what identifies them."""

    def __init__(self, stage: Stage) -> None:
        self.by_card: dict[str, int] = {}
        self.by_phone: dict[str, int] = {}
        self.by_year: dict[tuple[str, int], list[int]] = defaultdict(list)
        self.by_place: dict[tuple[str, int], list[int]] = defaultdict(list)
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self.names: dict[int, str] = {}
        self._stage = stage
        for person in range(stage.town.people):
            self._add(person)

    def _add(self, person: int) -> None:
        true = self._stage.town.identity(person)
        self.names[person] = folded = fold_words(true.name)
        if true.cccd:
            self.by_card[true.cccd] = person
        if true.phone:
            self.by_phone[phone_number(true.phone)] = person
        self.by_name[folded].append(person)
        self.by_year[folded, true.born.year].append(person)
        self.by_place[folded, self._stage.places[self._stage.town.commune(person)].pk].append(person)

    def find(self, row: Person, phones: Iterable[str]) -> int:
        """The one simulated person a row can mean; -1 when there is none, or more than one."""
        folded = fold_words(row.name)
        if row.cccd in self.by_card:
            return self.by_card[row.cccd]
        for phone in phones:
            person = self.by_phone.get(phone)
            if person is not None and fuzz.ratio(self.names[person], folded) >= CLOSE:
                return person
        same = _only(self.by_year[folded, row.birth_year or 0])
        return self._by_place(row, folded) if same is None else same

    def _by_place(self, row: Person, folded: str) -> int:
        place, born = row.present_id or row.residence_id or 0, row.birth_year
        there = [one for one in self.by_place[folded, place] if born is None or abs(self._year(one) - born) <= 1]
        found = _only(there)
        if found is None and born:
            found = self._nearly(folded, place, born)
        if found is None and row.residence_hamlet:
            found = _only([one for one in self.by_name[folded] if self._lives_in(one, row.residence_hamlet)])
        return NOBODY_OF_OURS if found is None else found

    def _nearly(self, folded: str, place: int, born: int) -> int | None:
        alike = [
            one
            for (name, where), people in self.by_place.items()
            if where == place and fuzz.ratio(name, folded) >= CLOSE
            for one in people
            if self._year(one) == born
        ]
        return _only(alike)

    def _lives_in(self, person: int, told: str) -> bool:
        """Whether an address as told ("Thôn Nà Khao, xã Phúc Lộc") is this person's hamlet and, if named, commune."""
        words, stage = fold_words(told), self._stage
        hamlet = fold_words(stage.town.identity(person).hamlet)
        named = [number for number, name in enumerate(stage.names) if fold_words(name) in words]
        return hamlet in words and (not named or stage.town.commune(person) in named)

    def _year(self, person: int) -> int:
        return self._stage.town.identity(person).born.year


def _only(found: list[int]) -> int | None:
    return found[0] if len(found) == 1 else None


def recognise(stage: Stage, again: bool = False) -> int:
    """Note whom every new row means; `again` looks anew at those that meant nobody. How many were looked at."""
    known = notebook.known()
    settled = [row for row, person in known.items() if person >= 0 or not again]
    rows = list(Person.objects.exclude(pk__in=settled).order_by("pk"))
    if not rows:
        return 0
    directory = stage.directory = stage.directory or Directory(stage)
    phones = phones_of(row.pk for row in rows)
    for row in rows:
        stage.know(row.pk, directory.find(row, phones.get(row.pk, ())))
    return len(rows)
