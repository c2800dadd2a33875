"""From the outline to instructions: which paragraphs order, whom, with whom, by when, about what."""

import re
from dataclasses import dataclass, field

from chongdich.kernels.text.legibility import legibility
from chongdich.kernels.text.passages import Passage

from .areas import areas_of
from .deadlines import deadline_of, manner_of
from .outline import LEAF, Node, begins_with_verb, is_assigning, is_instruction, is_narrative, outline
from .paragraphs import Paragraph, starts_with_verb
from .result import Clause, Text, Unit
from .units import read_units, skip_prefix, starts_body
from .vocabulary import CLOSINGS, GENERAL_EXECUTION, NOUN_OPENINGS

_COORDINATION = re.compile(
    r"^[\s,:;.–-]*(?:\([^)]{0,120}\)[\s,:;]*)?"
    r"(?:(?:tiep tuc|chu dong|thuong xuyen|tich cuc|co trach nhiem|chiu trach nhiem|chu tri|lam dau "
    r"moi|khan truong|can|phai|co nhiem vu|"
    r"theo chuc nang,? nhiem vu[^,:;]{0,40}|can cu chuc nang,? nhiem vu[^,:;]{0,40}|truc tiep|kip thoi|va|"
    r"tiep thu[^,;.]{0,60}|giup [^,;.]{0,40})[\s,:]+){0,5}phoi hop\s*,?\s*(?:chat che\s*,"
    r"?\s*)?(?:(?:cung\s+)?(?:voi|cung)\s+)?"
)
_CHAIRED = re.compile(r"\bchu tri\s*,?\s*(?:va\s+)?phoi hop\s*(?:chat che\s*)?(?:cung\s+)?(?:voi|cung|các)\s+")
_ORDER = re.compile(
    r"\b(?:giao(?: cho)?|yeu cau|de nghi|chi thi|phan cong|chi dao|khuyen cao(?: manh me)?|thong bao den)\s+"
)
_CLAUSE_START = re.compile(
    r"^\W*(?:ket thuc|truoc|khi|trong|tu ngay|tu nay|sau|dinh ky|hang|neu|truong hop|de|tren co so"
    r"|can cu|rieng|theo|doi voi|nham|ngay|dong thoi|ngoai ra|truoc mat|hien nay|voi)\b"
)
_SUBJECT = re.compile(r"\b(?=(?:cac|moi)\s+(?:don vi|co quan|dia phuong|so|nganh|truong|benh vien|huyen|xa|phong)\b)")
_CLOSING = re.compile(r"^\W*(?:" + "|".join(map(re.escape, CLOSINGS)) + r")")
_GENERAL = re.compile(
    r"(?:nghiem tuc|khan truong|quan tam|phoi hop|to chuc|trien khai|can cu|chu dong|kip thoi|cung"
    r"|tich cuc|chi dao|de|biet|nghiem)[^.;]{0,60}\b(?:thuc hien|trien khai|phoi hop)\b"
)
_NOTIFIES = re.compile(
    r"^\W*(?:van phong|ubnd|uy ban|so|bo|thua)\b.{0,60}\bthong bao (?:de |den |toi |y kien|ket luan|noi "
    r"dung)"
)
_ENDS_GENERAL = re.compile(r"(?:" + "|".join(map(re.escape, GENERAL_EXECUTION)) + r")[^.;]{0,25}\W*$")
_NOUNS = re.compile(r"^\W*(?:" + "|".join(map(re.escape, NOUN_OPENINGS)) + r")\b")
_PERSON = re.compile(r"^\W*(?:ong|ba|dong chi|d/c|mot so|dai dien)\b")
_MUST = re.compile(r"\b(?:duoc thuc hien|phai|yeu cau|bat buoc|do (?:so|ubnd|cac) .{5,60} thuc hien)\b")
_EFFECT = re.compile(r"\b(?:co hieu luc|het hieu luc|thay the (?:quyet dinh|cong van|chi thi|ke hoach))\b")
_ISSUES = re.compile(r"^\W*(?:ban hanh kem theo|phe duyet kem theo)\b")
_PIECE = re.compile(r"[^;.]+(?:[.](?=\d)[^;.]*|\.\.\.+[^;.]*)*[;.]?")
_OFFICE = re.compile(r"^\W*(?:thu truong|giam doc|chu tich|truong|bo truong|lanh dao)\b")


