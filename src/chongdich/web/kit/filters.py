"""What a list may be narrowed by: declared, shown as chips; a value that makes no sense is said and left out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext

from chongdich.core.periods import start_of_day
from chongdich.web.kit.forms import DayField
from chongdich.web.kit.sources import Rows, where_between, where_equal

Text = str | Promise
Choices = Sequence[tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in force: its words, and the parameters that go when it is taken away."""

    text: str
    names: tuple[str, ...]
    value: str = ""


@dataclass(slots=True)
class Asked:
    """What one filter was asked for in this request."""

    filter: "Filter"
    values: dict[str, list[str]] = field(default_factory=dict)
    chips: list[Chip] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    apply: Callable[[Rows], Rows] | None = None

    @property
    def chosen(self) -> list[str]:
        return [value for values in self.values.values() for value in values]

    @property
    def ends(self) -> list[tuple[str, str]]:
        return [(name, (self.values.get(name) or [""])[0]) for name in self.filter.names]


@dataclass(frozen=True, kw_only=True)
class Filter:
    """The base: a parameter `name`, its label, and the column `path` it narrows; `narrow` compares otherwise."""

    name: str
    label: Text
    path: str = ""
    narrow: Callable[[Rows, Any], Rows] | None = None
    template: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name,)

    def read(self, params: QueryDict) -> Asked:
        raise NotImplementedError

    def _narrowing(self, value: Any) -> Callable[[Rows], Rows]:
        return lambda rows: self.narrow(rows, value) if self.narrow else where_equal(rows, self.path, value)


@dataclass(frozen=True, kw_only=True)
class ChoiceFilter(Filter):
    """One of some choices, or several with `many`. `choices` is a sequence or a function giving one."""

    choices: Choices | Callable[[], Choices]
    many: bool = False
    picker: bool = False
    template: str = "kit/filter_choice.html"

    def options(self) -> list[tuple[str, Any]]:
        given: Iterable[tuple[Any, Any]] = self.choices() if callable(self.choices) else self.choices
        return [(str(value), label) for value, label in given]

    def read(self, params: QueryDict) -> Asked:
        labels: Mapping[str, Any] = dict(self.options())
        given = [value for value in params.getlist(self.name) if value]
        known = list(dict.fromkeys(value for value in given if value in labels))[: None if self.many else 1]
        asked = Asked(self, {self.name: known})
        asked.chips = [Chip(f"{self.label}: {labels[value]}", (self.name,), value) for value in known]
        if len(known) < len(set(given)) and (self.many or not known):
            asked.errors = [gettext("Bộ lọc “%(label)s”: không có lựa chọn đã gửi.") % {"label": self.label}]
        if known:
            asked.apply = self._narrowing(known if self.many else known[0])
        return asked


@dataclass(frozen=True, kw_only=True)
class YesFilter(Filter):
    """A condition that is on or off."""

    template: str = "kit/filter_yes.html"

    def read(self, params: QueryDict) -> Asked:
        if params.get(self.name) != "1":
            return Asked(self, {self.name: []})
        return Asked(self, {self.name: ["1"]}, [Chip(str(self.label), (self.name,))], apply=self._narrowing(True))


@dataclass(frozen=True, kw_only=True)
class PeriodFilter(Filter):
    """Days from … to …, both included. `moments` when the column holds moments rather than days."""

    moments: bool = False
    template: str = "kit/filter_period.html"

    @property
    def names(self) -> tuple[str, ...]:
        return (f"{self.name}_from", f"{self.name}_to")

    def read(self, params: QueryDict) -> Asked:
        asked = Asked(self, {name: [str(params[name])] for name in self.names if params.get(name)})
        since, until = (self._day(params.get(name, ""), asked) for name in self.names)
        if since and until and until < since:
            asked.errors.append(gettext("Bộ lọc “%(label)s”: ngày cuối trước ngày đầu.") % {"label": self.label})
        if not asked.errors and (since or until):
            asked.chips = [Chip(f"{self.label}: {_words(since, until)}", self.names)]
            asked.apply = self._between(since, until)
        return asked

    def _day(self, text: str, asked: Asked) -> date | None:
        try:
            return DayField(required=False).clean(text)
        except ValidationError:
            words = gettext("Bộ lọc “%(label)s”: “%(text)s” không phải là ngày, viết như 25/12/2021.")
            asked.errors.append(words % {"label": self.label, "text": text})
            return None

    def _between(self, since: date | None, until: date | None) -> Callable[[Rows], Rows]:
        after = until + timedelta(days=1) if until and until < date.max else None
        if self.moments:
            ends = (since and start_of_day(since), after and start_of_day(after))
        else:
            ends = (since, after)
        return lambda rows: self.narrow(rows, ends) if self.narrow else where_between(rows, self.path, *ends)


def _words(since: date | None, until: date | None) -> str:
    start, end = (day.strftime("%d/%m/%Y") if day else "" for day in (since, until))
    if start and end:
        return start if start == end else f"{start} – {end}"
    return gettext("từ %(day)s") % {"day": start} if start else gettext("đến %(day)s") % {"day": end}
