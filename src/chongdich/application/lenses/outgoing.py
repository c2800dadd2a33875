"""Documents made here: the register, where each went, its versions, and what this person may do with it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from django.db.models import Q, QuerySet

from chongdich.application.desk import Desk
from chongdich.application.journeys.drafting import Draft
from chongdich.application.recipients import Group, find_groups
from chongdich.application.wording import plain_text
from chongdich.core.errors import NotFound, Refused
from chongdich.domain.directives.models import Clause, Delivery, Directive, DraftVersion
from chongdich.domain.directives.queries import find_clauses
from chongdich.domain.directives.states import DIRECTIVE
from chongdich.registry.accounts.models import Account
from chongdich.registry.accounts.queries import find_appointments
from chongdich.registry.organisations.models import Organisation

HEAVY = ("text", "reading", "content", "search")
ISSUED = ("issued", "recalled", "replaced")
# What a person may do with a document, and by which permission; the state's table says when.
DEEDS = {
    "edit": "directives.draft", "submit": "directives.draft", "discard": "directives.draft",
    "sign": "directives.sign", "issue": "directives.issue", "recall": "directives.issue",
    "correct": "directives.draft", "replace": "directives.draft",
}  # fmt: skip


def find_outgoing(desk: Desk) -> QuerySet[Directive]:
    """Documents made in the registers the person may see; what is not issued only by the unit's own people."""
    own = Q(unit_id__in=sorted({grant.unit_id for grant in desk.actor.grants}))
    rows = Directive.objects.filter(desk.visible("directives.read", "unit_id"), direction=Directive.Direction.OUTGOING)
    return rows.filter(own | Q(state__in=ISSUED)).select_related("unit")


def find_register(desk: Desk) -> QuerySet[Directive]:
    """The same without their texts, for lists."""
    return find_outgoing(desk).defer(*HEAVY)


def get_outgoing(desk: Desk, directive_id: int) -> Directive:
    """One of them; NotFound also when it exists but may not be seen."""
    rows = find_outgoing(desk).select_related("unit__place", "implements", "replaces")
    found = rows.filter(pk=directive_id).first()
    if found is None:
        raise NotFound("Không tìm thấy văn bản này trong phạm vi của bạn.")
    return found


def count_deliveries(directives: Iterable[Directive]) -> dict[int, Counter[str]]:
    """For the documents of one page of a list: how many deliveries stand at which code. One query."""
    found: dict[int, Counter[str]] = {}
    rows = Delivery.objects.filter(directive__in=[row.pk for row in directives])
    for directive_id, status in rows.values_list("directive_id", "status"):
        found.setdefault(directive_id, Counter())[status] += 1
    return found


def find_drafting_units(desk: Desk) -> list[Organisation]:
    """The units in whose name the person drafts."""
    posts = {grant.unit_id for grant in desk.actor.grants if "directives.draft" in grant.permissions}
    units = [row.unit for row in find_appointments(desk.actor.account_id or 0, desk.today) if row.unit_id in posts]
    return list({unit.pk: unit for unit in units}.values())


def find_recipient_groups(desk: Desk, unit: Organisation) -> list[Group]:
    """The groups that a unit commonly writes to."""
    return find_groups(unit, desk.today)


def find_choosable_clauses(directive_id: int) -> list[Clause]:
    """The clauses of a document received that a draft may carry on."""
    return [row for row in find_clauses(directive_id) if row.state != Clause.State.DROPPED]


def find_deeds(desk: Desk, directive: Directive) -> set[str]:
    """What the person may do now: the state allows it, a post in the unit carries the right. No query."""
    held = {p for grant in desk.actor.grants if grant.unit_id == directive.unit_id for p in grant.permissions}
    allowed = DIRECTIVE[directive.state].actions
    deeds = {deed for deed, permission in DEEDS.items() if deed in allowed and permission in held}
    judge = "directives.issue" if directive.state == "signed" else "directives.sign"
    return deeds | ({"send_back"} if "send_back" in allowed and judge in held else set())


def find_successors(directive: Directive) -> list[Directive]:
    """Documents made here that set this one right or replace it, and those that carry it on."""
    rows = Directive.objects.filter(direction=Directive.Direction.OUTGOING, unit=directive.unit_id)
    linked = Q(replaces=directive) | Q(content__corrects=directive.pk)
    return list(rows.filter(linked).exclude(state="discarded").only("pk", "number", "symbol", "subject", "state"))


@dataclass(frozen=True)
class Version:
    """One saved version: when, by whom, with which remark."""

    order: int
    at: datetime
    by: str
    note: str


def find_versions(directive: Directive) -> list[Version]:
    """All saved versions, newest first. Two queries."""
    rows = list(directive.versions.defer("content").order_by("-order"))
    names = dict(Account.objects.filter(pk__in={row.by for row in rows if row.by}).values_list("pk", "display_name"))
    return [Version(row.order, row.at, names.get(row.by or 0, ""), row.note) for row in rows]


def get_version_text(directive: Directive, order: int) -> str:
    """The plain text of one saved version."""
    row = DraftVersion.objects.filter(directive=directive, order=order).first()
    if row is None:
        raise NotFound("Không có phiên bản này.")
    try:
        return plain_text(Draft.from_content(row.content).document)
    except Refused:
        return ""


@dataclass(frozen=True)
class Change:
    """A run of lines in two versions: same, added or removed."""

    kind: str
    lines: tuple[str, ...]


def compare(old: str, new: str) -> list[Change]:
    """Line by line what changed between two texts, in reading order."""
    before, after = old.splitlines(), new.splitlines()
    changes: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            changes.append(Change("same", tuple(before[a:b])))
            continue
        if b > a:
            changes.append(Change("removed", tuple(before[a:b])))
        if d > c:
            changes.append(Change("added", tuple(after[c:d])))
    return changes
