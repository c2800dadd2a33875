"""What people do with contacts: open, call, follow, give to a tracer, dismiss, release. Guards look at the area too."""

from collections.abc import Sequence
from datetime import datetime

from chongdich.application.desk import Desk
from chongdich.application.lenses.contacts import find_contacts, get_visible_contact
from chongdich.core.errors import NotFound, Refused
from chongdich.domain.contacts import reaching
from chongdich.domain.contacts.models import Call, Contact, Link
from chongdich.domain.contacts.queries import due_for_release, releasable
from chongdich.domain.lab.models import Result
from chongdich.registry.accounts.queries import find_members_of
from chongdich.registry.people import operations as people
from chongdich.registry.people.models import Opening

LOT = 500


def open_contact(desk: Desk, *, contact_id: int, purpose: str = "tracing", reason: str = "") -> Opening:
    """Open the person's record for an hour, to see the telephone; logged with the purpose."""
    desk.require("people.open")
    row = get_visible_contact(desk, contact_id, "contacts.work")
    return people.open_record(person_id=row.person_id, purpose=purpose, reason=reason, by=desk.author)


def record_call(desk: Desk, *, contact_id: int, outcome: str, note: str = "", at: datetime | None = None) -> Call:
    """Note one attempt: `outcome` of `states.CALL_OUTCOME`. Reaching somebody stops the 24-hour clock."""
    desk.require("contacts.work")
    row = get_visible_contact(desk, contact_id, "contacts.work")
    return reaching.record_call(contact_id=row.pk, outcome=outcome, note=note, at=at, by=desk.author)


def move_contact(
    desk: Desk, *, contact_id: int, action: str, note: str = "", version: int | None = None
) -> Contact:  # fmt: skip
    """Take one action of the state (`states.CONTACT`): follow, quarantine, release, lose, refuse, dismiss, reopen …"""
    desk.require("contacts.work")
    row = get_visible_contact(desk, contact_id, "contacts.work")
    return reaching.move(contact_id=row.pk, action=action, note=note, version=version, by=desk.author)


def assign_contacts(desk: Desk, *, contact_ids: Sequence[int], tracer: int | None) -> int:
    """Give contacts of one's area to an account that works for one of the units that follow them, or for one's own."""
    desk.require("contacts.assign")
    rows = find_contacts(desk, "contacts.assign").filter(pk__in=list(contact_ids))
    found = dict(rows.values_list("pk", "unit_id"))
    if set(contact_ids) - set(found):
        raise NotFound("Có người tiếp xúc không thuộc địa bàn của bạn.", "contacts")
    if tracer is not None:
        _check_tracer(desk, tracer, {unit for unit in found.values() if unit})
    return reaching.assign(contact_ids=sorted(found), tracer=tracer, by=desk.author)


def _check_tracer(desk: Desk, tracer: int, units: set[int]) -> None:
    own = {grant.unit_id for grant in desk.actor.grants}
    members = find_members_of(sorted(units | own), desk.today)
    if tracer not in {account for accounts in members.values() for account in accounts}:
        raise Refused("Người được phân công không thuộc đơn vị theo dõi.", "tracer")


def release_contacts(desk: Desk, *, contact_ids: Sequence[int]) -> int:
    """Release those of one's area whose last day by the rule is over; the others are left. How many."""
    desk.require("contacts.work")
    seen = find_contacts(desk, "contacts.work").filter(pk__in=list(contact_ids)).values_list("pk", flat=True)
    due = due_for_release(desk.today).filter(pk__in=list(seen)).values_list("pk", flat=True)
    return reaching.release(contact_ids=list(due), by=desk.author)


def _onward_due(at: datetime) -> set[int]:
    """F2 all of whose F1 tested negative after they met the case, and never positive."""
    waiting = Contact.objects.filter(
        generation=2, state__in=releasable(), follow_rule__outcome__until_event="first_f1_test_negative"
    ).values("pk")  # fmt: skip
    links = Link.objects.filter(contact__in=waiting, withdrawn=False).exclude(through=None)
    rows = list(links.values_list("contact_id", "through__person_id", "through__first_exposure"))
    clear = _negative_since({person: since for _, person, since in rows if since}, at)
    blocked = {contact for contact, person, _ in rows if person not in clear}
    return {contact for contact, _, _ in rows} - blocked


def _negative_since(people: dict[int, datetime], at: datetime) -> set[int]:
    results = Result.objects.filter(sample__person__in=list(people), superseded_by=None, resulted_at__lte=at)
    said: dict[str, set[int]] = {"negative": set(), "positive": set()}
    for person, outcome, taken in results.values_list("sample__person_id", "outcome", "sample__taken_at"):
        if taken >= people[person] and outcome in said:
            said[outcome].add(person)
    return said["negative"] - said["positive"]


def release_due(desk: Desk) -> int:
    """The clock: who is under follow-up is released when the last day by the rule is over, or, where the rule names
    that event (F2 until 2022), when the F1 tested negative. How many."""
    desk.require("system.act")
    over = due_for_release(desk.today).order_by("pk").values_list("pk", flat=True)
    keys = sorted({*over, *_onward_due(desk.at)})
    return sum(
        reaching.release(contact_ids=keys[start : start + LOT], by=desk.author) for start in range(0, len(keys), LOT)
    )
