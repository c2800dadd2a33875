"""What the house found, person by person: its cases, results, interviews and contacts laid beside the true people."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from chongdich.domain.cases.models import Case, Interview
from chongdich.domain.contacts.models import Contact
from chongdich.domain.contacts.models import Link as Met
from chongdich.domain.lab.models import Result
from chongdich.universe.drill import notebook


@dataclass
class Seen:
    """One simulated person as the house sees them. Rows of the registry that mean the same person are together."""

    rows: list[int] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    interviews: list[Interview] = field(default_factory=list)

    @property
    def case(self) -> Case | None:
        """The first confirmed case."""
        return next((case for case in self.cases if case.classification == "confirmed"), None)

    @property
    def positive(self) -> Result | None:
        """The positive result that came first."""
        found = [result for result in self.results if result.outcome == "positive"]
        return min(found, key=lambda result: (result.resulted_at, result.pk), default=None)

    @property
    def interviewed_at(self) -> datetime | None:
        """When the first interview was finished."""
        return min((one.finished_at for one in self.interviews if one.finished_at), default=None)

    @property
    def first_contact(self) -> Contact | None:
        """The first contact record."""
        return min(self.contacts, key=lambda contact: (contact.found_at, contact.pk), default=None)


def everybody_seen() -> dict[int, Seen]:
    """Everybody of the drill whom the house knows in some way."""
    truth = notebook.known()
    seen: dict[int, Seen] = defaultdict(Seen)
    for row, person in truth.items():
        if person >= 0:
            seen[person].rows.append(row)
    for case in Case.objects.order_by("pk"):
        seen[truth.get(case.person_id, -1)].cases.append(case)
    for result in Result.objects.filter(superseded_by=None).select_related("sample").order_by("pk"):
        seen[truth.get(result.sample.person_id, -1)].results.append(result)
    for contact in Contact.objects.order_by("pk"):
        seen[truth.get(contact.person_id, -1)].contacts.append(contact)
    for interview in Interview.objects.exclude(finished_at=None).select_related("case").order_by("pk"):
        seen[truth.get(interview.case.person_id, -1)].interviews.append(interview)
    seen.pop(-1, None)
    return dict(seen)


def recorded_contacts() -> dict[int, set[int]]:
    """Simulated patient -> simulated people whom the house holds for their contacts (F1)."""
    truth = notebook.known()
    found: dict[int, set[int]] = defaultdict(set)
    links = Met.objects.filter(withdrawn=False, through=None, contact__generation=1).select_related("contact", "case")
    for link in links:
        if link.case is not None:
            found[truth.get(link.case.person_id, -1)].add(truth.get(link.contact.person_id, -1))
    found.pop(-1, None)
    return {person: others - {-1} for person, others in found.items()}
