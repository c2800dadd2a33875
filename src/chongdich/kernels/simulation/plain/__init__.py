"""The plain twin, phase by phase; `reference.py` beside this folder puts the day together."""
