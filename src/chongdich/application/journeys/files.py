"""Files that people hand in, put into the vault before anything else is done with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from chongdich.core.errors import Refused
from chongdich.domain.directives.operations.intake import KeptFile
from chongdich.registry import vault

MOST_BYTES = 20 * 1024 * 1024  # as the intake's own limit
MOST_FILES = 20


@dataclass(frozen=True)
class Upload:
    """A file as it was handed in."""

    name: str
    data: bytes
    content_type: str = "application/octet-stream"


def keep(upload: Upload, role: str) -> KeptFile:
    """Into the vault; refused when it is empty or too large, naming the file."""
    if not upload.data:
        raise Refused("Tệp rỗng.", upload.name)
    if len(upload.data) > MOST_BYTES:
        raise Refused(f"Tệp lớn hơn {MOST_BYTES // 1024 // 1024} MB.", upload.name)
    sha256 = vault.keep(upload.data)
    return KeptFile(upload.name, upload.content_type, len(upload.data), sha256, role)


def keep_all(uploads: Sequence[Upload], role: str) -> list[KeptFile]:
    """Several files, each kept."""
    if len(uploads) > MOST_FILES:
        raise Refused(f"Mỗi lần gửi tối đa {MOST_FILES} tệp.")
    return [keep(upload, role) for upload in uploads]
