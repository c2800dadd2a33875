"""Tasks: my unit's work, what I gave out, units against documents, and one task from given to done."""
