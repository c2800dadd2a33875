"""What happened because of a case, and by which rule: the chain of facts from the result to contacts and calls."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from chongdich.application.desk import Desk
from chongdich.application.lenses.cases import get_visible_case
from chongdich.application.lenses.story import title_of
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.models import Link, Tracing
from chongdich.registry.accounts.models import Account
from chongdich.registry.ledger.models import Entry

MOST = 300


@dataclass(frozen=True)
class Step:
    """One fact with what followed from it. `detail` says what came of it in figures; `rules` names documents."""

    at: datetime
    title: str
    by: str
    kind: str
    seq: int
    detail: str = ""
    rules: tuple[str, ...] = ()
    then: list["Step"] = field(default_factory=list)


def what_followed(desk: Desk, case_id: int) -> list[Step]:
    """The trees of facts about a case, each below the fact that caused it, oldest first; at most 300 facts."""
    desk.require("cases.read")
    case = get_visible_case(desk, case_id)
    entries = _entries(case)
    names = dict(
        Account.objects.filter(pk__in={one.account_id for one in entries if one.account_id})
        .values_list("pk", "display_name")
    )  # fmt: skip
    steps = {one.id: _step(one, case, names) for one in entries}
    roots: list[Step] = []
    for one in entries:
        above = steps.get(one.because_of) if one.because_of else None
        (above.then if above else roots).append(steps[one.id])
    return roots


def _entries(case: Case) -> list[Entry]:
    """About the case, or about its person's results, or because of these; causes come along."""
    subjects = Q(subjects__subject=f"case:{case.pk}")
    results = Q(subjects__subject=f"person:{case.person_id}", kind__in=("ResultRecorded", "ResultCorrected"))
    found = {one.id: one for one in Entry.objects.filter(subjects | results).distinct().order_by("seq")[:MOST]}
    for _ in range(4):
        more = _causes(found) | _followers(found, case)
        if not more or len(found) >= MOST:
            break
        found |= more
    return sorted(found.values(), key=lambda one: one.seq)


def _causes(found: dict[UUID, Entry]) -> dict[UUID, Entry]:
    """Only causes of the case's own branch: a result of somebody else is another story."""
    wanted = {one.because_of for one in found.values() if one.because_of} - set(found)
    return {one.id: one for one in Entry.objects.filter(id__in=wanted).exclude(kind__in=("ResultRecorded",))}


def _followers(found: dict[UUID, Entry], case: Case) -> dict[UUID, Entry]:
    """What followed, less what is about other cases only."""
    rows = Entry.objects.filter(because_of__in=list(found)).order_by("seq")[:MOST]
    return {one.id: one for one in rows if one.id not in found and _concerns(one, case)}


def _concerns(one: Entry, case: Case) -> bool:
    own = one.payload.get("case_id")
    many = one.payload.get("case_ids")
    return (own is None or own == case.pk) and (many is None or case.pk in many)


def _step(one: Entry, case: Case, names: dict[int, str]) -> Step:
    detail, rules = _told(one, case)
    return Step(
        one.recorded_at, title_of(one), names.get(one.account_id or 0, "Hệ thống"), one.kind, one.seq, detail, rules
    )  # fmt: skip


def _told(one: Entry, case: Case) -> tuple[str, tuple[str, ...]]:
    if one.kind == "CaseConfirmed":
        return "", _documents(case.rule, case.window_rule)
    if one.kind == "ContactsTraced":
        return _traced(one, case)
    if one.kind == "PresencesRecorded":
        return f"{one.payload['count']} lần có mặt", ()
    return "", ()


def _traced(one: Entry, case: Case) -> tuple[str, tuple[str, ...]]:
    """How many of this case; the documents by which."""
    keys = [*one.payload["new_contact_ids"], *one.payload["changed_contact_ids"]]
    links = Link.objects.filter(case=case, tracing__in=one.payload.get("tracing_ids", ()))
    direct, onward = links.filter(through=None), links.exclude(through=None)
    tracing = Tracing.objects.filter(pk__in=one.payload.get("tracing_ids", ())).first()
    rules = [row.rule for row in direct.exclude(rule=None)[:1]] + ([tracing.rule.get("f2_record")] if tracing else [])
    words = f"{direct.count()} F1, {onward.count()} F2; {len(keys)} người tiếp xúc mới hoặc thay đổi"
    if tracing:
        words += f"; kho truy vết phiên bản {tracing.store_version}"
    return words, _documents(*rules)


def _documents(*records: dict | None) -> tuple[str, ...]:
    told = [record["basis"]["document"] for record in records if record and record.get("basis")]
    return tuple(dict.fromkeys(name for name in told if name))
