"""Organisations with dates: which bodies exist where, and who stands under whom."""
