"""What the review screen shows: head fields and clauses, what the machine read beside what people made of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chongdich.domain.directives.areas import AREAS
from chongdich.domain.directives.models import Clause, ClauseUnit, Directive
from chongdich.domain.directives.queries import find_likely_same
from chongdich.domain.directives.rules import PERIOD_DOUBT
from chongdich.registry.organisations.models import Organisation
from chongdich.web.kit.templatetags.kit import day as day_words
from chongdich.web.pages.incoming.marks import Place, marked
from chongdich.web.pages.incoming.words import PERIODS, head_words, name_words, number_words, partial_words

Words = str | Promise


@dataclass(frozen=True)
class Group:
    """Head fields that are shown and corrected together; `read` names them in the machine's reading."""

    slug: str
    label: Words
    fields: tuple[str, ...]
    read: tuple[str, ...]


HEAD = {
    group.slug: group
    for group in (
        Group("so", _("Số, ký hiệu"), ("number", "symbol"), ("number", "symbol")),
        Group("ngay", _("Ngày văn bản"), ("day", "month", "year"), ("date",)),
        Group("co-quan", _("Cơ quan ban hành"), ("issuer_name",), ("issuer",)),
        Group("loai", _("Loại văn bản"), ("kind",), ("kind",)),
        Group("trich-yeu", _("Trích yếu"), ("subject",), ("subject",)),
        Group("do-khan", _("Độ khẩn"), ("urgency",), ("urgency",)),
        Group("noi", _("Nơi ban hành"), ("place_text",), ("place",)),
        Group("nguoi-ky", _("Người ký"), ("signatory", "signatory_title"), ("signatory",)),
        Group("han", _("Hạn chung"), ("due",), ()),
    )
}


@dataclass
class HeadRow:
    """One group as shown; `machine` only where it differs."""

    group: Group
    value: str
    machine: str
    doubts: list[str]
    form: Any = None
    body: str = ""  # the issuing body in the register
    issuers: list[tuple[Organisation, bool]] | None = None  # bodies offered with the form, and whether chosen

    @property
    def key(self) -> str:
        return f"dau-{self.group.slug}"


def head_rows(directive: Directive, opened: str = "", form: Any = None, issuers: Any = None) -> list[HeadRow]:
    """All groups in the order of the paper."""
    rows = [head_row(directive, group) for group in HEAD.values()]
    for row in rows:
        if row.group.slug == opened:
            row.form, row.issuers = form, issuers
    return rows


def head_row(directive: Directive, group: Group) -> HeadRow:
    """One group: what stands now, what the machine read if that was something else, and what it was unsure of."""
    value, machine = _head_value(directive, group), _machine_value(directive.reading or {}, group)
    row = HeadRow(group, value, machine if machine != value else "", list(_doubts(directive, group)))
    if group.slug == "co-quan" and directive.issuer:
        row.body = directive.issuer.short_name
    return row


def _head_value(directive: Directive, group: Group) -> str:
    if group.slug == "ngay":
        return partial_words(directive.year, directive.month, directive.day)
    if group.slug == "so":
        return number_words(directive)
    if group.slug == "han":
        return day_words(directive.due)
    return " · ".join(words for name in group.fields if (words := head_words(name, getattr(directive, name))))


def _machine_value(reading: dict[str, Any], group: Group) -> str:
    if group.slug == "so":
        found = [str((reading.get(name) or {}).get("value") or "") for name in group.read]
        return number_words(Directive(number=found[0], symbol=found[1]))
    if group.slug == "nguoi-ky":
        return _signatory(reading.get("signatory") or {})
    return " · ".join(head_words(name, (reading.get(name) or {}).get("value")) for name in group.read)


def _signatory(read: dict[str, Any]) -> str:
    above = read.get("on_behalf_of")
    titles = (f"TM. {above}" if above else "", read.get("capacity"), read.get("position"))
    return " · ".join(part for part in (read.get("name"), " / ".join(t for t in titles if t)) if part)


def _doubts(directive: Directive, group: Group) -> Iterator[str]:
    reading = directive.reading or {}
    own = [(reading.get(name) or {}).get("doubt") for name in group.read]
    listed = [one.get("message") for one in reading.get("doubts", ()) if one.get("field") in group.read]
    yield from dict.fromkeys(text for text in (*own, *listed) if text)


@dataclass
class Chip:
    """Bodies that one phrase of the text stands for; one, or a whole group shown as one."""

    phrase: str
    units: list[Organisation]

    @property
    def label(self) -> str:
        return self.units[0].short_name if len(self.units) == 1 else self.phrase

    @property
    def says(self) -> str:
        """The words in the text, where they are not simply the body's name."""
        only = self.units[0]
        return "" if len(self.units) > 1 or self.phrase in ("", only.name, only.short_name) else self.phrase


