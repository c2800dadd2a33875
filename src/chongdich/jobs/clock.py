"""The only places where the jobs read the clock and draw random bytes."""

import os
from datetime import UTC, datetime

from django.conf import settings

from chongdich.application.desk import Desk
from chongdich.registry.accounts.actor import THE_MACHINE, Actor


def now() -> datetime:
    """This moment by the house's clock, aware."""
    return datetime.now(UTC) + settings.CLOCK_OFFSET


def entropy(count: int) -> bytes:
    """Random bytes."""
    return os.urandom(count)


def desk(actor: Actor = THE_MACHINE) -> Desk:
    """A desk of this moment; of the machine unless told otherwise."""
    return Desk(actor, now(), entropy)
