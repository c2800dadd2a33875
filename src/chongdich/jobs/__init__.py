"""Doors for the clock and the ledger."""
