"""Chains as files for other tools: GraphML (Gephi, Cytoscape, yEd), and the two lists that R's epicontacts takes."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from chongdich.application.lenses.chain import Chains, Member
from chongdich.web.kit.exports import harmless

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
VALUES: dict[str, Callable[[Member], Any]] = {
    "onset": lambda m: m.told.onset,
    "sampled": lambda m: m.told.sampled,
    "confirmed": lambda m: m.told.confirmed,
    "isolated": lambda m: m.told.isolated,
    "infectious_from": lambda m: m.told.infectious_from,
    "infectious_until": lambda m: m.told.infectious_until,
    "outcome": lambda m: m.outcome,
    "outcome_on": lambda m: m.told.ended,
    "classification": lambda m: m.classification,
    "origin": lambda m: m.origin,
    "severity": lambda m: m.severity,
    "place": lambda m: m.place,
    "cluster": lambda m: m.cluster,
    "chain": lambda m: m.chain + 1,
    "generation": lambda m: m.generation,
}
_NUMBERS = ("chain", "generation")


def graphml(chains: Chains) -> bytes:
    """A directed graph; names of people are not in it. `chosen` marks the source that the tree of generations takes."""
    root = Element("graphml", xmlns=GRAPHML)
    for name in VALUES:
        kind = "int" if name in _NUMBERS else "string"
        SubElement(root, "key", {"id": name, "for": "node", "attr.name": name, "attr.type": kind})
    SubElement(root, "key", {"id": "label", "for": "node", "attr.name": "label", "attr.type": "string"})
    SubElement(root, "key", {"id": "chosen", "for": "edge", "attr.name": "chosen", "attr.type": "boolean"})
    SubElement(root, "key", {"id": "days", "for": "edge", "attr.name": "serial_interval_days", "attr.type": "int"})
    graph = SubElement(root, "graph", {"id": "chains", "edgedefault": "directed"})
    for member in chains.members:
        _node(graph, member)
    for source, case in chains.links:
        _edge(graph, chains, source, case)
    return tostring(root, "utf-8", xml_declaration=True)


def _node(graph: Element, member: Member) -> None:
    node = SubElement(graph, "node", id=f"c{member.pk}")
    SubElement(node, "data", key="label").text = member.told.label
    for name, value in VALUES.items():
        if (found := value(member)) not in (None, ""):
            SubElement(node, "data", key=name).text = _text(found)


def _edge(graph: Element, chains: Chains, source: int, case: int) -> None:
    before, after = chains.members[source], chains.members[case]
    edge = SubElement(graph, "edge", source=f"c{before.pk}", target=f"c{after.pk}")
    SubElement(edge, "data", key="chosen").text = "true" if after.parent == source else "false"
    if (days := interval(before, after)) is not None:
        SubElement(edge, "data", key="days").text = str(days)


def interval(source: Member, case: Member) -> int | None:
    """Days from the source's onset to the case's, where both are known."""
    if source.told.onset and case.told.onset:
        return (case.told.onset - source.told.onset).days
    return None


def linelist(chains: Chains) -> bytes:
    """One line a case, `id` first; days as 2021-11-29."""
    return _csv(["id", *VALUES], ([m.told.label, *(value(m) for value in VALUES.values())] for m in chains.members))


def contacts(chains: Chains) -> bytes:
    """One line a link, `from` and `to` first."""
    found = ((chains.members[a], chains.members[b], a) for a, b in chains.links)
    rows = ([a.told.label, b.told.label, interval(a, b), b.parent == at] for a, b, at in found)
    return _csv(["from", "to", "serial_interval_days", "chosen"], rows)


def _csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Without a mark at its beginning, which R would take for a part of the first column's name."""
    kept = io.StringIO()
    writer = csv.writer(kept)
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return kept.getvalue().encode()


def _cell(value: Any) -> Any:
    return value if isinstance(value, int) and not isinstance(value, bool) else harmless(_text(value))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
