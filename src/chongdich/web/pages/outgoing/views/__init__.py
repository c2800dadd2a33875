"""Views of the documents going out, one file per page."""
