"""What happens next: for each fact the journeys that follow it, by name; or that nothing follows."""

import importlib
from collections.abc import Callable, Sequence
from typing import Any

FLOW: dict[str, tuple[str, ...]] = {}

ENDS: frozenset[str] = frozenset(
    {
        "AccountOpened",
        "AppointmentMade",
        "AppointmentWithdrawn",
        "AccountClosed",
        "PasswordSet",
        "SecondFactorSet",
        "SecondFactorReset",
    }
)

# Where each journey that follows from a fact is found: "module below application.journeys".
HOMES: dict[str, str] = {}


def journeys_of(kind: str) -> Sequence[str]:
    """Names of the journeys that follow a kind of fact."""
    return FLOW.get(kind, ())


def journey(name: str) -> Callable[..., Any]:
    """The journey's function."""
    module = importlib.import_module(f"chongdich.application.journeys.{HOMES[name]}")
    found: Callable[..., Any] = getattr(module, name)
    return found
