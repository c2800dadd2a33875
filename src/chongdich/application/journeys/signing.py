"""Signatures are facts: a person with the right signs exactly what stands there."""

import hashlib
import json

from chongdich.application.desk import Desk
from chongdich.application.journeys.drafting import own_body
from chongdich.core.errors import Conflict
from chongdich.domain.directives.facts import DirectiveSentBack, DirectiveSigned, DirectiveSubmitted
from chongdich.domain.directives.models import Directive
from chongdich.domain.directives.operations import outgoing
from chongdich.domain.directives.queries import get_directive
from chongdich.registry.accounts.queries import find_holders
from chongdich.registry.inbox.operations import Telling, tell


def sign_directive(desk: Desk, *, directive_id: int, version: int | None = None) -> Directive:
    """Sign a document that was submitted. The hash of its content goes into the ledger."""
    directive = get_directive(directive_id)
    desk.require("directives.sign", unit=directive.unit_id)
    own_body(desk.actor, "directives.sign", directive.unit_id)
    if desk.actor.account_id in find_writers(directive):
        raise Conflict("Người soạn không tự ký văn bản của mình.")
    return outgoing.sign(
        directive_id=directive_id,
        sha256=content_hash(directive),
        signatory=desk.actor.name,
        signatory_title=(directive.content or {}).get("document", {}).get("signatory", {}).get("title", ""),
        version=version,
        by=desk.author,
    )


def content_hash(directive: Directive) -> str:
    """SHA-256 of the canonical JSON of an outgoing document's content."""
    return hashlib.sha256(json.dumps(directive.content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def find_writers(directive: Directive) -> set[int | None]:
    """Every account that wrote a version of a document; None for the machine is no writer."""
    written = directive.versions.exclude(note__startswith=outgoing.SENT_BACK).exclude(by=None)
    return set(written.values_list("by", flat=True))


def find_judge(directive: Directive) -> str:
    """Who may send a document back: the signer, and once it is signed the clerk who checks its form."""
    return "directives.issue" if directive.state == "signed" else "directives.sign"


def send_back_draft(desk: Desk, *, directive_id: int, note: str) -> Directive:
    """Not signed, or signed with a fault of form: back to the drafter with a reason."""
    directive = get_directive(directive_id)
    permission = find_judge(directive)
    desk.require(permission, unit=directive.unit_id)
    own_body(desk.actor, permission, directive.unit_id)
    return outgoing.send_back(directive_id=directive_id, note=note, by=desk.author)


def tell_signers(desk: Desk, fact: DirectiveSubmitted) -> None:
    """Who may sign for the body learns that a document waits."""
    desk.require("system.act")
    _tell_holders(desk, "directives.sign", fact.unit_id, fact.directive_id, "Văn bản chờ ký")


def tell_clerks(desk: Desk, fact: DirectiveSigned) -> None:
    """The clerks learn that a document is signed and waits for its number."""
    desk.require("system.act")
    _tell_holders(desk, "directives.issue", fact.unit_id, fact.directive_id, "Văn bản đã ký, chờ phát hành")


def tell_drafter(desk: Desk, fact: DirectiveSentBack) -> None:
    """The drafter learns that a document came back."""
    desk.require("system.act")
    directive = get_directive(fact.directive_id)
    if directive.created_by is not None:
        why = directive.versions.filter(note__startswith=outgoing.SENT_BACK).order_by("-order").first()
        reason = why.note.removeprefix(outgoing.SENT_BACK).capitalize() if why else ""
        _tell(desk, [directive.created_by], directive, "Văn bản bị trả lại", f"Lý do: {reason}" if reason else "")


def _tell_holders(desk: Desk, permission: str, unit_id: int, directive_id: int, word: str) -> None:
    _tell(desk, find_holders(permission, unit_id, desk.today), get_directive(directive_id), word)


def _tell(desk: Desk, accounts: list[int], directive: Directive, word: str, body: str = "") -> None:
    tell(
        [
            Telling(
                account_id,
                f"signing:{desk.because_of}",
                "signing",
                f"{word}: {directive.subject[:160]}",
                body,
                f"/van-ban/{directive.pk}/di/",
                mail=True,
            )
            for account_id in accounts
        ],
        at=desk.at,
    )
