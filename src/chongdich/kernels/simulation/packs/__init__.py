"""Parameter packs: variants with their sources, and facts about a population."""
