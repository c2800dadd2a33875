"""The tracing store follows the tables. Everything in it can be made again from them and from the files in the vault.

`StoreMark` says in the database how many rows of the store the tables know. Rows beyond it were left by a process that
died between the store and the database: they are withdrawn. Fewer rows, or no store where there should be one, is a
loss that is said aloud; `rebuild` makes the store anew, with the same row numbers, so that old evidence still points
at its rows.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection
from django.db.models import QuerySet

from chongdich.application.ports import ports
from chongdich.core.errors import Refused
from chongdich.domain.contacts.models import Batch, Presence, StoreMark, Venue
from chongdich.domain.contacts.nearness import class_of
from chongdich.domain.contacts.states import SOURCE
from chongdich.kernels.tracing.words import Presences
from chongdich.registry import vault

if TYPE_CHECKING:  # the compiled loops are loaded when the store is first opened
    from chongdich.kernels.tracing.store import TracingStore

EPOCH = datetime(2019, 12, 31, 17, 0, tzinfo=UTC)  # midnight of 1 January 2020 in Viet Nam
LOT = 1_000_000
SOURCES = {name: number for number, name in enumerate(SOURCE)}
_opened: dict[Path, "TracingStore"] = {}


class StoreLost(Refused):
    """The tracing store is not what the tables say it is."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Kho truy vết {what}; hãy dựng lại: chongdich presences rebuild.", "tracing", "store_lost")


def seconds(moment: datetime) -> int:
    """A moment as the store counts it."""
    return int((moment - EPOCH).total_seconds())


def moment(count: int) -> datetime:
    """The moment of a count of seconds."""
    return EPOCH + timedelta(seconds=int(count))


def locked_mark() -> StoreMark:
    """The mark, locked until commit where the database can: one tracing at a time."""
    rows = StoreMark.objects.select_for_update() if connection.features.has_select_for_update else StoreMark.objects
    return rows.get_or_create(pk=1)[0]


def catch_up(at: datetime) -> "TracingStore | None":
    """The store with everything the tables know; None while nobody was ever anywhere. Needs an open transaction.

    Raises StoreLost.
    """
    mark = locked_mark()
    if not mark.rows and not _anything_waits():
        return None
    store = open_store(mark)
    _drop_unknown(store, mark)
    _take_venues(store)
    _take_presences(store)
    _take_batches(store)
    now = store.manifest()
    if (mark.rows, mark.version) != (now.rows, now.version) or mark.problem:
        StoreMark.objects.filter(pk=mark.pk).update(rows=now.rows, version=now.version, problem="", checked_at=at)
    return store


def _anything_waits() -> bool:
    return Presence.objects.filter(row=None, superseded=False).exists() or _waiting_batches().exists()


def _waiting_batches() -> QuerySet[Batch]:
    return Batch.objects.filter(first_row=None, withdrawn=False).order_by("pk")


def reopen() -> "TracingStore":
    """The store as it stands on the disk now, whatever was open before."""
    from chongdich.kernels.tracing.store import TracingStore

    folder = ports.tracing_folder()
    _opened[folder] = TracingStore(folder)
    return _opened[folder]


def open_store(mark: StoreMark) -> "TracingStore":
    """The store the tables speak of, made when it should be empty; StoreLost when it is not what they say."""
    from chongdich.kernels.tracing.store import TracingStore

    folder = ports.tracing_folder()
    if not (folder / "MANIFEST.json").exists():
        if mark.rows:
            raise StoreLost("không còn")
        _opened.pop(folder, None)
        return _opened.setdefault(folder, TracingStore.create(folder, epoch=EPOCH.isoformat()))
    try:
        store = _opened.setdefault(folder, TracingStore(folder))
        rows = store.manifest().rows
    except (Refused, OSError, ValueError, KeyError, TypeError, json.JSONDecodeError) as error:
        _opened.pop(folder, None)
        raise StoreLost(f"bị hỏng ({type(error).__name__})") from error
    if rows < mark.rows:
        raise StoreLost(f"chỉ còn {rows} trong {mark.rows} dòng")
    return store


def _drop_unknown(store: "TracingStore", mark: StoreMark) -> None:
    extra = range(mark.rows, store.manifest().rows)
    if extra:
        store.withdraw(extra)


def _take_venues(store: "TracingStore") -> None:
    rows = list(Venue.objects.filter(kept=False).values_list("pk", "closed", "distance_m", "lag_minutes"))
    if rows:
        store.set_distance({pk: class_of(closed=closed, distance_m=metres, lag_minutes=lag)
                            for pk, closed, metres, lag in rows})  # fmt: skip
        Venue.objects.filter(kept=False).update(kept=True)


COLUMNS = ("pk", "person_id", "venue_id", "since", "until", "source", "certainty", "masked", "supersedes__row")


def _take_presences(store: "TracingStore") -> None:
    """New rows in, corrected and withdrawn ones silenced."""
    new = list(Presence.objects.filter(row=None, superseded=False).order_by("pk").values_list(*COLUMNS))
    if new:
        replaced = {row[-1]: at for at, row in enumerate(new) if row[-1] is not None}
        numbers = store.append(as_presences(new), replaced)
        _write_numbers([row[0] for row in new], numbers)
        Presence.objects.filter(row__in=list(replaced)).update(silent=True)
    gone = Presence.objects.filter(superseded=True, silent=False)
    rows = [row for row in gone.exclude(row=None).values_list("row", flat=True) if row is not None]
    if rows:
        store.withdraw(rows)
    if rows or new:
        gone.update(silent=True)


def _write_numbers(keys: list[int], numbers: range) -> None:
    for start in range(0, len(keys), 500):
        lot = [Presence(pk=pk, row=row) for pk, row in zip(keys[start : start + 500], numbers[start : start + 500])]
        Presence.objects.bulk_update(lot, ["row"])


def as_presences(rows: list[tuple]) -> Presences:
    """Rows of `COLUMNS`, whatever follows these, as columns."""
    mask = {None: -1, False: 0, True: 1}
    return Presences(
        person=np.array([row[1] for row in rows], np.int64),
        place=np.array([row[2] for row in rows], np.int64),
        start=np.array([seconds(row[3]) for row in rows], np.int64),
        end=np.array([seconds(row[4]) for row in rows], np.int64),
        source=np.array([SOURCES[row[5]] for row in rows]),
        certainty=np.array([round(100 * row[6]) for row in rows]),
        mask=np.array([mask[row[7]] for row in rows]),
    )


def _take_batches(store: "TracingStore") -> None:
    for batch in _waiting_batches():
        first = store.manifest().rows
        for part in read_batch(batch):
            store.append(part)
        Batch.objects.filter(pk=batch.pk).update(first_row=first)


def read_batch(batch: Batch) -> Iterator[Presences]:
    """The rows of a file in the vault."""
    from chongdich.kernels.tracing.importing import read

    with NamedTemporaryFile(suffix=Path(batch.name).suffix.lower()) as file:
        file.write(vault.fetch(batch.sha256))
        file.flush()
        for part in read(Path(file.name), batch.columns, EPOCH, LOT):
            yield Presences(part.person, part.place, part.start, part.end, np.full(len(part), SOURCES[batch.source]),
                            part.certainty, part.mask)  # fmt: skip
