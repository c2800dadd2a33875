"""Ask the ledger."""

from collections.abc import Iterator
from uuid import UUID

from chongdich.core.facts import Fact
from chongdich.registry.ledger.chain import GENESIS, Break, Link, find_breaks
from chongdich.registry.ledger.models import Entry, Head, Settlement


def get_head() -> tuple[int, str]:
    """(seq, hash) of the last entry; (0, zeros) of an empty ledger."""
    row = Head.objects.filter(pk=1).values_list("seq", "hash").first()
    return row or (0, GENESIS)


def find_ledger_breaks() -> Iterator[Break]:
    """Every place where the chain does not hold; nothing when it holds."""
    rows = Entry.objects.order_by("seq").iterator(chunk_size=5000)
    return find_breaks(((_link(row), row.previous_hash, row.hash) for row in rows), get_head())


def _link(row: Entry) -> Link:
    return Link(**{name: getattr(row, name) for name in Link.__slots__})


def find_story(subject: str, limit: int = 200) -> list[Entry]:
    """The entries about one record, oldest first."""
    return list(Entry.objects.filter(subjects__subject=subject).order_by("seq")[:limit])


def find_consequences(entry_id: UUID) -> list[Entry]:
    """What was recorded because of an entry."""
    return list(Entry.objects.filter(because_of=entry_id).order_by("seq"))


def fact_of(entry: Entry) -> Fact:
    """The fact an entry holds, as its own type."""
    return Fact.kinds[entry.kind].from_payload(entry.payload)


def count_dead() -> int:
    """Settlements that stopped after too many attempts and wait for a person."""
    return Settlement.objects.filter(state=Settlement.State.DEAD).count()
