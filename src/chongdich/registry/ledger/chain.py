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
    about: tuple[str, ...] = ()  # the records it concerns, in any order


COLUMNS = tuple(name for name in Link.__slots__ if name != "about")  # subjects stand in a table of their own


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold, and what that means."""

    seq: int
    message: str


def link_hash(link: Link, previous_hash: str) -> str:
    """SHA-256, hexadecimal, over the canonical JSON of the link, what it is about, and the hash before it."""
    return _sha256([*_values(link, previous_hash), sorted(link.about)])


def _holds(link: Link, previous_hash: str, own_hash: str) -> bool:
    """Entries written before subjects were under the hash (ADR 9) keep their form: no new entry can pass as one."""
    return own_hash in (link_hash(link, previous_hash), _sha256(_values(link, previous_hash)))


def _values(link: Link, previous_hash: str) -> list[Any]:
    return [
        previous_hash, link.seq, str(link.id), link.kind, link.payload, moment(link.occurred_at),
        moment(link.recorded_at), link.account_id, link.unit_id, str(link.because_of or ""),
    ]  # fmt: skip


def _sha256(values: list[Any]) -> str:
    return hashlib.sha256(canonical(values)).hexdigest()


def canonical(values: list[Any]) -> bytes:
    """The one JSON text of these values, in UTF-8."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def moment(at: datetime) -> str:
    """A moment as it stands under a hash."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def find_breaks(rows: Iterable[tuple[Link, str, str]], head: tuple[int, str]) -> Iterator[Break]:
    """Walk (link, previous hash, hash) in order of `seq`; `head` is the kept (seq, hash) of the last entry."""
    expected_seq, expected_hash = 1, GENESIS
    for link, previous_hash, own_hash in rows:
        if link.seq != expected_seq:
            yield Break(expected_seq, f"thiếu hoặc sai thứ tự: chờ dòng {expected_seq}, gặp dòng {link.seq}")
        if previous_hash != expected_hash:
            yield Break(link.seq, "mắt xích không nối với dòng trước")
        if not _holds(link, previous_hash, own_hash):
            yield Break(link.seq, "nội dung đã bị sửa sau khi ghi")
        expected_seq, expected_hash = link.seq + 1, own_hash
    if head != (expected_seq - 1, expected_hash):
        yield Break(head[0], f"dòng cuối bị mất hoặc thêm: sổ ghi đến {head[0]}, bảng có đến {expected_seq - 1}")
