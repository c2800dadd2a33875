"""Accounts in an administrator's care: posts, ways in, locks."""
