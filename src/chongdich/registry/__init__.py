"""Who and where, and the ledger of what happened."""
