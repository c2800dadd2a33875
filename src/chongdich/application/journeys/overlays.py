"""The province's own rule enters the law at run time: checked against the tables, kept with who decided and when."""

from datetime import date
from typing import Any

from chongdich.application.desk import Desk
from chongdich.core.errors import Refused
from chongdich.registry.local_law import operations
from chongdich.registry.local_law.models import LocalRule
from chongdich.regulations import Law, Overlay


def record_overlay(
    desk: Desk, *, number: str, signed_on: date, signatory: str, editions: dict[str, dict[str, Any]], issuer: str = ""
) -> LocalRule:
    """Lay a document's editions over the law, for every decision from now on; open contacts are looked at again.

    `editions`: table ("quarantine/contact") -> edition as in the tables' YAML, with `since` and `value` or `rows`.
    Refused for a table, condition or answer that does not exist, a day in the future, a document without number or
    signatory.
    """
    desk.require("law.record")
    if signed_on > desk.today:
        raise Refused("Ngày ký ở tương lai.", "signed_on")
    if not editions:
        raise Refused("Chưa có quy định nào.", "editions")
    overlay = Overlay.province(
        number=number, signed_on=signed_on, signatory=signatory, issuer=issuer, editions=editions
    )  # fmt: skip
    since = min(_since(table, edition) for table, edition in editions.items())
    Law.shipped().with_overlay(overlay)
    return operations.record_rule(overlay=overlay, signed_on=signed_on, since=since, by=desk.author)


def _since(table: str, edition: dict[str, Any]) -> date:
    try:
        return date.fromisoformat(str(edition["since"]))
    except (KeyError, ValueError) as error:
        raise Refused("Quy định phải ghi áp dụng từ ngày nào (since).", table) from error


def withdraw_overlay(desk: Desk, *, rule_id: int) -> LocalRule:
    """A rule recorded by mistake, or no longer in force, counts no longer."""
    desk.require("law.record")
    return operations.withdraw_rule(rule_id=rule_id, by=desk.author)
