"""Words every room shares: facts, periods, identifiers, Vietnamese text. Pure Python."""
