"""Scenarios to begin from, one readable file each."""
