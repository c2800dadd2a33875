"""What the tail says."""

from dataclasses import dataclass

from ..result import NOT_FOUND, UNSIGNED, Recipient, Signatory, Text


@dataclass
class Tail:
    """What the tail says; `start` is its first line and `end` the line after it."""

    start: int
    end: int
    recipients: tuple[Recipient, ...] = ()
    archive: Text = NOT_FOUND
    signatory: Signatory = UNSIGNED
