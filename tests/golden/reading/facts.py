"""Reading judged against facts: the exact form after Unicode and white space are settled, and the published scorer."""

import importlib.util
import json
from functools import cache
from types import ModuleType
from typing import Any

from chongdich.core.vietnamese import squeeze
from tests.shared import shared


@cache
def seeds() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name to text and gold of the five seeds."""
    gold = json.loads(shared("gold", "seed_directives.json").read_text(encoding="utf-8"))
    return {name: (shared("seeds", name).read_text(encoding="utf-8"), facts) for name, facts in gold.items()}


@cache
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reading_score", shared("gold", "score.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def settled(value: Any) -> Any:
    """Unicode and white space settled, through lists and dicts."""
    if isinstance(value, str):
        return squeeze(value)
    if isinstance(value, list):
        return [settled(item) for item in value]
    if isinstance(value, dict):
        return {key: settled(item) for key, item in value.items()}
    return value


def only(facts: dict[str, Any], like: dict[str, Any]) -> dict[str, Any]:
    """Of what was read, the keys the gold has."""
    return {key: facts.get(key) for key in like}


def pooled(rows: list[dict[str, float]]) -> dict[str, float]:
    """The scorer's figures over several documents."""
    total = {key: sum(row[key] for row in rows) for key in rows[0]}
    header = ("number", "symbol", "date", "kind", "issuer", "subject", "place", "signer", "addressees")
    found = max(1.0, total["obl_tp"])
    return {
        "header": sum(total[key] for key in header) / len(header) / len(rows),
        "citations": scorer().f1(total["cit_tp"], total["cit_g"], total["cit_o"]),
        "obligations": scorer().f1(total["obl_tp"], total["obl_g"], total["obl_o"]),
        "lead": total["lead"] / found,
        "path": total["path"] / found,
        "coordinating": total["coord"] / found,
    }
