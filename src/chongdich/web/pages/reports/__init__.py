"""Reports upward: the official statistics of tasks as a page, as a document and as a workbook."""
