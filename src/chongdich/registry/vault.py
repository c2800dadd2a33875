"""Files kept by their hash: written once, flushed to disk before anybody is told, never changed."""

import hashlib
import os
import re
from pathlib import Path

from django.conf import settings

from chongdich.core.errors import NotFound

_SHA256 = re.compile(r"[0-9a-f]{64}")


def keep(data: bytes) -> str:
    """Store the bytes and return their SHA-256; storing the same bytes twice keeps one file."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = _path(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_durably(path, data)
    return sha256


def _write_durably(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def fetch(sha256: str) -> bytes:
    """The bytes again; raises NotFound when they are not here, or are no longer what they were."""
    path = _path(sha256)
    if not path.is_file():
        raise NotFound("Không tìm thấy tệp đã lưu.", sha256[:12])
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise NotFound("Tệp đã lưu bị hỏng trên đĩa; cần khôi phục từ bản sao lưu.", sha256[:12])
    return data


def _path(sha256: str) -> Path:
    if not _SHA256.fullmatch(sha256):
        raise NotFound("Mã tệp không hợp lệ.")
    return Path(settings.VAR) / "files" / sha256[:2] / sha256
