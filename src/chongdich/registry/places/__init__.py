"""Places with dates: units merge, split and reuse codes; a place is (code, valid_from)."""
