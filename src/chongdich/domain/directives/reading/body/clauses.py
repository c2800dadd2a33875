"""From the outline to instructions: which paragraphs order, whom, with whom, by when, about what."""

import re

from chongdich.kernels.text.passages import Passage

from ..result import Clause, Text, Unit
from ..units import read_units
from .areas import areas_of
from .deadlines import deadline_of, manner_of
from .duties import is_closing, is_obligation
from .frames import Context, Frame, State, heading_frame, parent_of
from .leads import ORDER, coordination, ordering_part, own_units, subject_units
from .outline import LEAF, Node, is_instruction, outline
from .paragraphs import Paragraph

_PIECE = re.compile(r"[^;.]+(?:[.](?=\d)[^;.]*|\.\.\.+[^;.]*)*[;.]?")


def read_clauses(paragraphs: list[Paragraph], context: Context) -> tuple[Clause, ...]:
    """The instructions of a body, in order."""
    nodes = outline(_without_closing(paragraphs))
    first = next((i for i, node in enumerate(nodes) if node.kind != "plain"), len(nodes))
    intro, body = nodes[:first], nodes[first:]
    state = State(context, _units_ordered(intro))
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
        for order in reversed(list(ORDER.finditer(text.folded))):
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


def _take(node: Node, state: State) -> None:
    level = node.level
    plain_level = 6 if level == LEAF else level
    while state.frames and state.frames[-1].level >= plain_level:
        state.frames.pop()
    if node.heading:
        state.frames.append(heading_frame(node, state))
        return
    frame = parent_of(state)
    if frame.narrative or not is_obligation(node, state):
        if level != LEAF:
            state.frames.append(Frame(level, frame.lead, frame.coordinating, frame.narrative, frame.assigning))
        return
    if node.kind == "plus" and state.clauses and _is_detail(node, state):
        return
    clause = _clause(node, frame, state)
    state.clauses.append(clause)
    own = clause.lead if clause.lead and clause.lead[0].origin == "own" else frame.lead
    inherited = tuple(Unit(unit.name, unit.span, "heading") for unit in own)
    state.frames.append(
        Frame(plain_level if level == LEAF else level, inherited, frame.coordinating, False, frame.assigning)
    )


def _is_detail(node: Node, state: State) -> bool:
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


def _clause(node: Node, frame: Frame, state: State) -> Clause:
    text = node.paragraph.text
    lead, end = own_units(text)
    if not lead:
        lead, end = subject_units(text, bool(frame.lead) and not _stands_apart(node, state))
    coordinating = coordination(text, end)
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


def _stands_apart(node: Node, state: State) -> bool:
    """The last unmarked paragraph after an item that was whole in itself speaks to everybody again."""
    return node.kind == "plain" and node.last and bool(state.frames) and not any(f.title for f in state.frames[-1:])


def _is_general(lead: list[Unit]) -> bool:
    return bool(re.match(r"(?:các|thủ trưởng các)\s+(?:đơn vị|cơ quan|địa phương)", lead[0].name, re.IGNORECASE))


def _fallback_lead(frame: Frame, state: State) -> tuple[tuple[Unit, ...], str]:
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


def _unnumbered(intro: list[Node], state: State) -> list[Clause]:
    """A body without numbers or bullets: the sentences that give an order to a body."""
    for node in intro:
        text = node.paragraph.text
        if is_closing(text) and not ORDER.search(text.folded[:200]) and node is not intro[0]:
            continue
        found = ordering_part(text)
        if found is not None and not is_closing(found):
            part = Node(Paragraph(found, None, found), LEAF, "", "plain")
            state.clauses.append(_clause(part, Frame(-1), state))
        elif (deadline_of(text, state.context.year) or text.folded.startswith("luu y")) and node is not intro[0]:
            state.clauses.append(_clause(node, Frame(-1), state))
    return state.clauses


def _settled(state: State) -> list[Clause]:
    return state.clauses
