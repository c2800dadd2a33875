"""Search in all documents and tasks without diacritics, within what the person may see."""

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from chongdich.application.desk import Desk
from chongdich.application.lenses.boards import find_visible_directives, find_visible_tasks
from chongdich.core.vietnamese import fold_words
from chongdich.domain.directives.models import Directive, Task

SHOWN = 20


@dataclass(frozen=True)
class Found:
    """What a search found; lists hold at most `SHOWN`, `more_…` says that there is more."""

    directives: list[Directive] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    more_directives: bool = False
    more_tasks: bool = False


def search_everything(desk: Desk, text: str) -> Found:
    """Documents and tasks in whose folded text every word occurs, newest first."""
    words = fold_words(text)[:200].split()
    if not words:
        return Found()
    directives = list(_with_words(find_visible_directives(desk), words).order_by("-pk")[: SHOWN + 1])
    tasks = list(
        _with_words(find_visible_tasks(desk), words).select_related("unit", "directive").order_by("-pk")[: SHOWN + 1]
    )
    return Found(directives[:SHOWN], tasks[:SHOWN], len(directives) > SHOWN, len(tasks) > SHOWN)


def _with_words(rows: QuerySet, words: list[str]) -> QuerySet:
    condition = Q()
    for word in words:
        condition &= Q(search__contains=word)
    return rows.filter(condition)
