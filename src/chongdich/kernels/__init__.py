"""Mathematics over arrays: no Django, no law."""
