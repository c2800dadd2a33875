"""Lenses: read across rooms, within what the actor may see. They never write."""
