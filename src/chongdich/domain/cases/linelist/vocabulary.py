"""What columns of line lists are called, in Vietnamese and English, and which field of a case each one is."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DAY, TEXT, CODE, NUMBER = "day", "text", "code", "number"
_WORDS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "vocabulary.yaml").read_text("utf-8"))


@dataclass(frozen=True)
class Field:
    """A field that a column can be: its label, the names senders give it, and what its cells are."""

    label: str
    names: tuple[str, ...]
    kind: str = TEXT


FIELDS: dict[str, Field] = {
    slug: Field(one["label"], tuple(str(name) for name in one["names"]), one.get("kind", TEXT))
    for slug, one in _WORDS["fields"].items()
}
SEVERAL = frozenset({"story", "travel_from", "symptoms", "address", "vehicle"})  # two columns of these are joined


def _reversed(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {word: slug for slug, words in table.items() for word in words}


OUTCOME_WORDS = _reversed(_WORDS["outcomes"])
CLASSIFICATION_WORDS = _reversed(_WORDS["classifications"])
ORIGIN_WORDS = _reversed(_WORDS["origins"])
SEVERITY_WORDS = _reversed(_WORDS["severities"])
SYMPTOM_WORDS = _reversed(_WORDS["symptoms"])
COUNTRIES = _reversed(_WORDS["countries"])
