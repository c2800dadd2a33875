"""Places on a day: tree, list, map, one place's life, and how a written name is understood."""
