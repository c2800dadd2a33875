"""The law as dated, cited tables. Pure Python."""
