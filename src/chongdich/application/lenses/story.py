"""One record's story: what happened, by whom, because of what; told from the ledger."""

from dataclasses import dataclass
from datetime import datetime

from chongdich.core.facts import Fact
from chongdich.registry.accounts.models import Account
from chongdich.registry.ledger.models import Entry
from chongdich.registry.ledger.queries import find_story


@dataclass(frozen=True)
class Event:
    """One line of a story; `by` is a name, or "Hệ thống" when it followed by rule."""

    at: datetime
    title: str
    by: str
    kind: str
    seq: int
    because_of: str = ""


def get_story(subject: str, limit: int = 200) -> list[Event]:
    """The events of a record, oldest first. Three queries however long."""
    entries = find_story(subject, limit)
    names = dict(
        Account.objects.filter(pk__in={row.account_id for row in entries if row.account_id}).values_list(
            "pk", "display_name"
        )
    )
    causes = _titles({row.because_of for row in entries if row.because_of})
    return [
        Event(
            row.recorded_at,
            title_of(row),
            names.get(row.account_id or 0, "Hệ thống"),
            row.kind,
            row.seq,
            causes.get(row.because_of, ""),
        )
        for row in entries
    ]


def title_of(entry: Entry) -> str:
    """What an entry says, in Vietnamese."""
    kind = Fact.kinds.get(entry.kind)
    return (kind.label if kind else "") or entry.kind


def _titles(ids: set) -> dict:
    return {row.id: title_of(row) for row in Entry.objects.filter(id__in=ids)} if ids else {}
