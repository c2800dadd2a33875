"""Outlines that the site supplies itself: every `geo/*.geojson` below the data folder. They replace the cells."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

Ring = tuple[tuple[float, float], ...]  # (latitude, longitude)

MOST_BYTES = 40 * 1024 * 1024
CODE_NAMES = ("code", "ma_xa", "maxa", "commune_id", "ma", "id")


def outlines() -> dict[str, list[Ring]]:
    """Rings by commune code; empty when no file is supplied or none can be read."""
    files = sorted((Path(settings.VAR) / "geo").glob("*.geojson"))
    return _read(tuple((str(path), path.stat().st_mtime_ns) for path in files if path.stat().st_size <= MOST_BYTES))


@lru_cache(maxsize=2)
def _read(files: tuple[tuple[str, int], ...]) -> dict[str, list[Ring]]:
    found: dict[str, list[Ring]] = {}
    for path, _ in files:
        for code, rings in _features(Path(path)):
            found.setdefault(code, []).extend(rings)
    return found


def _features(path: Path) -> Iterator[tuple[str, list[Ring]]]:
    """What is no feature with a code and an area is passed over: a map is no place to fail."""
    try:
        given = json.loads(path.read_text("utf-8"))
        features = [one for one in given["features"] if isinstance(one, dict)]
    except (OSError, ValueError, KeyError, TypeError):
        return
    for feature in features:
        code, rings = _code(feature), _rings(feature.get("geometry"))
        if code and rings:
            yield code, rings


def _code(feature: dict[str, Any]) -> str:
    properties = feature.get("properties") or {}
    lowered = {str(name).lower(): value for name, value in properties.items()} | {"id": feature.get("id")}
    value = next((lowered[name] for name in CODE_NAMES if lowered.get(name)), "")
    return str(value).zfill(5) if str(value).isdigit() else ""


def _rings(geometry: Any) -> list[Ring]:
    try:
        kind, given = geometry["type"], geometry["coordinates"]
        polygons = {"Polygon": [given], "MultiPolygon": given}.get(kind, [])
        return [tuple((float(p[1]), float(p[0])) for p in ring) for polygon in polygons for ring in polygon]
    except (KeyError, TypeError, ValueError, IndexError):
        return []
