"""Whom the house withdraws from contacts, as its own rooms say it: this is how what staff do acts on the outbreak."""

from django.db.models import Q

from chongdich.domain.cases.models import Case
from chongdich.domain.contacts.models import Contact
from chongdich.universe.drill import notebook
from chongdich.universe.drill.outbreak import Held
from chongdich.universe.drill.stage import Stage


def held_now(stage: Stage) -> Held:
    """Patients whose isolation is recorded, contacts whose quarantine is; those found ill in quarantine stay there."""
    truth = notebook.known()
    isolated = Case.objects.filter(outcome="active", isolated_at__lte=stage.at).values_list("person_id", flat=True)
    still = Q(quarantine_until=None) | Q(quarantine_until__gte=stage.today)
    ill = Q(state="converted", quarantined_at__isnull=False, converted_to__outcome="active")
    kept = Contact.objects.filter(Q(still, state="quarantined") | ill)
    quarantined = kept.values_list("person_id", flat=True)
    return Held(_of(truth, isolated), _of(truth, quarantined))


def _of(truth: dict[int, int], rows: object) -> list[int]:
    return sorted({truth.get(row, -1) for row in rows} - {-1})  # type: ignore[attr-defined]
