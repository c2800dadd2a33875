"""Ask the ledger."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from chongdich.core.facts import Fact
from chongdich.registry.ledger.chain import COLUMNS, GENESIS, Break, Link, find_breaks
from chongdich.registry.ledger.models import Entry, Head, Settlement, Subject
from chongdich.registry.ledger.sealing import find_history_breaks


def get_head() -> tuple[int, str]:
    """(seq, hash) of the last entry; (0, zeros) of an empty ledger."""
    row = Head.objects.filter(pk=1).values_list("seq", "hash").first()
    return row or (0, GENESIS)


def find_ledger_breaks() -> Iterator[Break]:
    """Every place where the chain, its subjects or the sealed history do not hold; nothing when all holds.

    Entries that others append meanwhile are left for the next time.
    """
    head = get_head()
    yield from find_breaks(_chained(head[0]), head)
    beyond = Entry.objects.filter(seq__gt=Head.objects.filter(pk=1).values("seq")).order_by("seq")
    yield from (Break(row.seq, "dòng thêm sau mắt xích cuối") for row in beyond)
    yield from find_history_breaks()


def _chained(last: int) -> Iterator[tuple[Link, str, str]]:
    about = _subjects(last)
    waiting = next(about, None)
    for row in Entry.objects.filter(seq__lte=last).order_by("seq").iterator(chunk_size=5000):
        while waiting and waiting[0] < row.seq:
            waiting = next(about, None)
        names = waiting[1] if waiting and waiting[0] == row.seq else ()
        yield Link(**{name: getattr(row, name) for name in COLUMNS}, about=names), row.previous_hash, row.hash


def _subjects(last: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    rows = Subject.objects.filter(entry__lte=last).order_by("entry_id").values_list("entry_id", "subject")
    for seq, each in groupby(rows.iterator(chunk_size=5000), key=itemgetter(0)):
        yield seq, tuple(subject for _, subject in each)


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
