"""A small believable province, built through the journeys."""
