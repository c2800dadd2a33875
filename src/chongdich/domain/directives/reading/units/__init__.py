"""Bodies inside sentences: where a list of them begins and ends, and where it is cut."""

from .lists import end_of_name, read_list, read_units
from .openings import skip_prefix, starts_body

__all__ = ["end_of_name", "read_list", "read_units", "skip_prefix", "starts_body"]
