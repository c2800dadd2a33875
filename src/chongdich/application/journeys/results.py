"""Laboratory results come in, one or many; what follows from them follows by the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chongdich.application.desk import Desk
from chongdich.application.lenses.people import scope_of
from chongdich.core.errors import NotFound
from chongdich.domain.lab.models import Result
from chongdich.domain.lab.operations import NewResult, record_results
from chongdich.registry.people.queries import visible_people


@dataclass(frozen=True, kw_only=True)
class ToldResult:
    """A result as a laboratory sends it; the person by the registry's identifier."""

    person: UUID
    kind: str
    outcome: str
    taken_at: datetime
    resulted_at: datetime
    ct: float | None = None
    code: str = ""
    batch: str = ""


def record_batch(desk: Desk, *, told: Sequence[ToldResult]) -> list[Result]:
    """Write all or none. NotFound when a person is not in one's area; Refused for times that cannot be."""
    desk.require("results.write")
    people = _people(desk, {one.person for one in told})
    new = [
        NewResult(
            person_id=people[one.person], kind=one.kind, outcome=one.outcome, taken_at=one.taken_at,
            resulted_at=one.resulted_at, ct=one.ct, code=one.code, batch=one.batch, laboratory_id=desk.author.unit_id,
        )
        for one in told
    ]  # fmt: skip
    return record_results(results=new, by=desk.author)


def _people(desk: Desk, uids: set[UUID]) -> dict[UUID, int]:
    rows = visible_people(scope_of(desk, "results.write")).filter(uid__in=uids)
    found = dict(rows.values_list("uid", "pk"))
    missing = next(iter(uids - set(found)), None)
    if missing:
        raise NotFound(f"Không có người {missing} trên địa bàn của bạn.", "person")
    return found
