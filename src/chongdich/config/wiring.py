"""Plug the real things into the ports, and the flow into the ledger."""

from chongdich.application import flow
from chongdich.registry.ledger.operations import router


def wire() -> None:
    """Called once, when the applications are loaded."""
    router.journeys_of = flow.journeys_of
