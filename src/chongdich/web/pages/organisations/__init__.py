"""Bodies on a day: who stands under whom, and which body the words of a document mean."""
