"""A document arrives: kept first, read into text, registered whole or not at all."""

from collections.abc import Sequence
from dataclasses import replace

from chongdich.application.desk import Desk
from chongdich.application.journeys.files import Upload, keep, keep_all
from chongdich.application.ports import ports
from chongdich.core.errors import Refused
from chongdich.domain.directives.facts import DirectiveReceived
from chongdich.domain.directives.models import Directive
from chongdich.domain.directives.operations import intake
from chongdich.domain.directives.queries import get_directive
from chongdich.registry.accounts.queries import find_holders
from chongdich.registry.inbox.operations import Telling, tell


def receive_directive(
    desk: Desk,
    *,
    unit_id: int,
    main: Upload,
    attachments: Sequence[Upload] = (),
    given_number: int | None = None,
    exchange_id: str = "",
    again: bool = False,
) -> Directive:
    """Register a document for a body. A file that cannot be read is kept with the reason, and Refused is raised.

    One that came over the exchange bears its identifier there and is registered once (Conflict).
    """
    desk.require("directives.receive", unit=unit_id)
    kept = keep(main, "source")
    others = keep_all(attachments, "attachment")
    try:
        text = text_of(main)
    except Refused as refusal:
        failed = replace(kept, role="failed", problem=str(refusal))
        intake.keep_failed_file(unit_id=unit_id, file=failed, by=desk.author)
        raise
    return intake.receive(
        unit_id=unit_id,
        text=text,
        files=[kept, *others],
        arrived_on=desk.today,
        given_arrival_number=given_number,
        exchange_id=exchange_id,
        again=again or bool(exchange_id),
        by=desk.author,
    )


def text_of(upload: Upload, *, ocr: bool = True) -> str:
    """The words of a file; Refused, naming file and place, when there are none to be had."""
    text: str = ports.extract(upload.data, upload.name, ocr=ocr).text
    if not text.strip():
        raise Refused("Không đọc được chữ nào trong tệp.", upload.name)
    return text


def receive_text(desk: Desk, *, unit_id: int, text: str, name: str = "van-ban.txt", again: bool = False) -> Directive:
    """A document pasted as text: the same path, with the text as its file."""
    desk.require("directives.receive", unit=unit_id)
    upload = Upload(name, text.encode(), "text/plain; charset=utf-8")
    return receive_directive(desk, unit_id=unit_id, main=upload, again=again)


def tell_office(desk: Desk, fact: DirectiveReceived) -> None:
    """A document that came by itself, from inside the house or by packet, is told to who reviews for the body."""
    desk.require("system.act")
    directive = get_directive(fact.directive_id)
    if not directive.exchange_id:
        return
    accounts = find_holders("directives.review", fact.unit_id, desk.today)
    tell(
        [
            Telling(
                account_id,
                f"received:{directive.pk}",
                "directive_received",
                f"Văn bản đến số {directive.arrival_number}",
                directive.subject,
                f"/van-ban/{directive.pk}/",
                mail=True,
            )
            for account_id in accounts
        ],
        at=desk.at,
    )
