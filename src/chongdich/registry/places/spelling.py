"""How place names are written, and when two spellings are the same name. Pure text, no directory."""

import re
from dataclasses import dataclass

from chongdich.core.vietnamese import fold, fold_words, squeeze
from chongdich.registry.places.kinds import PlaceKind

# Both placements of the tone mark are in use ("Hoà" and "Hòa"); the newer one is taken as the standard.
_TONES = ("oa:òa óa ỏa õa ọa:oà oá oả oã oạ", "oe:òe óe ỏe õe ọe:oè oé oẻ oẽ oẹ", "uy:ùy úy ủy ũy ụy:uỳ uý uỷ uỹ uỵ")
_EVEN = {
    late: early for _, early_forms, late_forms in (row.split(":") for row in _TONES)
    for early, late in zip(early_forms.split(), late_forms.split())
}  # fmt: skip
_LATE_TONE = re.compile(rf"(?<![qQ])({'|'.join(_EVEN)})(?![a-zà-ỹ])", re.IGNORECASE)

_KIND_WORDS: dict[PlaceKind, str] = {  # the longer abbreviations first
    PlaceKind.CITY: r"thành\s*phố|thanh\s*pho|tp\.?|t\.p\.?",
    PlaceKind.TOWN: r"thị\s*trấn|thi\s*tran|tt\.?|t\.t\.?",
    PlaceKind.PROVINCE: r"tỉnh|tinh|t\.",
    PlaceKind.DISTRICT: r"huyện|huyen|h\.",
    PlaceKind.COMMUNE: r"xã|xa|x\.",
    PlaceKind.WARD: r"phường|phuong|p\.",
}
_KINDED = [(kind, re.compile(rf"^(?:{words})(?:\s+|(?<=\.)\s*)(?=\S)", re.I)) for kind, words in _KIND_WORDS.items()]
_INNER_KIND = re.compile(
    r"\s+(?=(?:tỉnh|tinh|thành\s*phố|thanh\s*pho|tp\.?|huyện|huyen|xã|phường|phuong|thị\s*trấn|thi\s*tran)\s)", re.I
)


@dataclass(frozen=True, slots=True)
class Written:
    """One place as somebody wrote it: the kind, if a kind was written, and the bare name."""

    kind: PlaceKind | None
    name: str
    whole: str = ""  # before the kind was taken off: "Xa La" may be a name


def even_tones(text: str) -> str:
    """The tone mark on the first vowel of oa, oe, uy where the syllable is open: "Hoà" becomes "Hòa"."""
    return _LATE_TONE.sub(lambda found: _early(found.group(0)), squeeze(text))


def _early(late: str) -> str:
    early = _EVEN[late.lower()]
    return "".join(new.upper() if old.isupper() else new for new, old in zip(early, late))


def read_written(text: str) -> Written:
    """ "TP. Bắc Kạn" is the kind `thanh_pho` and the name "Bắc Kạn"."""
    text = squeeze(text).strip(" .,;:-–")
    for kind, pattern in _KINDED:
        found = pattern.match(text)
        if found:
            return Written(kind, text[found.end() :], text)
    return Written(None, text, text)


def read_chain(text: str) -> list[Written]:
    """ "xã Phúc Lộc, huyện Ba Bể" from the innermost outward; commas are optional before a kind word."""
    parts = [piece for part in re.split(r"[,;]|\s[-–]\s", squeeze(text)) for piece in _INNER_KIND.split(part.strip())]
    return [read_written(part) for part in parts if part.strip()]


def same_name(written: str, name: str) -> str | None:
    """ "exact" when written as the name is; "folded" when only diacritics or case are missing; None otherwise.

    A wrong diacritic is a different name: "Phúc Lọc" is not "Phúc Lộc".
    """
    left, right = even_tones(written).lower(), even_tones(name).lower()
    if left == right:
        return "exact"
    if len(left) == len(right) and all(a in (b, fold(b)) for a, b in zip(left, right)):
        return "folded"
    return None


def search_form(text: str) -> str:
    """The folded form kept in the search column."""
    return fold_words(text)
