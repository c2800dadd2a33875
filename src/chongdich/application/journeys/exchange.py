"""Between instances, and inside the house: documents come in once, and their senders learn what became of them."""

import logging
from datetime import datetime

from django.db import transaction

from chongdich.application.desk import Desk
from chongdich.application.journeys.files import Upload, keep_all
from chongdich.application.journeys.issuing import EDXML, withdraw_received
from chongdich.application.journeys.receive import receive_directive
from chongdich.application.packets import Answer, Arrival, Purpose
from chongdich.application.ports import ports
from chongdich.core.errors import Conflict, NotFound, Refused
from chongdich.core.facts import Fact
from chongdich.domain.directives.models import Delivery, Directive, Task
from chongdich.domain.directives.operations import outgoing
from chongdich.domain.directives.queries import find_deliveries
from chongdich.domain.directives.rules import answer_code
from chongdich.registry.accounts.queries import find_members_of
from chongdich.registry.inbox.operations import Telling, tell
from chongdich.registry.ledger.models import Entry

log = logging.getLogger(__name__)
INSIDE = "inside:"
ENDED = ("withdrawn", "voided")  # no longer in force here, so that a recall finds nothing left to do


def answer_sender(desk: Desk, fact: Fact) -> None:
    """Tell the sender of a document received how it fares here, when that is news."""
    desk.require("system.act")
    directive = _received(fact)
    if directive is None or not directive.exchange_id:
        return
    given = Task.objects.filter(directive=directive, giver=directive.unit_id, parent=None)
    code = answer_code(directive.state, given.values_list("state", flat=True).distinct())
    if code == _last_answer(directive):
        return
    outgoing.answer_sender(directive_id=directive.pk, status=code, by=desk.author)
    reason = _why_not(directive) if code == "02" else ""
    if directive.exchange_id.startswith(INSIDE):
        _note_inside(desk, directive, code, reason)
    else:
        ports.send_answer(Answer(directive.exchange_id, code, _cause_at(desk), reason))


def _why_not(directive: Directive) -> str:
    said = directive.reading or {}
    return str(said.get("refused") or (said.get("voided") or {}).get("reason", ""))


def _received(fact: Fact) -> Directive | None:
    directive_id = getattr(fact, "directive_id", None)
    task_id = getattr(fact, "task_id", None)
    rows = Directive.objects.filter(direction=Directive.Direction.INCOMING)
    return rows.filter(pk=directive_id).first() if directive_id else rows.filter(tasks=task_id or 0).first()


def _last_answer(directive: Directive) -> str:
    told = Entry.objects.filter(subjects__subject=f"directive:{directive.pk}", kind="SenderAnswered").order_by("-seq")
    last = told.first()
    return str(last.payload["status"]) if last else ""


def _note_inside(desk: Desk, directive: Directive, code: str, note: str) -> None:
    for delivery in Delivery.objects.filter(incoming=directive):
        outgoing.note_status(
            directive_id=delivery.directive_id, unit_id=delivery.unit_id, status=code, note=note, by=desk.author
        )


def _cause_at(desk: Desk) -> datetime:
    """When the cause was recorded: an answer sent again after a crash is the same packet."""
    cause = Entry.objects.filter(id=desk.because_of).first() if desk.because_of else None
    return cause.recorded_at if cause else desk.at


def take_packets(desk: Desk) -> int:
    """Take in what waits on the exchange; how many packets were dealt with.

    A packet is acknowledged after what it brought is in the books, so a crash between the two brings it again, and
    the books know it: nothing is lost and nothing is there twice. One that cannot be used is put aside with a reason.
    """
    desk.require("system.act")
    count = 0
    for arrival in ports.arrivals(desk.at):
        try:
            _take(desk, arrival)
        except Refused as refusal:
            _put_aside(desk, arrival, refusal)
        else:
            ports.acknowledge(arrival.name)
        count += 1
    return count


def _put_aside(desk: Desk, arrival: Arrival, refusal: Refused) -> None:
    log.warning("packet %s put aside: %s", arrival.name, refusal)
    if arrival.purpose in (Purpose.NEW, Purpose.REPLACE):
        ports.send_answer(Answer(arrival.document_id, "02", arrival.at, str(refusal)[:300]))
    ports.put_aside(arrival.name, str(refusal))


