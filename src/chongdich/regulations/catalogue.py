"""Which table a name means, in the packs that one disease reaches."""

from collections.abc import Iterator, Mapping

from chongdich.core.errors import NotFound, Refused
from chongdich.regulations.overlay import Overlay
from chongdich.regulations.reading import Sources
from chongdich.regulations.sources import Document, Input, PackSource
from chongdich.regulations.table import Table


class Catalogue:
    """The tables of a disease's pack and of the common packs, compiled when first asked for.

    A name is `<subject>/<table>`, an alias in a subject, or the full `<pack>/<subject>/<table>`; `.output` picks one
    answer of several.
    """

    def __init__(self, sources: Sources, disease: str | None = None) -> None:
        self.sources = sources
        self.overlays: tuple[Overlay, ...] = ()
        self.disease = _chosen(sources.packs, disease)
        common = sorted(name for name, pack in sources.packs.items() if not pack.disease)
        self.reach = [self.disease, *common] if self.disease else common
        self._tables: dict[str, Table] = {}
        self._named: dict[str, tuple[Table, str]] = {}
        self._inputs: dict[str, dict[str, Input]] = {}

    def with_overlays(self, overlays: tuple[Overlay, ...]) -> "Catalogue":
        """The same tables with further editions on top; what is compiled already is shared."""
        twin = Catalogue(self.sources, self.disease)
        twin._tables, twin.overlays = dict(self._tables), self.overlays + overlays
        for overlay in overlays:
            twin._lay(overlay)
        return twin

    def names(self, subject: str = "") -> list[str]:
        """Full names of the tables within reach, in order."""
        parts = ((name, name.split("/")) for name in self.sources.tables)
        return sorted(n for n, part in parts if part[0] in self.reach and (not subject or part[1] == subject))

    def tables(self) -> Iterator[Table]:
        return (self.compiled(name) for name in self.names())

    def named(self, name: str) -> tuple[Table, str]:
        """The table and the output a name means, remembered; NotFound when nothing is called so."""
        if name not in self._named:
            self._named[name] = self._resolved(name)
        return self._named[name]

    def inputs(self, table: Table) -> dict[str, Input]:
        """All that a question may be told: the table's inputs and those of the tables that can tell them."""
        if table.name not in self._inputs:
            self._inputs[table.name] = self._collected(table, ())
        return self._inputs[table.name]

    def documents(self) -> dict[str, Document]:
        """The documents the tables cite, by number."""
        found = {d.number: d for pack in self.reach for d in self.sources.packs[pack].documents}
        return found | {overlay.document.number: overlay.document for overlay in self.overlays}

    def compiled(self, name: str) -> Table:
        """A table by its full name."""
        if name not in self._tables:
            documents = {d.number: d for d in self.sources.packs[name.split("/")[0]].documents}
            self._tables[name] = Table(name, self.sources.tables[name], documents)
        return self._tables[name]

    def _lay(self, overlay: Overlay) -> None:
        for name, written in overlay.editions.items():
            table = self._resolved(name)[0]
            self._tables[table.name] = table.with_version(overlay.version(table, written))

    def _resolved(self, name: str) -> tuple[Table, str]:
        path, _, output = name.partition(".")
        found = self._within(self.reach, path, output)
        if found:
            return found
        others = self._within([pack for pack in self.sources.packs if pack not in self.reach], path, output)
        if others:
            return self._in_vain(*others)
        raise NotFound(f"Không có bảng quy định “{name}” trong gói “{self.disease}”.", name)

    def _within(self, packs: list[str], path: str, output: str) -> tuple[Table, str] | None:
        full_names = (path, *(f"{pack}/{path}" for pack in packs))
        for full in full_names:
            if full in self.sources.tables and full.split("/")[0] in packs:
                return self._with_output(self.compiled(full), output)
        return self._by_alias(packs, full_names)

    def _by_alias(self, packs: list[str], full_names: tuple[str, ...]) -> tuple[Table, str] | None:
        last = full_names[0].rpartition("/")[2]
        for name, source in self.sources.tables.items():
            folder = name.rpartition("/")[0]
            if last in source.aliases and f"{folder}/{last}" in full_names and folder.split("/")[0] in packs:
                return self._with_output(self.compiled(name), source.aliases[last])
        return None

    def _with_output(self, table: Table, output: str) -> tuple[Table, str]:
        if output and output not in table.outputs:
            known = ", ".join(table.outputs)
            raise NotFound(f"Bảng {table.name} không trả lời “{output}”; chỉ có: {known}.", table.name)
        return table, output or next(iter(table.outputs))

    def _in_vain(self, other: Table, output: str) -> tuple[Table, str]:
        """What only other diseases answer may be asked here too: an empty table says that no rule is recorded."""
        label = f"{other.label} ({self.sources.packs[self.disease].label})"
        name = f"{self.disease}/{other.name.partition('/')[2]}"
        empty = Table(name, other.source.model_copy(update={"label": label, "editions": ()}), {})
        return self._tables.setdefault(name, empty), output

    def _collected(self, table: Table, asking: tuple[str, ...]) -> dict[str, Input]:
        if table.name in asking:
            raise Refused(f"các bảng hỏi vòng quanh: {' → '.join((*asking, table.name))}", table.name, "law_table")
        found: dict[str, Input] = {}
        for asked in table.inputs.values():
            if asked.source:
                found |= self._collected(self.named(asked.source)[0], (*asking, table.name))
        return found | table.inputs


def _chosen(packs: Mapping[str, PackSource], disease: str | None) -> str:
    diseases = [name for name, pack in packs.items() if pack.disease]
    if disease and disease not in diseases:
        raise NotFound(f"Không có gói quy định cho bệnh “{disease}”; đang có: {', '.join(diseases)}.")
    usual = [name for name in diseases if packs[name].default] or diseases
    return disease or next(iter(usual), "")
