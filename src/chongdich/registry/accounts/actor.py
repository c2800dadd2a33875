"""Who acts: an account with the grants that are in force that day. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from chongdich.registry.accounts.roles import ACTS, MACHINE, ROLES


@dataclass(frozen=True)
class Grant:
    """One appointment in force: these permissions for this unit, and for the units below it when `sees_below`."""

    role: str
    unit_id: int

    @property
    def permissions(self) -> frozenset[str]:
        return ROLES[self.role].permissions

    @property
    def sees_below(self) -> bool:
        return ROLES[self.role].sees_below


@dataclass(frozen=True)
class Bounds:
    """Where a permission holds: `own` units exactly, `below` units with everything that stands under them."""

    own: frozenset[int] = frozenset()
    below: frozenset[int] = frozenset()
    everywhere: bool = False

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.own or self.below)


@dataclass(frozen=True)
class Actor:
    """An account at work, or the machine (no account) settling what follows from facts."""

    account_id: int | None
    name: str
    grants: tuple[Grant, ...] = ()
    unit_id: int | None = None  # for which unit this person acts now
    machine: bool = field(default=False)

    def permissions(self) -> frozenset[str]:
        """Every permission held somewhere."""
        return MACHINE if self.machine else frozenset().union(*(grant.permissions for grant in self.grants))

    def bounds(self, permission: str) -> Bounds:
        """Where the permission holds; falsy when nowhere."""
        if self.machine:
            return Bounds(everywhere=permission in MACHINE)
        holding = [grant for grant in self.grants if permission in grant.permissions]
        if permission in ACTS:
            return Bounds(own=frozenset(grant.unit_id for grant in holding))
        return Bounds(_units(holding, below=False), _units(holding, below=True))


def _units(grants: Iterable[Grant], *, below: bool) -> frozenset[int]:
    return frozenset(grant.unit_id for grant in grants if grant.sees_below == below)


NOBODY = Actor(None, "")
THE_MACHINE = Actor(None, "Hệ thống", machine=True)
