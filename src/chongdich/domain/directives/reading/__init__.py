"""Reading a directive: `read(text)` gives a `Reading`, every value with its place in the text and its doubt."""

from .reader import read
from .result import Reading

__all__ = ["Reading", "read"]
