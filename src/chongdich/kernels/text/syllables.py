"""Which runs of letters can be Vietnamese words: the spelling rules of one syllable, and a score of a whole text.

The statistics of letters that tell an old encoding from another rest on this: a text decoded rightly is made of
possible syllables, the same bytes decoded wrongly hardly ever are.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()  # noqa: SIM905
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oc oi om on ong oong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
ô ôc ôi ôm ôn ông ôông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uât uâng uây uê uêch uênh uên
uôc uôi uôm uôn uông uôt uơ uy uya uych uynh uyêt uyên uyt uyn uyu uyp
ư ưa ưc ưi ưng ưm ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu ynh yt yp ych
""".split()  # noqa: SIM905
_SYLLABLE = re.compile(f"(?:{'|'.join(sorted(_ONSETS, key=len, reverse=True))})?(?:{'|'.join(_RHYMES)})")
_STOPPED = re.compile(r"(?:c|ch|p|t)$")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_TONES_OF_STOPPED = frozenset("\u0301\u0323")
_WORD = re.compile(r"[A-Za-z\u0080-\u024f\u0300-\u036f\u1e00-\u1eff]+")
_NOT_LETTERS = "\u00a0«»°§·©®±²³×÷"


@dataclass(frozen=True)
class Plausibility:
    """How many words with marked letters could be Vietnamese (`good`) and how many could not (`bad`)."""

    good: int
    bad: int
    words: int

    @property
    def share(self) -> float:
        """Between 0 and 1; a text without marked letters is wholly plausible."""
        marked = self.good + self.bad
        return self.good / marked if marked else 1.0


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether the word is spelt as one Vietnamese syllable, in either placement of its tone ("hoà", "hòa")."""
    marks = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in marks if c in _TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in marks if c not in _TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    return not (tones and _STOPPED.search(bare)) or tones[0] in _TONES_OF_STOPPED


def weigh(text: str) -> Plausibility:
    """Count the words with marked letters that could be Vietnamese and those that could not."""
    good = bad = words = 0
    for raw, times in Counter(_WORD.findall(text)).items():
        word = raw.strip(_NOT_LETTERS)
        words += times
        if word.isascii() or _is_abbreviation(word):
            continue
        if is_syllable(word):
            good += times
        else:
            bad += times
    return Plausibility(good, bad, words)


def _is_abbreviation(word: str) -> bool:
    """ "HĐND", "QĐ": capitals whose only marked letters are Đ, Ô, Ư and the like say nothing of the encoding."""
    return word.isupper() and set(word) - set("ĐĂÂÊÔƠƯ") <= set("ABCDEGHIKLMNOPQRSTUVXYZ") and not is_syllable(word)
