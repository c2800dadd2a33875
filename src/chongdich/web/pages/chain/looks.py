"""By what a picture is coloured. Every colour goes with a shape, and both with a word in the legend."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from chongdich.application.lenses.chain import Member
from chongdich.domain.cases.states import ORIGIN, SEVERITY

CIRCLE = "M6 0A6 6 0 1 1-6 0A6 6 0 1 1 6 0Z"
SQUARE = "M-5.4-5.4H5.4V5.4H-5.4Z"
DIAMOND = "M0-7.2L7.2 0L0 7.2L-7.2 0Z"
TRIANGLE = "M0-7.2L6.8 5.2H-6.8Z"
DROP = "M0 7.2L6.8-5.2H-6.8Z"
HEXAGON = "M6.6 0L3.3 5.7H-3.3L-6.6 0L-3.3-5.7H3.3Z"
BLUE, AMBER, RED, GREEN, PURPLE, GREY = "#2f7cbb", "#b87a00", "#c9302c", "#2a8a4a", "#8850bb", "#76838d"
INDIGO, TEAL, DARK = "#5462c4", "#14808a", "#5c1410"


@dataclass(frozen=True)
class Look:
    """One entry of the legend."""

    label: str
    colour: str
    shape: str


_ORIGINS = {"imported": (PURPLE, DIAMOND), "in_quarantine": (BLUE, SQUARE), "community_known": (AMBER, CIRCLE),
            "community_unknown": (RED, TRIANGLE), "unknown": (GREY, HEXAGON)}  # fmt: skip
_SEVERITIES = {"asymptomatic": (GREEN, CIRCLE), "mild": (BLUE, SQUARE), "moderate": (AMBER, DIAMOND),
               "severe": (RED, TRIANGLE), "critical": (DARK, DROP), "": (GREY, HEXAGON)}  # fmt: skip
_MANY = ((BLUE, CIRCLE), (AMBER, SQUARE), (RED, TRIANGLE), (GREEN, DIAMOND), (PURPLE, HEXAGON), (TEAL, DROP),
         (INDIGO, SQUARE))  # fmt: skip

Looks = tuple[list[Look], Callable[[Member], Look]]


def _fixed(table: dict[str, tuple[str, str]], words: dict[str, str], value: Callable[[Member], str]) -> Looks:
    looks = {name: Look(words[name], *look) for name, look in table.items()}
    return list(looks.values()), lambda member: looks[value(member)]


def _common(members: Sequence[Member], value: Callable[[Member], str], nothing: str) -> Looks:
    """The seven commonest values, and everything else in grey."""
    counts = Counter(value(m) for m in members if value(m))
    looks = {name: Look(name, *look) for (name, _n), look in zip(counts.most_common(len(_MANY)), _MANY)}
    rest = Look(_("Khác") if len(counts) > len(_MANY) else nothing, GREY, CIRCLE)
    return [*looks.values(), rest], lambda member: looks.get(value(member), rest)


def looks_by(name: str, members: Sequence[Member]) -> Looks:
    """The legend, and the look of a case, under one of `COLOURS`."""
    if name == "muc-do":
        words = {**{k: _(v) for k, v in SEVERITY.items()}, "": _("Chưa ghi mức độ")}
        return _fixed(_SEVERITIES, words, lambda m: m.severity)
    if name == "dia-ban":
        return _common(members, lambda m: m.place, _("Chưa rõ địa bàn"))
    if name == "o-dich":
        return _common(members, lambda m: m.cluster, _("Không thuộc ổ dịch nào"))
    return _fixed(_ORIGINS, {k: _(v) for k, v in ORIGIN.items()}, lambda m: m.origin)
