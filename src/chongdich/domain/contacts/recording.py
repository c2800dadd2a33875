"""Write what a tracing found beside what was there: set-based; what a person did stays, nothing is deleted."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chongdich.domain.contacts.models import Contact, Link, Tracing
from chongdich.domain.contacts.rules import FollowUp
from chongdich.domain.contacts.states import CONTACT
from chongdich.registry.ledger.operations import Author

LOT = 500
WIDE = 2000


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A person who met a case, or met an F1 of it (`through`: that person). `rule` is the record of the decision."""

    person_id: int
    case_id: int
    through: int | None
    venue_id: int | None
    minutes: float
    first_at: datetime
    last_at: datetime
    meetings: int
    condition: str
    rule: dict[str, Any] | None = None
    evidence: tuple[tuple[int, int], ...] = ()
    named: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """Where a person is to be reached, by whom, and whether that is elsewhere."""

    place_id: int | None = None
    unit_id: int | None = None
    outside: str = ""
    away: bool = False


@dataclass(frozen=True)
class Person:
    """How the law of the day and the worklist see a person: given by whoever knows people."""

    home: Home
    follow: Callable[[int, datetime], FollowUp]  # generation, last exposure
    rank: Callable[[int, float, datetime], float]  # generation, minutes, last exposure


@dataclass
class Outcome:
    """What changed: contacts found for the first time, and contacts whose links, days or state are others now."""

    new: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    f1: int = 0
    f2: int = 0


@dataclass(slots=True)
class _Live:
    """One standing link as the sums need it."""

    direct: bool
    minutes: float
    first_at: datetime | None
    last_at: datetime | None
    condition: str


def record_tracing(
    *, tracing: Tracing, links: Sequence[FoundLink], case_ids: Iterable[int], people: Mapping[int, Person], by: Author
) -> Outcome:
    """Contacts and links as this look at the facts gives them; needs an open transaction.

    Links of `case_ids` that are found no more are marked withdrawn; those written by hand stay.
    """
    return _Recording(tracing, links, set(case_ids), people, by).run()


