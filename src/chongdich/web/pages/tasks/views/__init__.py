"""Views of the tasks, one file per page."""
