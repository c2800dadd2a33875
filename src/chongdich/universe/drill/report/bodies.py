"""The same by commune and by body: who found whom, whose tasks were late."""

from collections import Counter, defaultdict

from chongdich.domain.contacts.models import Contact
from chongdich.domain.contacts.rules import REACH_WITHIN
from chongdich.domain.directives.models import Task
from chongdich.domain.directives.states import standing
from chongdich.universe.drill.outbreak import Infection
from chongdich.universe.drill.report.compare import Comparison, hours
from chongdich.universe.drill.report.figures import Duty, Unit
from chongdich.universe.drill.report.times import DAY
from chongdich.universe.drill.stage import Stage


def units_of(one: Comparison) -> list[Unit]:
    """One line a commune."""
    communes = range(len(one.stage.places))
    infections = Counter(one.stage.town.commune(i.person) for i in one.infections)
    cases = Counter(one.stage.town.commune(i.person) for i in one.found)
    contacts = Counter(one.stage.town.commune(person) for person, _ in one.all_pairs)
    found = Counter(one.stage.town.commune(person) for person, _ in one.pairs(one.recorded) | one.pairs(one.named))
    late = Counter(one.stage.town.commune(i.person) for i in one.found if _interview_late(one, i))
    calls = Counter(
        one.stage.town.commune(person)
        for person, seen in one.seen.items()
        for contact in seen.contacts
        if contact.generation == 1 and _call_late(one, contact)
    )
    counted = (infections, cases, contacts, found, late, calls)
    return [Unit(str(one.stage.places[c]), *(counts[c] for counts in counted)) for c in communes]


def _interview_late(one: Comparison, infection: Infection) -> bool:
    seen = one.of(infection.person)
    took = hours(seen.case.created_at if seen.case else None, seen.interviewed_at or one.stage.at)
    return took is not None and took > DAY


def _call_late(one: Comparison, contact: Contact) -> bool:
    return (contact.reached_at or one.stage.at) - contact.found_at > REACH_WITHIN


def duties_of(stage: Stage) -> list[Duty]:
    """One line a body that owes tasks."""
    lines: dict[str, Counter[str]] = defaultdict(Counter)
    for task in Task.objects.select_related("unit").order_by("unit__short_name", "pk"):
        lines[task.unit.short_name][standing(task.state, task.due, task.done_on, stage.today)] += 1
    return [
        Duty(name, found["done_in_time"] + found["done"], found["done_late"], found["open_in_time"] + found["open"],
             found["overdue"])
        for name, found in lines.items()
    ]  # fmt: skip
