"""The tail of a document: recipients with purpose and channel, the archive line, and who signed."""

from .fields import Tail
from .finding import find_tail, read_tail

__all__ = ["Tail", "find_tail", "read_tail"]
