"""Write contacts: venues and presences, what tracing found, what became of each person."""

from django.db import transaction

from chongdich.core.errors import Conflict
from chongdich.domain.contacts import facts
from chongdich.domain.contacts.models import Contact
from chongdich.domain.contacts.states import CONTACT
from chongdich.registry.ledger.operations import Author, record


@transaction.atomic
def convert(*, contact_id: int, case_id: int, by: Author) -> Contact:
    """A contact became a case."""
    contact = Contact.objects.get(pk=contact_id)
    if "convert" not in CONTACT[contact.state].actions:
        raise Conflict("Người này không còn là người tiếp xúc đang theo dõi.")
    contact.state, contact.converted_to_id, contact.closed_at = "converted", case_id, by.at
    contact.version += 1
    contact.save()
    fact = facts.ContactConverted(contact_id=contact.pk, person_id=contact.person_id, case_id=case_id)
    record(fact, by=by, about=[f"contact:{contact.pk}", f"case:{case_id}", f"person:{contact.person_id}"])
    return contact
