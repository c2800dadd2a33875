"""The fast twin: compiled, event by event. `reference.py` beside this folder is the same model for the reader."""
