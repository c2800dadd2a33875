"""The places that ship with the package, read from data/*.csv. Pure.

Sources are named row by row. Units of Bắc Kạn and Bắc Yên of 2021, Thái Nguyên and the successors of Bắc Yên of 2025.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from chongdich.registry.places.gazetteer import Gazetteer, PlaceEntry
from chongdich.registry.places.kinds import PlaceKind


@dataclass(frozen=True, slots=True)
class PlaceData:
    """A row of places.csv. Coordinates are degrees (WGS 84), area square kilometres."""

    entry: PlaceEntry
    latitude: float | None
    longitude: float | None
    area_km2: float | None
    dates_verified: bool
    source: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files("chongdich.registry.places").joinpath("data", name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _number(text: str) -> float | None:
    return float(text) if text else None


def read_places() -> list[PlaceData]:
    """Every place of places.csv."""
    return [
        PlaceData(
            entry=_entry(row),
            latitude=_number(row["latitude"]),
            longitude=_number(row["longitude"]),
            area_km2=_number(row["area_km2"]),
            dates_verified=row["dates_verified"] == "yes",
            source=row["source"],
        )
        for row in _rows("places.csv")
    ]


def _entry(row: dict[str, str]) -> PlaceEntry:
    return PlaceEntry(
        key=f"{row['code']}@{row['valid_from']}",
        code=row["code"],
        kind=PlaceKind(row["kind"]),
        name=row["name"],
        valid_from=_day(row["valid_from"]),
        valid_until=_day(row["valid_until"]) if row["valid_until"] else None,
        parent=row["parent"] or None,
    )


def read_populations() -> list[dict[str, Any]]:
    """place (key), day, people, source, verified."""
    return [
        {**row, "day": _day(row["day"]), "people": int(row["people"]), "verified": row["verified"] == "yes"}
        for row in _rows("populations.csv")
    ]


def read_successions() -> list[dict[str, Any]]:
    """earlier (key), later (key), day, source, verified."""
    return [{**row, "day": _day(row["day"]), "verified": row["verified"] == "yes"} for row in _rows("successions.csv")]


def read_borders() -> list[tuple[str, str]]:
    """Pairs of keys of communes that touch, the lower first."""
    return [(row["place"], row["other"]) for row in _rows("borders.csv")]


@cache
def shipped_gazetteer() -> Gazetteer:
    """The gazetteer of the data files, without a database."""
    return Gazetteer(data.entry for data in read_places())
