"""A document as it will be printed: its PDF, and its pages as pictures for the screen."""

from io import BytesIO
from threading import Lock

import pypdfium2
from django.core.cache import cache

from chongdich.application.journeys.issuing import find_made_files
from chongdich.core.errors import NotFound
from chongdich.domain.directives.models import Directive

KEPT_SECONDS = 600
SCALE = 1.6  # pixels a point: a page is about 950 wide
MOST_PAGES = 40
_ONE_AT_A_TIME = Lock()  # pdfium is not safe in several threads


def pdf_of(directive: Directive) -> bytes:
    """The PDF of the document as it stands; made once for each version."""
    key = f"paper:{directive.pk}:{directive.version}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = find_made_files(directive)[0].data
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def count_pages(directive: Directive) -> int:
    """How many pages it has, as far as they are shown."""
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf_of(directive)) as paper:
        return min(len(paper), MOST_PAGES)


def picture_of(directive: Directive, number: int) -> bytes:
    """Page `number` (from 1) as PNG. NotFound beyond the last page."""
    data = pdf_of(directive)
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(data) as paper:
        if not 1 <= number <= min(len(paper), MOST_PAGES):
            raise NotFound("Văn bản không có trang này.")
        kept = BytesIO()
        paper[number - 1].render(scale=SCALE, grayscale=False).to_pil().save(kept, "PNG", optimize=True)
        return kept.getvalue()
