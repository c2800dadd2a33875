"""The chain itself: how one entry's hash follows from the one before. Pure."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """What of an entry is under the hash."""

    seq: int
    id: UUID
    kind: str
    payload: dict[str, Any]
    occurred_at: datetime
    recorded_at: datetime
    account_id: int | None
    unit_id: int | None
    because_of: UUID | None


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold, and what that means."""

    seq: int
    message: str


def link_hash(link: Link, previous_hash: str) -> str:
    """SHA-256, hexadecimal, over the canonical JSON of the link and the hash before it."""
    return hashlib.sha256(_canonical(link, previous_hash)).hexdigest()


def _canonical(link: Link, previous_hash: str) -> bytes:
    values = [
        previous_hash, link.seq, str(link.id), link.kind, link.payload, _moment(link.occurred_at),
        _moment(link.recorded_at), link.account_id, link.unit_id, str(link.because_of or ""),
    ]  # fmt: skip
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def find_breaks(rows: Iterable[tuple[Link, str, str]], head: tuple[int, str]) -> Iterator[Break]:
    """Walk (link, previous hash, hash) in order of `seq`; `head` is the kept (seq, hash) of the last entry."""
    expected_seq, expected_hash = 1, GENESIS
    for link, previous_hash, own_hash in rows:
        if link.seq != expected_seq:
            yield Break(expected_seq, f"thiếu hoặc sai thứ tự: chờ dòng {expected_seq}, gặp dòng {link.seq}")
        if previous_hash != expected_hash:
            yield Break(link.seq, "mắt xích không nối với dòng trước")
        if link_hash(link, previous_hash) != own_hash:
            yield Break(link.seq, "nội dung đã bị sửa sau khi ghi")
        expected_seq, expected_hash = link.seq + 1, own_hash
    if head != (expected_seq - 1, expected_hash):
        yield Break(head[0], f"dòng cuối bị mất hoặc thêm: sổ ghi đến {head[0]}, bảng có đến {expected_seq - 1}")
