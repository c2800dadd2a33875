"""How the house is: its worker, its timed jobs, what failed, its ledger, what doctor says."""
