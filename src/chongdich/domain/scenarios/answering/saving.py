"""Results as a file, whole or not at all: every run of every day as Parquet or CSV, the answers as JSON."""

import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

import numpy as np

from chongdich.core.errors import Refused
from chongdich.domain.scenarios.answering.answers import answers_of
from chongdich.domain.scenarios.answering.running import FIGURES, Job
from chongdich.domain.scenarios.asking.kinds import KINDS


def check_target(path: Path) -> str:
    """The form of a file by its ending. Refused, before anything is run, when it cannot be written."""
    form = path.suffix.lower().lstrip(".")
    if form not in WRITERS:
        raise Refused(f"Tệp kết quả phải có đuôi .{', .'.join(WRITERS)}; đang là “{path.name}”.", "out", "unknown_form")
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise Refused(f"Không ghi được vào thư mục “{path.parent}”.", "out", "unwritable")
    return form


def save(job: Job, path: Path) -> None:
    """Write under another name beside it and give it its name when complete."""
    write = WRITERS[check_target(path)]
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            write(job, stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def packed(job: Job) -> bytes:
    """Every run's daily figures of every policy, packed; equal runs give equal bytes."""
    stream = io.BytesIO()
    figures = {f"policy_{number}": one.figures for number, one in enumerate(job.collected)}
    np.savez_compressed(stream, allow_pickle=False, figures=np.array(FIGURES), **figures)
    return stream.getvalue()


def _columns(job: Job, number: int) -> dict[str, Any]:
    """One policy as columns: run, day, date, every figure and every need."""
    figures = job.collected[number].figures
    runs, _, days = figures.shape
    dates = [job.start + timedelta(day) for day in range(days)]
    columns: dict[str, Any] = {
        "policy": [job.spec.policies[number].name] * (runs * days),
        "run": np.repeat(np.arange(runs), days),
        "day": np.tile(np.arange(days), runs),
        "date": dates * runs,
    }
    columns |= {name: figures[:, place].ravel() for place, name in enumerate(FIGURES)}
    needs = job.needs(number)
    return columns | {f"need_{name}": needs[name].ravel() for name in KINDS}


def _rows(job: Job) -> Iterator[tuple[Any, ...]]:
    for number in range(len(job.spec.policies)):
        columns = {name: _plain(values) for name, values in _columns(job, number).items()}
        yield from zip(*columns.values())


def _plain(values: Any) -> list[Any]:
    return values.round(3).tolist() if isinstance(values, np.ndarray) else list(values)


def _parquet(job: Job, stream: IO[bytes]) -> None:
    import pyarrow as arrow
    from pyarrow import parquet

    parts = [arrow.table(_columns(job, number)) for number in range(len(job.spec.policies))]
    told = {
        "scenario": job.spec.model_dump_json(),
        "seed": str(job.seed),
        "population": job.world.population.fingerprint,
    }
    table = arrow.concat_tables(parts).replace_schema_metadata(told)
    parquet.write_table(table, stream, compression="zstd")


def _csv(job: Job, stream: IO[bytes]) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(_columns(job, 0))
    writer.writerows(_rows(job))
    text.detach()


def _json(job: Job, stream: IO[bytes]) -> None:
    told = {"scenario": job.spec.model_dump(mode="json"), **answers_of(job)}
    stream.write(json.dumps(told, ensure_ascii=False, indent=1).encode())


WRITERS: dict[str, Callable[[Job, IO[bytes]], None]] = {"parquet": _parquet, "csv": _csv, "json": _json}
