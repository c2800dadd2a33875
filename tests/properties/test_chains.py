"""Chains: what the kernel says of any graph, held against a plain reference; no mark is drawn on another."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chongdich.kernels.chains import graph, layout

Graph = tuple[int, list[tuple[int, int]], list[float], list[int]]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """(count, arrows without doubles, days with some unknown, the source chosen or none)."""
    count = draw(st.integers(1, 14))
    node = st.integers(0, count - 1)
    arrows = draw(st.lists(st.tuples(node, node).filter(lambda pair: pair[0] != pair[1]), unique=True, max_size=24))
    days = draw(st.lists(st.one_of(st.just(math.nan), st.integers(0, 9).map(float)), min_size=count, max_size=count))
    return count, arrows, days, [draw(st.sampled_from([-1, *(a for a, b in arrows if b == n)])) for n in range(count)]


def ends(arrows: list[tuple[int, int]]) -> tuple[graph.Numbers, graph.Numbers]:
    pairs = np.array(arrows, np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def reached(start: int, arrows: list[tuple[int, int]]) -> set[int]:
    found, left = {start}, [start]
    while left:
        here = left.pop()
        new = {b for a, b in arrows if a == here} - found
        found |= new
        left.extend(new)
    return found


@given(graphs())
def test_chains_are_what_hangs_together_the_largest_first(given_graph: Graph) -> None:
    count, arrows, _days, _chosen = given_graph
    chain = graph.components(count, *ends(arrows)).tolist()
    both = arrows + [(b, a) for a, b in arrows]
    for node in range(count):
        assert {other for other in range(count) if chain[other] == chain[node]} == reached(node, both)
    sizes = [chain.count(name) for name in range(max(chain) + 1)]
    assert sizes == sorted(sizes, reverse=True)


@given(graphs())
def test_circles_are_those_who_reach_each_other(given_graph: Graph) -> None:
    count, arrows, _days, _chosen = given_graph
    ways = {node: reached(node, arrows) for node in range(count)}
    groups = {tuple(sorted(m for m in ways[n] if n in ways[m])) for n in range(count)}
    assert graph.loops(count, *ends(arrows)) == sorted(list(group) for group in groups if len(group) > 1)


def forest(given_graph: Graph) -> tuple[graph.Numbers, graph.Days, graph.Numbers]:
    count, arrows, days, chosen = given_graph
    sources, targets = ends(arrows)
    found = graph.parents(sources, targets, np.array(days), np.array(chosen, np.int64))
    return found, np.array(days), graph.components(count, sources, targets)


@given(graphs())
def test_sources_taken_are_arrows_and_make_no_circle(given_graph: Graph) -> None:
    count, arrows, _days, chosen = given_graph
    parent, _, _ = forest(given_graph)
    steps = graph.generations(parent)
    for node, source in enumerate(parent.tolist()):
        if source == graph.NONE:
            assert steps[node] == 0
        else:
            assert (source, node) in arrows
            assert steps[node] == steps[source] + 1
    if not graph.loops(count, *ends(arrows)):
        assert all(parent[node] == source for node, source in enumerate(chosen) if source >= 0)
        assert all((parent[node] == graph.NONE) == all(b != node for _a, b in arrows) for node in range(count))


@given(graphs())
def test_each_case_has_a_row_below_its_source_and_chains_do_not_mix(given_graph: Graph) -> None:
    parent, days, chain = forest(given_graph)
    rows = layout.rows(parent, days, chain)
    assert sorted(rows.tolist()) == list(range(len(parent)))
    assert all(rows[node] > rows[source] for node, source in enumerate(parent.tolist()) if source >= 0)
    in_order = chain[np.argsort(rows)].tolist()
    assert in_order == sorted(in_order)


@given(graphs())
def test_the_tree_has_room_for_every_leaf(given_graph: Graph) -> None:
    parent, days, chain = forest(given_graph)
    height, steps = layout.tidy(parent, days, chain), graph.generations(parent)
    places = {(step, round(at, 6)) for step, at in zip(steps.tolist(), height.tolist())}
    assert len(places) == len(parent)


@given(graphs())
def test_no_two_cases_of_the_graph_lie_on_each_other(given_graph: Graph) -> None:
    parent, days, chain = forest(given_graph)
    x, y, width, height = layout.pack(*layout.radial(parent, days, chain), chain)
    assert x.min() >= 0
    assert y.min() >= 0
    assert x.max() <= width + 1e-6
    assert y.max() <= height + 1e-6
    apart = np.hypot(x[:, None] - x[None, :], y[:, None] - y[None, :]) + np.eye(len(x)) * 9
    assert apart.min() > 0.6
