"""Cases and laboratory results."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from chongdich.application.journeys import results as journeys
from chongdich.application.lenses import cases as lens
from chongdich.domain.cases.models import Case
from chongdich.domain.cases.states import CLASSIFICATION, OUTCOME
from chongdich.web.access import Request
from chongdich.web.api import shapes
from chongdich.web.api.answers import answers, needs
from chongdich.web.api.lists import Pages, page_of

router = Router(tags=["Ca bệnh"])
Outcome = Literal[tuple(OUTCOME)]  # type: ignore[valid-type]
Class = Literal[tuple(CLASSIFICATION)]  # type: ignore[valid-type]


class CaseOut(Schema):
    """A case; `person` is the name, or initials, age and commune for who may not know names."""

    id: int
    code: str
    person: str
    place: str | None
    classification: str
    origin: str
    severity: str
    onset_on: date | None
    sampled_on: date | None
    resulted_on: date | None
    confirmed_on: date | None
    infectious_from: date | None
    infectious_until: date | None
    outcome: str
    outcome_on: date | None
    source: int | None
    version: int


class ResultIn(shapes.Asked):
    """One result with its sample. `laboratory` and `taken_by` are left to the account's own unit."""

    person: UUID
    kind: Literal["pcr", "antigen"]
    outcome: Literal["positive", "negative", "invalid"]
    taken_at: AwareDatetime
    resulted_at: AwareDatetime
    ct: Annotated[float, Field(ge=1, le=50)] | None = None
    code: Annotated[shapes.Text, Field(max_length=40)] = ""


class ResultsIn(shapes.Asked):
    """A batch; all of it is written, or none."""

    batch: Annotated[shapes.Text, Field(max_length=60)] = ""
    results: Annotated[list[ResultIn], Field(min_length=1, max_length=2000)]


class ResultsOut(Schema):
    recorded: int
    ids: list[int]


def _shown(request: Request, row: Case, named: bool) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in CaseOut.model_fields if name not in ("person", "place", "source")}
    person = lens.title_of_person(request.desk, row.person, named)
    return {**plain, "person": person, "place": row.place.key if row.place else None, "source": row.source_id}


@router.get("/cases", response=answers(shapes.Page[CaseOut]), url_name="api_cases")
@needs("cases.read")
def cases(
    request: Request, paging: Pages, outcome: Outcome | None = None, classification: Class | None = None,  # type: ignore[valid-type]
    confirmed_from: shapes.Day | None = None, confirmed_until: shapes.Day | None = None,
) -> Any:  # fmt: skip
    """Cases of your area, newest first; `confirmed_from` and `confirmed_until` are both included."""
    asked = {"outcome": outcome, "classification": classification, "confirmed_on__gte": confirmed_from,
             "confirmed_on__lte": confirmed_until}  # fmt: skip
    rows = lens.find_cases(request.desk).filter(**{name: value for name, value in asked.items() if value})
    found = page_of(rows.order_by("-confirmed_on", "-pk"), paging)
    named = request.desk.may("people.open")
    return {**found, "items": [_shown(request, row, named) for row in found["items"]]}


@router.get("/cases/{case_id}", response=answers(CaseOut), url_name="api_case")
@needs("cases.read")
def case(request: Request, case_id: shapes.Id) -> Any:
    """One case."""
    return _shown(request, lens.get_visible_case(request.desk, case_id), request.desk.may("people.open"))


@router.post("/results", response=answers(ResultsOut, 201), url_name="api_results")
@needs("results.write")
def results(request: Request, given: ResultsIn) -> Any:
    """Record a batch of results of people of your area. A positive one leads to a case by the definition of the day."""
    told = [journeys.ToldResult(**one.model_dump(), batch=given.batch) for one in given.results]
    rows = journeys.record_batch(request.desk, told=told)
    return 201, {"recorded": len(rows), "ids": [row.pk for row in rows]}
