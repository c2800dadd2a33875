"""Pages of lists: never counted, never beyond what anybody would page to."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.db.models import QuerySet
from ninja import Query, Schema
from pydantic import Field

FARTHEST = 10_000  # rows that can be paged to


class Paging(Schema):
    """Which page, and how long a page is."""

    page: Annotated[int, Field(ge=1, le=1000)] = 1
    per_page: Annotated[int, Field(ge=1, le=200)] = 50


Pages = Query[Paging]


def page_of(rows: QuerySet[Any] | Sequence[Any], paging: Paging) -> dict[str, Any]:
    """One page and whether there is more."""
    start = (paging.page - 1) * paging.per_page
    found = list(rows[start : start + paging.per_page + 1]) if start < FARTHEST else []
    more = len(found) > paging.per_page and start + paging.per_page < FARTHEST
    return {"items": found[: paging.per_page], "page": paging.page, "per_page": paging.per_page, "more": more}
