"""The ledger: what happened, in order, chained by hash; and which journeys still have to follow from it."""
