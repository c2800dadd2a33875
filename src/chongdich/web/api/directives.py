"""Documents and their clauses."""

from typing import Any, Literal

from ninja import File, Form, Router, Status, UploadedFile

from chongdich.application.journeys import receive, review
from chongdich.application.journeys.files import Upload
from chongdich.application.lenses.boards import find_visible_directives, get_visible_directive
from chongdich.core.errors import NotFound
from chongdich.core.vietnamese import fold_words
from chongdich.domain.directives.models import Clause
from chongdich.domain.directives.queries import find_clauses
from chongdich.web.access import Request
from chongdich.web.api import shapes
from chongdich.web.api.answers import answers, needs
from chongdich.web.api.lists import Pages, page_of

router = Router(tags=["Văn bản"])


@router.get("/directives", response=answers(shapes.Page[shapes.DirectiveOut]), url_name="api_directives")
@needs("directives.read")
def directives(
    request: Request,
    paging: Pages,
    direction: Literal["in", "out"] | None = None,
    state: shapes.Line = "",
    q: shapes.Line = "",
) -> Any:
    """Documents that you may see, the newest first."""
    rows = find_visible_directives(request.desk).select_related("unit").defer("text", "reading", "content", "search")
    rows = rows.filter(direction=direction) if direction else rows
    rows = rows.filter(state=state) if state else rows
    for word in fold_words(q).split():
        rows = rows.filter(search__contains=word)
    return page_of(rows.order_by("-pk"), paging)


@router.post("/directives/file", response=answers(shapes.DirectiveDetail, 201), url_name="api_receive_file")
@needs("directives.receive")
def receive_file(request: Request, unit: Form[shapes.Id], file: UploadedFile = File(...)) -> Any:  # noqa: B008
    """Register a document given as a file. One that cannot be read is kept, and the answer says why (422)."""
    row = receive.receive_directive(request.desk, unit_id=unit, main=upload_of(file))
    return Status(201, get_visible_directive(request.desk, row.pk))


@router.get("/directives/{directive_id}", response=answers(shapes.DirectiveDetail), url_name="api_directive")
@needs("directives.read")
def directive(request: Request, directive_id: shapes.Id) -> Any:
    """One document with its text."""
    return get_visible_directive(request.desk, directive_id)


@router.get("/directives/{directive_id}/clauses", response=answers(list[shapes.ClauseOut]), url_name="api_clauses")
@needs("directives.read")
def clauses(request: Request, directive_id: shapes.Id) -> Any:
    """Its clauses in order, with the bodies they speak to."""
    return find_clauses(get_visible_directive(request.desk, directive_id).pk)


@router.post("/directives", response=answers(shapes.DirectiveDetail, 201), url_name="api_receive_text")
@needs("directives.receive")
def receive_text(request: Request, document: shapes.TextIn) -> Any:
    """Register a document given as text; the machine reads it next."""
    row = receive.receive_text(request.desk, unit_id=document.unit, text=document.text, name=document.name)
    return Status(201, get_visible_directive(request.desk, row.pk))


def upload_of(file: UploadedFile) -> Upload:
    """A file as the journeys take it."""
    return Upload((file.name or "tep")[:200], file.read(), (file.content_type or "application/octet-stream")[:80])


@router.post("/directives/{directive_id}/confirm", response=answers(shapes.DirectiveDetail), url_name="api_confirm")
@needs("directives.review")
def confirm(request: Request, directive_id: shapes.Id) -> Any:
    """Confirm the whole document: its tasks are given next."""
    get_visible_directive(request.desk, directive_id)
    review.confirm_directive(request.desk, directive_id=directive_id)
    return get_visible_directive(request.desk, directive_id)


def _clause(request: Request, clause_id: int) -> Clause:
    """A clause of a document that may be seen; NotFound otherwise."""
    found = Clause.objects.filter(pk=clause_id, directive__in=find_visible_directives(request.desk)).first()
    if found is None:
        raise NotFound("Không tìm thấy điều khoản này trong phạm vi của bạn.")
    return found


def _shown(clause_id: int) -> Clause:
    return Clause.objects.prefetch_related("units__unit").get(pk=clause_id)


@router.post("/clauses/{clause_id}/confirm", response=answers(shapes.ClauseOut), url_name="api_clause_confirm")
@needs("directives.review")
def confirm_clause(request: Request, clause_id: shapes.Id) -> Any:
    """Stand for a clause as it is now."""
    review.confirm_clause(request.desk, clause_id=_clause(request, clause_id).pk)
    return _shown(clause_id)


@router.post("/clauses/{clause_id}/drop", response=answers(shapes.ClauseOut), url_name="api_clause_drop")
@needs("directives.review")
def drop_clause(request: Request, clause_id: shapes.Id) -> Any:
    """Mark a paragraph as no instruction."""
    review.drop_clause(request.desk, clause_id=_clause(request, clause_id).pk)
    return _shown(clause_id)


@router.post("/clauses/{clause_id}/units", response=answers(shapes.ClauseOut), url_name="api_clause_units")
@needs("directives.review")
def set_clause_units(request: Request, clause_id: shapes.Id, units: shapes.ClauseUnitsIn) -> Any:
    """Say which bodies owe a clause and which help."""
    found = _clause(request, clause_id).pk
    review.set_clause_units(request.desk, clause_id=found, lead=units.lead, coordinating=units.coordinating)
    return _shown(clause_id)
