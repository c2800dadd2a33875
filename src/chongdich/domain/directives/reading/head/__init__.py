"""The head of a document: who issues it, its number, place and date, kind, subject, to whom it goes, urgency, stamp."""

from .fields import Head
from .issuer import issuer_from_context
from .marks import next_head, read_head

__all__ = ["Head", "issuer_from_context", "next_head", "read_head"]
