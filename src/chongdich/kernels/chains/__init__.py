"""Chains of infection as arrays: who hangs together, generations, circles, and where to draw each. No dates, no law."""
