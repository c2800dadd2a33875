"""The inbox: what the house told this person."""
