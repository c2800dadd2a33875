"""Signing in: name and password, second factor, invitations, leaving."""
