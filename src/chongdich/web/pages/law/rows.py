"""The law as rows of a list and as the parts of a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chongdich.core.errors import NotFound
from chongdich.core.vietnamese import fold_words
from chongdich.regulations import Law, changes, history, in_force, wording
from chongdich.regulations.table import Line, Table, Version

SUBJECTS = {
    "cases": gettext_lazy("Ca bệnh"),
    "contacts": gettext_lazy("Người tiếp xúc"),
    "quarantine": gettext_lazy("Cách ly"),
    "testing": gettext_lazy("Xét nghiệm"),
    "treatment": gettext_lazy("Điều trị"),
    "vaccination": gettext_lazy("Tiêm chủng"),
    "levels": gettext_lazy("Cấp độ dịch"),
    "support": gettext_lazy("Hỗ trợ"),
    "penalties": gettext_lazy("Xử phạt"),
    "reporting": gettext_lazy("Báo cáo"),
    "documents": gettext_lazy("Công tác văn thư"),
    "tasks": gettext_lazy("Theo dõi nhiệm vụ"),
    "personal_data": gettext_lazy("Dữ liệu cá nhân"),
    "disease_law": gettext_lazy("Luật về dịch bệnh"),
}


def subject_label(subject: str) -> str:
    """A subject in the reader's language; a new one shows its slug."""
    return str(SUBJECTS[subject]) if subject in SUBJECTS else subject


def law_of(disease: str, law: Law | None = None) -> Law:
    """A law (a desk's, with the province's own rules; else the shipped one), asked for a disease; the default pack when
    none is named or known.
    """
    law = law or Law.shipped()
    known = law.packs.get(disease)
    return law.pack(disease) if known and known.disease and disease != law.disease else law


def diseases() -> list[tuple[str, str]]:
    """Packs that are diseases: name and label."""
    return [(name, pack.label) for name, pack in Law.shipped().packs.items() if pack.disease]


@dataclass(frozen=True)
class Rule:
    """One table as it stands on a day."""

    name: str
    label: str
    subject: str
    value: str
    document: str
    title: str
    clause: str
    since: date | None
    until: date | None
    verified: bool
    recorded: bool
    search: str


def rules_on(law: Law, day: date) -> list[Rule]:
    """Every table of a pack on a day, by subject and label."""
    found = [_rule(one.table, one.versions) for one in in_force(law, day)]
    return sorted(found, key=lambda rule: (rule.subject, rule.label))


def _rule(table: Table, versions: tuple[Version, ...]) -> Rule:
    top = versions[0] if versions else None
    cited = top.document if top else None
    words = (table.label, table.name, cited.number if cited else "", cited.title if cited else "")
    return Rule(
        name=table.name, label=table.label, subject=table.subject, value=value_words(table, top),
        document=(cited.number or wording.NO_NUMBER) if cited else "", title=cited.title if cited else "",
        clause=top.clause if top else "", since=top.day if top else None, until=top.last_day if top else None,
        verified=bool(versions) and all(is_verified(version) for version in versions),
        recorded=bool(top and top.lines), search=fold_words(" ".join(words)),
    )  # fmt: skip


def is_verified(version: Version) -> bool:
    """Whether somebody has held the edition and each of its rows against the document."""
    return version.verified and all(line.verified for line in version.lines)


def value_words(table: Table, version: Version | None) -> str:
    """The value itself when there is one; how many rows decide when there are several; why when there is none."""
    if version is None:
        return _("Không có quy định được ghi nhận")
    if version.gap:
        return version.gap
    if len(version.lines) == 1 and not version.lines[0].conditions:
        return answer_words(table, version.lines[0])
    return _("Tùy trường hợp (%(number)d dòng)") % {"number": len(version.lines)}


def answer_words(table: Table, line: Line) -> str:
    """What a row answers."""
    said = [(table.outputs[name], value) for name, value in line.then.items()]
    if len(said) == 1:
        output, value = said[0]
        return wording.value(value, output.choices, output.unit)
    return "; ".join(f"{o.label}: {wording.value(value, o.choices, o.unit)}" for o, value in said)


@dataclass(frozen=True)
class ShownLine:
    """One row of an edition in words."""

    number: int
    when: list[str]
    then: list[tuple[str, str]]
    document: str
    clause: str
    verified: bool
    note: str


def lines_of(table: Table, version: Version) -> list[ShownLine]:
    """The rows of an edition, for reading."""
    return [
        ShownLine(
            line.number, [condition.text for condition in line.conditions],
            [(table.outputs[name].label if len(line.then) > 1 else "",
              wording.value(value, table.outputs[name].choices, table.outputs[name].unit))
             for name, value in line.then.items()],
            line.document.number or wording.NO_NUMBER, line.clause, line.verified, line.note,
        )
        for line in version.lines
    ]  # fmt: skip


@dataclass(frozen=True)
class Span:
    """A period of a table's history; `last` is its last day, None while it goes on."""

    since: date
    last: date | None
    versions: tuple[Version, ...]
    here: bool
    verified: bool
    value: str

    @property
    def document(self) -> str:
        return " + ".join(version.document.number or wording.NO_NUMBER for version in self.versions)

    @property
    def clause(self) -> str:
        return self.versions[0].clause if self.versions else ""


def spans_of(table: Table, day: date) -> Iterator[Span]:
    """What ruled when, from the first day on; `here` marks the period of the day."""
    for ruling in history(table):
        period, versions = ruling.period, ruling.versions
        since = period.since or date.min
        last = period.until - timedelta(days=1) if period.until else None
        sure = bool(versions) and all(is_verified(version) for version in versions)
        yield Span(since, last, versions, day in period, sure,
                   value_words(table, versions[0] if versions else None))  # fmt: skip


def table_named(law: Law, name: str) -> Table:
    """A table by its full or short name; NotFound otherwise."""
    try:
        return law.table(name)
    except KeyError as missing:
        raise NotFound("Không có bảng quy định này.") from missing


@dataclass(frozen=True)
class ShownChange:
    """One change: what stood before and what stands after."""

    day: date
    name: str
    label: str
    before: str
    before_document: str
    after: str
    after_document: str
    clause: str
    verified: bool


def changes_between(law: Law, since: date, until: date) -> list[ShownChange]:
    """What changed on the days from the first to the last, both included."""
    return [_change(one) for one in changes(law, since, until)]


def _change(one: Any) -> ShownChange:
    after: Version | None = one.after
    return ShownChange(
        one.day, one.table.name, one.table.label, value_words(one.table, one.before) if one.before else "",
        one.before.document.number if one.before else "", value_words(one.table, after),
        after.document.number if after else "", after.clause if after else "", bool(after and is_verified(after)),
    )  # fmt: skip
