"""The presences as they came: Parquet files, only ever added to, readable by any engine. All else is derived."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .files import flush
from .words import Presences

# names in the files (no word that SQL keeps for itself) and in `Presences`
COLUMNS = {
    "row_no": "row",
    "person": "person",
    "place": "place",
    "begins": "start",
    "ends": "end",
    "source": "source",
    "certainty": "certainty",
    "mask": "mask",
}


def write_rows(path: Path, presences: Presences, version: int) -> None:
    """One batch, with the version of the store that made it visible."""
    columns = {name: getattr(presences, field) for name, field in COLUMNS.items()}
    _write(path, pa.table({**columns, "version": np.full(len(presences), version, np.int32)}))


def write_superseded(path: Path, old: Presences, new: np.ndarray, version: int) -> None:
    """Rows that no longer count, where they stand, and the rows that took their place (-1: withdrawn)."""
    columns = {"row_no": old.row, "person": old.person, "place": old.place, "begins": old.start, "replaced_by": new}
    _write(path, pa.table({**columns, "version": np.full(len(old), version, np.int32)}))


def rows_numbered(paths: Sequence[Path], numbers: np.ndarray) -> Presences:
    """These rows, in the order of the numbers; only the parts of the files that can hold them are read."""
    if not paths:
        return Presences.none()
    wanted = pc.field("row_no").isin(numbers.tolist())
    near = (pc.field("row_no") >= int(numbers.min())) & (pc.field("row_no") <= int(numbers.max()))
    table = pa.concat_tables([pq.read_table(path, filters=near & wanted) for path in paths])
    found = Presences(**{field: table[name].to_numpy() for name, field in COLUMNS.items()})
    order = np.argsort(found.row)
    return found.take(order[np.searchsorted(found.row[order], numbers)])


def read_rows(paths: Sequence[Path], version: int) -> Presences:
    """All rows known at the version, superseded or not."""
    if not paths:
        return Presences.none()
    table = pa.concat_tables([pq.read_table(path) for path in paths])
    table = table.filter(pc.less_equal(table["version"], version))
    return Presences(**{field: table[name].to_numpy() for name, field in COLUMNS.items()})


def read_superseded(paths: Iterable[Path], version: int) -> np.ndarray:
    """The rows superseded by the version, once each: int64[n, 4] of row, person, place, start."""
    names = ["row_no", "person", "place", "begins"]
    tables = [pq.read_table(path, columns=[*names, "version"]) for path in paths]
    if not tables:
        return np.zeros((0, 4), np.int64)
    table = pa.concat_tables(tables)
    table = table.filter(pc.less_equal(table["version"], version))
    return np.unique(np.stack([table[name].to_numpy().astype(np.int64) for name in names], axis=1), axis=0)


LARGE = 1_000_000


def small_tail(paths: Sequence[Path]) -> int:
    """How many of the last files are small enough to be put together."""
    count = 0
    for path in reversed(paths):
        if pq.read_metadata(path).num_rows > LARGE:
            break
        count += 1
    return count


def merge(paths: Sequence[Path], into: Path) -> None:
    """Many small files of rows in a row become one, with the same rows and versions."""
    _write(into, pa.concat_tables([pq.read_table(path) for path in paths]))


def _write(path: Path, table: pa.Table) -> None:
    pq.write_table(table, path, compression="zstd")
    with path.open("rb") as file:
        flush(file.fileno())
