"""Rows of a list, from the database or from a lens: the same few verbs over a query and over a sequence."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import F, OrderBy, Q, QuerySet

Rows = QuerySet[Any] | Sequence[Any]


def value_at(row: Any, path: str) -> Any:
    """`unit.name` of an object or a mapping; None where something on the way is None."""
    for part in path.replace("__", ".").split("."):
        if row is None:
            return None
        row = row[part] if isinstance(row, dict) else getattr(row, part)
        if callable(row) and not hasattr(row, "all"):
            row = row()
    return row


def where_equal(rows: Rows, path: str, value: Any) -> Rows:
    """Rows whose value is this one, or one of these."""
    wanted = value if isinstance(value, (list, tuple, set)) else [value]
    if isinstance(rows, QuerySet):
        return rows.filter(**{f"{path}__in": list(wanted)})
    return [row for row in rows if str(value_at(row, path)) in {str(one) for one in wanted}]


def where_between(rows: Rows, path: str, since: Any, until: Any) -> Rows:
    """Rows whose value is at least `since` and below `until`; an open end is None."""
    if isinstance(rows, QuerySet):
        ends = {f"{path}__gte": since, f"{path}__lt": until}
        return rows.filter(**{lookup: end for lookup, end in ends.items() if end is not None})
    return [row for row in rows if _between(value_at(row, path), since, until)]


def _between(value: Any, since: Any, until: Any) -> bool:
    return value is not None and (since is None or value >= since) and (until is None or value < until)


def where_words(rows: Rows, paths: Sequence[str], words: Sequence[str]) -> Rows:
    """Rows in which every folded word stands in one of the folded columns."""
    if isinstance(rows, QuerySet):
        for word in words:
            one = Q()
            for path in paths:
                one |= Q(**{f"{path}__contains": word})
            rows = rows.filter(one)
        return rows
    return [row for row in rows if all(any(word in str(value_at(row, p) or "") for p in paths) for word in words)]


def ordered(rows: Rows, paths: Sequence[str], *, down: bool, tie: str = "") -> Rows:
    """Rows by these values, empty ones last; `tie` makes the order total so that no row is on two pages."""
    if isinstance(rows, QuerySet):
        keys: list[str | OrderBy] = [_key(rows, path, down) for path in paths]
        return rows.order_by(*keys, *([("-" if down else "") + tie] if tie else []))
    filled = [row for row in rows if value_at(row, paths[0]) is not None]
    empty = [row for row in rows if value_at(row, paths[0]) is None]
    return [*sorted(filled, key=lambda row: [_sortable(value_at(row, path)) for path in paths], reverse=down), *empty]


def _key(rows: QuerySet[Any], path: str, down: bool) -> str | OrderBy:
    """Asking for empties last costs the index, so only where a column of the table itself may be empty."""
    names = {f.name: f for f in rows.model._meta.get_fields()}
    if getattr(names.get(path), "null", False):
        return F(path).desc(nulls_last=True) if down else F(path).asc(nulls_last=True)
    return ("-" if down else "") + path


def _sortable(value: Any) -> tuple[bool, Any]:
    return (value is None, "" if value is None else value)


def counted(rows: Rows, limit: int) -> int:
    """How many rows, but never counting past `limit`."""
    return rows.order_by()[:limit].count() if isinstance(rows, QuerySet) else min(len(rows), limit)


def all_rows(rows: Rows, limit: int) -> Iterator[Any] | Iterable[Any]:
    """Every row for a file, a few thousand at a time."""
    return rows[:limit].iterator(chunk_size=2000) if isinstance(rows, QuerySet) else rows[:limit]
