"""Places, bodies and the law."""

from typing import Annotated, Any

from ninja import Router
from pydantic import Field

from chongdich.application.lenses import registry as lens
from chongdich.core.errors import Refused
from chongdich.core.vietnamese import fold_words
from chongdich.registry.organisations.queries import get_organisation_by_id
from chongdich.registry.places.queries import get_place_by_key
from chongdich.web.access import Request
from chongdich.web.api import shapes
from chongdich.web.api.answers import answers, needs
from chongdich.web.api.lists import Pages, page_of
from chongdich.web.pages.law.rows import law_of, rules_on

router = Router(tags=["Danh mục"])
Level = Annotated[int, Field(ge=1, le=3)]
Key = Annotated[shapes.Text, Field(max_length=40)]


@router.get("/places", response=answers(shapes.Page[shapes.PlaceOut]), url_name="api_places")
@needs("registry.read")
def places(
    request: Request, paging: Pages, on: shapes.Day | None = None, level: Level | None = None, q: shapes.Line = ""
) -> Any:
    """Places of a day."""
    rows = lens.find_places_on(on or request.desk.today).order_by("code")
    rows = rows.filter(level=level) if level else rows
    for word in fold_words(q).split():
        rows = rows.filter(search__contains=word)
    return page_of(rows, paging)


@router.get("/places/find", response=answers(list[shapes.PlaceMatch]), url_name="api_places_find")
@needs("registry.read")
def find_places(request: Request, text: shapes.Line, on: shapes.Day | None = None) -> Any:
    """The places a name may mean on a day, in any spelling; a near miss is only a suggestion."""
    found = lens.understand_place(text, on or request.desk.today)
    return [
        {"key": match.place.key, "code": match.place.code, "full_name": match.place.full_name, "inside": inside,
         "how": match.how, "score": match.score}
        for match, inside in found.matches
    ]  # fmt: skip


@router.get("/places/{key}", response=answers(shapes.PlaceOut), url_name="api_place")
@needs("registry.read")
def place(request: Request, key: Key) -> Any:
    """One place by its key, such as 01894@2020-02-01."""
    return get_place_by_key(key)


@router.get("/organisations", response=answers(shapes.Page[shapes.OrganisationOut]), url_name="api_organisations")
@needs("registry.read")
def organisations(
    request: Request, paging: Pages, on: shapes.Day | None = None, kind: shapes.Line = "", q: shapes.Line = ""
) -> Any:
    """Bodies of a day."""
    rows = lens.find_bodies(on or request.desk.today).order_by("place__level", "place__code", "key")
    rows = rows.filter(kind=kind) if kind else rows
    for word in fold_words(q).split():
        rows = rows.filter(search__contains=word)
    return page_of(rows, paging)


@router.get("/organisations/resolve", response=answers(shapes.ResolutionOut), url_name="api_resolve")
@needs("registry.read")
def resolve(
    request: Request,
    phrase: Annotated[shapes.Text, Field(min_length=1, max_length=500)],
    place: Key = "",
    on: shapes.Day | None = None,
) -> Any:
    """Which bodies a phrase means in a document of a place; what is open is a question, never a guess."""
    key = get_place_by_key(place).key if place else None
    answer = lens.resolve_phrase(phrase, place_key=key, on=on or request.desk.today)
    found = answer.resolution
    return {
        "phrase": found.phrase,
        "kind": found.kind,
        "question": found.question,
        "organisations": answer.certain,
        "suggestions": answer.likely,
    }


@router.get("/organisations/{organisation_id}", response=answers(shapes.OrganisationOut), url_name="api_organisation")
@needs("registry.read")
def organisation(request: Request, organisation_id: shapes.Id) -> Any:
    """One body."""
    return get_organisation_by_id(organisation_id)


@router.get("/law", response=answers(shapes.Page[shapes.RuleOut]), url_name="api_law")
@needs("registry.read")
def law(
    request: Request, paging: Pages, on: shapes.Day | None = None, subject: shapes.Line = "", disease: shapes.Line = ""
) -> Any:
    """The rules of a day, each with its value, its document and whether anybody has checked it."""
    rows = rules_on(law_of(disease, request.desk.law), on or request.desk.today)
    return page_of([row for row in rows if not subject or row.subject == subject], paging)


@router.post("/law/{path:name}/ask", response=answers(shapes.AnswerOut), url_name="api_law_ask")
@needs("registry.read")
def ask(request: Request, name: Annotated[shapes.Text, Field(max_length=120)], question: shapes.LawQuestion) -> Any:
    """What a rule answers in a case, with the rows it rests on. What must be known first is named in `where` (422)."""
    law_in_hand = law_of("", request.desk.law)
    try:
        decision = law_in_hand.decide(name, on=question.on, known_on=question.known_on, **question.given)
    except (TypeError, ValueError, KeyError) as wrong:
        raise Refused("Điều đã cho không hợp với bảng quy định này.", "given") from wrong
    return {
        "decided": bool(decision),
        "gap": decision.gap or "",
        "values": dict(decision.outcome or {}),
        "verified": decision.verified,
        "explanation": law_in_hand.explain(decision).text(),
        "record": decision.record(),
    }
