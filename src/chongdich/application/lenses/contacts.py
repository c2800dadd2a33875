"""See contacts: worklists of one's area, one contact with its reasons, the contacts of a case.

Who may not know names sees "N.V.A., 34 t., xã Phúc Lộc"; a telephone is shown only while the record is open for a
purpose (`journeys.contacts.open_contact`), and every opening is logged.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from chongdich.application.desk import Desk
from chongdich.application.lenses.cases import find_cases, title_of_case, title_of_person
from chongdich.application.lenses.people import find_own_opening
from chongdich.application.lenses.story import Event, get_story
from chongdich.core.errors import NotFound, Refused
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.models import Call, Contact, Link
from chongdich.domain.contacts.queries import OPEN_STATES, due_for_release
from chongdich.domain.contacts.rules import REACH_WITHIN, Clock, clock_of
from chongdich.domain.contacts.states import CONDITION, CONTACT, GENERATION
from chongdich.registry.accounts.models import Account
from chongdich.registry.people.models import Opening, Person
from chongdich.registry.people.queries import phones_of
from chongdich.regulations.explanation import Explanation

# Worklists: name -> label. `late` is past 24 hours and not reached; `due` past the last day of follow-up.
WORKLISTS = {
    "to_reach": "Cần liên hệ", "late": "Quá 24 giờ", "mine": "Của tôi", "unassigned": "Chưa phân công",
    "followed": "Đang theo dõi, cách ly", "due": "Hết thời gian theo dõi", "elsewhere": "Ở nơi khác",
    "lost": "Mất dấu, từ chối", "unsupported": "Không còn căn cứ", "all": "Tất cả",
}  # fmt: skip


def contact_filter(desk: Desk, permission: str = "contacts.read") -> Q:
    """Contacts who live in the territories of the units that give the permission, or whom these units follow."""
    return desk.visible_by_territory(permission)


def find_contacts(desk: Desk, permission: str = "contacts.read") -> QuerySet[Contact]:
    """Contacts one may see, whom to call first coming first."""
    desk.require(permission)
    rows = Contact.objects.filter(contact_filter(desk, permission)).order_by("-rank", "pk")
    return rows.select_related("person", "person__residence", "person__present", "place", "unit")


def worklist(desk: Desk, which: str = "to_reach", *, generation: int | None = None, place_id: int | None = None,
             tracer: int | None = None, case_id: int | None = None) -> QuerySet[Contact]:  # fmt: skip
    """One of `WORKLISTS`, narrowed to F1 or F2 (`generation`), a commune, a tracer (account), a case."""
    desk.require("contacts.read")
    rows = find_contacts(desk).filter(_which(desk, which))
    if generation:
        rows = rows.filter(generation=generation)
    if place_id:
        rows = rows.filter(place=place_id)
    if tracer:
        rows = rows.filter(tracer=tracer)
    if case_id:
        rows = rows.filter(pk__in=Link.objects.filter(case=case_id, withdrawn=False).values("contact"))
    return rows


def _which(desk: Desk, which: str) -> Q:
    open_to_reach = Q(state="to_reach")
    known = {
        "to_reach": open_to_reach,
        "late": open_to_reach & Q(found_at__lt=desk.at - REACH_WITHIN),
        "mine": Q(tracer=desk.actor.account_id, state__in=OPEN_STATES),
        "unassigned": open_to_reach & Q(tracer=None),
        "followed": Q(state__in=("reached", "followed", "quarantined")),
        "due": Q(pk__in=due_for_release(desk.today).values("pk")),
        "elsewhere": (Q(away=True) | ~Q(outside="") | Q(state="elsewhere")) & Q(state__in=OPEN_STATES),
        "lost": Q(state__in=("lost", "refused")),
        "unsupported": Q(supported=False, state__in=OPEN_STATES),
        "all": Q(),
    }
    if which not in known:
        raise Refused("Không có danh sách này.", "which")
    return known[which]


@dataclass(frozen=True)
class WorkRow:
    """A line of a worklist. `title` hides the name from who may not know it; `of` names the cases shortly."""

    contact: Contact
    title: str
    generation: str
    state: str
    condition: str
    clock: Clock
    tracer: str
    calls: int
    of: tuple[str, ...] = ()
    minutes: float = 0.0


def work_rows(desk: Desk, contacts: Iterable[Contact]) -> list[WorkRow]:
    """A page of contacts (`worklist`) as lines, in five questions."""
    desk.require("contacts.read")
    rows = list(contacts)
    named = desk.may("people.open")
    keys = [row.pk for row in rows]
    links = _links_of(keys)
    calls = dict(Call.objects.filter(contact__in=keys).values_list("contact").annotate(n=Count("pk")))
    tracers = _names({row.tracer for row in rows if row.tracer})
    return [
        WorkRow(
            row, title_of_person(desk, row.person, named), GENERATION[row.generation], CONTACT[row.state].label,
            CONDITION.get(row.category, ""), clock_of(found_at=row.found_at, reached_at=row.reached_at, at=desk.at),
            tracers.get(row.tracer or 0, ""), calls.get(row.pk, 0), tuple(_codes(links.get(row.pk, ()))),
            sum(link.minutes for link in links.get(row.pk, ())),
        )
        for row in rows
    ]  # fmt: skip


def _links_of(contact_ids: Sequence[int]) -> dict[int, list[Link]]:
    found: dict[int, list[Link]] = {}
    rows = Link.objects.filter(contact__in=contact_ids, withdrawn=False).select_related("case").order_by("pk")
    for link in rows:
        found.setdefault(link.contact_id, []).append(link)
    return found


def _codes(links: Iterable[Link]) -> Iterable[str]:
    """Codes of cases, each once; a case without a code by its number."""
    return dict.fromkeys(link.case.code or f"#{link.case.pk}" for link in links if link.case)


def _names(accounts: set[int]) -> dict[int, str]:
    return dict(Account.objects.filter(pk__in=accounts).values_list("pk", "display_name")) if accounts else {}


@dataclass(frozen=True)
class LinkView:
    """One reason. `case` is None for a case out of one's area; `through` is the F1 of an F2, hidden likewise."""

    link: Link
    case: Case | None
    case_title: str
    through_title: str
    place: str
    condition: str
    rule: Explanation | None


