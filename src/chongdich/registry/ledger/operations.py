"""Append to the ledger. Always inside the transaction that makes the fact true."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from chongdich.core.facts import Fact
from chongdich.core.identifiers import uuid7
from chongdich.registry.ledger.chain import COLUMNS, GENESIS, Link, link_hash
from chongdich.registry.ledger.models import Entry, Head, Settlement, Subject


@dataclass(frozen=True)
class Author:
    """Who writes, when, and because of which earlier entry. `entropy(n)` gives n random bytes."""

    account_id: int | None
    unit_id: int | None
    at: datetime
    entropy: Callable[[int], bytes]
    because_of: UUID | None = None


class Router:
    """Which journeys follow a kind of fact. The flow fills it in at start-up; the ledger itself knows no journey."""

    def __init__(self) -> None:
        self.journeys_of: Callable[[str], Sequence[str]] = lambda kind: ()


router = Router()


def record(fact: Fact, *, by: Author, about: Iterable[str] = (), occurred_at: datetime | None = None) -> Entry:
    """Append one fact; `about` names the records it concerns ("directive:41")."""
    return record_all([(fact, tuple(about))], by=by, occurred_at=occurred_at)[0]


def record_all(
    facts: Sequence[tuple[Fact, Sequence[str]]], *, by: Author, occurred_at: datetime | None = None
) -> list[Entry]:
    """Append many facts as one run of the chain, with their settlements. Needs an open transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a fact is recorded inside the transaction that makes it true")
    if not facts:
        return []
    head = _locked_head()
    entries = _chained(facts, by, occurred_at or by.at, head)
    Entry.objects.bulk_create(entries, batch_size=500)
    Head.objects.filter(pk=head.pk).update(seq=entries[-1].seq, hash=entries[-1].hash)
    Subject.objects.bulk_create(
        [Subject(entry=entry, subject=name) for entry, (_, about) in zip(entries, facts) for name in about],
        batch_size=500,
    )
    Settlement.objects.bulk_create(
        [Settlement(entry=entry, journey=journey, due_at=by.at)
         for entry in entries for journey in router.journeys_of(entry.kind)],
        batch_size=500,
    )  # fmt: skip
    return entries


def _locked_head() -> Head:
    """The head row, locked until commit where the database can (SQLite's transaction is exclusive already)."""
    rows = Head.objects.select_for_update() if connection.features.has_select_for_update else Head.objects
    return rows.get_or_create(pk=1, defaults={"seq": 0, "hash": GENESIS})[0]


def _chained(facts: Sequence[tuple[Fact, Sequence[str]]], by: Author, occurred_at: datetime, head: Head) -> list[Entry]:
    entries: list[Entry] = []
    seq, previous_hash = head.seq, head.hash
    for fact, about in facts:
        seq += 1
        link = Link(
            seq, uuid7(by.at, by.entropy(10)), fact.kind, fact.payload(), occurred_at, by.at,
            by.account_id, by.unit_id, by.because_of, tuple(about),
        )  # fmt: skip
        own_hash = link_hash(link, previous_hash)
        entries.append(Entry(**{name: getattr(link, name) for name in COLUMNS}, previous_hash=previous_hash,
                             hash=own_hash))  # fmt: skip
        previous_hash = own_hash
    return entries
