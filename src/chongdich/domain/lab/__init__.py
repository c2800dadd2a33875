"""Samples and results: what was taken, and what the laboratory says."""
