"""The catalogue of body kinds and of collective words, read from data/*.yaml. Pure."""

from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, field_validator

from chongdich.registry.places.gazetteer import PlaceEntry
from chongdich.registry.places.kinds import PlaceKind


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Existence(_Frozen):
    """How a kind of body is at one level of place, where that differs from the kind itself."""

    label: str | None = None
    short: str | None = None
    symbol: str | None = None
    family: str | None = None
    named: Literal["unit", "bare", "alone"] | None = None
    forms: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    codes: tuple[str, ...] = ()


class BodyKind(_Frozen):
    """One kind of body; the fields are explained at the head of data/kinds.yaml."""

    kind: str
    label: str
    short: str = ""
    named: Literal["unit", "bare", "alone"] = "unit"
    symbol: str = ""
    family: str
    forms: tuple[str, ...] = ()
    plural: tuple[str, ...] = ()
    office: bool = False
    standing: bool = False
    tail: tuple[str, ...] = ()
    where: dict[str, Existence]
    territorial: tuple[str, ...] = ()
    professional: tuple[str, ...] = ()
    becomes: tuple[str, ...] = ()
    verified: bool = True

    @field_validator("where", mode="before")
    @classmethod
    def _empty_means_nothing_differs(cls, where: dict[str, Any]) -> dict[str, Any]:
        return {level: difference or {} for level, difference in where.items()}

    def at(self, kind: PlaceKind) -> Existence | None:
        """How the body is at a kind of place, or None where it does not exist there."""
        return self.where.get(kind.value) or self.where.get(kind.level.name.lower())

    def at_place(self, place: PlaceEntry) -> Existence | None:
        existence = self.at(place.kind)
        return existence if existence and (not existence.codes or place.code in existence.codes) else None

    def names_at(self, place: PlaceEntry) -> tuple[str, str]:
        """The full and the short name at a place."""
        here = self.at(place.kind) or Existence()
        label = here.label or self.label
        short = here.short or self.short or label
        after = {"unit": f" {place.full_name}", "bare": f" {place.name}", "alone": ""}[here.named or self.named]
        return label + after, short + after

    def family_at(self, kind: PlaceKind) -> str:
        here = self.at(kind)
        return (here.family if here else None) or self.family


class Groups(_Frozen):
    """Collective words, words for people and words for places; see data/groups.yaml."""

    families: dict[str, tuple[str, ...]]
    open: dict[str, tuple[str, ...]]
    units: tuple[str, ...]
    narrowing: tuple[str, ...]
    persons: tuple[str, ...]
    standing: tuple[str, ...]
    chiefs: tuple[str, ...]
    levels: dict[str, tuple[PlaceKind, ...]]
    whole_level: tuple[str, ...]
    all_levels: tuple[str, ...]
    plural: tuple[str, ...]
    fillers: tuple[str, ...]
    owner: tuple[str, ...]
    likely: tuple[str, ...]
    same_as_addressees: tuple[str, ...]


def _data(name: str) -> Any:
    return yaml.safe_load(
        resources.files("chongdich.registry.organisations").joinpath("data", name).read_text(encoding="utf-8")
    )


@cache
def body_kinds() -> dict[str, BodyKind]:
    """Every kind of body by its slug."""
    return {item["kind"]: BodyKind(**item) for item in _data("kinds.yaml")}


@cache
def groups() -> Groups:
    """The collective words."""
    return Groups(**_data("groups.yaml"))
