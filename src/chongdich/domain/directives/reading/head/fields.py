"""What the head says, and the line at which the body begins."""

from dataclasses import dataclass

from chongdich.kernels.text.passages import Passage

from ..result import NOT_FOUND, UNDATED, Dated, Received, Text, Unit


@dataclass
class Head:
    """What the head says, and the line at which the body begins."""

    number: Text = NOT_FOUND
    symbol: Text = NOT_FOUND
    date: Dated = UNDATED
    place: Text = NOT_FOUND
    kind: Text = NOT_FOUND
    issuer: Text = NOT_FOUND
    superior: Text = NOT_FOUND
    subject: Text = NOT_FOUND
    urgency: Text = NOT_FOUND
    received: Received | None = None
    addressees: tuple[Unit, ...] = ()
    body: int = 0
    issuer_printed: bool = True
    subject_passage: Passage | None = None
