"""Write the laboratory room: results alone or in batches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from chongdich.core.periods import vietnam_day
from chongdich.domain.lab import facts
from chongdich.domain.lab.models import Result, Sample
from chongdich.domain.lab.rules import check_result
from chongdich.registry.ledger.operations import Author, record_all


@dataclass(frozen=True, kw_only=True)
class NewResult:
    """A result as a laboratory sends it, with its sample."""

    person_id: int
    kind: str
    outcome: str
    taken_at: datetime
    resulted_at: datetime
    ct: float | None = None
    code: str = ""
    laboratory_id: int | None = None
    taken_by_id: int | None = None
    place_id: int | None = None
    permitted: bool = True
    batch: str = ""
    reason: str = ""


@transaction.atomic
def record_results(*, results: Sequence[NewResult], by: Author) -> list[Result]:
    """Write results with their samples, one fact each, in one run of the ledger. All or none."""
    for one in results:
        check_result(one.taken_at, one.resulted_at, by.at, one.ct)
    samples = Sample.objects.bulk_create([_sample(one) for one in results], batch_size=500)
    rows = Result.objects.bulk_create(
        [_result(one, sample, by) for one, sample in zip(results, samples)], batch_size=500
    )
    record_all([(_fact(row, one), (f"person:{one.person_id}",)) for row, one in zip(rows, results)], by=by)
    return rows


def _sample(one: NewResult) -> Sample:
    return Sample(
        code=one.code, person_id=one.person_id, kind=one.kind, taken_at=one.taken_at, taken_by_id=one.taken_by_id,
        place_id=one.place_id, reason=one.reason,
    )  # fmt: skip


def _result(one: NewResult, sample: Sample, by: Author) -> Result:
    return Result(
        sample=sample, outcome=one.outcome, ct=one.ct, resulted_at=one.resulted_at, laboratory_id=one.laboratory_id,
        permitted=one.permitted, batch=one.batch, recorded_at=by.at, by=by.account_id,
    )  # fmt: skip


def _fact(row: Result, one: NewResult) -> facts.ResultRecorded:
    return facts.ResultRecorded(
        result_id=row.pk, person_id=one.person_id, positive=one.outcome == "positive",
        sampled_on=vietnam_day(one.taken_at),
    )  # fmt: skip
