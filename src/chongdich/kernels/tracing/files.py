"""A segment as one file: a JSON header and the raw columns, mapped into memory when opened and never written again."""

import json
import math
import mmap
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from chongdich.core.errors import Refused

from .index import Segment, Side

LAYOUT = 4  # of the columns of a segment; a store with another one is built anew from its journal
MAGIC = b"CDTRACE%d" % LAYOUT
ALIGN = 64


def write_segment(path: Path, segment: Segment) -> None:
    """Write and flush to the disk; the file counts only once a manifest names it."""
    header: dict[str, Any] = {"first": segment.first, "last": segment.last, "columns": []}
    at = 0
    for name, column in _columns(segment):
        entry = {
            "name": name,
            "type": column.dtype.str,
            "shape": column.shape,
            "at": at,
            "crc": zlib.crc32(column.data),
        }
        header["columns"].append(entry)
        at += -(-column.nbytes // ALIGN) * ALIGN
    text = json.dumps(header).encode()
    text += b" " * (-(len(MAGIC) + 8 + len(text)) % ALIGN)
    with path.open("wb") as file:
        file.write(MAGIC + len(text).to_bytes(8, "little") + text)
        for _, column in _columns(segment):
            file.write(np.ascontiguousarray(column).data)
            file.write(bytes(-column.nbytes % ALIGN))
        flush(file.fileno())


def read_segment(path: Path) -> Segment:
    """Map the file. Pages are private: silencing a superseded row in memory leaves the file as it is."""
    header, body, pages = _open(path)
    columns = {entry["name"]: _column(pages, body, entry) for entry in header["columns"]}
    by_place, by_person = (
        Side(*(columns[f"{side}.{field}"] for field in Side._fields)) for side in ("by_place", "by_person")
    )
    return Segment(by_place, by_person, header["first"], header["last"])


def damaged(path: Path) -> list[str]:
    """The columns of a segment file whose check sum no longer fits; empty when all is well."""
    header, body, pages = _open(path)
    return [
        entry["name"] for entry in header["columns"] if zlib.crc32(_column(pages, body, entry).data) != entry["crc"]
    ]


def _column(pages: mmap.mmap, body: int, entry: dict) -> np.ndarray:
    flat = np.frombuffer(pages, entry["type"], math.prod(entry["shape"]), body + entry["at"])
    return flat.reshape(entry["shape"])


def _open(path: Path) -> tuple[dict, int, mmap.mmap]:
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise Refused("Tệp phân đoạn truy vết không đúng định dạng.", str(path), "bad_segment")
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
        return header, len(MAGIC) + 8 + length, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)


def _columns(segment: Segment) -> Iterator[tuple[str, np.ndarray]]:
    for name in ("by_place", "by_person"):
        side: Side = getattr(segment, name)
        for field in Side._fields:
            yield f"{name}.{field}", getattr(side, field)


def flush(descriptor: int) -> None:
    os.fsync(descriptor)


def flush_folder(folder: Path) -> None:
    """Make new names in the folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(path: Path, content: bytes) -> None:
    """The file has either its old or its new content, whatever happens in between."""
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        flush(file.fileno())
    fresh.replace(path)
    flush_folder(path.parent)