@dataclass(frozen=True)
class ContactView:
    """All that a contact's page shows. `phones` only while `opening` stands; `actions`: keys of the state's table."""

    contact: Contact
    title: str
    named: bool
    opening: Opening | None
    phones: list[str]
    clock: Clock
    links: list[LinkView]
    withdrawn: list[LinkView]
    onward: int  # how many F2 through this F1
    follow: Explanation | None
    calls: list[Call]
    callers: Mapping[int, str]
    tracer: str
    actions: tuple[str, ...]
    story: list[Event] = field(default_factory=list)


def get_visible_contact(desk: Desk, contact_id: int, permission: str = "contacts.read") -> Contact:
    """One of one's area; a foreign one looks like none."""
    found = find_contacts(desk, permission).filter(pk=contact_id).first()
    if found is None:
        raise NotFound("Không tìm thấy người tiếp xúc.")
    return found


def see_contact(desk: Desk, contact_id: int) -> ContactView:
    """One contact with its reasons, calls, clock and story."""
    desk.require("contacts.read")
    row = get_visible_contact(desk, contact_id)
    named = desk.may("people.open")
    opening = find_own_opening(desk, row.person) if named else None
    links = _link_views(desk, row, named)
    calls = list(row.calls.order_by("-at", "-pk"))
    names = _names({one for one in (row.tracer, *(call.by for call in calls)) if one})
    follow = desk.law.explain(row.follow_rule) if row.follow_rule else None
    return ContactView(
        row, title_of_person(desk, row.person, named), named, opening,
        phones_of([row.person_id]).get(row.person_id, []) if opening else [],
        clock_of(found_at=row.found_at, reached_at=row.reached_at, at=desk.at),
        [one for one in links if not one.link.withdrawn], [one for one in links if one.link.withdrawn],
        Link.objects.filter(through=row, withdrawn=False).count(), follow, calls, names, names.get(row.tracer or 0, ""),
        tuple(name for name in CONTACT[row.state].actions if name != "convert"), get_story(f"contact:{row.pk}"),
    )  # fmt: skip


