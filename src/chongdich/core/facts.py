"""What a fact is: something that happened, said once, never changed.

A room declares its facts in `facts.py` as frozen dataclasses below `Fact`. A fact carries identifiers, days and
areas, never names or phone numbers: the ledger keeps it for ever.
"""

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

from pydantic import TypeAdapter


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
        values: dict[str, Any] = _adapter(type(self)).dump_python(self, mode="json")
        return values

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """The fact again; a field added later takes its default, a field removed since is ignored."""
        known = {f.name for f in fields(cls)}
        fact: Self = _adapter(cls).validate_python({name: value for name, value in payload.items() if name in known})
        return fact


_adapters: dict[str, TypeAdapter[Any]] = {}


def _adapter(kind: type[Fact]) -> TypeAdapter[Any]:
    if kind.__name__ not in _adapters:
        _adapters[kind.__name__] = TypeAdapter(kind)
    return _adapters[kind.__name__]