def _take(desk: Desk, arrival: Arrival) -> None:
    steps = {
        Purpose.NEW: _take_new,
        Purpose.REPLACE: _take_replacement,
        Purpose.RECALL: _take_recall,
        Purpose.UPDATE: _take_update,
        Purpose.STATUS: _take_status,
    }
    steps[arrival.purpose](desk, arrival)


def _own_units() -> tuple[int, ...]:
    units: tuple[int, ...] = ports.exchange_state().unit_ids
    return units


def _held(document_id: str) -> Directive | None:
    rows = Directive.objects.filter(direction=Directive.Direction.INCOMING, unit__in=_own_units())
    return rows.filter(exchange_id=document_id).first()


def _take_new(desk: Desk, arrival: Arrival) -> None:
    if _held(arrival.document_id):
        return
    units = _own_units()
    if not units:
        raise Refused("Chưa khai báo đơn vị nào của hệ thống này nhận gói tin (partners.json).", arrival.name)
    main = Upload(arrival.name, arrival.data, EDXML)
    try:
        receive_directive(desk, unit_id=units[0], main=main, attachments=arrival.files, exchange_id=arrival.document_id)
    except Conflict:  # another worker took it in meanwhile
        return


def _take_replacement(desk: Desk, arrival: Arrival) -> None:
    _take_new(desk, arrival)
    for document_id in arrival.replaces:
        old = _held(document_id)
        agreed = bool(old) and (withdraw_received(desk, old.pk) or old.state in ENDED)  # type: ignore[union-attr]
        _answer_change(arrival, document_id, agreed, "Không có văn bản được thay thế.")


def _take_recall(desk: Desk, arrival: Arrival) -> None:
    held = _held(arrival.document_id)
    agreed = held is not None and (withdraw_received(desk, held.pk) or held.state in ENDED)
    _answer_change(arrival, arrival.document_id, agreed, "Văn bản không có hoặc không còn thu hồi được ở đây.")


def _take_update(desk: Desk, arrival: Arrival) -> None:
    """The new content is kept beside the old, and people are told to look: what was assigned is theirs to change."""
    held = _held(arrival.document_id)
    if held is not None:
        with transaction.atomic():
            files = keep_all([Upload(arrival.name, arrival.data, EDXML), *arrival.files], "attachment")
            outgoing.keep_added_files(directive_id=held.pk, files=files, by=desk.author)
            _tell_updated(desk, held, arrival)
    _answer_change(arrival, arrival.document_id, held is not None, "Không có văn bản này ở đây.")


def _answer_change(arrival: Arrival, document_id: str, agreed: bool, otherwise: str) -> None:
    answer = Answer(document_id, "15" if agreed else "16", arrival.at, "" if agreed else otherwise)
    ports.send_answer(answer)


def _tell_updated(desk: Desk, held: Directive, arrival: Arrival) -> None:
    members = find_members_of([held.unit_id], desk.today).get(held.unit_id, [])
    word = f"Bên gửi cập nhật văn bản {held.number}/{held.symbol}"
    tell(
        [
            Telling(account_id, f"updated:{arrival.name}", "updated", word, arrival.reason, f"/van-ban/{held.pk}/")
            for account_id in members
        ],
        at=desk.at,
    )


def _take_status(desk: Desk, arrival: Arrival) -> None:
    rows = Directive.objects.filter(direction=Directive.Direction.OUTGOING, unit__in=_own_units())
    sent = rows.filter(exchange_id=arrival.document_id).first()
    if sent is None:
        raise NotFound("Không gửi văn bản nào như gói tin trạng thái này nói.", arrival.document_id)
    mine = [row for row in find_deliveries(sent.pk) if _is_at(row, arrival.sender.organ_id)]
    if not mine:
        raise NotFound(f"Văn bản này không được gửi cho {arrival.sender.name}.", arrival.document_id)
    for row in mine:
        outgoing.note_status(
            directive_id=sent.pk, unit_id=row.unit_id, status=arrival.status, note=arrival.reason, by=desk.author
        )


def _is_at(delivery: Delivery, organ_id: str) -> bool:
    partner = ports.partner_of(delivery.unit)
    return partner is not None and partner.organ_id == organ_id
