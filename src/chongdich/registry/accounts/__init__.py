"""Accounts: who may enter, as what, for which unit, and from when until when."""
