"""The desk: who acts, when, under which law. A journey receives one; nothing below reads a clock or draws a seed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from chongdich.core.errors import NotAllowed
from chongdich.core.identifiers import uuid7
from chongdich.core.periods import vietnam_day
from chongdich.registry.accounts.actor import Actor
from chongdich.registry.accounts.queries import covers, units_below, within
from chongdich.registry.accounts.roles import PERMISSIONS
from chongdich.registry.ledger.operations import Author
from chongdich.registry.local_law.queries import law_at
from chongdich.registry.people.queries import Scope, scope_of
from chongdich.regulations import Law


@dataclass(frozen=True)
class Desk:
    """`at` is an aware moment; `entropy(n)` gives n random bytes; `because_of` is the ledger entry that led here."""

    actor: Actor
    at: datetime
    entropy: Callable[[int], bytes]
    because_of: UUID | None = None
    own_law: Law | None = None  # a scenario's; else the law with the province's own rules

    @cached_property
    def law(self) -> Law:
        """The law this desk decides by."""
        return self.own_law or law_at(self.at)

    @cached_property
    def today(self) -> date:
        """The Vietnam day."""
        return vietnam_day(self.at)

    def may(self, permission: str, unit: int | None = None) -> bool:
        """Whether the actor holds the permission: anywhere, or for one unit."""
        bounds = self.actor.bounds(permission)
        return bool(bounds) and (unit is None or covers(bounds, unit, self.today))

    def require(self, permission: str, unit: int | None = None) -> None:
        """The guard on a journey's first line. Raises NotAllowed, naming what was wanted."""
        if not self.may(permission, unit):
            raise NotAllowed(f"Tài khoản của bạn không có quyền {PERMISSIONS[permission]} ở đơn vị này.")

    def visible(self, permission: str, field: str = "unit") -> Q:
        """The filter that keeps the rows whose unit the actor may see."""
        return within(self.actor.bounds(permission), field, self.today)

    @cached_property
    def _below(self) -> dict[frozenset[int], list[int]]:
        return {}

    def visible_by_number(self, permission: str, field: str) -> Q:
        """The same as `visible` with the units below written out: one query more, once a desk and set of units.

        PostgreSQL judges a list of numbers rightly, and a subquery as if every unit had as many rows as the average.
        """
        bounds = self.actor.bounds(permission)
        if bounds.everywhere or not bounds.below:
            return self.visible(permission, field)
        if bounds.below not in self._below:
            self._below[bounds.below] = list(units_below(bounds.below, self.today))
        return Q(**{f"{field}__in": sorted({*bounds.own, *self._below[bounds.below]})})

    @cached_property
    def _territories(self) -> dict[frozenset[int], Scope]:
        return {}

    def territory(self, permission: str) -> Scope:
        """The places and units that a permission covers, asked once a desk and set of units."""
        bounds = self.actor.bounds(permission)
        if bounds.everywhere:
            return Scope(everywhere=True)
        units = bounds.own | bounds.below
        if units not in self._territories:
            self._territories[units] = scope_of(units, self.today)
        return self._territories[units]

    def visible_by_territory(self, permission: str) -> Q:
        """The filter for rows with a `place` and a `unit`: of the territories a permission covers, or of its units."""
        scope = self.territory(permission)
        if scope.everywhere:
            return Q()
        if not scope.units:
            return Q(pk__in=())
        found = Q(place__in=sorted(scope.places)) | Q(unit__in=sorted(scope.units))
        return found | Q(place=None) if scope.placeless else found

    @property
    def author(self) -> Author:
        """The actor as the ledger names one."""
        return Author(self.actor.account_id, self.actor.unit_id, self.at, self.entropy, self.because_of)

    def new_id(self) -> UUID:
        """An identifier in time order."""
        return uuid7(self.at, self.entropy(10))

    def following(self, entry_id: UUID) -> "Desk":
        """The same desk, acting because of an entry."""
        return replace(self, because_of=entry_id)
