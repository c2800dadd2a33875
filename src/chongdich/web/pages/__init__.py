"""The pages, one folder a room."""
