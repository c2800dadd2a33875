"""The store of presences: a folder, no server. Batches are added, never changed; a correction supersedes a row.

    MANIFEST.json               what counts now; replaced as a whole, after everything it names is on the disk
    journal-*.parquet           the rows as they came (the truth)
    superseded-*.parquet        rows that no longer count, and what took their place
    segment-*.bin               two sorted copies of some rows, memory-mapped: sealed by span of days, or recent
    distance-*.npy              the distance class of each place

One writer at a time (a lock on the folder), any number of readers. A reader sees a new batch at its next `snapshot()`.
"""

import fcntl
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from threading import Event, Lock, RLock

import numpy as np

from chongdich.core.errors import Conflict, NotFound, Refused

from . import files, journal, scan
from .engine import Snapshot
from .index import END, Segment, build, contents
from .words import NEVER, UNKNOWN_DISTANCE, Presences

MOST_ROWS = 2**31 - 1
DAY = 86_400
KINDS = ("journal-", "superseded-", "segment-", "distance-")


@dataclass(frozen=True)
class Manifest:
    """What counts at one version. `segments` maps a file to its span of days, None while recent."""

    version: int = 0
    layout: int = files.LAYOUT
    epoch: str = "2020-01-01T00:00:00+07:00"
    span_days: int = 31
    rows: int = 0
    journals: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    segments: Mapping[str, int | None] = field(default_factory=dict)
    distance: str = ""

    def names(self) -> set[str]:
        return {*self.journals, *self.superseded, *self.segments, self.distance} - {""}


