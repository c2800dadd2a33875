"""A document as files: its pages as pictures, PDF, .docx, edXML."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from chongdich.application.journeys.issuing import DOCX, EDXML, PDF, file_name, find_made_files, issued_document
from chongdich.application.lenses.outgoing import ISSUED, get_outgoing
from chongdich.application.packets import Partner, Sending
from chongdich.application.ports import ports
from chongdich.core.errors import Conflict, NotFound
from chongdich.domain.directives.models import Directive
from chongdich.web.access import Request, page
from chongdich.web.pages.outgoing.paper import pdf_of, picture_of


@page("directives.read")
@require_safe
def page_image(request: Request, directive_id: int, number: int) -> HttpResponse:
    """One page as a picture."""
    directive = get_outgoing(request.desk, directive_id)
    return HttpResponse(picture_of(directive, number), content_type="image/png")


@page("directives.read")
@require_safe
def download(request: Request, directive_id: int, form: str) -> HttpResponse:
    """The document as a file to save."""
    directive = get_outgoing(request.desk, directive_id)
    if form not in ("pdf", "docx", "edxml"):
        raise NotFound("Không có dạng tệp này.")
    name = f"{file_name(directive)}.{form}"
    if form == "pdf":
        return _saved(pdf_of(directive), PDF, name)
    if form == "docx":
        return _saved(find_made_files(directive)[1].data, DOCX, name)
    return _saved(_packet(directive), EDXML, name)


def _packet(directive: Directive) -> bytes:
    if directive.state not in ISSUED:
        raise Conflict("Chỉ văn bản đã phát hành mới có gói edXML.")
    state = ports.exchange_state()
    partner = next(iter(state.partners), None) or Partner(0, state.organ_id or "000.00.00", "")
    files = tuple(find_made_files(directive))
    at = directive.issued_at or directive.created_at
    return ports.write_packet(Sending(issued_document(directive), partner, at, files=files))


def _saved(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
