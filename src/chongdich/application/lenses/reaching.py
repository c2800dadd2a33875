"""See a worklist as a tracer works it: cards with the telephone of whoever's record is open, figures, who may trace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Q, QuerySet

from chongdich.application.desk import Desk
from chongdich.application.lenses.contacts import WorkRow, work_rows
from chongdich.domain.contacts.models import Contact
from chongdich.domain.contacts.rules import REACH_AT_LAST, REACH_WITHIN
from chongdich.registry.accounts.models import Account
from chongdich.registry.accounts.queries import find_members_of
from chongdich.registry.people.models import Opening
from chongdich.registry.people.queries import OPENING_LASTS, phones_of
from chongdich.registry.people.rules.phones import shown_phone
from chongdich.registry.places.models import Place

RECENT = timedelta(days=14)  # contacts whose reaching is counted above the list


@dataclass(frozen=True)
class Card:
    """One contact to be called. `phones` are there while the record is `open` to this account."""

    row: WorkRow
    phones: list[str]
    open: bool


def cards(desk: Desk, contacts: Sequence[Contact]) -> list[Card]:
    """Some contacts of a worklist as cards, in two questions more than their lines."""
    desk.require("contacts.read")
    people = [one.person_id for one in contacts]
    opened = _opened(desk, people) if people and desk.may("people.open") else set()
    phones = phones_of(sorted(opened)) if opened else {}
    return [
        Card(row, [shown_phone(one) for one in phones.get(row.contact.person_id, [])], row.contact.person_id in opened)
        for row in work_rows(desk, contacts)
    ]


def _opened(desk: Desk, people: list[int]) -> set[int]:
    rows = Opening.objects.filter(
        person__in=people, account_id=desk.actor.account_id, at__lte=desk.at, at__gt=desk.at - OPENING_LASTS
    )
    return set(rows.values_list("person_id", flat=True))


@dataclass(frozen=True)
class Reach:
    """How reaching stands: to reach, of these past 24 and past 48 hours; found lately, reached within 24 hours."""

    to_reach: int
    late: int
    too_late: int
    found: int
    in_time: int

    @property
    def share(self) -> int | None:
        """Percent reached within 24 hours of those found lately whose 24 hours are over or who were reached."""
        return round(100 * self.in_time / self.found) if self.found else None


def reach_of(desk: Desk, area: QuerySet[Contact]) -> Reach:
    """Figures of one's area (`find_contacts`), in one question."""
    desk.require("contacts.read")
    waiting = Q(state="to_reach")
    lately = Q(found_at__gt=desk.at - RECENT) & ~Q(state="dismissed")
    judged = lately & (Q(found_at__lte=desk.at - REACH_WITHIN) | Q(reached_at__isnull=False))
    counted = area.order_by().aggregate(
        to_reach=Count("pk", filter=waiting),
        late=Count("pk", filter=waiting & Q(found_at__lt=desk.at - REACH_WITHIN)),
        too_late=Count("pk", filter=waiting & Q(found_at__lt=desk.at - REACH_AT_LAST)),
        found=Count("pk", filter=judged),
        in_time=Count("pk", filter=lately & Q(reached_at__lte=F("found_at") + REACH_WITHIN)),
    )
    return Reach(**counted)


def find_contact_places(desk: Desk, area: QuerySet[Contact]) -> list[tuple[int, str]]:
    """Communes in which contacts of one's area are to be reached."""
    desk.require("contacts.read")
    rows = Place.objects.filter(pk__in=area.order_by().exclude(place=None).values("place")).order_by("search")
    return list(rows.values_list("pk", "full_name")[:500])


def find_tracers(desk: Desk, contacts: Sequence[Contact] = ()) -> list[tuple[int, str]]:
    """Accounts to whom contacts may be given: of one's own units, and of those that follow the contacts shown."""
    desk.require("contacts.read")
    units = {grant.unit_id for grant in desk.actor.grants} | {one.unit_id for one in contacts if one.unit_id}
    members = find_members_of(sorted(units), desk.today)
    keys = {account for accounts in members.values() for account in accounts}
    return list(Account.objects.filter(pk__in=keys).order_by("display_name").values_list("pk", "display_name")[:300])
