"""Write people. Each operation is one transaction and one fact; values come checked from `rules.read_entry`."""

from chongdich.registry.people.operations.entering import (
    correct_person,
    record_phone,
    register_people,
    register_person,
    remove_phone,
    set_household,
)
from chongdich.registry.people.operations.likeness import note_likenesses, say_distinct
from chongdich.registry.people.operations.merging import merge_people
from chongdich.registry.people.operations.opening import open_record
from chongdich.registry.people.operations.undoing import undo_merge

__all__ = [
    "correct_person",
    "merge_people",
    "note_likenesses",
    "open_record",
    "record_phone",
    "register_people",
    "register_person",
    "remove_phone",
    "say_distinct",
    "set_household",
    "undo_merge",
]