def chips(units: Iterable[tuple[str, Organisation]]) -> list[Chip]:
    """(phrase, body) pairs gathered by phrase; a body without a phrase stands alone."""
    found: dict[str, Chip] = {}
    for phrase, unit in units:
        found.setdefault(phrase or f"#{unit.pk}", Chip(phrase, [])).units.append(unit)
    return list(found.values())


def clause_chips(units: Iterable[ClauseUnit], lead: bool) -> list[Chip]:
    """The chips of a clause on one side."""
    return chips((unit.phrase, unit.unit) for unit in units if unit.lead == lead)


@dataclass
class Card:
    """One clause as shown."""

    clause: Clause
    panel: str = ""
    form: Any = None
    error: str = ""
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"dk-{self.clause.pk}"

    @property
    def path(self) -> str:
        return self.clause.path or gettext("(không đánh số)")

    @property
    def tone(self) -> str:
        if self.clause.state == Clause.State.CONFIRMED:
            return "good"
        return "warn" if self.asks else ""

    @property
    def asks(self) -> list[str]:
        """What a person must answer; asked no more once the clause is confirmed or dropped."""
        if self.clause.state != Clause.State.READ:
            return []
        about_units = [doubt for doubt in self.clause.doubts if not doubt.startswith(PERIOD_DOUBT)]
        nobody = [] if any(unit.lead for unit in self._units) or about_units else [_("Chưa có đơn vị chủ trì.")]
        return [*self.clause.doubts, *map(str, nobody)]

    @property
    def _units(self) -> list[ClauseUnit]:
        return list(self.clause.units.all())

    @property
    def lead(self) -> list[Chip]:
        return clause_chips(self._units, lead=True)

    @property
    def coordinating(self) -> list[Chip]:
        return clause_chips(self._units, lead=False)

    @property
    def unresolved(self) -> list[str]:
        """Phrases of the text that no body stands for."""
        settled = {unit.phrase for unit in self._units}
        return [text for text in (*self.clause.lead_text, *self.clause.coordinating_text) if text not in settled]

    @property
    def area(self) -> str:
        return gettext(AREAS.get(self.clause.area) or AREAS["other"])

    @property
    def period(self) -> str:
        return str(PERIODS.get(self.clause.period, ""))

    @property
    def machine(self) -> list[tuple[Words, str]]:
        """What the machine read, where a person made something else of it."""
        read = self.clause.machine or {}
        pairs = [(label, name, _machine_words(name, read.get(name))) for name, label in _COMPARED.items()]
        return [
            (label, words or gettext("không có"))
            for label, name, words in pairs
            if read and words != _machine_words(name, getattr(self.clause, name))
        ]

    @property
    def is_added(self) -> bool:
        return self.clause.machine is None


_COMPARED: dict[str, Words] = {
    "path": _("mục"), "text": _("nội dung"), "due": _("hạn"), "manner": _("yêu cầu"), "period": _("định kỳ"),
    "area": _("lĩnh vực"),
}  # fmt: skip


def _machine_words(name: str, value: Any) -> str:
    if name == "due":
        return day_words(date.fromisoformat(value) if isinstance(value, str) and value else value)
    if name == "area":
        return gettext(AREAS.get(value) or AREAS["other"])
    return str(PERIODS.get(value, "")) if name == "period" else str(value or "")


@dataclass(frozen=True)
class Count:
    """How far the review is."""

    confirmed: int
    waiting: int
    dropped: int

    @property
    def all(self) -> int:
        return self.confirmed + self.waiting


def count(clauses: Iterable[Clause]) -> Count:
    states = [clause.state for clause in clauses]
    return Count(*(states.count(state) for state in (Clause.State.CONFIRMED, Clause.State.READ, Clause.State.DROPPED)))


def same_as(directive: Directive) -> list[tuple[Directive, str]]:
    """Documents of the register that this one seems to be, with their names."""
    return [(row, name_words(row)) for row in find_likely_same(directive)]


def document_html(directive: Directive, clauses: Iterable[Clause]) -> SafeString:
    """The text with every head field's and clause's place marked."""
    return marked(directive.text, [*_head_places(directive), *_clause_places(clauses)])


def _head_places(directive: Directive) -> Iterator[Place]:
    reading = directive.reading or {}
    for group in HEAD.values():
        spans = {tuple(span) for name in group.read if (span := (reading.get(name) or {}).get("span"))}
        yield from ((f"dau-{group.slug}", start, end) for start, end in sorted(spans))


def _clause_places(clauses: Iterable[Clause]) -> Iterator[Place]:
    for clause in clauses:
        if clause.end > clause.start:
            yield f"dk-{clause.pk}", clause.start, clause.end
