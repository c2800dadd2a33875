"""Individual-based outbreak simulation: stochastic, event by event, at a cost that follows infections and their
contacts.
"""
