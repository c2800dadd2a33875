"""Presences, and the contacts (F1, F2) that follow from them."""
