"""What a fact is: something that happened, said once, never changed.

A room declares its facts in `facts.py` as frozen dataclasses below `Fact`. A fact carries identifiers, days and
areas, never names or phone numbers: the ledger keeps it for ever.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar, Self
from uuid import UUID

_PLAIN = (str, int, float, bool, type(None))


@dataclass(frozen=True, kw_only=True)
class Fact:
    """The base of every fact. `kind` is the class name and is what the ledger stores."""

    kinds: ClassVar[dict[str, type["Fact"]]] = {}
    label: ClassVar[str] = ""  # Vietnamese, for screens

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.__name__ in Fact.kinds and Fact.kinds[cls.__name__].__module__ != cls.__module__:
            raise TypeError(f"two facts are called {cls.__name__}")
        Fact.kinds[cls.__name__] = cls

    @property
    def kind(self) -> str:
        return type(self).__name__

    def payload(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {f.name: _to_json(getattr(self, f.name)) for f in fields(self)}

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """The fact again; a field added later takes its default, a field removed is ignored."""
        known = {f.name: f.type for f in fields(cls)}
        return cls(**{name: _from_json(known[name], value) for name, value in payload.items() if name in known})


def _to_json(value: Any) -> Any:
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_to_json(item) for item in value]
    raise TypeError(f"a fact cannot carry {type(value).__name__}")


def _from_json(annotation: Any, value: Any) -> Any:
    kind = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
    if value is None:
        return None
    if isinstance(value, list):
        inner = str(annotation)
        return tuple(_from_json(inner[inner.find("[") + 1 :], item) for item in value)
    if isinstance(value, str):
        if "UUID" in str(annotation):
            return UUID(value)
        if "datetime" in kind or "datetime" in str(annotation):
            return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        if "date" in kind:
            return date.fromisoformat(value)
    return value
