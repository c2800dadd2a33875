"""Make the tracing store anew from the tables and the vault, row for row, and look whether it is sound."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from django.db import transaction

from chongdich.application.ports import ports
from chongdich.application.tracing import keeping
from chongdich.domain.contacts.models import Batch, Presence, StoreMark, Venue
from chongdich.domain.contacts.nearness import class_of
from chongdich.kernels.tracing.words import Presences

if TYPE_CHECKING:
    from chongdich.kernels.tracing.store import TracingStore

LOT = 100_000
NOBODY = {"person": 0, "place": 0, "start": 0, "end": 0}


@transaction.atomic
def rebuild(at: datetime) -> int:
    """Write a store beside the old one and put it in its place; how many rows it has.

    Rows keep their numbers, so that evidence still points at them. Numbers that no table knows are filled with rows
    that count for nothing. The old folder, if any, is kept under another name.
    """
    from chongdich.kernels.tracing.store import TracingStore

    mark = keeping.locked_mark()
    folder = ports.tracing_folder()
    fresh = folder.with_name(f"{folder.name}.fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    store = TracingStore.create(fresh, epoch=keeping.EPOCH.isoformat())
    silent = _write(store)
    if silent:
        store.withdraw(silent)
    distances = _distances()
    if distances:
        store.set_distance(distances)
        Venue.objects.filter(kept=False).update(kept=True)
    store.seal()
    _swap(folder, fresh)
    now = keeping.reopen().manifest()
    Presence.objects.filter(superseded=True, silent=False).exclude(row=None).update(silent=True)
    StoreMark.objects.filter(pk=mark.pk).update(rows=now.rows, version=now.version, problem="", checked_at=at)
    return now.rows


def _distances() -> dict[int, int]:
    rows = Venue.objects.values_list("pk", "closed", "distance_m", "lag_minutes")
    return {pk: class_of(closed=closed, distance_m=metres, lag_minutes=lag) for pk, closed, metres, lag in rows}


def _write(store: "TracingStore") -> list[int]:
    """Every numbered row in order; the numbers that count for nothing."""
    silent: list[int] = []
    for first, rows, gone in _blocks():
        gap = first - store.manifest().rows
        if gap:
            silent += list(store.append(Presences(**{name: np.zeros(gap, np.int32) for name in NOBODY})))
        store.append(rows)
        silent += gone
    return silent


def _blocks() -> Iterator[tuple[int, Presences, list[int]]]:
    """(first number, rows, withdrawn numbers), ascending: runs of the table and whole files of the vault."""
    batches = list(Batch.objects.exclude(first_row=None).order_by("first_row"))
    since = 0
    for batch in batches:
        first = batch.first_row or 0
        yield from _of_table(since, first)
        at = first
        for part in keeping.read_batch(batch):
            yield at, part, list(range(at, at + len(part))) if batch.withdrawn else []
            at += len(part)
        since = at
    yield from _of_table(since, None)


def _of_table(since: int, until: int | None) -> Iterator[tuple[int, Presences, list[int]]]:
    found = Presence.objects.filter(row__gte=since).order_by("row")
    found = found.filter(row__lt=until) if until is not None else found
    run: list[tuple] = []
    for one in found.values_list(*keeping.COLUMNS, "row", "superseded").iterator(chunk_size=5000):
        if run and (one[-2] != run[-1][-2] + 1 or len(run) >= LOT):
            yield _run(run)
            run = []
        run.append(one)
    if run:
        yield _run(run)


def _run(rows: list[tuple]) -> tuple[int, Presences, list[int]]:
    return rows[0][-2], keeping.as_presences(rows), [row[-2] for row in rows if row[-1]]


def _swap(folder: Path, fresh: Path) -> None:
    if folder.exists():
        old = folder.with_name(f"{folder.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        folder.rename(old)
    fresh.rename(folder)


def check(at: datetime) -> str:
    """What is wrong with the store, in words; empty when all is well. Kept for `doctor` and the screens."""
    mark = StoreMark.objects.filter(pk=1).first()
    if mark is None or not mark.rows:
        return ""
    try:
        damaged = keeping.open_store(mark).check()
        problem = f"Tệp hỏng trong kho truy vết: {'; '.join(damaged)}"[:300] if damaged else ""
    except keeping.StoreLost as lost:
        problem = lost.message
    StoreMark.objects.filter(pk=mark.pk).update(problem=problem, checked_at=at)
    return problem


def look() -> tuple[str, str]:
    """(how many rows the store holds, what is wrong with it), without reading its files through."""
    mark = StoreMark.objects.filter(pk=1).first()
    if mark is None or not mark.rows:
        return "chưa có thông tin có mặt", ""
    try:
        keeping.open_store(mark)
    except keeping.StoreLost as lost:
        return "", lost.message
    return f"{mark.rows} dòng, phiên bản {mark.version}", mark.problem
