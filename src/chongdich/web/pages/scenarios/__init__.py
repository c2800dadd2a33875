"""Scenarios: the list, a new one, its answers, policies side by side, readiness, resources, forecasts judged."""
