"""The law in force on a day, one table through time, and what changed between two days."""
