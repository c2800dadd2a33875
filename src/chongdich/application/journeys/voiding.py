"""A document registered wrongly, or twice, is struck out; a second copy is kept beside the first."""

from collections.abc import Sequence

from chongdich.application.desk import Desk
from chongdich.application.journeys.files import Upload, keep_all
from chongdich.application.lenses.boards import get_visible_directive
from chongdich.core.errors import NotFound, Refused
from chongdich.domain.directives.models import Directive
from chongdich.domain.directives.operations import outgoing, voiding


def void_directive(desk: Desk, *, directive_id: int, reason: str) -> Directive:
    """Strike a document received out of the register; its open tasks are cancelled and their units told."""
    directive = get_visible_directive(desk, directive_id)
    desk.require("directives.review", unit=directive.unit_id)
    _incoming(directive)
    return voiding.void(directive_id=directive_id, reason=reason, by=desk.author)


def merge_into(desk: Desk, *, directive_id: int, other_id: int) -> Directive:
    """This one is a second copy: its files go beside the other one's, and it is struck out."""
    directive, other = get_visible_directive(desk, directive_id), get_visible_directive(desk, other_id)
    desk.require("directives.review", unit=directive.unit_id)
    _check_pair(directive, other)
    reason = f"Trùng với văn bản số đến {other.arrival_number}"
    return voiding.merge(directive_id=directive.pk, into_id=other.pk, reason=reason, by=desk.author)


def replace_other(desk: Desk, *, directive_id: int, other_id: int) -> Directive:
    """This one stands; the one registered before is struck out with its open tasks."""
    directive, other = get_visible_directive(desk, directive_id), get_visible_directive(desk, other_id)
    desk.require("directives.review", unit=other.unit_id)
    _check_pair(directive, other)
    reason = f"Thay bằng văn bản số đến {directive.arrival_number}"
    return voiding.void(directive_id=other.pk, reason=reason, instead_id=directive.pk, by=desk.author)


def attach_copy(desk: Desk, *, directive_id: int, uploads: Sequence[Upload]) -> Directive:
    """Files that came again for a document already registered are kept as its attachments."""
    directive = get_visible_directive(desk, directive_id)
    desk.require("directives.receive", unit=directive.unit_id)
    _incoming(directive)
    outgoing.keep_added_files(directive_id=directive.pk, files=keep_all(uploads, "attachment"), by=desk.author)
    return directive


def _check_pair(directive: Directive, other: Directive) -> None:
    """Two different documents in one body's register."""
    if directive.pk == other.pk or directive.unit_id != other.unit_id:
        raise Refused("Hai văn bản phải khác nhau và ở cùng một sổ.", "other")
    for one in (directive, other):
        _incoming(one)


def _incoming(directive: Directive) -> None:
    if directive.direction != Directive.Direction.INCOMING:
        raise NotFound("Chỉ làm được với văn bản đến.")
