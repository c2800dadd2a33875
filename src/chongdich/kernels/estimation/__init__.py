"""Epidemic quantities estimated from data."""
