"""What may be said about a person, and when two rows are one. Pure: no database, no clock."""

from chongdich.registry.people.rules.chip import ChipCard, read_chip
from chongdich.registry.people.rules.days import check_birth, read_day
from chongdich.registry.people.rules.entry import Entry, read_entry
from chongdich.registry.people.rules.identity import check_cccd, cmnd_number, insurance_number, passport_number
from chongdich.registry.people.rules.likeness import Comparison, Facets, compare
from chongdich.registry.people.rules.names import folded_name, person_name
from chongdich.registry.people.rules.phones import phone_number, phone_numbers, shown_phone
from chongdich.registry.people.rules.words import PURPOSES, Doubt, pseudonym

__all__ = [
    "PURPOSES",
    "ChipCard",
    "Comparison",
    "Doubt",
    "Entry",
    "Facets",
    "check_birth",
    "check_cccd",
    "cmnd_number",
    "compare",
    "folded_name",
    "insurance_number",
    "passport_number",
    "person_name",
    "phone_number",
    "phone_numbers",
    "pseudonym",
    "read_chip",
    "read_day",
    "read_entry",
    "shown_phone",
]
