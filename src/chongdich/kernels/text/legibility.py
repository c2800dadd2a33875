"""Is this Vietnamese, or what a scanner made of a stamp? The shape of a syllable tells, without a dictionary."""

import re

from chongdich.kernels.text.folding import fold_in_place

_ONSET = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?"
_RHYME = r"(?:[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?)"
_SYLLABLE = re.compile(rf"{_ONSET}{_RHYME}")
_WORD = re.compile(r"[^\W\d_]+")
_ACRONYM = re.compile(r"[A-ZĐ&]{2,10}")


def is_syllable(word: str) -> bool:
    """Has the folded word the shape of a Vietnamese syllable ("nguoi", "trach", "y")?"""
    return _SYLLABLE.fullmatch(fold_in_place(word)) is not None


def legibility(text: str) -> float:
    """The share (0 to 1) of the text's characters, blanks apart, that belong to syllables, acronyms or numbers."""
    total = sum(not c.isspace() for c in text)
    if not total:
        return 0.0
    good = sum(len(w) for w in _WORD.findall(text) if is_syllable(w) or _ACRONYM.fullmatch(w))
    good += sum(c.isdigit() or c in ".,;:()/-+" for c in text)
    return good / total
