"""The words official documents are made of, from `vocabulary.yaml`: kinds, bodies, offices, verbs, sections."""

from pathlib import Path
from typing import Any

import yaml

from chongdich.kernels.text.folding import fold_in_place

_DATA: dict[str, Any] = yaml.load(
    (Path(__file__).parent / "vocabulary.yaml").read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
)


def _words(name: str) -> tuple[str, ...]:
    return tuple(map(str, _DATA[name]))


KINDS: dict[str, str] = _DATA["kinds"]
KIND_BY_FOLDED = {fold_in_place(kind): kind for kind in KINDS}
KIND_BY_CODE = {code: kind for kind, code in reversed(KINDS.items()) if code}
HEADLINE_KINDS = tuple(kind for kind in KINDS if kind not in ("công văn", "luật", "pháp lệnh"))
"""Kinds printed as a title above the subject; a công văn has none (component 5b of Annex I, NĐ 30/2020)."""

SYMBOL_BY_FOLDED = {fold_in_place(part): part for part in reversed(_words("symbol_parts"))}
URGENCIES: dict[str, str] = _DATA["urgencies"]
STATE_NAME = "cong hoa xa hoi chu nghia viet nam"
MOTTO = "doc lap - tu do - hanh phuc"
PARTY_NAME = "dang cong san viet nam"

BODY_HEADS = _words("body_heads")
GROUP_HEADS = _words("group_heads")
BARE_GROUPS = _words("bare_groups")
NOT_BODIES = _words("not_bodies")
NAME_VERBS = _words("name_verbs")
ADVERBS = _words("adverbs")
VERBS = (*ADVERBS, *_words("verbs"))
STOP_WORDS = _words("stop_words")
SINGLE_WORDS = frozenset(_words("single_words"))
PREFIXES = _words("prefixes")
GROUP_ALIASES: dict[str, str] = _DATA["group_aliases"]
KNOWN_NAMES = _words("known_names")
HEAD_ABBREVIATIONS: dict[str, str] = _DATA["head_abbreviations"]

PLACE_WORDS = _words("place_words")
PROVINCES = _words("provinces")
PROVINCE_BY_FOLDED = {fold_in_place(name): name for name in PROVINCES}
SURNAMES = frozenset(_words("surnames"))
TITLES = _words("titles")
TITLE_BY_FOLDED = {fold_in_place(title): title for title in TITLES}

NARRATIVE = _words("narrative")
ASSIGNING = _words("assigning")
CLOSINGS = _words("closings")
GENERAL_EXECUTION = _words("general_execution")
NOUN_OPENINGS = _words("noun_openings")
AREAS: dict[str, tuple[str, ...]] = {area: tuple(map(str, words)) for area, words in _DATA["areas"].items()}
