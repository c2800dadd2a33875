"""Transmission chains: graph, timeline, generations and places as pictures, a table beside them, files, and doubts."""
