"""What was found, shown in its own spelling: "xet nghiem" marks "xét nghiệm"."""

import re
from collections.abc import Iterator, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from chongdich.core.vietnamese import fold_words, nfc

_WORD = re.compile(r"[^\W_]+")
BEFORE = 40  # characters shown before the first match of a long text


def marked(text: str, words: Sequence[str], length: int = 200) -> SafeString:
    """A part of a text around its first match, with every word that begins as asked in <mark>."""
    shown = _window(" ".join(nfc(text).split()), words, length)
    return format_html_join("", "{}", ((piece,) for piece in _pieces(shown, words)))


def _window(text: str, words: Sequence[str], length: int) -> str:
    if len(text) <= length:
        return text
    first = next((found.start() for found in _WORD.finditer(text) if _begins(found.group(), words)), 0)
    start = 0 if first < length - BEFORE else text.rfind(" ", 0, first - BEFORE) + 1
    cut = text[start : start + length]
    return f"{'… ' if start else ''}{cut}{' …' if start + length < len(text) else ''}"


def _begins(word: str, words: Sequence[str]) -> bool:
    folded = fold_words(word)
    return any(folded.startswith(one) for one in words)


def _pieces(text: str, words: Sequence[str]) -> Iterator[str]:
    at = 0
    for found in _WORD.finditer(text):
        if _begins(found.group(), words):
            yield text[at : found.start()]
            yield format_html("<mark>{}</mark>", found.group())
            at = found.end()
    yield text[at:]
