"""Contacts: whom to reach and in which order, one contact with its reasons, the contacts of a case, who was where."""
