"""The rooms. They never import one another."""
