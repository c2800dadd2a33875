"""The law of a day: the one face that rooms, screens and scenarios ask."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from chongdich.regulations.asking import Asking, check_given
from chongdich.regulations.catalogue import Catalogue
from chongdich.regulations.decision import Decision, NotRecorded
from chongdich.regulations.explanation import Explanation, explain
from chongdich.regulations.overlay import Overlay
from chongdich.regulations.reading import TABLES, default_cache, read_folder
from chongdich.regulations.sources import Document, Input, PackSource
from chongdich.regulations.table import Table

REMEMBERED = 65_536  # outcomes of conditional lookups kept before starting anew


class Law:
    """All tables of one disease's pack and of the common packs.

    Names are as in `Catalogue`. Nothing changes after loading, so one Law is shared by all threads; `pack`,
    `with_overlay` and `on` give further views and leave this one alone.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.disease, self.fingerprint = catalogue.disease, catalogue.sources.fingerprint
        self._plain: dict[str, tuple[list[int], list[Any]] | None] = {}
        self._outcomes: dict[Any, Any] = {}

    @classmethod
    def load(cls, folder: Path = TABLES, *, disease: str | None = None, cache: Path | bool = True) -> "Law":
        """The law as shipped, or as a folder holds it. `disease` is a pack's name; without it the default pack.

        `cache` is the folder of the compiled form, True the user's, False none. Refused names a table that is wrong.
        """
        kept = default_cache() if cache is True else cache or None
        return cls(Catalogue(read_folder(folder, kept), disease))

    @classmethod
    @cache
    def shipped(cls) -> "Law":
        """The law as shipped, loaded once for the process."""
        return cls.load()

    def pack(self, disease: str) -> "Law":
        """The same law, asked for another disease, without this one's overlays."""
        return Law(Catalogue(self.catalogue.sources, disease))

    def with_overlay(self, *overlays: Overlay) -> "Law":
        """The same law with a province's documents or a scenario's assumptions laid over it."""
        return Law(self.catalogue.with_overlays(overlays))

    def on(self, day: date, known_on: date | None = None) -> "LawOfDay":
        """The law in force on a day, as known on another (or by all that is recorded)."""
        return LawOfDay(self, day, known_on)

    def value(self, name: str, *, on: date, known_on: date | None = None, **given: Any) -> Any:
        """One number or word. NotRecorded when no rule is recorded; Missing when the rule must know more."""
        if known_on is None and not given:
            plain = self._plain.get(name)
            if plain is not None:
                found = plain[1][bisect_right(plain[0], on.toordinal())]
                if found is not None:
                    return found
        return self._remembered(name, on, known_on, given)

    def find(self, name: str, *, on: date, known_on: date | None = None, **given: Any) -> Any:
        """As `value`, but None where no rule is recorded."""
        try:
            return self.value(name, on=on, known_on=known_on, **given)
        except NotRecorded:
            return None

    def decide(
        self, name: str, *, on: date, known_on: date | None = None, assume_last: bool = False, **given: Any
    ) -> Decision:
        """A decision with the tree of rows it rests on; falsy, with `gap` in words, when no rule is recorded.

        With `assume_last`, a gap is bridged by the last recorded rule; such a decision is never `verified`.
        """
        table, _ = self.catalogue.named(name)
        check_given(table, self.catalogue.inputs(table), given)
        return Asking(self.catalogue.named, on, known_on, given, assume_last).decide(table)

    def explain(self, decision: Decision | Mapping[str, Any]) -> Explanation:
        """A decision, or the record kept of one, told in Vietnamese."""
        return explain(decision)

    @property
    def packs(self) -> Mapping[str, PackSource]:
        return self.catalogue.sources.packs

    def names(self, subject: str = "") -> list[str]:
        """Full names of the tables this law answers from, in order."""
        return self.catalogue.names(subject)

    def table(self, name: str) -> Table:
        """A table; NotFound when none is called so."""
        return self.catalogue.named(name)[0]

    def tables(self) -> Iterator[Table]:
        return self.catalogue.tables()

    def inputs(self, name: str) -> dict[str, Input]:
        """All that the question may be told, with label, kind and choices."""
        return self.catalogue.inputs(self.table(name))

    def documents(self) -> dict[str, Document]:
        """The documents the tables cite, by number."""
        return self.catalogue.documents()

    def _remembered(self, name: str, on: date, known_on: date | None, given: dict[str, Any]) -> Any:
        """A conditional lookup, remembered by all it depends on; what cannot be hashed is decided each time."""
        key = (name, on, known_on, *given.items())
        try:
            found = self._outcomes.get(key, self)
        except TypeError:
            return self._decided(name, on, known_on, given)
        if found is self:
            found = self._decided(name, on, known_on, given)
            if len(self._outcomes) >= REMEMBERED:
                self._outcomes.clear()
            self._outcomes[key] = found
        return found

    def _decided(self, name: str, on: date, known_on: date | None, given: dict[str, Any]) -> Any:
        table, output = self.catalogue.named(name)
        if name not in self._plain:
            self._plain[name] = table.plain
        return self.decide(name, on=on, known_on=known_on, **given)[output]


@dataclass(frozen=True, slots=True)
class LawOfDay:
    """The law as it stands on one day."""

    law: Law
    day: date
    known_on: date | None = None

    def value(self, name: str, **given: Any) -> Any:
        return self.law.value(name, on=self.day, known_on=self.known_on, **given)

    def find(self, name: str, **given: Any) -> Any:
        return self.law.find(name, on=self.day, known_on=self.known_on, **given)

    def decide(self, name: str, *, assume_last: bool = False, **given: Any) -> Decision:
        return self.law.decide(name, on=self.day, known_on=self.known_on, assume_last=assume_last, **given)