@dataclass(frozen=True, slots=True)
class Context:
    """What the rest of the document tells about its clauses."""

    kind: str = "công văn"
    addressees: tuple[Unit, ...] = ()
    year: int | None = None
    annex: bool = False


@dataclass(slots=True)
class _Frame:
    """An open heading or item: what its children inherit."""

    level: int
    lead: tuple[Unit, ...] = ()
    coordinating: tuple[Unit, ...] = ()
    narrative: bool = False
    assigning: bool = False
    title: str = ""


@dataclass(slots=True)
class _State:
    context: Context
    intro: tuple[Unit, ...] = ()
    frames: list[_Frame] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)


def read_clauses(paragraphs: list[Paragraph], context: Context) -> tuple[Clause, ...]:
    """The instructions of a body, in order."""
    nodes = outline(_without_closing(paragraphs))
    first = next((i for i, node in enumerate(nodes) if node.kind != "plain"), len(nodes))
    intro, body = nodes[:first], nodes[first:]
    state = _State(context, _units_ordered(intro))
    if not body:
        return tuple(_unnumbered(intro, state))
    for node in body:
        _take(node, state)
    return tuple(_settled(state))


def _units_ordered(intro: list[Node]) -> tuple[Unit, ...]:
    """ "… yêu cầu Thủ trưởng các sở, ngành thực hiện một số nhiệm vụ sau:" names those the list is for."""
    for node in reversed(intro):
        if node.paragraph.ends not in (":", "") and node is not intro[-1]:
            continue
        text = node.paragraph.text
        for order in reversed(list(_ORDER.finditer(text.folded))):
            units, _ = read_units(text, order.end(), bare=True)
            if units and order.end() > 20:
                return tuple(Unit(unit.name, unit.span, "intro") for unit in units)
    return ()


