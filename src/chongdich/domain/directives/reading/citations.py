"""Documents named in a document: number with symbol, kind, date, who issued it; and the legal bases."""

import re

from chongdich.kernels.text.passages import Passage

from . import dates
from .names import mended
from .result import Citation, PartialDate, Text
from .symbols import CITED, cited_number
from .units import end_of_name, read_units, starts_body
from .vocabulary import KIND_BY_FOLDED

_KIND = re.compile(r"\b(?P<k>" + "|".join(sorted(KIND_BY_FOLDED, key=len, reverse=True)) + r")\s*(?:so\s*[:.]?)?\s*$")
_DATED = re.compile(r"\s*[,;]?\s*(?:\(?)\s*ng.y\s*")
_ISSUER = re.compile(r"\s*,?\s*c[uủ]a\s+")
_ISSUER_END = re.compile(
    r"\s+(?:ve|quy dinh|huong dan|phe duyet|ban hanh|tai|de|va|nham|trong|yeu cau|chi dao|sua doi)\b|[;:()\"“.,]"
)
_ANOTHER = re.compile(r",?\s+(?:va\s+)?(?:" + "|".join(sorted(KIND_BY_FOLDED, key=len, reverse=True)) + r")\s+so\b")
_SHARED = re.compile(r"\s*(?:,|và)\s*(?:[A-ZĐa-zđÀ-ỹ]+\s+){0,3}(?:số\s*)?$")
_SPACED = re.compile(r"(?:số|so)\s*[:.]?\s?(?P<d>(?:\d\s){1,5})$", re.IGNORECASE)
BASIS = re.compile(r"^\W{0,3}(?:can cu|thuc hien|xet|theo|tiep theo)\b")


def read_citations(passages: list[Passage], own: str | None) -> tuple[Citation, ...]:
    """Every other document named, once each, in the order of the text. `own` is the document's own number."""
    found: dict[str, Citation] = {}
    for passage in passages:
        for citation in _in_passage(passage):
            if own and citation.number == own:
                continue
            before = found.get(citation.number)
            if before is None or (before.date is None and citation.date is not None):
                found[citation.number] = citation if before is None else _completed(before, citation)
    return tuple(found.values())


def read_bases(passages: list[Passage]) -> tuple[Text, ...]:
    """The paragraphs that give the legal or factual basis ("Căn cứ …")."""
    return tuple(Text(p.text.rstrip(";,. "), p.span()) for p in passages if re.match(r"^\W{0,3}can cu\b", p.folded))


def _completed(before: Citation, later: Citation) -> Citation:
    return Citation(
        before.number, before.kind or later.kind, later.date, before.issuer or later.issuer, before.span, before.basis
    )


def _in_passage(passage: Passage) -> list[Citation]:
    found: list[Citation] = []
    basis = BASIS.match(passage.folded) is not None
    undated: list[int] = []
    last_end = 0
    for match in CITED.finditer(passage.text):
        number, end = cited_number(match)
        spaced = _SPACED.search(passage.text[: match.start()])
        number = re.sub(r"\s", "", spaced["d"]) + number if spaced else number
        if not _plausible(number, match, passage):
            continue
        between = passage.text[last_end : match.start()]
        when, after = _date_after(passage, end)
        if undated and not _SHARED.fullmatch(between):
            undated.clear()
        issuer, stop = _issuer_after(passage, after)
        kind = _kind_before(passage, match.start())
        found.append(
            Citation(number, kind, when, issuer, passage.span(match.start(), stop if issuer else after), basis)
        )
        undated.append(len(found) - 1)
        if when or issuer:
            for i in undated[:-1]:
                c = found[i]
                found[i] = Citation(c.number, c.kind, c.date or when, c.issuer or issuer, c.span, c.basis)
            undated.clear()
        last_end = stop if issuer else after
    return found


def _plausible(number: str, match: re.Match[str], passage: Passage) -> bool:
    """Not "24/7", "km/h", "RT-PCR": a symbol has two capitals; one without a dash or year needs "số" before it."""
    symbol = match["s"] or match["p"]
    capitals = sum(c.isupper() for c in symbol)
    before = passage.folded[max(0, match.start() - 14) : match.start()]
    named = (
        re.search(r"(?:so|s6|sa)\s*[:.]?\s*$", before) is not None
        or _KIND.search(passage.folded[: match.start()]) is not None
    )
    return capitals >= 2 and (named or "-" in symbol or bool(match["y"])) and not re.match(r"\d", symbol)


def _date_after(passage: Passage, end: int) -> tuple[PartialDate | None, int]:
    lead = _DATED.match(passage.folded, end)
    if not lead:
        lead = re.compile(r"\s*[,(]?\s*(?=\d{1,2}/\d{1,2}/\d{4})").match(passage.folded, end)
    match = dates.DATE.match(passage.folded, lead.end()) if lead else None
    if not match:
        return None, end
    return dates.date_of(match, passage), match.end()


def _issuer_after(passage: Passage, at: int) -> tuple[str | None, int]:
    lead = _ISSUER.match(passage.folded, at)
    if not lead or not passage.text[lead.end() : lead.end() + 1].isupper():
        return None, at
    end = _ISSUER_END.search(passage.folded, lead.end())
    stop = min(end.start() if end else len(passage), lead.end() + 90, end_of_name(passage, lead.end()))
    units = read_units(passage, lead.end())[0] if starts_body(passage, lead.end()) else []
    if units:
        stop = lead.end() + len(units[0].name)
    another = _ANOTHER.search(passage.folded, lead.end(), stop)
    stop = another.start() if another else stop
    issuer = re.sub(r"\s+(?:và|về)$", "", passage.part(lead.end(), stop).text)
    return mended(issuer, case=False) or None, stop


def _kind_before(passage: Passage, at: int) -> str | None:
    match = _KIND.search(passage.folded[max(0, at - 40) : at])
    return KIND_BY_FOLDED[match["k"]] if match else None
