"""Presences in bulk from Parquet and CSV: whole or not at all, and a refusal names the first wrong rows.

Columns: person, place, begins, ends (whole numbers), and optionally source, certainty, mask. `columns` maps these names
to those of the file. Times are seconds of the store's epoch, or timestamps when `epoch` (aware) is given; timestamps
without a zone are taken in the epoch's own zone.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from chongdich.core.errors import Refused

from .store import TracingStore
from .words import Presences

FIELDS = {"person": "person", "place": "place", "begins": "start", "ends": "end"}
OPTIONAL = {"source": "source", "certainty": "certainty", "mask": "mask"}


def import_file(
    store: TracingStore, path: Path, columns: Mapping[str, str] | None = None, epoch: datetime | None = None
) -> range:
    """Read the file and append it as one batch; returns the row numbers. Refused, nothing added, when a row is bad."""
    parts = list(read(path, columns, epoch))
    return store.append(Presences.together(parts))


def read(
    path: Path, columns: Mapping[str, str] | None = None, epoch: datetime | None = None, rows: int = 1_000_000
) -> Iterator[Presences]:
    """The presences of the file in batches of about so many rows."""
    seen = 0
    for batch in _batches(path, rows):
        try:
            yield _presences(batch, columns or {}, epoch)
        except Refused as refused:
            raise Refused(f"{path.name}, sau dòng {seen}: {refused.message}", refused.where, refused.code) from refused
        seen += batch.num_rows


def _batches(path: Path, rows: int) -> Iterator[pa.RecordBatch]:
    kind = path.suffix.lower()
    try:
        if kind == ".parquet":
            yield from pq.ParquetFile(path).iter_batches(batch_size=rows)
        elif kind in (".csv", ".txt"):
            with pyarrow.csv.open_csv(path, pyarrow.csv.ReadOptions(block_size=32 << 20)) as reader:
                yield from reader
        else:
            raise Refused("Chỉ nhận tệp .parquet hoặc .csv.", str(path), "bad_file")
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise Refused(f"Không đọc được tệp {path.name}: {error}", str(path), "bad_file") from error


def _presences(batch: pa.RecordBatch, columns: Mapping[str, str], epoch: datetime | None) -> Presences:
    given = {}
    for name, field in {**FIELDS, **OPTIONAL}.items():
        column = columns.get(name, name)
        if column in batch.schema.names:
            given[field] = _numbers(batch[column], column, epoch)
        elif name in FIELDS:
            raise Refused(f"Thiếu cột «{column}».", column, "missing_column")
    return Presences(**given)


def _numbers(values: pa.Array, name: str, epoch: datetime | None) -> np.ndarray:
    if values.null_count:
        first = pc.index(pc.is_null(values), True).as_py()
        raise Refused(f"Dòng {first + 1}: cột «{name}» bỏ trống ({values.null_count} ô trống).", name, "empty_cell")
    if pa.types.is_timestamp(values.type):
        return _seconds(values, name, epoch)
    if not pa.types.is_integer(values.type):
        raise Refused(f"Cột «{name}» phải là số nguyên, tệp có {values.type}.", name, "not_a_number")
    return values.to_numpy(zero_copy_only=False)


def _seconds(values: pa.Array, name: str, epoch: datetime | None) -> np.ndarray:
    """Timestamps as seconds after the epoch."""
    if epoch is None or epoch.tzinfo is None:
        raise Refused(f"Cột «{name}» là ngày giờ: cần mốc thời gian có múi giờ.", name, "no_epoch")
    zero = epoch.timestamp() if values.type.tz else epoch.replace(tzinfo=None)
    if isinstance(zero, datetime):  # no zone in the file: the clock on the wall where the epoch is
        zero = (zero - datetime(1970, 1, 1)).total_seconds()
    whole = values.cast(pa.timestamp("s", values.type.tz), safe=False).cast(pa.int64())
    return whole.to_numpy(zero_copy_only=False) - int(zero)
