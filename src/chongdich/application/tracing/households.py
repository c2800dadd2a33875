"""People of one household are together: made sure of for whoever is traced, not kept for the whole province.

A membership is one presence at the household's venue, from the first day of the store on: since when somebody lives
there nobody wrote down. Who moves has the old one end at the moment the registry says so, and a new one beside it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from chongdich.application.tracing import keeping
from chongdich.domain.contacts.models import Presence
from chongdich.domain.contacts.presences import NewVenue, find_or_add_venues
from chongdich.registry.ledger.operations import Author
from chongdich.registry.people.models import Household, Person

FOR_EVER = timedelta(days=365 * 20)
CERTAINTY = 0.8
LOT = 500


def make_sure(person_ids: Iterable[int], by: Author) -> bool:
    """The households of these people stand in the presences as the registry has them. Whether any row is new."""
    homes: dict[int, Household] = {}
    for lot in _lots(sorted(set(person_ids))):
        rows = Household.objects.filter(members__in=lot, members__merged_into=None)
        homes |= {row.pk: row for row in rows}
    changed = False
    for lot in _lots(sorted(homes)):
        changed |= _write([homes[key] for key in lot], by)
    return changed


def _lots(keys: list[int]) -> Iterable[list[int]]:
    return (keys[start : start + LOT] for start in range(0, len(keys), LOT))


def _write(homes: list[Household], by: Author) -> bool:
    members: dict[int, set[int]] = {home.pk: set() for home in homes}
    living = Person.objects.filter(household__in=list(members), merged_into=None)
    for person, home in living.values_list("pk", "household_id"):
        members[home].add(person)
    shared = [home for home in homes if len(members[home.pk]) > 1]
    venues = find_or_add_venues([_venue(home) for home in shared], by)
    there = {(venue.pk, person): home.pk for home, venue in zip(shared, venues) for person in members[home.pk]}
    known = set(
        Presence.objects.filter(venue__in=[venue.pk for venue in venues], source="household", superseded=False)
        .values_list("venue_id", "person_id")
    )  # fmt: skip
    new = [
        _presence(venue, person, there[venue, person], by) for venue, person in there if (venue, person) not in known
    ]
    moved = _end_old({person for _, person in there}, {venue.pk for venue in venues}, by)
    Presence.objects.bulk_create(new, batch_size=LOT)
    return bool(new) or moved


def _venue(home: Household) -> NewVenue:
    return NewVenue(
        kind="household", name=f"Hộ {home.pk}", place_id=home.place_id, address=home.address, household_id=home.pk
    )


def _presence(venue: int, person: int, home: int, by: Author, until: datetime | None = None) -> Presence:
    return Presence(
        venue_id=venue, person_id=person, since=keeping.EPOCH, until=until or keeping.EPOCH + FOR_EVER,
        source="household", certainty=CERTAINTY, origin=f"household:{home}", recorded_at=by.at, by=by.account_id,
    )  # fmt: skip


def _end_old(people: set[int], venues: set[int], by: Author) -> bool:
    """Memberships of other households end now."""
    old = Presence.objects.filter(person__in=people, source="household", superseded=False, until__gt=by.at)
    rows = list(old.exclude(venue__in=venues))
    ends = [
        Presence(
            venue_id=row.venue_id, person_id=row.person_id, since=row.since, until=by.at, source="household",
            certainty=row.certainty, origin=row.origin, supersedes=row, recorded_at=by.at, by=by.account_id,
        )
        for row in rows
    ]  # fmt: skip
    Presence.objects.bulk_create(ends, batch_size=LOT)
    Presence.objects.filter(pk__in=[row.pk for row in rows]).update(superseded=True)
    return bool(rows)
