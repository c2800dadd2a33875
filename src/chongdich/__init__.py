"""Chống dịch: the command system of a province that has an epidemic to stop."""

__version__ = "0.1.0"