class _Recording:
    def __init__(
        self, tracing: Tracing, links: Sequence[FoundLink], case_ids: set[int], people: Mapping[int, Person], by: Author
    ) -> None:
        self.tracing, self.links, self.case_ids, self.people, self.by = tracing, links, case_ids, people, by
        self.outcome = Outcome(f1=tracing.f1, f2=tracing.f2)
        self.before = list(_in_lots(Link.objects.select_related(None), "case__in", sorted(case_ids)))
        self.contacts = self._known_contacts()
        self.found: dict[int, list[FoundLink]] = defaultdict(list)
        for link in links:
            self.found[link.person_id].append(link)

    def run(self) -> Outcome:
        self._make_contacts()
        gone = self._write_links()
        self._set_right(gone | {self.contacts[who].pk for who in self.found})
        return self.outcome

    # --- contacts

    def _known_contacts(self) -> dict[int, Contact]:
        """The latest record of everybody concerned, by person."""
        people = {link.person_id for link in self.links}
        rows = _in_lots(Contact.objects.filter(disease=self.tracing.disease), "person__in", sorted(people))
        found = {row.person_id: row for row in sorted(rows, key=lambda row: row.pk)}
        linked = sorted({link.contact_id for link in self.before} - {row.pk for row in found.values()})
        others = {row.pk: row for row in _in_lots(Contact.objects.all(), "pk__in", linked)}
        self.by_key = {row.pk: row for row in found.values()} | others
        return found

    def _make_contacts(self) -> None:
        """Everybody without a record, and everybody whose record ended in a case that is over."""
        wanted = [who for who in self.found if who not in self.contacts or self.contacts[who].state == "converted"]
        new = [self._contact(who) for who in wanted]
        Contact.objects.bulk_create(new, batch_size=WIDE)
        self.fresh = {row.pk for row in new}
        self.contacts |= {row.person_id: row for row in new}
        self.by_key |= {row.pk: row for row in new}
        self.outcome.new = [row.pk for row in new]

    def _contact(self, person_id: int) -> Contact:
        row = Contact(person_id=person_id, disease=self.tracing.disease, generation=2, state="to_reach",
                      found_at=self.by.at, away=True)  # fmt: skip
        self._fill(row, [_live_of(one) for one in self.found[person_id]])
        return row

    def _fill(self, row: Contact, live: Sequence[_Live]) -> None:
        """What follows from the standing links."""
        direct = [one for one in live if one.direct]
        row.generation = 1 if direct else 2
        longest = max(direct or live, key=lambda one: one.minutes)
        row.category = longest.condition
        row.first_exposure = min((one.first_at for one in live if one.first_at), default=None)
        row.last_exposure = max((one.last_at for one in live if one.last_at), default=None)
        row.supported = True
        person = self.people.get(row.person_id)
        if person is None or row.last_exposure is None:
            return
        home = person.home
        row.place_id, row.unit_id, row.outside = home.place_id, home.unit_id, home.outside
        row.away = row.away and home.away
        follow = person.follow(row.generation, row.last_exposure)
        row.quarantine_until, row.follow_until = follow.quarantine_until, follow.follow_until
        row.follow_rule = follow.record
        row.rank = person.rank(row.generation, sum(one.minutes for one in direct or live), row.last_exposure)

    # --- links

    def _write_links(self) -> set[int]:
        """New links in, changed ones set right, the others of these cases withdrawn. The contacts touched."""
        known = {(row.contact_id, row.case_id, row.through_id): row for row in self.before}
        new, changed, seen = [], [], set()
        for link in self.links:
            key = self._key(link)
            if key is None:
                continue
            seen.add(key)
            row = known.get(key)
            if row is None:
                new.append(self._link(link, key))
            elif self._differs(row, link):
                changed.append(self._changed(row, link))
        gone = [row for key, row in known.items() if key not in seen and self._fell(row)]
        Link.objects.bulk_create(new, batch_size=WIDE)
        Link.objects.bulk_update(changed, _SUMS, batch_size=LOT)
        for start in range(0, len(gone), LOT):
            keys = [row.pk for row in gone[start : start + LOT]]
            Link.objects.filter(pk__in=keys).update(withdrawn=True, withdrawn_at=self.by.at)
        return {row.contact_id for row in (*new, *changed, *gone)}

    def _fell(self, row: Link) -> bool:
        """A link that this look no longer gives. Of whoever became a case since, that they were met stays true."""
        converted = row.through_id is None and self.by_key[row.contact_id].state == "converted"
        return not row.withdrawn and bool(row.tracing_id) and not converted

    def _key(self, link: FoundLink) -> tuple[int, int, int | None] | None:
        through = self.contacts.get(link.through) if link.through is not None else None
        if link.through is not None and through is None:
            return None
        return (self.contacts[link.person_id].pk, link.case_id, through.pk if through else None)

    def _link(self, link: FoundLink, key: tuple[int, int, int | None]) -> Link:
        row = Link(contact_id=key[0], case_id=key[1], through_id=key[2], found_at=self.by.at)
        return self._changed(row, link)

    def _differs(self, row: Link, link: FoundLink) -> bool:
        return row.withdrawn or any(getattr(row, name) != value for name, value in _told(link).items())

    def _changed(self, row: Link, link: FoundLink) -> Link:
        for name, value in _told(link).items():
            setattr(row, name, value)
        row.evidence, row.rule, row.tracing = [list(pair) for pair in link.evidence], link.rule, self.tracing
        row.withdrawn, row.withdrawn_at = False, None
        return row

    # --- what changed about contacts that were there

    def _set_right(self, touched: set[int]) -> None:
        old = [self.by_key[key] for key in touched if key not in self.fresh]
        live: dict[int, list[_Live]] = defaultdict(list)
        columns = ("contact_id", "through_id", "minutes", "first_at", "last_at", "condition")
        standing = Link.objects.filter(withdrawn=False)
        for key, through, *rest in _in_lots(standing, "contact__in", [row.pk for row in old], columns):
            live[key].append(_Live(through is None, *rest))
        changed = [row for row in old if self._settle(row, live.get(row.pk, []))]
        Contact.objects.bulk_update(changed, _KEPT_RIGHT, batch_size=LOT)
        self.outcome.changed = sorted(row.pk for row in changed)

    def _settle(self, row: Contact, live: Sequence[_Live]) -> bool:
        """Whether the record is another now. What a person decided stays, except that a new meeting reopens it."""
        before = {name: getattr(row, name) for name in _KEPT_RIGHT}
        if live:
            self._fill(row, live)
            if CONTACT[row.state].final and self._reopens(row, before["last_exposure"]):
                row.state, row.closed_at = "to_reach", None
        else:
            row.supported = False
            if not row.by_hand and not CONTACT[row.state].final:
                row.state, row.closed_at = "dismissed", self.by.at
        if all(getattr(row, name) == value for name, value in before.items()):
            return False
        row.version += 1
        return True

    def _reopens(self, row: Contact, last_known: datetime | None) -> bool:
        if row.state == "converted" or row.last_exposure is None:
            return False
        if row.state == "dismissed" and not row.by_hand:
            return True
        return last_known is None or row.last_exposure > last_known


_SUMS = ["venue_id", "minutes", "first_at", "last_at", "meetings", "condition", "named", "evidence", "rule", "tracing",
         "withdrawn", "withdrawn_at"]  # fmt: skip
_KEPT_RIGHT = ["generation", "state", "category", "first_exposure", "last_exposure", "quarantine_until", "follow_until",
               "follow_rule", "rank", "place_id", "unit_id", "outside", "away", "supported", "closed_at",
               "version"]  # fmt: skip


def _told(link: FoundLink) -> dict[str, Any]:
    return {
        "venue_id": link.venue_id, "minutes": link.minutes, "first_at": link.first_at, "last_at": link.last_at,
        "meetings": link.meetings, "condition": link.condition, "named": link.named,
    }  # fmt: skip


def _live_of(link: FoundLink) -> _Live:
    return _Live(link.through is None, link.minutes, link.first_at, link.last_at, link.condition)


def _in_lots(rows: Any, lookup: str, keys: Sequence[Any], columns: Sequence[str] = ()) -> Iterable[Any]:
    """Rows whose key is one of many, asked for a lot at a time."""
    for start in range(0, len(keys), LOT):
        lot = rows.filter(**{lookup: keys[start : start + LOT]})
        yield from lot.values_list(*columns) if columns else lot