def _link_views(desk: Desk, row: Contact, named: bool) -> list[LinkView]:
    links = list(
        row.links.select_related("venue", "venue__place", "through__person", "case__person", "tracing").order_by("pk")
    )
    seen = {case.pk: case for case in _visible_cases(desk, {link.case_id for link in links if link.case_id})}
    return [_link_view(desk, link, seen.get(link.case_id or 0), named) for link in links]


def _visible_cases(desk: Desk, case_ids: set[int]) -> Iterable[Case]:
    return find_cases(desk).filter(pk__in=case_ids) if case_ids and desk.may("cases.read") else ()


def _link_view(desk: Desk, link: Link, case: Case | None, named: bool) -> LinkView:
    """A case out of one's area goes by its code alone; the F1 in between by name only where names may be known."""
    title = title_of_case(desk, case, named) if case else (link.case.code if link.case else "") or "ca bệnh nơi khác"
    through = title_of_person(desk, link.through.person, named) if link.through else ""
    record = link.rule or (link.tracing.rule.get("f2_record") if link.tracing and link.through_id else None)
    rule = desk.law.explain(record) if record else None
    return LinkView(link, case, title, through, place_told(link), CONDITION.get(link.condition, ""), rule)


def place_told(link: Link) -> str:
    """Where, in words: "Chợ Phúc Lộc, xã Phúc Lộc"."""
    venue = link.venue
    if venue is None:
        return ""
    name = {"household": "cùng hộ gia đình", "encounter": "gặp riêng"}.get(venue.kind, venue.name)
    return ", ".join(part for part in (name, venue.plate, str(venue.place) if venue.place else "") if part)


@dataclass(frozen=True)
class CaseContacts:
    """The contacts of one case: lines of F1 and F2 that stand, how many links were withdrawn, when it was traced."""

    f1: list[WorkRow]
    f2: list[WorkRow]
    f1_count: int
    f2_count: int
    withdrawn: int
    traced_at: datetime | None
    window: tuple[datetime, datetime] | None


def contacts_of_case(desk: Desk, case_id: int, limit: int = 200) -> CaseContacts:
    """Of a case one may see; contacts who live out of one's area are counted, and listed hidden."""
    desk.require("contacts.read")
    case = find_cases(desk).filter(pk=case_id).first()
    if case is None:
        raise NotFound("Không tìm thấy ca bệnh.")
    from chongdich.domain.contacts.models import TracedCase

    links = Link.objects.filter(case=case, withdrawn=False)
    direct = links.filter(through=None).values("contact")
    rows = Contact.objects.select_related("person", "person__residence", "person__present", "place", "unit")
    near = rows.filter(pk__in=direct).order_by("-rank", "pk")
    far = rows.filter(pk__in=links.exclude(through=None).values("contact"), generation=2).order_by("-rank", "pk")
    traced = TracedCase.objects.filter(case=case).first()
    window = (traced.since, traced.until) if traced and traced.since and traced.until else None
    return CaseContacts(
        work_rows(desk, near[:limit]), work_rows(desk, far[:limit]), near.count(), far.count(),
        Link.objects.filter(case=case, withdrawn=True).count(), traced.traced_at if traced else None, window,
    )  # fmt: skip


def status_of_person(desk: Desk, person: Person) -> list[Contact]:
    """A person's records as a contact, latest first; for the person's own page."""
    desk.require("contacts.read")
    return list(find_contacts(desk).filter(person=person).order_by("-pk"))
