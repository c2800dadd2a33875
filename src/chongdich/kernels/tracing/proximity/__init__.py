"""Phones that met: logs of encounters and identifiers explained by daily keys, as one more source of presences."""
