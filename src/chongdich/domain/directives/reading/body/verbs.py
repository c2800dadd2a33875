"""Does a text begin as the predicate of an instruction?"""

import re

from chongdich.kernels.text.folding import fold_in_place

from ..vocabulary import SINGLE_WORDS, VERBS

_VERB = re.compile(r"(?:" + "|".join(sorted(map(re.escape, VERBS), key=len, reverse=True)) + r")\b")


def starts_with_verb(text: str, *, singles: bool = True) -> bool:
    """Does a line begin as the predicate of an instruction?"""
    first = re.match(r"[^\W\d_]+", text)
    alone = singles and first is not None and first.group().lower() in SINGLE_WORDS
    return alone or _VERB.match(fold_in_place(text)) is not None
