"""Repairing and decoding Vietnamese text."""
