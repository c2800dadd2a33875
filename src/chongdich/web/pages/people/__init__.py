"""People: found as one types, entered, opened with a purpose, compared and merged."""
