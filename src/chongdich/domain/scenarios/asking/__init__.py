"""The question: a scenario as its file says it, checked, and compiled for the simulator. Pure."""
