"""Search in all documents, tasks and units, without diacritics, while one types."""