class TracingStore:
    """Presences in a folder. Times are seconds after `epoch`, which is only remembered here, never interpreted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not (folder / "MANIFEST.json").exists():
            raise NotFound("Chưa có kho truy vết ở thư mục này.", str(folder))
        self._lock, self._one_writer, self._stamp = RLock(), Lock(), (0, 0)
        self._opened: dict[str, tuple[int, Segment]] = {}
        self._known: tuple[tuple[str, ...], np.ndarray] = ((), np.zeros((0, 4), np.int64))
        self._now: tuple[Manifest, Snapshot] | None = None
        if self._read().layout != files.LAYOUT:  # written by an earlier release: the journal is the truth
            self.rebuild()

    @classmethod
    def create(cls, folder: Path, epoch: str = Manifest.epoch, span_days: int = 31) -> "TracingStore":
        """A new, empty store, sealed by spans of so many days; refused where one exists."""
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / "MANIFEST.json").exists():
            raise Conflict("Thư mục này đã có kho truy vết.", str(folder))
        files.replace(folder / "MANIFEST.json", json.dumps(asdict(Manifest(epoch=epoch, span_days=span_days))).encode())
        return cls(folder)

    # --- asking

    def manifest(self) -> Manifest:
        return self._current()[0]

    def snapshot(self) -> Snapshot:
        """Everything visible now, ready for `engine.trace`; it stays as it is while the store goes on."""
        return self._current()[1]

    def presences(self, version: int | None = None) -> Presences:
        """The rows that counted at a version (default: now), read from the journal: the proof of a year ago."""
        now = self.manifest()
        return self._known_at(now, now.version if version is None else version)

    def _known_at(self, now: Manifest, version: int) -> Presences:
        rows = journal.read_rows(self._paths(now.journals), version)
        return rows.take(~np.isin(rows.row, journal.read_superseded(self._paths(now.superseded), version)[:, 0]))

    def check(self) -> list[str]:
        """Segment files that are damaged, with the columns; `rebuild` makes them anew."""
        found = {name: files.damaged(self.folder / name) for name in self.manifest().segments}
        return [f"{name}: {', '.join(columns)}" for name, columns in found.items() if columns]

    # --- writing

    def append(self, presences: Presences, supersedes: Mapping[int, int] | None = None) -> range:
        """Add rows and make them visible; returns their numbers. `supersedes`: old row → index of the new row."""
        with self._writing() as now:
            numbers = range(now.rows, now.rows + len(presences))
            if numbers.stop > MOST_ROWS:
                raise Refused("Kho truy vết đã đầy (2 147 483 647 dòng); hãy mở kho mới.", "rows", "store_full")
            new = {old: numbers[at] for old, at in (supersedes or {}).items()}
            presences = replace(presences, row=np.arange(numbers.start, numbers.stop))
            name = f"{now.version + 1:08d}"
            journal.write_rows(self.folder / f"journal-{name}.parquet", presences, now.version + 1)
            files.write_segment(self.folder / f"segment-{name}.bin", build(presences))
            now = replace(
                self._superseding(now, new),
                rows=numbers.stop,
                journals=(*now.journals, f"journal-{name}.parquet"),
                segments={**now.segments, f"segment-{name}.bin": None},
            )
            self._commit(now)
        return numbers

    def withdraw(self, rows: Sequence[int]) -> None:
        """These rows count no longer, and nothing takes their place."""
        with self._writing() as now:
            self._commit(self._superseding(now, dict.fromkeys(rows, -1)))

    def set_distance(self, classes: Mapping[int, int]) -> None:
        """The distance class (0-14) of some places; the others keep theirs."""
        if any(not 0 <= kind < UNKNOWN_DISTANCE for kind in classes.values()) or min(classes, default=0) < 0:
            raise Refused("Lớp khoảng cách của nơi phải từ 0 đến 14.", "distance", "bad_distance")
        with self._writing() as now:
            before = self._distance(now)
            table = np.full(max(len(before), max(classes, default=-1) + 1), UNKNOWN_DISTANCE, np.uint8)
            table[: len(before)] = before
            table[list(classes)] = list(classes.values())
            name = f"distance-{now.version + 1:08d}.npy"
            with (self.folder / name).open("wb") as file:
                np.save(file, table)
                file.flush()
                files.flush(file.fileno())
            self._commit(replace(now, distance=name))

    def tidy(self) -> None:
        """Merge the recent segments into one, so that a question looks into few places."""
        with self._writing() as now:
            recent = [name for name, span in now.segments.items() if span is None]
            if len(recent) > 1:
                self._rebuild(now, recent, self._rows_of(now, recent), None)

    def seal(self) -> None:
        """Merge the recent segments into the sealed ones of their spans of days, leaving out the superseded rows."""
        with self._writing() as now:
            length = now.span_days * DAY
            recent = [name for name, span in now.segments.items() if span is None]
            touched = {
                span for name in recent for span in np.unique(self._rows_of(now, [name]).start // length).tolist()
            }
            again = [name for name, span in now.segments.items() if span in touched]
            if recent:
                self._rebuild(now, [*again, *recent], self._rows_of(now, [*again, *recent]), length)

    def rebuild(self) -> None:
        """Make every segment anew from the journal, as after a damaged disk."""
        with self._writing() as now:
            now = replace(now, layout=files.LAYOUT)
            self._rebuild(now, list(now.segments), self._known_at(now, now.version), now.span_days * DAY)

    # --- inside

    def _rebuild(self, now: Manifest, old: Sequence[str], rows: Presences, length: int | None) -> None:
        """Replace segments by new ones, one for each span of `length` seconds; small journals are put together too."""
        kept = {name: span for name, span in now.segments.items() if name not in old}
        spans = None if length is None else rows.start // length
        for span in [None] if spans is None else np.unique(spans).tolist():
            name = f"segment-{now.version + 1:08d}-{'recent' if span is None else span}.bin"
            files.write_segment(self.folder / name, build(rows if spans is None else rows.take(spans == span)))
            kept[name] = span
        journals = self._merged(now.journals, f"journal-{now.version + 1:08d}.parquet")
        superseded = self._merged(now.superseded, f"superseded-{now.version + 1:08d}.parquet")
        self._commit(replace(now, segments=kept, journals=journals, superseded=superseded))

    def _merged(self, names: tuple[str, ...], into: str) -> tuple[str, ...]:
        """The last small files as one."""
        count = journal.small_tail(self._paths(names))
        if count < 2:
            return names
        journal.merge(self._paths(names[-count:]), self.folder / into)
        return (*names[:-count], into)

    def _rows_of(self, now: Manifest, segments: Sequence[str]) -> Presences:
        return Presences.together([contents(self._open(name, now)) for name in segments])

    def _superseding(self, now: Manifest, new: Mapping[int, int]) -> Manifest:
        if not new:
            return now
        old = np.fromiter(new, np.int64)
        if old.min() < 0 or old.max() >= now.rows:
            raise Refused("Dòng cần sửa không có trong kho.", "supersedes", "no_such_row")
        name = f"superseded-{now.version + 1:08d}.parquet"
        rows = journal.rows_numbered(self._paths(now.journals), old)
        journal.write_superseded(self.folder / name, rows, np.fromiter(new.values(), np.int64), now.version + 1)
        return replace(now, superseded=(*now.superseded, name))

    @contextmanager
    def _writing(self) -> Iterator[Manifest]:
        """The lock of the one writer; what an interrupted writer left behind is swept away first."""
        with self._one_writer, (self.folder / "LOCK").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            now = self._read()
            self._sweep(now)
            yield now
            self._sweep(self._read())

    def _commit(self, manifest: Manifest) -> None:
        files.flush_folder(self.folder)
        manifest = replace(manifest, version=manifest.version + 1)
        files.replace(self.folder / "MANIFEST.json", json.dumps(asdict(manifest)).encode())

    def _sweep(self, now: Manifest) -> None:
        """Files that no manifest names. Readers that have them mapped keep them until they let go."""
        for path in self.folder.iterdir():
            if path.name.startswith(KINDS) and path.name not in now.names():
                path.unlink(missing_ok=True)

    def _current(self) -> tuple[Manifest, Snapshot]:
        with self._lock:
            for _ in range(10):
                stamp = _stamp(self.folder / "MANIFEST.json")
                if self._now is not None and stamp == self._stamp:
                    return self._now
                try:
                    self._now, self._stamp = self._load(), stamp
                except FileNotFoundError:  # a writer replaced a segment between our two looks
                    Event().wait(0.01)
            raise Conflict("Kho truy vết đang được ghi liên tục; hãy thử lại.", str(self.folder))

    def _read(self) -> Manifest:
        given = {"layout": 0} | json.loads((self.folder / "MANIFEST.json").read_bytes())
        for name in ("journals", "superseded"):
            given[name] = tuple(given[name])
        return Manifest(**given)

    def _load(self) -> tuple[Manifest, Snapshot]:
        now = self._read()
        segments = [self._open(name, now) for name in now.segments]
        return now, Snapshot(segments, self._distance(now))

    def _open(self, name: str, now: Manifest) -> Segment:
        """A segment with the superseded rows silenced; mapped afresh when more rows are, so that old snapshots stay."""
        dead = self._dead(now)
        count, segment = self._opened.get(name, (0, None))
        if segment is None or count != len(dead):
            segment = files.read_segment(self.folder / name) if segment is None or _holds(segment, dead) else segment
            _silence(segment, dead)
            self._opened = {other: kept for other, kept in self._opened.items() if other in now.segments}
            self._opened[name] = len(dead), segment
        return segment

    def _dead(self, now: Manifest) -> np.ndarray:
        """The superseded rows and where they stand, read once for each version of the list."""
        if self._known[0] != now.superseded:
            self._known = now.superseded, journal.read_superseded(self._paths(now.superseded), now.version)
        return self._known[1]

    def _distance(self, now: Manifest) -> np.ndarray:
        return np.load(self.folder / now.distance) if now.distance else np.zeros(0, np.uint8)

    def _paths(self, names: Sequence[str]) -> list[Path]:
        return [self.folder / name for name in names]


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_ino


def _holds(segment: Segment, dead: np.ndarray) -> bool:
    """Whether a superseded row of the segment still speaks."""
    at = _positions(segment, dead)[0]
    return bool((segment.by_place.rows[at, END] != NEVER).any())


def _silence(segment: Segment, dead: np.ndarray) -> None:
    """Make superseded rows meet nobody, on the private pages of the mapped file."""
    for side, at in zip((segment.by_place, segment.by_person), _positions(segment, dead)):
        side.rows[at, END] = NEVER


def _positions(segment: Segment, dead: np.ndarray) -> list[np.ndarray]:
    """Where the rows stand in the copy by place and in the copy by person, those that do."""
    row, person, place, start = dead.T
    sides = ((segment.by_place, place), (segment.by_person, person))
    found = [scan.locate(side, np.stack([key, start, row], axis=1)) for side, key in sides]
    return [at[at >= 0] for at in found]