def _without_closing(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Off with the closing sentences after the last numbered paragraph."""
    if all(p.mark is None for p in paragraphs):
        return paragraphs
    end = len(paragraphs)
    while end > 0 and paragraphs[end - 1].mark is None and is_closing(paragraphs[end - 1].text):
        end -= 1
    return paragraphs[:end]


def is_closing(text: Passage) -> bool:
    """A general call to carry the document out, thanks, or what the document replaces: no instruction of its own."""
    folded = text.folded.strip()
    if _CLOSING.match(folded) or _NOTIFIES.match(folded):
        return True
    if deadline_of(text, None) is not None:
        return False
    order = _ORDER.search(folded[:90])
    if order and _GENERAL.search(folded, order.start()) and (order.start() == 0 or len(text) < 260):
        return True
    if _OFFICE.match(folded) and _ENDS_GENERAL.search(folded[-90:]):
        return True
    return (
        len(text) < 400
        and _ENDS_GENERAL.search(folded[-70:]) is not None
        and bool(re.search(r"\./|/\.", text.text[-6:]))
    )


def _take(node: Node, state: _State) -> None:
    level = node.level
    plain_level = 6 if level == LEAF else level
    while state.frames and state.frames[-1].level >= plain_level:
        state.frames.pop()
    if node.heading:
        state.frames.append(_heading_frame(node, state))
        return
    frame = _inherited(state)
    if frame.narrative or not _is_obligation(node, state):
        if level != LEAF:
            state.frames.append(_Frame(level, frame.lead, frame.coordinating, frame.narrative, frame.assigning))
        return
    if node.kind == "plus" and state.clauses and _is_detail(node, state):
        return
    clause = _clause(node, frame, state)
    state.clauses.append(clause)
    own = clause.lead if clause.lead and clause.lead[0].origin == "own" else frame.lead
    inherited = tuple(Unit(unit.name, unit.span, "heading") for unit in own)
    state.frames.append(
        _Frame(plain_level if level == LEAF else level, inherited, frame.coordinating, False, frame.assigning)
    )


def _inherited(state: _State) -> _Frame:
    return (
        state.frames[-1]
        if state.frames
        else _Frame(-1, narrative=state.context.kind == "báo cáo" or state.context.annex)
    )


def _heading_frame(node: Node, state: _State) -> _Frame:
    parent = _inherited(state)
    text = node.paragraph.text
    lead, end = _own_units(text)
    if not lead and node.kind in ("arabic", "letter"):
        lead, end = read_units(text, 0, bare=True)
    coordinating = _coordination(text, end) if lead else ()
    heading_lead = tuple(Unit(unit.name, unit.span, "heading") for unit in lead) or parent.lead
    narrative, assigning = parent.narrative, parent.assigning
    titled = node.kind in ("roman", "part") or text.text.isupper()
    if (
        is_assigning(node, strict=state.context.annex)
        and (titled or parent.narrative)
        and not is_narrative(node, strict=True)
    ):
        narrative, assigning = False, True
    elif is_narrative(node, strict=not titled) and not lead:
        narrative = True
    elif titled and state.context.kind not in ("báo cáo",) and not state.context.annex:
        narrative = False
    if state.context.annex and not assigning:
        narrative = True
    return _Frame(
        node.level, heading_lead, coordinating or (() if lead else parent.coordinating), narrative, assigning, text.text
    )


def _own_units(text: Passage) -> tuple[list[Unit], int]:
    start = skip_prefix(text)
    units, end = read_units(text, start)
    order = _ORDER.match(text.folded) if not units else None
    if order and not order.group().startswith(("chi dao", "khuyen cao", "thong bao")):
        units, end = read_units(text, order.end(), bare=True)
    if units and end - start > 300 and end >= len(text) - 2:
        return [], 0
    return units, end


def _coordination(text: Passage, at: int) -> tuple[Unit, ...]:
    """Those after "phối hợp với" where it opens the predicate, or after "chủ trì, phối hợp với" anywhere."""
    match = _COORDINATION.match(text.folded[at:])
    place = at + match.end() if match else -1
    if not match or not (starts_body(text, place) or read_units(text, place, bare=True)[0]):
        chaired = _CHAIRED.search(text.folded, at)
        place = chaired.end() if chaired else -1
    if place < 0:
        return ()
    return tuple(read_units(text, place, bare=True)[0])


def _is_obligation(node: Node, state: _State) -> bool:
    text = node.paragraph.text
    if sum(c.isalpha() for c in text.text) < 14 or "|" in text.text or legibility(text.text) < 0.6:
        return False
    if node.kind == "plain" and (_CLOSING.match(text.folded) or (text.text[:1].islower() and len(text) < 70)):
        return False
    if node.kind == "plain" and re.match(r"^\W*(?:noi nhan|luu|dinh kem|\(\*\)|ghi chu)", text.folded):
        return False
    if (_EFFECT.search(text.folded) and node.kind in ("article", "plain")) or _ISSUES.match(text.folded):
        return False
    if (
        _PERSON.match(text.folded)
        and len(text) < 160
        and not _MUST.search(text.folded)
        and "trach nhiem" not in text.folded
    ):
        return False
    if _NOUNS.match(text.folded) and not _OFFICE.match(text.folded) and not _MUST.search(text.folded):
        colon = text.text.find(": ")
        ordered = 0 < colon < 120 and starts_with_verb(text.text[colon + 2 :], singles=False)
        return ordered or (bool(read_units(text, 0)[0]) and len(text) > 60)
    return True


def _is_detail(node: Node, state: _State) -> bool:
    """A "+" that names things and orders nothing is part of the instruction above it."""
    if is_instruction(node):
        return False
    clause = state.clauses[-1]
    text = node.paragraph.text
    detail = Text(text.text, text.span())
    state.clauses[-1] = _with_detail(clause, detail)
    return True


def _with_detail(clause: Clause, detail: Text) -> Clause:
    values = {name: getattr(clause, name) for name in Clause.__dataclass_fields__}
    values["text"] = f"{clause.text} + {detail.value}"
    values["span"] = (clause.span[0], max(clause.span[1], detail.span[1] if detail.span else 0))
    values["actions"] = (*clause.actions, detail)
    return Clause(**values)


def _clause(node: Node, frame: _Frame, state: _State) -> Clause:
    text = node.paragraph.text
    lead, end = _own_units(text)
    if not lead:
        lead, end = _subject_units(text, bool(frame.lead) and not _stands_apart(node, state))
    coordinating = _coordination(text, end)
    doubt = ""
    settled = tuple(lead)
    if not settled:
        settled, doubt = _fallback_lead(frame, state)
        coordinating = coordinating or frame.coordinating
    path = "" if lead and _is_general(lead) and _stands_apart(node, state) else node.path
    titles = tuple(f.title for f in state.frames if f.title)
    return Clause(
        path=path,
        text=text.text,
        span=text.span(),
        lead=settled,
        coordinating=coordinating,
        actions=_actions(text),
        deadline=deadline_of(text, state.context.year),
        manner=manner_of(text),
        areas=areas_of(text, titles),
        headings=titles,
        annex=state.context.annex,
        doubt=doubt,
    )


def _stands_apart(node: Node, state: _State) -> bool:
    """The last unmarked paragraph after an item that was whole in itself speaks to everybody again."""
    return node.kind == "plain" and node.last and bool(state.frames) and not any(f.title for f in state.frames[-1:])


def _is_general(lead: list[Unit]) -> bool:
    return bool(re.match(r"(?:các|thủ trưởng các)\s+(?:đơn vị|cơ quan|địa phương)", lead[0].name, re.IGNORECASE))


def _subject_units(text: Passage, has_heading: bool) -> tuple[list[Unit], int]:
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
                ordered = _ORDER.match(text.folded, end + len(text.folded[end:]) - len(text.folded[end:].lstrip(" ,")))
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
    for order in _ORDER.finditer(folded[:400]):
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


def _fallback_lead(frame: _Frame, state: _State) -> tuple[tuple[Unit, ...], str]:
    if frame.lead:
        return frame.lead, ""
    if state.intro:
        return state.intro, ""
    if state.context.addressees and state.context.kind in ("công văn", "công điện") and not state.context.annex:
        units = tuple(Unit(unit.name, unit.span, "addressees") for unit in state.context.addressees)
        return units, "Không nêu đơn vị thực hiện; tạm giao các nơi nhận ở phần Kính gửi."
    return (), "Không nêu đơn vị thực hiện."


def _actions(text: Passage) -> tuple[Text, ...]:
    """The parts between semicolons and full stops, each an action of its own; none when there is only one."""
    pieces = [text.part(*m.span()).trimmed(" ;.:,") for m in _PIECE.finditer(text.text)]
    pieces = [piece for piece in pieces if sum(c.isalpha() for c in piece.text) > 8]
    return tuple(Text(piece.text, piece.span()) for piece in pieces) if len(pieces) > 1 else ()


def _unnumbered(intro: list[Node], state: _State) -> list[Clause]:
    """A body without numbers or bullets: the sentences that give an order to a body."""
    for node in intro:
        text = node.paragraph.text
        if is_closing(text) and not _ORDER.search(text.folded[:200]) and node is not intro[0]:
            continue
        found = _ordering_part(text)
        if found is not None and not is_closing(found):
            part = Node(Paragraph(found, None, found), LEAF, "", "plain")
            state.clauses.append(_clause(part, _Frame(-1), state))
        elif (deadline_of(text, state.context.year) or text.folded.startswith("luu y")) and node is not intro[0]:
            state.clauses.append(_clause(node, _Frame(-1), state))
    return state.clauses


def _ordering_part(text: Passage) -> Passage | None:
    if _own_units(text)[0] and not _ORDER.search(text.folded[:160]):
        return (
            text
            if begins_predicate(text, _own_units(text)[1]) and not re.search(r"nhan duoc|thong bao", text.folded[:120])
            else None
        )
    for order in _ORDER.finditer(text.folded):
        if order.group().startswith("chi dao") or not (
            starts_body(text, order.end()) or read_units(text, order.end(), bare=True)[0]
        ):
            continue
        if re.search(r"\b(?:theo|tai|co|van ban|cong van)\s*$", text.folded[: order.start()]):
            continue
        return text.part(order.start())
    return None


def _settled(state: _State) -> list[Clause]:
    return state.clauses


__all__ = ["Context", "begins_with_verb", "is_closing", "read_clauses"]
