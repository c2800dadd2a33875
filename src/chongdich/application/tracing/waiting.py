"""Which facts wait to be traced, and which cases they touch."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from chongdich.application.desk import Desk
from chongdich.application.tracing import keeping
from chongdich.application.tracing.question import engine_case
from chongdich.core.facts import Fact
from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.facts import PresencesRecorded
from chongdich.domain.contacts.models import Link, TracedCase
from chongdich.registry.ledger.models import Entry, Settlement
from chongdich.registry.ledger.queries import fact_of

NAME = "trace_contacts"
MOST_AT_ONCE = 5000  # facts taken in by one run
LOT = 500


def waiting_facts(desk: Desk, fact: Fact) -> dict[int, Fact]:
    """This fact and the others of its kind of work that wait, by number in the ledger.

    One that failed before is taken alone, so that one bad fact stops no other.
    """
    own = Entry.objects.filter(id=desk.because_of).first() if desk.because_of else None
    if own is None:
        return {0: fact}
    rows = Settlement.objects.filter(journey=NAME, state=Settlement.State.WAITING).select_related("entry")
    if rows.filter(entry=own, attempts__gt=1).exists():
        return {own.seq: fact}
    found = {own.seq: fact}
    for row in rows.filter(attempts=0).order_by("entry_id")[:MOST_AT_ONCE]:
        found[row.entry_id] = fact_of(row.entry)
    return found


def settle_along(desk: Desk, waiting: Mapping[int, Fact]) -> None:
    own = Entry.objects.filter(id=desk.because_of).values_list("seq", flat=True).first() if desk.because_of else None
    keys = sorted(set(waiting) - {own, 0})
    for start in range(0, len(keys), LOT):
        rows = Settlement.objects.filter(journey=NAME, entry__in=keys[start : start + LOT])
        rows.filter(state=Settlement.State.WAITING).update(
            state=Settlement.State.SETTLED, settled_at=desk.at, error="", leased_by=""
        )


def cases_of(desk: Desk, waiting: Mapping[int, Fact]) -> list[Case]:
    """The cases these facts touch, less those already traced with the fact in hand."""
    wanted: dict[int, int] = {}
    presences: list[PresencesRecorded] = []
    for seq, fact in waiting.items():
        if isinstance(fact, PresencesRecorded):
            presences.append(fact)
        for case_id in _named_by(fact):
            wanted[case_id] = max(seq, wanted.get(case_id, 0))
    done = _traced_up_to(wanted)
    keys = {case_id for case_id, seq in wanted.items() if not seq or done.get(case_id, -1) < seq}
    if presences:
        keys |= _touched(desk, presences)
    return [row for lot in _lots(sorted(keys)) for row in Case.objects.filter(pk__in=lot).select_related("person")]


def _named_by(fact: Fact) -> Iterable[int]:
    """The cases a fact names."""
    if fact.kind == "ContactConverted":  # whoever was met through this person is F1 of the new case, or nobody's F2
        links = Link.objects.filter(contact=fact.contact_id, withdrawn=False)  # type: ignore[attr-defined]
        return {fact.case_id, *links.values_list("case_id", flat=True)}  # type: ignore[attr-defined]
    one = getattr(fact, "case_id", None)
    if one is not None:
        return [one]
    many = getattr(fact, "case_ids", None)
    if many is not None and fact.kind != "ImportUndone":
        return many
    if fact.kind == "ImportUndone":
        return Case.objects.filter(import_row__import_of=fact.import_id).values_list("pk", flat=True)  # type: ignore[attr-defined]
    if fact.kind in ("LocalRuleRecorded", "LocalRuleWithdrawn"):
        later = TracedCase.objects.filter(case__confirmed_on__gte=fact.since)  # type: ignore[attr-defined]
        return later.values_list("case_id", flat=True)
    if fact.kind in ("PeopleMerged", "MergeUndone"):
        both = [fact.kept_id, fact.gone_id]  # type: ignore[attr-defined]
        own = Case.objects.filter(person__in=both).values_list("pk", flat=True)
        return {*own, *Link.objects.filter(contact__person__in=both, withdrawn=False).values_list("case_id", flat=True)}
    return []


def _traced_up_to(case_ids: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for lot in _lots(sorted(case_ids)):
        found |= dict(TracedCase.objects.filter(case__in=lot).values_list("case_id", "up_to"))
    return found


def _touched(desk: Desk, presences: Iterable[PresencesRecorded]) -> set[int]:
    """Cases whose window meets the time of new presences and who, or whose F1, were near them; all for a bulk file."""
    spans = [(fact, fact.since, fact.until) for fact in presences if fact.since and fact.until]
    if not spans:
        return set()
    first, last = min(span[1] for span in spans), max(span[2] for span in spans)
    live = dict(
        TracedCase.objects.filter(since__lte=last, case__classification="confirmed")
        .exclude(until__lt=first).values_list("case_id", "case__person_id")
    )  # fmt: skip
    if not live or any(not fact.person_ids for fact, _, _ in spans):
        return set(live)
    near = _neighbours(desk, spans)
    found = {case_id for case_id, person in live.items() if person in near}
    linked = Link.objects.filter(withdrawn=False, case__in=list(live), through=None)
    for lot in _lots(sorted(near)):
        found.update(linked.filter(contact__person__in=lot).values_list("case_id", flat=True))
    return found


def _neighbours(desk: Desk, spans: Iterable[tuple[PresencesRecorded, datetime, datetime]]) -> set[int]:
    """Those of whom presences came in, and everybody who was with them then."""
    from chongdich.kernels.tracing import TraceRule, trace

    people = {person for fact, _, _ in spans for person in fact.person_ids}
    store = keeping.catch_up(desk.at)
    if store is None:
        return people
    anybody = TraceRule(0, 0, 0, tuple(range(16)), lag_minutes=60, lag_classes=tuple(range(16)))
    windows = [engine_case(person, since, until) for fact, since, until in spans for person in fact.person_ids]
    found = trace(store.snapshot(), windows, anybody, None, TraceRule(None, None, None, ()))
    return people | set(found.table["person"].tolist())


def _lots(keys: list[int]) -> Iterable[list[int]]:
    return (keys[start : start + LOT] for start in range(0, len(keys), LOT))
