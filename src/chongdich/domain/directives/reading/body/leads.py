"""Whom an instruction speaks to, and with whom: named at its start, after a condition or an order, by coordination."""

import re

from chongdich.kernels.text.passages import Passage

from ..result import Unit
from ..units import read_units, skip_prefix, starts_body
from .verbs import starts_with_verb

_COORDINATION = re.compile(
    r"^[\s,:;.–-]*(?:\([^)]{0,120}\)[\s,:;]*)?"
    r"(?:(?:tiep tuc|chu dong|thuong xuyen|tich cuc|co trach nhiem|chiu trach nhiem|chu tri|lam dau "
    r"moi|khan truong|can|phai|co nhiem vu|"
    r"theo chuc nang,? nhiem vu[^,:;]{0,40}|can cu chuc nang,? nhiem vu[^,:;]{0,40}|truc tiep|kip thoi|va|"
    r"tiep thu[^,;.]{0,60}|giup [^,;.]{0,40})[\s,:]+){0,5}phoi hop\s*,?\s*(?:chat che\s*,"
    r"?\s*)?(?:(?:cung\s+)?(?:voi|cung)\s+)?"
)
_CHAIRED = re.compile(r"\bchu tri\s*,?\s*(?:va\s+)?phoi hop\s*(?:chat che\s*)?(?:cung\s+)?(?:voi|cung|các)\s+")
ORDER = re.compile(
    r"\b(?:giao(?: cho)?|yeu cau|de nghi|chi thi|phan cong|chi dao|khuyen cao(?: manh me)?|thong bao den)\s+"
)
_CLAUSE_START = re.compile(
    r"^\W*(?:ket thuc|truoc|khi|trong|tu ngay|tu nay|sau|dinh ky|hang|neu|truong hop|de|tren co so"
    r"|can cu|rieng|theo|doi voi|nham|ngay|dong thoi|ngoai ra|truoc mat|hien nay|voi)\b"
)
_SUBJECT = re.compile(r"\b(?=(?:cac|moi)\s+(?:don vi|co quan|dia phuong|so|nganh|truong|benh vien|huyen|xa|phong)\b)")


def own_units(text: Passage) -> tuple[list[Unit], int]:
    start = skip_prefix(text)
    units, end = read_units(text, start)
    order = ORDER.match(text.folded) if not units else None
    if order and not order.group().startswith(("chi dao", "khuyen cao", "thong bao")):
        units, end = read_units(text, order.end(), bare=True)
    if units and end - start > 300 and end >= len(text) - 2:
        return [], 0
    return units, end


def coordination(text: Passage, at: int) -> tuple[Unit, ...]:
    """Those after "phối hợp với" where it opens the predicate, or after "chủ trì, phối hợp với" anywhere."""
    match = _COORDINATION.match(text.folded[at:])
    place = at + match.end() if match else -1
    if not match or not (starts_body(text, place) or read_units(text, place, bare=True)[0]):
        chaired = _CHAIRED.search(text.folded, at)
        place = chaired.end() if chaired else -1
    if place < 0:
        return ()
    return tuple(read_units(text, place, bare=True)[0])


def subject_units(text: Passage, has_heading: bool) -> tuple[list[Unit], int]:
    """The body after an opening condition ("Từ ngày …, các đơn vị …") or an order in mid-sentence ("…, giao Sở …")."""
    folded = text.folded
    colon = text.text.find(": ")
    if 0 < colon < 70 and starts_body(text, colon + 2):
        units, end = read_units(text, colon + 2)
        if units and begins_predicate(text, end):
            return units, end
    if _CLAUSE_START.match(folded):
        for comma in re.finditer(r",\s+", folded[:220]):
            if starts_body(text, comma.end()):
                units, end = read_units(text, comma.end())
                ordered = ORDER.match(text.folded, end + len(text.folded[end:]) - len(text.folded[end:].lstrip(" ,")))
                if ordered and not ordered.group().startswith("chi dao"):
                    units, end = read_units(text, ordered.end(), bare=True)
                if units and begins_predicate(text, end):
                    return units, end
        subject = _SUBJECT.search(folded, 8, 90)
        if subject and not has_heading:
            units, end = read_units(text, subject.end())
            if units and begins_predicate(text, end):
                return units, end
    if has_heading:
        return [], 0
    for order in ORDER.finditer(folded[:400]):
        if order.group().startswith(("giao", "yeu cau", "de nghi", "phan cong")) and not re.search(
            r"(?:theo|tai|co) $", folded[: order.start()]
        ):
            units, end = read_units(text, order.end(), bare=True)
            if units:
                return units, end
    return [], 0


def begins_predicate(text: Passage, at: int) -> bool:
    rest = text.folded[at:].lstrip(" ,:")
    return bool(rest) and (not rest.startswith("va ") or starts_with_verb(rest[3:], singles=False))


def ordering_part(text: Passage) -> Passage | None:
    if own_units(text)[0] and not ORDER.search(text.folded[:160]):
        return (
            text
            if begins_predicate(text, own_units(text)[1]) and not re.search(r"nhan duoc|thong bao", text.folded[:120])
            else None
        )
    for order in ORDER.finditer(text.folded):
        if order.group().startswith("chi dao") or not (
            starts_body(text, order.end()) or read_units(text, order.end(), bare=True)[0]
        ):
            continue
        if re.search(r"\b(?:theo|tai|co|van ban|cong van)\s*$", text.folded[: order.start()]):
            continue
        return text.part(order.start())
    return None
