"""The open headings and items while a body is read, and what their children inherit."""

from dataclasses import dataclass, field

from ..result import Clause, Unit
from ..units import read_units
from .leads import coordination, own_units
from .outline import Node, is_assigning, is_narrative


@dataclass(frozen=True, slots=True)
class Context:
    """What the rest of the document tells about its clauses."""

    kind: str = "công văn"
    addressees: tuple[Unit, ...] = ()
    year: int | None = None
    annex: bool = False


@dataclass(slots=True)
class Frame:
    """An open heading or item: what its children inherit."""

    level: int
    lead: tuple[Unit, ...] = ()
    coordinating: tuple[Unit, ...] = ()
    narrative: bool = False
    assigning: bool = False
    title: str = ""


@dataclass(slots=True)
class State:
    context: Context
    intro: tuple[Unit, ...] = ()
    frames: list[Frame] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)


def parent_of(state: State) -> Frame:
    return (
        state.frames[-1]
        if state.frames
        else Frame(-1, narrative=state.context.kind == "báo cáo" or state.context.annex)
    )


def heading_frame(node: Node, state: State) -> Frame:
    parent = parent_of(state)
    text = node.paragraph.text
    lead, end = own_units(text)
    if not lead and node.kind in ("arabic", "letter"):
        lead, end = read_units(text, 0, bare=True)
    coordinating = coordination(text, end) if lead else ()
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
    return Frame(
        node.level, heading_lead, coordinating or (() if lead else parent.coordinating), narrative, assigning, text.text
    )
