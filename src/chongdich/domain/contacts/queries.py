"""Ask the contacts room."""

from datetime import date

from django.db.models import QuerySet

from chongdich.core.errors import NotFound
from chongdich.domain.contacts.models import Contact
from chongdich.domain.contacts.states import CONTACT

OPEN_STATES = tuple(name for name, state in CONTACT.items() if not state.final)


def get_contact(contact_id: int) -> Contact:
    """One contact."""
    found = Contact.objects.filter(pk=contact_id).first()
    if found is None:
        raise NotFound("Không tìm thấy người tiếp xúc.")
    return found


def find_open_contact(person_id: int, disease: str) -> Contact | None:
    """A person's open contact record of a disease."""
    return Contact.objects.filter(person_id=person_id, disease=disease, state__in=OPEN_STATES).first()


def releasable() -> list[str]:
    """States from which a contact may be released."""
    return [name for name, state in CONTACT.items() if "release" in state.actions]


def due_for_release(on: date) -> QuerySet[Contact]:
    """Contacts under follow-up whose last day by the rule is over."""
    return Contact.objects.filter(state__in=releasable(), follow_until__lt=on)
