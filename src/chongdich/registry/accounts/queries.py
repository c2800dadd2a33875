"""Ask about accounts: who acts, and which units a permission covers."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from chongdich.registry.accounts.actor import Actor, Bounds, Grant
from chongdich.registry.accounts.models import Account, Appointment, Reach
from chongdich.registry.accounts.roles import ROLES, roles_with
from chongdich.registry.organisations.models import Organisation
from chongdich.registry.places.kinds import Level


def in_force(on: date) -> Q:
    """Appointments that count on a day."""
    return Q(withdrawn_at=None, since__lte=on) & (Q(until=None) | Q(until__gt=on))


def find_appointments(account_id: int, on: date) -> list[Appointment]:
    """An account's appointments in force, with their units, in a steady order."""
    rows = Appointment.objects.filter(in_force(on), account_id=account_id)
    return list(rows.select_related("unit", "unit__place").order_by("id"))


def get_actor(account: Account, on: date, acting_unit_id: int | None = None) -> Actor:
    """The account with its grants of that day, acting for `acting_unit_id` if it holds a post there."""
    return actor_of(account, find_appointments(account.pk, on), acting_unit_id)


def actor_of(account: Account, appointments: list[Appointment], acting_unit_id: int | None = None) -> Actor:
    """The same from appointments already read."""
    grants = tuple(Grant(row.role, row.unit_id) for row in appointments) if account.is_active else ()
    units = [grant.unit_id for grant in grants]
    unit_id = acting_unit_id if acting_unit_id in units else (units[0] if units else None)
    return Actor(account.pk, account.display_name, grants, unit_id)


def within(bounds: Bounds, field: str, on: date) -> Q:
    """The filter that keeps rows whose unit `field` lies within the bounds. Nothing when the bounds are empty."""
    if bounds.everywhere:
        return Q()
    found = Q(**{f"{field}__in": []})
    if bounds.own:
        found |= Q(**{f"{field}__in": sorted(bounds.own)})
    if bounds.below:
        found |= Q(**{f"{field}__in": units_below(bounds.below, on)})
    return found


def units_below(ancestors: frozenset[int], on: date) -> QuerySet[Reach, int]:
    """A subquery of the units at or below some units on a day."""
    alive = Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))
    return Reach.objects.filter(alive, ancestor__in=sorted(ancestors)).values_list("descendant_id", flat=True)


def covers(bounds: Bounds, unit_id: int, on: date) -> bool:
    """Whether one unit lies within the bounds."""
    if bounds.everywhere or unit_id in bounds.own or unit_id in bounds.below:
        return True
    return bool(bounds.below) and units_below(bounds.below, on).filter(descendant_id=unit_id).exists()


def needs_second_factor(appointments: list[Appointment]) -> bool:
    """Whether some post sees more than a commune: administrators, and roles that see below a district or province."""
    return any(
        row.role == "administrator" or (ROLES[row.role].sees_below and _above_commune(row.unit)) for row in appointments
    )


def _above_commune(unit: Organisation) -> bool:
    return unit.place.level < Level.COMMUNE


def find_heads_of(unit_ids: list[int], on: date) -> dict[int, list[int]]:
    """For each unit the accounts that head or lead it: who is told when it is late."""
    return _accounts_of(unit_ids, Q(role__in=("unit_head", "leader")), on)


def find_members_of(unit_ids: list[int], on: date) -> dict[int, list[int]]:
    """For each unit the accounts with any post in it."""
    return _accounts_of(unit_ids, Q(), on)


def find_holders(permission: str, unit_id: int, on: date) -> list[int]:
    """Accounts whose own post in a unit carries a permission."""
    return _accounts_of([unit_id], Q(role__in=roles_with(permission)), on).get(unit_id, [])


def _accounts_of(unit_ids: list[int], which: Q, on: date) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    rows = Appointment.objects.filter(in_force(on), which, unit_id__in=unit_ids, account__is_active=True)
    for unit_id, account_id in rows.values_list("unit_id", "account_id").distinct().order_by("unit_id", "account_id"):
        found.setdefault(unit_id, []).append(account_id)
    return found


def is_fresh(version_in_session: object, account: Account) -> bool:
    """Whether a session was opened under the account's present rights."""
    return account.is_active and version_in_session == account.rights_version


def invitation_is_open(expires_at: datetime, used_at: datetime | None, at: datetime) -> bool:
    """Whether a one-time link may still be used."""
    return used_at is None and at < expires_at
