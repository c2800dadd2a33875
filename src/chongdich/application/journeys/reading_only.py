"""Reading a document without registering it: nothing is written."""

from typing import Any

from chongdich.application.desk import Desk
from chongdich.application.journeys.files import MOST_BYTES, Upload
from chongdich.application.ports import ports
from chongdich.core.errors import Refused
from chongdich.domain.directives.reading import read


def read_text(desk: Desk, *, text: str) -> dict[str, Any]:
    """The fields and clauses that the reader finds, in the shape of `chongdich read --json`."""
    desk.require("directives.read")
    return read(text, today=desk.today).to_gold()


def read_file(desk: Desk, *, upload: Upload) -> dict[str, Any]:
    """The same of a file; Refused naming the file when it cannot be read."""
    desk.require("directives.read")
    if not upload.data or len(upload.data) > MOST_BYTES:
        raise Refused("Tệp rỗng hoặc lớn hơn 25 MB.", upload.name)
    return read(ports.extract(upload.data, upload.name).text, today=desk.today).to_gold()
