"""What a document names, what names it, and what is named but not held."""

from dataclasses import dataclass, field

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from chongdich.application.desk import Desk
from chongdich.application.lenses.boards import find_visible_directives
from chongdich.core.vietnamese import fold_words
from chongdich.domain.directives.models import Citation, Directive

SHOWN = 60  # documents that name one, at most
OFFERED = 10
_FIELDS = ("pk", "number", "symbol", "arrival_number", "kind", "subject", "issuer_name", "year", "month", "day",
           "state", "direction", "implements")  # fmt: skip


@dataclass(frozen=True)
class Cited:
    """One document that this one names. `target` is None when we do not hold it, or it may not be seen."""

    citation: Citation | None
    target: Directive | None
    words: str
    implements: bool = False

    @property
    def is_missing(self) -> bool:
        """Named, and nothing held is tied to it; one held but out of sight is not missing."""
        return self.target is None and (self.citation is None or self.citation.target_id is None)


@dataclass(frozen=True)
class CitationGraph:
    """The neighbours of one document: what it rests on (left), what rests on it (right)."""

    cited: list[Cited] = field(default_factory=list)
    citing: list[Directive] = field(default_factory=list)
    implementing: list[Directive] = field(default_factory=list)
    more: bool = False

    @property
    def missing(self) -> list[Cited]:
        return [one for one in self.cited if one.is_missing]


def get_citation_graph(desk: Desk, directive: Directive) -> CitationGraph:
    """Both directions, within what the person may see. Two queries however many."""
    citations = list(directive.citations.order_by("-is_basis", "pk"))
    targets = {row.target_id for row in citations if row.target_id} | _implemented(directive)
    near = _neighbours(desk, directive, targets)
    seen = {row.pk: row for row in near}
    cited = [
        Cited(row, seen.get(row.target_id or 0), row.number, row.target_id == (directive.implements_id or 0))
        for row in citations
    ]
    origin = seen.get(directive.implements_id or 0)
    if origin and origin.pk not in {row.target_id for row in citations}:
        cited.insert(0, Cited(None, origin, origin.subject, implements=True))
    implementing = [row for row in near if row.implements_id == directive.pk]
    citing = [row for row in near if row.cites and row.implements_id != directive.pk]  # type: ignore[attr-defined]
    return CitationGraph(cited, citing, implementing, more=len(near) > SHOWN + len(targets))


def _neighbours(desk: Desk, directive: Directive, targets: set[int]) -> list[Directive]:
    """What it names first, then what names or implements it, newest first, `SHOWN` of them and one more."""
    naming = Citation.objects.filter(target=directive)
    rows = _visible(desk).filter(Q(pk__in=targets) | Q(implements=directive) | Q(pk__in=naming.values("directive")))
    rows = rows.annotate(
        cites=Exists(naming.filter(directive=OuterRef("pk"))),
        side=Case(When(pk__in=targets, then=0), default=1) if targets else Value(1),
    )
    return list(rows.order_by("side", "-pk")[: SHOWN + len(targets) + 1])


def _visible(desk: Desk) -> QuerySet[Directive]:
    return find_visible_directives(desk).only(*_FIELDS)


def _implemented(directive: Directive) -> set[int]:
    return {directive.implements_id} if directive.implements_id else set()


def find_held(desk: Desk, directive: Directive, text: str) -> list[Directive]:
    """Held documents in sight that a citation may mean: those with every word typed."""
    words = fold_words(text)[:120].split()
    rows = _visible(desk).exclude(pk=directive.pk).exclude(state="discarded")
    for word in words:
        rows = rows.filter(search__contains=word)
    return list(rows.order_by("-pk")[:OFFERED]) if words else []
