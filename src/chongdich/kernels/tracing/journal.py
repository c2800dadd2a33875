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


def write_superseded(path: Path, old: np.ndarray, new: np.ndarray, version: int) -> None:
    """Rows that no longer count, and the rows that took their place (-1: withdrawn without replacement)."""
    _write(path, pa.table({"row_no": old, "replaced_by": new, "version": np.full(len(old), version, np.int32)}))


def read_rows(paths: Sequence[Path], version: int) -> Presences:
    """All rows known at the version, superseded or not."""
    if not paths:
        return Presences.none()
    table = pa.concat_tables([pq.read_table(path) for path in paths])
    table = table.filter(pc.less_equal(table["version"], version))
    return Presences(**{field: table[name].to_numpy() for name, field in COLUMNS.items()})


def read_superseded(paths: Iterable[Path], version: int) -> np.ndarray:
    """The rows superseded by the version, ascending: int64[n]."""
    tables = [pq.read_table(path, columns=["row_no", "version"]) for path in paths]
    if not tables:
        return np.zeros(0, np.int64)
    table = pa.concat_tables(tables)
    return np.unique(table.filter(pc.less_equal(table["version"], version))["row_no"].to_numpy())


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
