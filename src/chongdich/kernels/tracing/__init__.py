"""Who met whom: presences in, contacts out. See README.md; `reference` says what it means, `engine` answers quickly."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from .words import CONTACT, EVIDENCE, Case, Presences, TraceRule, World

if TYPE_CHECKING:
    from .backward import linking_places, sources
    from .engine import Contacts, Snapshot, index, trace
    from .importing import import_file
    from .sql import trace_sql
    from .store import TracingStore

# what needs the compiler or Parquet is loaded when first used
_LATER = {
    "Contacts": "engine",
    "Snapshot": "engine",
    "index": "engine",
    "trace": "engine",
    "linking_places": "backward",
    "sources": "backward",
    "TracingStore": "store",
    "import_file": "importing",
    "trace_sql": "sql",
}
__all__ = [
    "CONTACT",
    "EVIDENCE",
    "Case",
    "Contacts",
    "Presences",
    "Snapshot",
    "TraceRule",
    "TracingStore",
    "World",
    "import_file",
    "index",
    "linking_places",
    "sources",
    "trace",
    "trace_sql",
    "warm",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_LATER[name]}", __name__), name)


def warm() -> None:
    """Compile (once for an installation, some ten seconds) or load the compiled loops, before anybody waits."""
    from .engine import index, trace

    two = [{"person": who, "place": 0, "start": 0, "end": 60} for who in (0, 1)]
    found = trace(index(World(Presences.of(two), np.zeros(1))), [Case(0, 0, 60)], TraceRule(0, 0, 0, (0,)))
    found.evidence(1)
