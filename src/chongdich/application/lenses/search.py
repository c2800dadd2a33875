"""Search in all documents, tasks and units without diacritics, within what the person may see."""

import re
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.db.models.functions import Substr

from chongdich.application.desk import Desk
from chongdich.application.lenses.boards import find_visible_directives, find_visible_tasks
from chongdich.core.vietnamese import fold_words
from chongdich.domain.directives.models import Directive, Task
from chongdich.domain.directives.searching import find_lasts, find_newest, words_of
from chongdich.registry.organisations.models import Organisation
from chongdich.registry.organisations.queries import find_organisations

SHOWN = 20
UNITS_SHOWN = 8
BEGINNING = 600  # characters of a document's text shown where it has no subject
_NUMBER = re.compile(r"\s*(\d{1,7})\s*(?:[/-].*)?")


@dataclass(frozen=True)
class Found:
    """What a search found; lists hold at most `SHOWN`, `more_…` says that there is more."""

    directives: list[Directive] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    units: list[Organisation] = field(default_factory=list)
    more_directives: bool = False
    more_tasks: bool = False


def search_everything(desk: Desk, text: str) -> Found:
    """Documents, tasks and units in which every word begins some word: a document of that very number, then the newest.

    Four queries on SQLite, seven on PostgreSQL at most.
    """
    if not words_of(text):
        return Found()
    lasts = find_lasts(Directive, Task)
    directives = _directives(desk, text, lasts[Directive]) if desk.may("directives.read") else []
    tasks = _tasks(desk, text, lasts[Task]) if desk.may("tasks.read") else []
    units = list(find_organisations(fold_words(text)[:200], desk.today)[:UNITS_SHOWN]) if _may_name(desk) else []
    return Found(directives[:SHOWN], tasks[:SHOWN], units, len(directives) > SHOWN, len(tasks) > SHOWN)


def _may_name(desk: Desk) -> bool:
    return desk.may("registry.read")


def _directives(desk: Desk, text: str, last: int) -> list[Directive]:
    visible = _light(find_visible_directives(desk))
    found = find_newest(visible, text, SHOWN + 1, last)
    number = _NUMBER.fullmatch(text)
    if number is None:
        return found
    exact = list(visible.filter(number=number.group(1)).order_by("-pk")[:SHOWN])
    exact = [row for row in exact if row in found or _starts(row, text)]
    return [*exact, *(row for row in found if row not in exact)]


def _starts(row: Directive, text: str) -> bool:
    return fold_words(f"{row.number} {row.symbol}").startswith(fold_words(text))


def _light(rows: QuerySet[Directive]) -> QuerySet[Directive]:
    fields = ("number", "symbol", "subject", "state", "direction")
    return rows.annotate(beginning=Substr("text", 1, BEGINNING)).only(*fields)


def _tasks(desk: Desk, text: str, last: int) -> list[Task]:
    rows = find_visible_tasks(desk).select_related("unit", "directive")
    fields = ("title", "state", "due", "done_on", "unit__short_name", "directive__number", "directive__symbol",
              "directive__subject")  # fmt: skip
    return find_newest(rows.only(*fields), text, SHOWN + 1, last)
