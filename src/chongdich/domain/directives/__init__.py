"""From the line in a document to the deed in the data."""
