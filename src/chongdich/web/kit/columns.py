"""The columns of a table: what is shown, what is written to a file, and by what it may be sorted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chongdich.web.kit.sources import value_at
from chongdich.web.kit.templatetags import kit
from chongdich.web.kit.tones import look_of

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column. `path` reads the row ("unit.name"), `value` computes instead; `sort` names the fields to sort by.

    `link` makes the cell a link; `title` marks the column that names the row; `show` renders what `value` gives.
    """

    name: str
    label: Text
    path: str = ""
    value: Callable[[Any], Any] | None = None
    show: Callable[[Any], str | SafeString] | None = None
    link: Callable[[Any], str] | None = None
    sort: str | tuple[str, ...] = ()
    title: bool = False
    css: str = ""
    export: bool = True

    @property
    def sort_paths(self) -> tuple[str, ...]:
        return (self.sort,) if isinstance(self.sort, str) else self.sort

    def raw(self, row: Any) -> Any:
        """The value as it goes into a file."""
        return self.value(row) if self.value else value_at(row, self.path or self.name)

    def cell(self, row: Any, today: date) -> str | SafeString:
        """The value as it is shown on a day."""
        shown = self.show(row) if self.show else self.words(row)
        if self.link and shown:
            return format_html('<a href="{}">{}</a>', self.link(row), shown)
        return shown

    def words(self, row: Any) -> str | SafeString:
        raw = self.raw(row)
        return "" if raw is None else str(raw)


@dataclass(frozen=True, kw_only=True)
class NumberColumn(Column):
    """Figures, aligned on the right."""

    css: str = "number"

    def words(self, row: Any) -> str:
        return kit.number(self.raw(row))


@dataclass(frozen=True, kw_only=True)
class DayColumn(Column):
    """A day or a moment, as day/month/year; `clock` shows the time too."""

    css: str = "nowrap"
    clock: bool = False

    def words(self, row: Any) -> str:
        raw = self.raw(row)
        return kit.moment(raw) if self.clock else kit.day(raw)


@dataclass(frozen=True, kw_only=True)
class StateColumn(Column):
    """A state as its badge; a file gets its words. `kind` is task, directive, standing or extension."""

    kind: str = "task"

    def raw(self, row: Any) -> str:
        return str(look_of(Column.raw(self, row), self.kind).label)

    def cell(self, row: Any, today: date) -> str | SafeString:
        return kit.state_badge(Column.raw(self, row), self.kind)


@dataclass(frozen=True, kw_only=True)
class DueColumn(Column):
    """A deadline and what it means today; `done` reads the day on which the thing was done."""

    done: str = ""

    def cell(self, row: Any, today: date) -> SafeString:
        return kit.due_html(self.raw(row), value_at(row, self.done) if self.done else None, today)
