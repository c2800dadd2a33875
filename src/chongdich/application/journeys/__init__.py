"""Journeys: what people ask for, and what follows from facts. Each gathers, decides, records, and never goes back.

A journey is a function whose first argument is the desk and whose first line asks for a permission. One that follows
from a fact takes `(desk, fact)` and is named in `application/flow.py`.
"""
