"""An office file is a zip that remembers the minute it was made; ours forgets it: equal documents are equal files."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def repacked(data: bytes) -> bytes:
    """The same archive with every member dated 1/1/1980."""
    written = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(written, "w", ZIP_DEFLATED) as target:
        for member in source.infolist():
            target.writestr(ZipInfo(member.filename), source.read(member), compress_type=ZIP_DEFLATED)
    return written.getvalue()
