"""Text that remembers where each of its characters stood in the source, however it was cleaned, cut and joined."""

import re
import unicodedata
from collections.abc import Sequence

from chongdich.kernels.text.folding import fold_in_place
from chongdich.kernels.text.repair import is_invisible, mend_letters

Span = tuple[int, int]
_HYPHENATED = re.compile(r"[^\W_]-$")


class Passage:
    """`text` with, for every character, its place in `source`. Parts and joins are passages too."""

    __slots__ = ("_folded", "at", "source", "text")

    def __init__(self, source: str, text: str, at: Sequence[int]) -> None:
        self.source = source
        self.text = text
        self.at = at
        self._folded: str | None = None

    @classmethod
    def of(cls, source: str, start: int = 0, end: int | None = None) -> "Passage":
        """A stretch of the source in NFC, lookalike letters mended, invisible characters left out."""
        end = len(source) if end is None else end
        raw = source[start:end]
        if raw.isascii() or (unicodedata.is_normalized("NFC", raw) and not any(map(is_invisible, raw))):
            return cls(source, mend_letters(raw), range(start, end))
        return cls._composed(source, start, end)

    @classmethod
    def _composed(cls, source: str, start: int, end: int) -> "Passage":
        text: list[str] = []
        at: list[int] = []
        place = start
        while place < end:
            after = place + 1
            while after < end and unicodedata.combining(source[after]):
                after += 1
            cluster = "" if is_invisible(source[place]) else unicodedata.normalize("NFC", source[place:after])
            text.append(cluster)
            at.extend([place] * len(cluster))
            place = after
        return cls(source, mend_letters("".join(text)), at)

    @property
    def folded(self) -> str:
        """Lower case without diacritics, as long as `text`."""
        if self._folded is None:
            self._folded = fold_in_place(self.text)
        return self._folded

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __repr__(self) -> str:
        return f"Passage({self.text!r})"

    def part(self, start: int = 0, end: int | None = None) -> "Passage":
        """The passage between two of its own places, without blanks at the ends."""
        end = len(self.text) if end is None else min(end, len(self.text))
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Passage(self.source, self.text[start:end], self.at[start:end])

    def without(self, holes: Sequence[Span]) -> "Passage":
        """The passage with some stretches left out."""
        if not holes:
            return self
        keep = [i for i in range(len(self.text)) if not any(a <= i < b for a, b in holes)]
        return Passage(self.source, "".join(self.text[i] for i in keep), [self.at[i] for i in keep])

    def trimmed(self, characters: str) -> "Passage":
        """Without blanks and the given characters at both ends."""
        start, end = 0, len(self.text)
        characters += " "
        while start < end and self.text[start] in characters:
            start += 1
        while end > start and self.text[end - 1] in characters:
            end -= 1
        return self.part(start, end)

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where in the source the passage (or its part) stands: start, and the place after its end."""
        end = len(self.text) if end is None else min(end, len(self.text))
        if start >= end:
            place = self.at[min(start, len(self.at) - 1)] if self.at else 0
            return (place, place)
        stop = self.at[end - 1] + 1
        while stop < len(self.source) and unicodedata.combining(self.source[stop]):
            stop += 1
        return (self.at[start], stop)

    @staticmethod
    def join(parts: Sequence["Passage"]) -> "Passage":
        """One line of several: blanks between, none where a word or a symbol was broken at its hyphen."""
        parts = [p for p in parts if p.text]
        if len(parts) == 1:
            return parts[0]
        text: list[str] = []
        at: list[int] = []
        for part in parts:
            if text and not _HYPHENATED.search(text[-1][-2:]):
                text.append(" ")
                at.append(at[-1] + 1)
            text.append(part.text)
            at.extend(part.at)
        return Passage(parts[0].source if parts else "", "".join(text), at)
