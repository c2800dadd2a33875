"""Cases and laboratory results."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from chongdich.application.journeys import results as journeys
from chongdich.application.journeys.cases import Told, report_case
from chongdich.application.journeys.people import Registered
from chongdich.application.lenses import cases as lens
from chongdich.application.lenses import people
from chongdich.core.errors import Refused
from chongdich.domain.cases.models import Case
from chongdich.domain.cases.states import CLASSIFICATION, ORIGIN, OUTCOME, SEVERITY
from chongdich.registry.places.queries import get_place_by_key
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


class PersonIn(shapes.Asked):
    """Somebody not known yet. `residence` is a place's key; `birth` a day or a year, as typed."""

    name: Annotated[shapes.Text, Field(min_length=1, max_length=120)]
    birth: shapes.Line = ""
    sex: Literal["", "m", "f"] = ""
    phone: shapes.Line = ""
    cccd: shapes.Line = ""
    residence: Annotated[shapes.Text, Field(max_length=40)] = ""
    residence_hamlet: shapes.Line = ""
    residence_address: shapes.Line = ""


class CaseIn(shapes.Asked):
    """A case of a known `person`, or of somebody new. `sure` writes although somebody alike is there."""

    person: UUID | None = None
    new_person: PersonIn | None = None
    sure: bool = False
    test: Literal["", "pcr", "antigen"] = ""
    sampled_on: shapes.Day | None = None
    resulted_on: shapes.Day | None = None
    ct: Annotated[float, Field(ge=1, le=50)] | None = None
    onset_on: shapes.Day | None = None
    symptoms: Annotated[list[Annotated[shapes.Text, Field(max_length=40)]], Field(max_length=30)] = []
    stated: Literal["", "suspected", "probable", "confirmed"] = ""
    origin: Literal[tuple(ORIGIN)] = "unknown"  # type: ignore[valid-type]
    severity: Literal["", *SEVERITY] = ""  # type: ignore[valid-type]
    isolated_on: shapes.Day | None = None
    isolated_where: Annotated[shapes.Text, Field(max_length=160)] = ""
    home_treated: bool = False
    code: Annotated[shapes.Text, Field(max_length=30)] = ""
    source_code: Annotated[shapes.Text, Field(max_length=30)] = ""
    cluster: Annotated[shapes.Text, Field(max_length=160)] = ""


class AlikeOut(Schema):
    """Somebody who may be the same person; `person` may be given as `person` when they are."""

    person: UUID
    title: str
    score: int


class EnteredOut(Schema):
    """The case written, or (`case` null) who should be looked at first and what is doubtful."""

    case: CaseOut | None
    alike: list[AlikeOut] = []
    doubts: list[str] = []


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


@router.post("/cases", response={201: EnteredOut, **answers(EnteredOut)}, url_name="api_case_new")
@needs("cases.write")
def new_case(request: Request, given: CaseIn) -> Any:
    """Enter a case. 201: written. 200: nothing was written, since somebody alike is there or something is doubtful;
    ask again with that `person`, or with `sure`.
    """
    if (given.person is None) == (given.new_person is None):
        raise Refused("Cần đúng một trong hai: person (người đã có) hoặc new_person (người mới).", "person")
    told = given.model_dump(exclude={"person", "new_person", "sure"})
    entered = report_case(
        request.desk, told=Told(**{**told, "symptoms": tuple(given.symptoms)}), uid=given.person,
        person=_typed(given.new_person) if given.new_person else None, sure=given.sure,
    )  # fmt: skip
    if entered.case:
        return 201, {"case": _shown(request, entered.case, request.desk.may("people.open"))}
    return 200, {"case": None, **_to_look_at(request, entered.registered)}


def _typed(person: PersonIn) -> dict[str, Any]:
    typed = person.model_dump(exclude={"residence"})
    return {**typed, "residence_id": get_place_by_key(person.residence).pk if person.residence else None}


def _to_look_at(request: Request, registered: Registered | None) -> dict[str, Any]:
    scope, named = people.scope_of(request.desk), request.desk.may("people.open")
    alike = [
        {"person": one.uid, "score": told.score,
         "title": people.glimpse(request.desk, one, named=named and scope.holds(one)).title}
        for one, told in (registered.alike if registered else ())
    ]  # fmt: skip
    return {"alike": alike, "doubts": [doubt.message for doubt in (registered.doubts if registered else ())]}


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
