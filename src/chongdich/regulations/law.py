"""The law of a day: the one face that rooms, screens and scenarios ask."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from chongdich.core.errors import NotFound, Refused
from chongdich.regulations.asking import Asking, check_given
from chongdich.regulations.decision import Decision, NotRecorded
from chongdich.regulations.explanation import Explanation, explain
from chongdich.regulations.overlay import Overlay
from chongdich.regulations.reading import TABLES, Sources, default_cache, read_folder
from chongdich.regulations.sources import Document, Input, PackSource
from chongdich.regulations.table import Table

REMEMBERED = 65_536  # outcomes of conditional lookups kept before starting anew


class Law:
    """All tables of one disease's pack and of the common packs.

    A name is `<subject>/<table>`, found first in the disease's pack and then in the common ones, or the full
    `<pack>/<subject>/<table>`; `.output` picks one answer of several. Nothing changes after loading, so one Law is
    shared by all threads; `pack`, `with_overlay` and `on` give further views and leave this one alone.
    """

    def __init__(self, sources: Sources, disease: str | None = None) -> None:
        self.packs: dict[str, PackSource] = sources.packs
        self.fingerprint = sources.fingerprint
        self.disease = self._chosen(disease)
        self._sources = sources
        self._tables: dict[str, Table] = {}
        self._overlays: tuple[Overlay, ...] = ()
        self._forget()

    @classmethod
    def load(cls, folder: Path = TABLES, *, disease: str | None = None, cache: Path | bool = True) -> "Law":
        """The law as shipped, or as a folder holds it. `disease` is a pack's name; without it the default pack."""
        kept = default_cache() if cache is True else cache or None
        return cls(read_folder(folder, kept), disease)

    def pack(self, disease: str) -> "Law":
        """The same law, asked for another disease."""
        return self._twin(Law(self._sources, disease))

    def with_overlay(self, *overlays: Overlay) -> "Law":
        """The same law with a province's documents or a scenario's assumptions laid over it."""
        twin = self._twin(Law(self._sources, self.disease))
        for overlay in overlays:
            twin._lay(overlay)
        return twin

    def on(self, day: date, known_on: date | None = None) -> "LawOfDay":
        """The law in force on a day, as known on another (or by all that is recorded)."""
        return LawOfDay(self, day, known_on)

    # -- asking -------------------------------------------------------------------------------------------------

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
        table, _ = self.named(name)
        check_given(table, self.inputs(table.name), given)
        return Asking(self.named, on, known_on, given, assume_last).decide(table)

    def explain(self, decision: Decision | Mapping[str, Any]) -> Explanation:
        """A decision, or the record kept of one, told in Vietnamese."""
        return explain(decision)

    # -- what there is ------------------------------------------------------------------------------------------

    def names(self, subject: str = "") -> list[str]:
        """Full names of the tables this law answers from, in order."""
        known = (name for name in self._sources.tables if name.split("/")[0] in self._reach)
        return sorted(name for name in known if not subject or name.split("/")[1] == subject)

    def table(self, name: str) -> Table:
        """A table; NotFound naming near ones when there is none."""
        return self.named(name)[0]

    def tables(self) -> Iterator[Table]:
        return (self._table(name) for name in self.names())

    def inputs(self, name: str) -> dict[str, Input]:
        """All that a question may be told: the table's inputs and those of the tables that can tell them."""
        if name not in self._asked:
            self._asked[name] = self._collect(self._table(name), set())
        return self._asked[name]

    def documents(self) -> dict[str, Document]:
        """The documents the tables cite, by number."""
        found = {d.number: d for pack in self._reach for d in self.packs[pack].documents}
        return found | {overlay.document.number: overlay.document for overlay in self._overlays}

    def named(self, name: str) -> tuple[Table, str]:
        """The table and the output a name means, remembered; NotFound when nothing is called so."""
        if name not in self._names:
            self._names[name] = found = self._resolved(name)
            self._plain[name] = found[0].plain
        return self._names[name]

    # -- inside -------------------------------------------------------------------------------------------------

    def _chosen(self, disease: str | None) -> str:
        diseases = [name for name, pack in self.packs.items() if pack.disease]
        chosen = disease or next(
            (name for name in diseases if self.packs[name].default), diseases[0] if diseases else ""
        )
        if disease and disease not in diseases:
            raise NotFound(f"Không có gói quy định cho bệnh “{disease}”; đang có: {', '.join(diseases)}.")
        return chosen

    @property
    def _reach(self) -> list[str]:
        common = sorted(name for name, pack in self.packs.items() if not pack.disease)
        return [self.disease, *common] if self.disease else common

    def _forget(self) -> None:
        self._names: dict[str, tuple[Table, str]] = {}
        self._asked: dict[str, dict[str, Input]] = {}
        self._plain: dict[str, tuple[list[int], list[Any]] | None] = {}
        self._outcomes: dict[Any, Any] = {}

    def _twin(self, twin: "Law") -> "Law":
        twin._tables = dict(self._tables)
        twin._overlays = self._overlays
        return twin

    def _lay(self, overlay: Overlay) -> None:
        for name, written in overlay.editions.items():
            table = self.named(name)[0]
            self._tables[table.name] = table.with_versions((overlay.version(table, written),))
        self._overlays += (overlay,)
        self._forget()

    def _table(self, name: str) -> Table:
        if name not in self._tables:
            documents = {d.number: d for d in self.packs[name.split("/")[0]].documents}
            self._tables[name] = Table(name, self._sources.tables[name], documents)
        return self._tables[name]

    def _resolved(self, name: str) -> tuple[Table, str]:
        path, _, output = name.partition(".")
        found = self._within(self._reach, path, output)
        if found:
            return found
        others = self._within([pack for pack in self.packs if pack not in self._reach], path, output)
        if others:
            return self._in_vain(*others)
        raise NotFound(f"Không có bảng quy định “{name}” trong gói “{self.disease}”.", name)

    def _within(self, packs: list[str], path: str, output: str) -> tuple[Table, str] | None:
        """By full name, by name below one of the packs, or by an alias there."""
        if path in self._sources.tables and path.split("/")[0] in packs:
            return self._with_output(self._table(path), output)
        for pack in packs:
            if f"{pack}/{path}" in self._sources.tables:
                return self._with_output(self._table(f"{pack}/{path}"), output)
        return self._by_alias(packs, path)

    def _with_output(self, table: Table, output: str) -> tuple[Table, str]:
        if output and output not in table.outputs:
            known = ", ".join(table.outputs)
            raise NotFound(f"Bảng {table.name} không trả lời “{output}”; chỉ có: {known}.", table.name)
        return table, output or next(iter(table.outputs))

    def _by_alias(self, packs: list[str], path: str) -> tuple[Table, str] | None:
        folder, _, last = path.rpartition("/")
        for name, source in self._sources.tables.items():
            if last in source.aliases and name.rpartition("/")[0] in {folder, *(f"{pack}/{folder}" for pack in packs)}:
                return self._with_output(self._table(name), source.aliases[last])
        return None

    def _in_vain(self, other: Table, output: str) -> tuple[Table, str]:
        """What only other diseases answer may be asked here too: an empty table says that no rule is recorded."""
        label = f"{other.label} ({self.packs[self.disease].label})"
        name = f"{self.disease}/{other.name.partition('/')[2]}"
        empty = Table(name, other.source.model_copy(update={"label": label, "editions": ()}), {})
        return self._tables.setdefault(name, empty), output

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
        return self.decide(name, on=on, known_on=known_on, **given)[self.named(name)[1]]

    def _collect(self, table: Table, seen: set[str]) -> dict[str, Input]:
        if table.name in seen:
            raise Refused(f"các bảng hỏi vòng quanh: {' → '.join(sorted(seen))}", table.name, "law_table")
        found = dict(table.inputs)
        for asked in table.inputs.values():
            if asked.source:
                found = self._collect(self.named(asked.source)[0], seen | {table.name}) | found
        return found


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
