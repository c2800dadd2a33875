"""The text of a document with the places marked that something was read from."""

from collections.abc import Iterable
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Place = tuple[str, int, int]
"""Who points there ("dk-12"), start, end (exclusive), in characters."""


def pieces(text: str, places: Iterable[Place]) -> list[tuple[str, list[str]]]:
    """The text cut at every border of a place; each piece with the names of those that cover it, in order."""
    kept = [(name, max(0, start), min(end, len(text))) for name, start, end in places]
    kept = [place for place in kept if place[1] < place[2]]
    borders = sorted({0, len(text), *(edge for _, start, end in kept for edge in (start, end))})
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for name, start, end in kept:
        opening.setdefault(start, []).append(name)
        closing.setdefault(end, []).append(name)
    found: list[tuple[str, list[str]]] = []
    over: list[str] = []
    for start, end in pairwise(borders):
        for name in closing.get(start, ()):
            over.remove(name)
        over += opening.get(start, ())
        found.append((text[start:end], list(dict.fromkeys(over))))
    return found


def marked(text: str, places: Iterable[Place]) -> SafeString:
    """The same as HTML: `<mark data-of="dk-12 dau-ngay">…</mark>`."""
    return format_html_join("", "{}", ((_html(piece, names),) for piece, names in pieces(text, places)))


def _html(piece: str, names: list[str]) -> str:
    return format_html('<mark data-of="{}">{}</mark>', " ".join(names), piece) if names else piece
