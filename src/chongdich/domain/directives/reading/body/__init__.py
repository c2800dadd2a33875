"""The body of a document: lines to paragraphs, paragraphs to an outline, the outline to clauses."""

from .clauses import read_clauses
from .frames import Context
from .paragraphs import ENDS, Paragraph, read_paragraphs

__all__ = ["ENDS", "Context", "Paragraph", "read_clauses", "read_paragraphs"]
