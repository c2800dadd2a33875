"""Individual-based outbreak simulation."""
